"""基金收支余总体情况表: income, expenditure and balance of every scheme against its budget and the year before."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from jixiao.forms.form import Block, Column, Derived, Form
from jixiao.funds import accounts
from jixiao.funds.ledger import WHOLE
from jixiao.funds.tables import account_summary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jixiao.evaluation.assess import Assessment
    from jixiao.evaluation.model import Evaluation
    from jixiao.funds.ledger import Ledger

THIS, LAST = "本年", "上年"
_SIDES = {"income": "基金收入", "expenditure": "基金支出"}
_CALLED = {
    "预算": ("预算数", "年度预算", "全年预算"),
    THIS: ("本年数", "本年执行", "本年决算"),
    LAST: ("上年数", "上年执行", "上年决算"),
}


def _amount(over: str, side: str, name: str, below: str, *others: str) -> Column:
    names = [f"{above}{low}" for above in (over, *_CALLED[over]) for low in (below, f"{below}小计", *others)]
    required = (side, name) == ("income", "this_year")
    return Column(names[0], f"{{row}}/{side}/{name}", "money", 16, tuple(names[1:]), required=required, over=over)


def _compared(side: str, over: str) -> tuple[Column, ...]:
    """Return the change against last year, its rate, and the share of the budget that was reached."""
    told = (("change", "增减额", ("增长", "增减", "增加额")), ("growth", "增幅", ("增幅%", "增长率", "增长%")),
            ("execution", "完成预算", ("执行预算%", "执行预算", "完成预算%", "预算完成率", "预算执行率")))  # fmt: skip
    return tuple(
        Column(f"{over}{head}", f"{{row}}/{side}/{name}", "money" if name == "change" else "rate", 16,
               tuple(f"{over}{other}" for other in others), places=2, over=over)
        for name, head, others in told
    )  # fmt: skip


COLUMNS = (
    Column("险种", "{row}/label", "entry", 28, ("基金名称", "险种名称", "项目"), required=True),
    *(_amount("预算", side, "budget", head) for side, head in _SIDES.items()),
    *(_amount(THIS, side, "this_year", head) for side, head in _SIDES.items()),
    _amount(THIS, "balance", "surplus", "当期结余", "本年收支结余"),
    _amount(THIS, "balance", "this_year", "滚存结余", "累计结余", "年末滚存结余"),
    *(_amount(LAST, side, "last_year", head) for side, head in _SIDES.items()),
    *_compared("income", "收入对比分析"),
    *_compared("expenditure", "支出对比分析"),
)


def _columns(evaluation: Evaluation) -> tuple[Column, ...]:
    """Return the columns with the years under which other tables know them."""
    years = {THIS: evaluation.year, LAST: evaluation.year - 1}
    return tuple(_dated(column, years[column.over]) if column.over in years else column for column in COLUMNS)


def _dated(column: Column, year: int) -> Column:
    below = [name.removeprefix(column.over) for name in (column.head, *column.aliases) if name.startswith(column.over)]
    dated = tuple(f"{year}{word}{name}" for word in ("年", "年度") for name in below)
    return replace(column, aliases=(*column.aliases, *dated))


def _rows(of: Assessment) -> Iterator[Derived]:
    ledger = of.evaluation.funds.ledger
    assert ledger is not None
    for row in account_summary(ledger).rows:
        values = {"/".join(key): figure for key, figure in row.cells.items()}
        stored = _stored(ledger, row.label) if row.label != WHOLE else {}
        yield Derived("/".join(row.key), {"label": row.label, **values}, stored)


def _stored(ledger: Ledger, scheme: str) -> dict[str, str]:
    """Return where subtotals that are stated, and a balance that is one item, are kept."""
    found: dict[str, str] = {}
    for at, item in enumerate(ledger.accounts):
        alone = item.side == "balance" and len(accounts.items(ledger, scheme, "balance")) == 1
        if item.scheme == scheme and (item.item is None or alone):
            path = f"funds/ledger/accounts/{at}"
            found |= {f"{item.side}/{name}": f"{path}/{name}" for name in accounts.COLUMNS
                      if accounts.amount(item, name) is not None}  # fmt: skip
    return found


FORM = Form(
    id="fund_account_summary",
    title="基金收支余总体情况表",
    subtitle="（{year}年度）",
    authority="fund-tables#accounts",
    money_unit="亿元",
    unit_line=True,
    turned=True,
    needs="funds/ledger/accounts",
    layout=(
        Block(
            over="funds/tables/accounts",
            derive=_rows,
            fit=_columns,
            total_label=WHOLE,
            total_aliases=("总计", "合计:", "各险种合计"),
            columns=COLUMNS,
        ),
    ),
)
