"""基金收支构成表: the items of every scheme's income and expenditure, compared, with their shares."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from jixiao.forms.form import Block, Column, Derived, Form
from jixiao.funds import accounts
from jixiao.funds.ledger import WHOLE
from jixiao.funds.tables import COMPARED, SUBTOTAL, account_summary, composition
from jixiao.indicators.indicator import Group

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jixiao.evaluation.assess import Assessment
    from jixiao.funds.ledger import Ledger
    from jixiao.funds.tables import Row

SIDES = {"income": "基金收入", "expenditure": "基金支出"}
OF_WHICH = "其中："


def _rows(of: Assessment) -> Iterator[Derived]:
    """Yield the items of every side of every scheme, then the side's subtotal."""
    ledger = of.evaluation.funds.ledger
    assert ledger is not None
    sums = {row.label: row.cells for row in account_summary(ledger).rows}
    own = [row for row in composition(ledger).rows if row.key[0] != WHOLE]
    sides = groupby(sorted(own, key=lambda row: _order(ledger, row)), lambda row: row.key[:2])
    for (scheme, side), rows in sides:
        above = (Group(scheme, scheme), Group(f"{scheme}·{side}", SIDES[side]))
        for row in rows:
            values = {"/".join(key): figure for key, figure in row.cells.items()}
            label = (OF_WHICH if row.under else "") + row.label
            yield Derived(
                "/".join(row.key), {"label": label, **values}, _stored(ledger, scheme, side, row.label), above
            )
        whole = {name: sums[scheme][side, name] for name in COMPARED}
        derived = {name: f"funds/tables/accounts/{scheme}/{side}/{name}" for name in COMPARED}
        stated = _stored(ledger, scheme, side, None)
        yield Derived(f"{scheme}/{side}", {"label": SUBTOTAL, **whole}, {**derived, **stated}, above)


def _order(ledger: Ledger, row: Row) -> tuple[int, int]:
    """Return where the scheme and the side of a row stand: a scheme's items need not stand together in the ledger."""
    scheme, side, _ = row.key
    return accounts.schemes(ledger).index(scheme), list(SIDES).index(side)


def _stored(ledger: Ledger, scheme: str, side: str, name: str | None) -> dict[str, str]:
    """Return where the amounts of an item, or those stated as the subtotal, are kept."""
    place = next(
        (at for at, one in enumerate(ledger.accounts) if (one.scheme, one.side, one.item) == (scheme, side, name)), -1
    )
    known = [one for one in accounts.COLUMNS if place >= 0 and accounts.amount(ledger.accounts[place], one) is not None]
    return {one: f"funds/ledger/accounts/{place}/{one}" for one in known}


FORM = Form(
    id="fund_composition",
    title="基金收支构成表",
    subtitle="（{year}年度）",
    authority="fund-tables#composition",
    money_unit="亿元",
    unit_line=True,
    needs="funds/ledger/accounts",
    layout=(
        Block(
            over="funds/tables/composition",
            derive=_rows,
            total_label=SUBTOTAL,
            total_aliases=(
                "合计",
                "总计",
                "收入小计",
                "支出小计",
                "基金收入小计",
                "基金支出小计",
                "收入合计",
                "支出合计",
            ),
            columns=(
                Column("险种", "{row}/{1}", "group", 16, ("基金名称",)),
                Column("收支", "{row}/{2}", "group", 10, ("类别", "收支类别")),
                Column("项目", "{row}/label", "entry", 27, ("收支项目", "科目"), required=True),
                Column("预算数", "{row}/budget", "money", 13.25, ("年度预算", "预算", "全年预算数")),
                Column(
                    "本年数", "{row}/this_year", "money", 13.25, ("本年决算数", "本年执行数", "决算数"), required=True
                ),
                Column("上年数", "{row}/last_year", "money", 13.25, ("上年决算数", "上年执行数"), required=True),
                Column("增减额", "{row}/change", "money", 13.25, ("增减", "比上年增减额")),
                Column("增幅", "{row}/growth", "rate", 16.75, ("增长率", "增减幅度", "增减率"), places=2),
                Column("完成预算", "{row}/execution", "rate", 16.75, ("预算执行率", "预算完成率"), places=2),
                Column("占比", "{row}/share", "rate", 16.75, ("占收支比重", "比重", "构成比"), places=2),
            ),
        ),
    ),
)
