"""资金执行情况表: budget, execution and its rate by region and level of money, over all also what is left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao.forms.form import Block, Column, Derived, Form, Style
from jixiao.forms.statutory.fund_allocation_table import EVERYWHERE, first_columns, level_aliases
from jixiao.funds import regions
from jixiao.funds.ledger import WHOLE
from jixiao.funds.tables import execution

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jixiao.evaluation.assess import Assessment
    from jixiao.evaluation.model import Evaluation
    from jixiao.funds.ledger import Ledger
    from jixiao.funds.tables import FundTable

_OF_LEVEL = {
    "budget": ("预算数", "预算金额", "预算"),
    "executed": ("执行数", "执行金额"),
    "rate": ("执行率", "预算执行率"),
}
_OF_ALL = {
    "budget": ("预算数", "预算金额合计", "预算数合计", "预算合计", "合计预算金额", "合计预算"),
    "received": ("到位数", "到位数合计", "到位资金合计"),
    "executed": ("执行数", "执行数合计", "执行合计", "合计执行金额"),
    "rate": ("执行率", "总体执行率", "合计执行率"),
    "unspent": ("未执行数", "结余资金", "未支出数", "结余数"),
}


def _columns(evaluation: Evaluation) -> tuple[Column, ...]:
    ledger = evaluation.funds.ledger
    if ledger is None:
        return ()
    table = execution(ledger, evaluation.year)
    return _laid_out([name for name in ledger.level_names() if _used(table, name)], received=_known(table, "received"))


def _used(table: FundTable, level: str) -> bool:
    """Return whether a level has any money: a column of noughts says nothing."""
    figures = (row.cells[level, name] for row in table.rows for name in ("budget", "received", "executed"))
    return any(figure is not None and figure.num for figure in figures)


def _known(table: FundTable, name: str) -> bool:
    return any(row.cells[WHOLE, name] is not None for row in table.rows)


def _laid_out(levels: list[str], *, received: bool = False) -> tuple[Column, ...]:
    found = list(first_columns())
    for level in levels:
        for name, (head, *others) in _OF_LEVEL.items():
            aliases = [
                *level_aliases(level, head),
                *(a for one in others for a in (level + one, *level_aliases(level, one))),
            ]
            found.append(_column(level, name, head, tuple(aliases)))
    for name, (head, *others) in _OF_ALL.items():
        if name != "received" or received:
            found.append(_column(WHOLE, name, head, tuple(others), required=name == "executed"))
    return tuple(found)


def _column(level: str, name: str, head: str, aliases: tuple[str, ...], *, required: bool = False) -> Column:
    path, whole = f"{{row}}/{level}/{name}", f"{level}{head}"
    if name == "rate":
        return Column(whole, path, "rate", 18, aliases, places=2, over=level)
    return Column(whole, path, "money", 22, aliases, required=required, over=level)


def _rows(of: Assessment) -> Iterator[Derived]:
    ledger = of.evaluation.funds.ledger
    assert ledger is not None
    for row in execution(ledger, of.evaluation.year).rows:
        values = {"/".join(key): figure for key, figure in row.cells.items()}
        yield Derived("/".join(row.key), {"label": row.label, **values}, _stored(ledger, row.label, of.evaluation.year))


def _stored(ledger: Ledger, region: str, year: int) -> dict[str, str]:
    """Return where the amounts that are one line of the ledger are kept; of months only the sum is printed."""
    lines: dict[str, list[str]] = {}
    for kind, name in (("allocation", "budget"), ("receipt", "received"), ("payment", "executed")):
        for at, line in enumerate(ledger.lines(kind)):  # type: ignore[arg-type]
            code = ledger.code(line.region)
            if code is not None and regions.label(ledger, code, year) == region:
                path = f"funds/ledger/{kind}s/{at}/amount"
                lines.setdefault(f"{ledger.level_of(line)}/{name}", []).append(path)
    return {name: paths[0] for name, paths in lines.items() if len(paths) == 1}


FORM = Form(
    id="fund_execution_table",
    title="资金执行情况表",
    subtitle="（{year}年度）",
    authority="fund-tables#execution",
    landscape=True,
    unit_line=True,
    style=Style(money=None),
    needs="funds/ledger/payments",
    layout=(
        Block(
            over="funds/tables/execution",
            derive=_rows,
            fit=_columns,
            total_label=WHOLE,
            total_aliases=EVERYWHERE,
            columns=_laid_out(["中央财政资金", "地方财政资金"]),
        ),
    ),
)
