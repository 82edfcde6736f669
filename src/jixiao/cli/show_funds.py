"""显示资金: fund tables and the monitoring of the year as a terminal shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao.cli.language import current, say
from jixiao.cli.show import console
from jixiao.funds.ledger import WHOLE
from jixiao.funds.monitoring import points
from jixiao.operations.funds_shown import shown

if TYPE_CHECKING:
    from rich.console import Console

    from jixiao.documents.document import Cell
    from jixiao.documents.document import Table as Grid
    from jixiao.operations.funds_tables import Funded

_MOST = 40  # rows that a screen is given; the files have them all


def funded(of: Funded) -> None:
    """Print every table, then execution by month and where the year will end."""
    out = console()
    for table in of.tables:
        _table(out, shown(table, current(), [key for key in table.columns if _on_screen(table.id, key)]))
    told = of.monitored
    for month in told.months:
        rate = str(month.rate.published(2)) if month.rate is not None else "—"
        due, paid = month.due.published(2), month.cumulated.published(2)
        out.print(say("cli.funds.month").format(month=month.month, paid=paid, rate=rate, due=due), markup=False)
    if told.forecast is not None:
        ahead = told.forecast
        words = {
            "paid": ahead.paid.published(2),
            "rate": str(ahead.rate.published(2)) if ahead.rate is not None else "—",
            "method": say(f"cli.funds.method.{ahead.method}"),
            "error": str(ahead.error.published(2)) if ahead.error is not None else "—",
        }
        out.print(say("cli.funds.forecast").format(**words), markup=False)
    for alert in told.alerts:
        by, line = points(alert.by), points(alert.line)
        out.print(say(f"cli.funds.alert.{alert.kind}").format(month=alert.month, by=by, line=line), markup=False)


def _on_screen(table: str, key: tuple[str, ...]) -> bool:
    """Return whether a column is shown here: of the wide tables what a reader asks first, the files have the rest."""
    if table == "execution":
        return key[0] == WHOLE or key[-1] == "rate"
    return table != "accounts" or key[-1] in ("this_year", "growth", "execution", "surplus")


def _table(out: Console, grid: Grid) -> None:
    from rich.box import SIMPLE_HEAD  # noqa: PLC0415  (Rich is loaded when something is shown)
    from rich.table import Table  # noqa: PLC0415

    head, *rows = grid.filled()
    table = Table(
        box=SIMPLE_HEAD,
        title=say("cli.funds.in_unit").format(title=grid.caption, unit=grid.unit) if grid.unit else grid.caption,
        title_style="bold",
        pad_edge=False,
    )
    for number, cell in enumerate(head):
        first = number == 0 or cell is not head[number - 1]
        table.add_column(cell.text if cell is not None and first else "", justify="left" if number == 0 else "right")
    for row in [*rows[:_MOST], *(rows[-1:] if len(rows) > _MOST else [])]:
        table.add_row(*_texts(row))
    out.print(table)
    if len(rows) > _MOST:
        out.print(say("cli.funds.more").format(count=len(rows) - _MOST - 1), markup=False)


def _texts(row: list[Cell | None]) -> list[str]:
    """Return the texts of a row, that of a cell over several columns once."""
    return [cell.text if cell is not None and (n == 0 or cell is not row[n - 1]) else "" for n, cell in enumerate(row)]
