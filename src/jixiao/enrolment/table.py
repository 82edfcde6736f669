"""附件7 基本医疗保险参保数据比对情况: a comparison as the statutory table, one row per pooling area.

The form machinery of `forms` writes values of an Evaluation; this table is over registers, so it is laid out here.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from jixiao.documents.document import Cell, Table
from jixiao.enrolment.candidates import OWN
from jixiao.enrolment.charging import COLUMNS
from jixiao.enrolment.comparison import SCHEMES
from jixiao.enrolment.identity import parameters
from jixiao.figures.figure import exactly
from jixiao.figures.units import unit

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from jixiao.enrolment.comparison import Comparison

_SAME, _CROSS = "制度内", "制度外"


def table(of: Comparison, names: Mapping[str, str]) -> Table:
    """Return the table; `names` calls the two jurisdictions (`own`, `other`) and the whole (`title`)."""
    undecided = any(of.total[scheme]["undecided"] for scheme in SCHEMES)
    rows = _heads(of, names, undecided=undecided)
    rows.append([Cell("合计", cols=3, head=True), *_values(of.total, undecided=undecided)])
    for number, row in enumerate(of.rows, start=1):
        place = [Cell(str(number)), Cell(row.region.name or row.region.code, align="left"), Cell(row.region.code)]
        rows.append([*place, *_values(row.figures, undecided=undecided)])
    width = 13.0 if undecided else 15.0
    return Table.of(
        rows,
        head_rows=3,
        caption=f"{names['title']}基本医疗保险参保数据比对情况",
        widths=(9, 34, 15, *[width] * (len(SCHEMES) * (8 if undecided else 7))),
        unit="人",
        landscape=True,
        name="参保数据比对",
    )


def _heads(of: Comparison, names: Mapping[str, str], *, undecided: bool) -> list[list[Cell]]:
    span = 8 if undecided else 7
    first = [Cell(text, rows=3, head=True) for text in ("序号", "统筹区", "区划代码")]
    second, third = [], []
    for scheme in SCHEMES:
        first.append(Cell(f"{parameters()['schemes'][scheme]['zh']}基本医疗保险", cols=span, head=True))
        second += [
            Cell(f"{chinese(of.terms.as_of)}上报人数", rows=2, head=True),
            Cell(f"{names['own']}重复参保", cols=2, head=True),
            Cell(f"与{names['other']}重复参保", cols=2, head=True),
            Cell("死亡后未及时暂停清退", rows=2, head=True),
            Cell("清查后参保人数", rows=2, head=True),
        ]
        third += [Cell(text, head=True) for text in (_SAME, _CROSS, _SAME, _CROSS)]
        if undecided:
            second.append(Cell("其中：无法判定", rows=2, head=True))
    return [first, second, third]


def chinese(day: date) -> str:
    """Return a date as official documents print it."""
    return f"{day.year}年{day.month}月{day.day}日"


def _values(figures: Mapping[str, Mapping[str, int]], *, undecided: bool) -> list[Cell]:
    people = unit("人")
    assert people is not None
    names = ("reported", *COLUMNS, "left", *(("undecided",) if undecided else ()))
    return [
        Cell(str(figures[scheme][name]), value=exactly(figures[scheme][name], 1, people), hint="0", align="right")
        for scheme in SCHEMES
        for name in names
    ]


def noted(printed: Table, of: Comparison, names: Mapping[str, str]) -> Table:
    """Return the table with its notes as rows below it, for a workbook, which has no text beside its tables."""
    width = len(printed.grid[0])
    texts = notes(of, names)
    blank: list[tuple[Cell | None, ...]] = [
        (Cell(text, cols=width, align="left"), *[None] * (width - 1)) for text in texts
    ]
    heights = (*[0.0] * len(printed.grid), *(6.0 * (1 + len(text) // 75) for text in texts))
    return replace(printed, grid=(*printed.grid, *blank), heights=heights)


def notes(of: Comparison, names: Mapping[str, str]) -> list[str]:
    """Return what has to stand below the table: date, status rule, precedence, what could not be compared."""
    status = parameters()["statuses"][of.terms.status]
    mode = (
        f"每条记录只计入一列，按表头从左到右的次序：先在{names['own']}登记内归并为一条（保留参保日期最近的），"
        f"再与{names['other']}登记比对（重复的一律由{names['own']}一方清退），最后与死亡名单比对。"
        if of.terms.mode == "charge"
        else "每条记录只计入一列：先剔除已死亡人员，再按保留规则（医保发〔2020〕33号）判定保留的记录；"
        "无法判定的记录仍计入清查后参保人数。"
    )
    unusable = sum(1 for record in of.unusable if record.side == OWN)
    codes = "、".join(status["codes"])
    return [
        f"注：1.数据时点为{chinese(of.terms.as_of)}；计入状态为{status['zh']}（psn_insu_stas = {codes}）。",
        f"2.{mode}",
        "3.清查后参保人数＝上报人数－重复参保（四列）－死亡后未及时暂停清退。",
        f"4.证件号码无法使用的记录{unusable}条，未参加比对，仍计入清查后参保人数；疑似{len(of.suspects)}组，另列名单，不计入重复。",
    ]
