"""正文开头: the title again and who evaluated what for whom; page numbers begin here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao.documents.document import Heading, PageBreak
from jixiao.findings import Message
from jixiao.reports.prose import paragraph, quoted
from jixiao.reports.report import title_lines

if TYPE_CHECKING:
    from jixiao.documents.document import Block
    from jixiao.evaluation.assess import Assessment


def opening(of: Assessment) -> list[Block]:
    """Return the title and the opening sentence, which needs commissioner and evaluator to say who asked whom."""
    head = of.evaluation.head
    named = {name: quoted(of, f"head/{name}") for name in ("commissioner", "evaluator", "project", "unit")}
    commissioned = head.commissioner and head.evaluator and head.unit
    said = Message("report.opening_commissioned" if commissioned else "report.opening", named)
    return [PageBreak(numbers="arabic"), Heading(title_lines(of), 0), paragraph(said)]
