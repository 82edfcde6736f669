"""自评汇总表: a unit's projects side by side: money, weight, execution, score and grade, and the whole below.

A project's weight is its share of all revised budgets; the whole's score is the average of scores by these weights.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from jixiao.documents.document import Align, Cell, Table
from jixiao.evaluation.published import published
from jixiao.figures.figure import Figure, exactly, ratio
from jixiao.figures.units import PERCENT, unit
from jixiao.findings import Message
from jixiao.scoring.pack import DEFAULT, Pack, pack

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jixiao.evaluation.assess import Assessment

_UNIT, _NONE = "万元", "—"
_HEADS = ("number", "project", "budget", "weight", "executed", "rate", "score", "grade")
_WIDTHS = (10, 56, 24, 16, 24, 18, 16, 14)


class Project(NamedTuple):
    """One project as the summary says it; what an evaluation does not have is None.

    `share` is what its finance office proposes of this budget for the next year, None where the office says nothing.
    """

    name: str
    budget: Figure | None
    executed: Figure | None
    score: Figure | None
    grade: str | None
    share: Figure | None = None


def project(of: Assessment, name: str) -> Project:
    """Return what the summary says of an evaluation; `name` stands where it has no project's name."""
    money = [published(of, f"funds/total/{column}") for column in ("revised_budget", "executed")]
    budget, executed = (value if isinstance(value, Figure) else None for value in money)
    score = published(of, "scored/score")
    grade = published(of, "scored/grade")
    settled = pack(of.evaluation.pack or DEFAULT, of.evaluation.year)
    share = settled.budget_shares.get(str(grade)) if isinstance(settled, Pack) else None
    return Project(of.evaluation.head.project or name, budget, executed, score, str(grade) if grade else None, share)


def table(projects: Sequence[Project]) -> Table:
    """Return the table: a row per project, and the whole."""
    all_of_them = whole(projects)
    heads = [Cell(Message(f"report_summary.{name}").text("zh"), head=True) for name in _HEADS]
    rows = [_row(str(number), one, all_of_them.budget) for number, one in enumerate(projects, 1)]
    last = _row("", all_of_them, all_of_them.budget, rated=comparable(projects))
    caption = Message("report_summary.title").text("zh")
    total = [Cell(all_of_them.name, cols=2, head=True), *last[2:]]
    return Table.of(
        [heads, *rows, total],
        head_rows=1,
        caption=caption,
        widths=_WIDTHS,
        unit=_UNIT,
        landscape=True,
        name=caption,
    )


def _row(number: str, one: Project, all_budgets: Figure | None, *, rated: bool = True) -> list[Cell]:
    share = ratio(one.budget, all_budgets, PERCENT) if one.budget and all_budgets else None
    rate = ratio(one.executed, one.budget, PERCENT) if one.budget and one.executed and rated else None
    return [
        Cell(number),
        Cell(one.name, align="left"),
        _money(one.budget),
        _rate(share),
        _money(one.executed),
        _rate(rate),
        _number(one.score),
        Cell(one.grade or _NONE),
    ]


def comparable(projects: Sequence[Project]) -> bool:
    """Return whether every project that has a budget has its execution and the other way round, so that sums do too."""
    return all((one.budget is None) == (one.executed is None) for one in projects)


def whole(projects: Sequence[Project]) -> Project:
    """Return the sums, and the average score by budget of the projects that have both."""
    budgets = [one.budget for one in projects if one.budget is not None]
    executed = [one.executed for one in projects if one.executed is not None]
    rated = [(one.score, one.budget) for one in projects if one.score is not None and one.budget is not None]
    weight = _sum([budget for _, budget in rated])
    score = None
    if weight is not None and weight.num:
        points = _sum([exactly(score.num * budget.num, score.den * budget.den) for score, budget in rated])
        assert points is not None
        score = exactly(points.num * weight.den, points.den * weight.num).published(2)
    return Project(Message("report_summary.whole").text("zh"), _sum(budgets), _sum(executed), score, None)


def _sum(figures: Sequence[Figure]) -> Figure | None:
    if not figures:
        return None
    num, den = 0, 1
    for one in figures:
        num, den = num * one.den + one.num * den, den * one.den
    return exactly(num, den, figures[0].unit)


def _money(figure: Figure | None) -> Cell:
    measure = unit(_UNIT)
    if figure is None or measure is None or figure.unit.base != measure.base:
        return Cell(_NONE)
    shown = figure.in_unit(measure).published(2)
    align: Align = "right"
    return Cell(shown.text(thousands=True).removesuffix(_UNIT), value=shown, hint="#,##0.00", align=align)


def _rate(figure: Figure | None) -> Cell:
    if figure is None:
        return Cell(_NONE)
    shown = figure.published(2)
    return Cell(shown.text(), value=shown, hint="0.00%")


def _number(figure: Figure | None) -> Cell:
    return Cell(_NONE) if figure is None else Cell(figure.text(), value=figure, hint="General")
