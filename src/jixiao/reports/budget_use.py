"""评价结果应用建议表: what follows from every project's grade for its budget of the next year.

The words follow the grade (有效要安排、低效要压减、无效要问责); an amount stands only where the rule pack of the
finance office states the share of this year's budget that it proposes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao.documents.document import Cell, Table
from jixiao.figures.figure import exactly, ratio, total
from jixiao.figures.units import PERCENT, unit
from jixiao.findings import Message
from jixiao.scoring.grades import bands

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jixiao.figures.figure import Figure
    from jixiao.reports.summary import Project

_UNIT, _NONE = "万元", "—"
_HEADS = ("number", "project", "budget", "rate", "score", "grade", "proposal", "share", "next")
_WIDTHS = (10, 50, 24, 18, 16, 13, 62, 18, 26)
_LAST = 2  # grades from here on are no longer supported


def table(projects: Sequence[Project]) -> Table:
    """Return a row per project, and the sums of both budgets where every project has one."""
    heads = [Cell(Message(f"report_use.head.{name}").text("zh"), head=True) for name in _HEADS]
    rows = [_row(number, one) for number, one in enumerate(projects, 1)]
    caption = Message("report_use.title").text("zh")
    sums = [_summed([one.budget for one in projects]), _summed([proposed(one) for one in projects])]
    whole = [Cell(Message("report_use.whole").text("zh"), cols=2, head=True), _money(sums[0]),
             *(Cell(_NONE) for _ in range(len(_HEADS) - 4)), _money(sums[1])]  # fmt: skip
    return Table.of([heads, *rows, whole], head_rows=1, caption=caption, widths=_WIDTHS, unit=_UNIT, landscape=True,
                    name=caption)  # fmt: skip


def proposal(grade: str | None) -> Message:
    """Return what a grade means for the next year's budget.

    >>> proposal("中").text("zh")
    '督促整改，按整改情况压减下年预算'
    """
    known = [name for _, name in bands()]
    if grade not in known:
        return Message("report_use.no_grade")
    at = known.index(grade)
    return Message(
        "report_use.keep" if at < _LAST else "report_use.account" if at == len(known) - 1 else "report_use.cut"
    )


def proposed(one: Project) -> Figure | None:
    """Return the proposed budget: the office's share of this year's, None where there is no share or no budget."""
    if one.share is None or one.budget is None:
        return None
    return exactly(one.budget.num * one.share.num, one.budget.den * one.share.den, one.budget.unit)


def _row(number: int, one: Project) -> list[Cell]:
    rate = ratio(one.executed, one.budget, PERCENT) if one.executed is not None and one.budget is not None else None
    return [
        Cell(str(number)),
        Cell(one.name, align="left"),
        _money(one.budget),
        Cell(_NONE if rate is None else rate.published(2).text()),
        Cell(_NONE if one.score is None else one.score.text()),
        Cell(one.grade or _NONE),
        Cell(proposal(one.grade).text("zh"), align="left"),
        Cell(_NONE if one.share is None else str(one.share)),
        _money(proposed(one)),
    ]


def _summed(amounts: Sequence[Figure | None]) -> Figure | None:
    known = [one for one in amounts if one is not None]
    return total(known) if known and len(known) == len(amounts) else None


def _money(figure: Figure | None) -> Cell:
    measure = unit(_UNIT)
    if figure is None or measure is None or figure.unit.base != measure.base:
        return Cell(_NONE)
    shown = figure.in_unit(measure).published(2)
    return Cell(shown.text(thousands=True).removesuffix(_UNIT), value=shown, hint="#,##0.00", align="right")
