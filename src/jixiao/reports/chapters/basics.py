"""基本情况: what a unit's own report says first: the project and its money, then what it was to reach."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao.findings import Message
from jixiao.reports import money, texts
from jixiao.reports.chapters import overview
from jixiao.reports.chapters.headings import heading
from jixiao.reports.prose import joined, paragraph, quoted
from jixiao.reports.standing import leaves, named

if TYPE_CHECKING:
    from jixiao.documents.document import Block
    from jixiao.evaluation.assess import Assessment


def chapter(of: Assessment) -> list[Block]:
    """Return the chapter; 资金管理情况 only where there is a text on it."""
    managed = [heading("fund_management", 3), *texts.blocks(of, "fund_management", under=3)]
    said = [*money.budget(of), *money.progress(of)]
    return [
        heading("basics", 1),
        heading("overview", 2),
        heading("background", 3),
        *texts.blocks(of, "background", under=3),
        heading("content", 3),
        *texts.blocks(of, "content", under=3),
        heading("implementer", 3),
        *texts.blocks(of, "organisation", under=3),
        heading("funds", 3),
        paragraph(*said) if said else paragraph(Message("report_money.none")),
        *(managed if of.evaluation.texts.get("fund_management", "").strip() else []),
        *overview.objectives(of),
        *goals(of),
    ]


def goals(of: Assessment) -> list[Block]:
    """Return the year's targets by first-level indicator, where no declared table has named them already."""
    if of.evaluation.system("declared") is not None:
        return []
    sections: dict[str, list[Message]] = {}
    for node, above in leaves(of):
        target = {"name": named(of, node), "target": quoted(of, f"scored/{node.code}/target")}
        sections.setdefault((above[0] if above else node).name, []).append(Message("report.goal", target))
    said = [Message("report.goals", {"name": name, "goals": joined(parts)}) for name, parts in sections.items()]
    return [heading("year_objectives", 3), *(paragraph(one) for one in said)] if said else []
