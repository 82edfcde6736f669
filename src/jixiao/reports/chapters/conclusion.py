"""综合评价结论: total, grade and sections, the table of scores, what was reached."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao.documents.document import Run
from jixiao.findings import Message
from jixiao.reports import tables, texts
from jixiao.reports.chapters.headings import heading
from jixiao.reports.charts import score_rates
from jixiao.reports.prose import joined, paragraph, project, quoted
from jixiao.reports.standing import counted, leaves, named, short

if TYPE_CHECKING:
    from jixiao.documents.document import Block
    from jixiao.evaluation.assess import Assessment


def chapter(of: Assessment, *, detailed: bool = True) -> list[Block]:
    """Return the chapter with the chart of score rates; not `detailed`, its indicators stand in annex 1 only."""
    chart = score_rates.chart(of)
    return [
        heading("conclusions", 1),
        heading("conclusion", 2),
        paragraph(*result(of), Message("report.see_summary")),
        tables.from_form(of, "score_summary"),
        *([chart] if chart else []),
        heading("details", 2),
        paragraph(*standing(of), Message("report.see_details" if detailed else "report.see_annex")),
        *([tables.from_form(of, "score_details")] if detailed else []),
        *_results(of),
    ]


def result(of: Assessment) -> list[Message]:
    """Return the sentences of the result: total and grade, then every section."""
    names = ("score", "weight", "score_rate", "grade")
    total = {name: quoted(of, f"scored/{name}") for name in names} | {"project": project(of)}
    sections = [
        Message(
            "report.section_score",
            {name: quoted(of, f"scored/{section.code}/{name}") for name in names[:3]} | {"name": section.name},
        )
        for section in (of.card.sections if of.card else ())
    ]
    return [Message("report.total", total), Message("report.sections", {"sections": joined(sections)})]


def standing(of: Assessment) -> list[Message]:
    """Return how many indicators got full points and which did not."""
    all_of, missed = leaves(of), short(of)
    if not all_of:
        return []
    if not missed:
        return [Message("report.all_full", {"count": counted(of)})]
    names = [
        Message("report.lost_by", {"name": named(of, node), "lost": quoted(of, f"scored/{node.code}/lost")})
        for node in missed
    ]
    counts = {
        "count": counted(of),
        "full": Run(str(len(all_of) - len(missed))),
        "missed": Run(str(len(missed))),
    }
    return [Message("report.some_lost", {**counts, "lost": quoted(of, "scored/lost"), "names": joined(names)})]


def _results(of: Assessment) -> list[Block]:
    found = texts.blocks(of, "results", under=2)
    return [heading("results", 2), *found] if found else []
