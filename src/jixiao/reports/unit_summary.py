"""汇总分析报告: all of a unit's projects of a year in one report, and the paragraphs for its published final accounts.

Projects that could not be scored are named and counted apart; no figure of theirs is in any sum.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cmp_to_key
from typing import TYPE_CHECKING, NamedTuple

from jixiao.documents.document import Block, Cell, Document, Heading, PageBreak, Paragraph, Table
from jixiao.figures.figure import compared, exactly, ratio, total
from jixiao.figures.units import PERCENT
from jixiao.findings import Message
from jixiao.reports import final_accounts, summary
from jixiao.reports.final_accounts import amount, grades
from jixiao.reports.numbering import numbered
from jixiao.reports.prose import EMPTY, joined, paragraph, sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jixiao.figures.figure import Figure
    from jixiao.reports.unit_account import Account, Loss

_UPRIGHT = (9, 42, 22, 19, 22, 17, 15, 11)  # mm of the columns of the summary table on an upright page


class Unscored(NamedTuple):
    """A project that could not be scored, and why."""

    name: str
    why: Message


def report(accounts: Sequence[Account], unscored: Sequence[Unscored] = ()) -> Document:
    """Return the report on the scored projects, with those that could not be scored listed apart."""
    assert accounts, "a summary needs a project that was scored"
    at = {"unit": _unit(accounts) or "", "years": "、".join(map(str, _years(accounts)))}
    title = Message("report_unit.title", at).text("zh")
    blocks: list[Block] = [
        PageBreak(numbers="arabic"),
        Heading(title, 0),
        *_overview(accounts, unscored),
        *_projects(accounts, unscored),
        *_losses(accounts),
        *_deviations(accounts),
        *_troubles(accounts),
        *_next(accounts, unscored),
        *_annex(accounts),
    ]
    return Document(tuple(numbered(blocks)), title, Message("report_unit.name").text("zh"))


def statements(accounts: Sequence[Account]) -> list[str]:
    """Return the paragraphs for the published final accounts: the whole first, then each project."""
    projects = [one.project for one in accounts]
    whole = final_accounts.overall(_unit(accounts), _years(accounts), projects, summary.whole(projects))
    return [whole, *(one.statement for one in accounts)]


def _overview(accounts: Sequence[Account], unscored: Sequence[Unscored]) -> list[Block]:
    """Return how many projects there are, their money, and how the scores are distributed."""
    projects = [one.project for one in accounts]
    whole = summary.whole(projects)
    counts = {"count": len(accounts) + len(unscored), "scored": len(accounts), "unscored": len(unscored)}
    said = [Message("report_unit.some_unscored" if unscored else "report_unit.all_scored", counts)]
    said += final_accounts.money(whole, "whole", rated=summary.comparable(projects))
    without = [one.name for one in projects if one.budget is None or one.executed is None]
    said += [Message("report_unit.without_money", {"names": _names(without)})] if without else []
    scores = [one.score for one in projects if one.score is not None]
    ordered = sorted(scores, key=cmp_to_key(_against))
    at = {"highest": str(ordered[-1]), "lowest": str(ordered[0])}
    said.append(Message("report_unit.scores", at))
    said += [Message("report_accounts.average", {"score": str(whole.score)})] if whole.score is not None else []
    return [_heading("overview"), paragraph(*said), _graded(projects)]


def _against(one: Figure, other: Figure) -> int:
    return compared(one, other) or 0


def _graded(projects: Sequence[summary.Project]) -> Table:
    rows = [_heads("grade", "count", "share", "budget")]
    for grade, count in grades(projects):
        budgets = [one.budget for one in projects if one.grade == grade and one.budget is not None]
        share = ratio(exactly(count), exactly(len(projects)), PERCENT)
        rows.append([Cell(grade), Cell(str(count)), Cell(str(share.published(2)) if share else EMPTY),
                     Cell(amount(total(budgets)) if budgets else EMPTY)])  # fmt: skip
    return Table.of(rows, head_rows=1, widths=(30, 30, 40, 56), caption=Message("report_unit.graded").text("zh"))


def _projects(accounts: Sequence[Account], unscored: Sequence[Unscored]) -> list[Block]:
    """Return a row per project, and those that could not be scored with the reason."""
    table = replace(summary.table([one.project for one in accounts]), landscape=False, widths=_UPRIGHT, name=None)
    blocks: list[Block] = [_heading("projects"), table]
    if unscored:
        rows = [_heads("project", "why")]
        rows += [[Cell(one.name, align="left"), Cell(one.why.text("zh"), align="left")] for one in unscored]
        caption = Message("report_unit.unscored").text("zh")
        blocks += [paragraph(Message("report_unit.not_counted", {"names": _names([one.name for one in unscored])})),
                   Table.of(rows, head_rows=1, widths=(66, 90), caption=caption)]  # fmt: skip
    return blocks


def _losses(accounts: Sequence[Account]) -> list[Block]:
    """Return what lost points, by kind of indicator, in the order in which the kinds are met."""
    kinds: dict[tuple[str, ...], list[tuple[str, Loss]]] = {}
    for one in accounts:
        for loss in one.losses:
            kinds.setdefault(loss.kind[:2], []).append((one.project.name, loss))
    if not kinds:
        return [_heading("losses"), paragraph(Message("report_unit.no_loss"))]
    rows = [_heads("first", "second", "indicators", "projects", "points")]
    for kind, found in kinds.items():
        first, second = (*kind, EMPTY, EMPTY)[:2]
        points = str(total(loss.points for _, loss in found))
        rows.append([Cell(first), Cell(second), Cell(str(len(found))), Cell(str(len({name for name, _ in found}))),
                     Cell(points)])  # fmt: skip
    lost = total(loss.points for found in kinds.values() for _, loss in found)
    at = {"count": sum(map(len, kinds.values())), "points": str(lost), "kinds": len(kinds)}
    table = Table.of(rows, head_rows=1, widths=(38, 38, 26, 26, 28), caption=Message("report_unit.by_kind").text("zh"))
    said = [paragraph(_of_kind(kind, found), kind="item") for kind, found in kinds.items()]
    return [_heading("losses"), paragraph(Message("report_unit.lost", at)), table, *said]


def _of_kind(kind: tuple[str, ...], found: list[tuple[str, Loss]]) -> Message:
    parts = [Message("report_unit.loss", {"project": name, "name": loss.name, "points": str(loss.points)})
             for name, loss in found]  # fmt: skip
    return Message("report_unit.kind", {"kind": "·".join(kind) or EMPTY, "parts": joined(parts)})


def _deviations(accounts: Sequence[Account]) -> list[Block]:
    """Return, project by project, what is off its target and why."""
    blocks: list[Block] = [_heading("deviations")]
    for one in accounts:
        if one.deviations:
            blocks.append(Heading(one.project.name, 2))
            blocks += [Paragraph(said, "item") for said in one.deviations]
    return blocks if len(blocks) > 1 else [*blocks, paragraph(Message("report_unit.no_deviation"))]


def _troubles(accounts: Sequence[Account]) -> list[Block]:
    """Return problems and measures in one table; where a measure is owed, a gap stands."""
    gap = Message("report_unit.gap_measure").text("zh")
    rows = [
        [Cell(one.project.name, align="left"), Cell(trouble.problem, align="left"),
         Cell(trouble.cause or EMPTY, align="left"), Cell(trouble.measure or gap, align="left"),
         Cell(trouble.state or EMPTY)]
        for one in accounts for trouble in one.troubles
    ]  # fmt: skip
    if not rows:
        return [_heading("troubles"), paragraph(Message("report_unit.no_trouble"))]
    heads = _heads("project", "problem", "cause", "measure", "state")
    caption = Message("report_unit.troubles").text("zh")
    return [
        _heading("troubles"),
        Table.of([heads, *rows], head_rows=1, widths=(32, 36, 36, 36, 16), caption=caption),
    ]


def _next(accounts: Sequence[Account], unscored: Sequence[Unscored]) -> list[Block]:
    """Return what follows from the results, and the gaps that the unit has to write itself."""
    owed = [one.project.name for one in accounts if any(not trouble.measure for trouble in one.troubles)]
    said = [Message("report_unit.finish", {"names": _names([one.name for one in unscored])})] if unscored else []
    said += [Message("report_unit.owed", {"names": _names(owed)})] if owed else []
    gaps = (Message("report_unit.gap_next"), Message("report_unit.gap_use"))
    return [_heading("next"), *([paragraph(*said)] if said else []), *(Paragraph(gap.text("zh")) for gap in gaps)]


def _annex(accounts: Sequence[Account]) -> list[Block]:
    """Return the paragraphs for the published final accounts as an annex."""
    title = Message("report_title.annex", {"number": 1, "title": Message("report_unit.accounts").text("zh")}).text("zh")
    return [PageBreak(), Heading(title, 1, align="center"), *(Paragraph(said) for said in statements(accounts))]


def _unit(accounts: Sequence[Account]) -> str | None:
    """Return the unit that used the money, where it is one and the same for all projects."""
    units = {one.unit for one in accounts}
    return units.pop() if len(units) == 1 else None


def _years(accounts: Sequence[Account]) -> list[int]:
    return sorted({one.year for one in accounts})


def _names(names: Sequence[str]) -> str:
    return "、".join(sentence(Message("report_unit.named", {"name": name})) for name in names)


def _heading(name: str) -> Heading:
    return Heading(Message(f"report_unit.chapter.{name}").text("zh"), 1)


def _heads(*names: str) -> list[Cell]:
    return [Cell(Message(f"report_unit.head.{name}").text("zh"), head=True) for name in names]
