"""分解下达情况表: what every region was given, by level of money and batch, with the sums over levels and regions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao.forms.form import Block, Column, Derived, Form, Style
from jixiao.funds import regions
from jixiao.funds.ledger import WHOLE
from jixiao.funds.tables import SUBTOTAL, allocation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jixiao.evaluation.assess import Assessment
    from jixiao.evaluation.model import Evaluation
    from jixiao.funds.ledger import Ledger
    from jixiao.funds.tables import Key

_LEVELS = {
    "中央财政资金": ("中央资金", "中央补助资金", "中央补助", "中央"),
    "地方财政资金": ("地方资金", "省级财政资金", "自治区财政资金", "市级财政资金", "省级资金", "自治区资金"),
    "其他资金": ("其他",),
}
EVERYWHERE = ("总计", "全国", "全区", "全省", "全市", "全州", "全县")


def level_aliases(level: str, below: str = "") -> tuple[str, ...]:
    """Return how tables call a level of money, each with what stands below it in a second row of heads."""
    return tuple(f"{alias}{below}" for alias in _LEVELS.get(level, ()))


def first_columns() -> tuple[Column, ...]:
    """Return the number of a row and the name of its region."""
    names = ("地区名称", "地（州、市）", "市县", "市（县）", "县市", "统筹区", "单位", "市州")
    return Column("序号", "", "number", 9), Column("地区", "{row}/label", "entry", 30, names, required=True)


def _columns(evaluation: Evaluation) -> tuple[Column, ...]:
    ledger = evaluation.funds.ledger
    return _laid_out(list(allocation(ledger, evaluation.year).columns)) if ledger is not None else ()


def _laid_out(keys: list[Key]) -> tuple[Column, ...]:
    """Return a column for every batch and subtotal; a level in one batch stands in a single column."""
    found = list(first_columns())
    for level, name in keys:
        path = f"{{row}}/{level}/{name}"
        if level == WHOLE:
            found.append(Column(WHOLE, path, "money", 24, ("下达合计", "资金合计", "总额"), required=True))
        elif (level, SUBTOTAL) == (level, name) and sum(one == level for one, _ in keys) == 1:
            found.append(Column(level, path, "money", 24, (*level_aliases(level), *level_aliases(level, SUBTOTAL))))
        else:
            found.append(Column(f"{level}{name}", path, "money", 24, level_aliases(level, name), over=level))
    return tuple(found)


def _rows(of: Assessment) -> Iterator[Derived]:
    ledger = of.evaluation.funds.ledger
    assert ledger is not None
    for row in allocation(ledger, of.evaluation.year).rows:
        values = {"/".join(key): figure for key, figure in row.cells.items()}
        yield Derived("/".join(row.key), {"label": row.label, **values}, _stored(ledger, row.label, of.evaluation.year))


def _stored(ledger: Ledger, region: str, year: int) -> dict[str, str]:
    """Return where the amounts that are one line of the ledger are kept."""
    lines: dict[str, list[int]] = {}
    for at, line in enumerate(ledger.allocations):
        code = ledger.code(line.region)
        if code is not None and regions.label(ledger, code, year) == region:
            level = ledger.level_of(line)
            several = len(ledger.batches(level)) > 1
            lines.setdefault(f"{level}/{ledger.batch_of(line) if several else SUBTOTAL}", []).append(at)
    return {name: f"funds/ledger/allocations/{at[0]}/amount" for name, at in lines.items() if len(at) == 1}


FORM = Form(
    id="fund_allocation_table",
    title="资金分解下达情况表",
    subtitle="（{year}年度）",
    authority="fund-tables#allocation",
    landscape=True,
    unit_line=True,
    style=Style(money=None),
    needs="funds/ledger/allocations",
    layout=(
        Block(
            over="funds/tables/allocation",
            derive=_rows,
            fit=_columns,
            unlike=("执行数", "执行率", "执行数合计", "总体执行率"),
            total_label=WHOLE,
            total_aliases=EVERYWHERE,
            columns=_laid_out([*((level, SUBTOTAL) for level in _LEVELS), (WHOLE, WHOLE)]),
        ),
    ),
)
