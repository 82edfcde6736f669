"""正文开头: the title again and who evaluated what for whom; page numbers begin here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao.documents.document import Heading, PageBreak
from jixiao.findings import Message
from jixiao.reports.prose import paragraph, project, quoted
from jixiao.reports.report import title_lines

if TYPE_CHECKING:
    from jixiao.documents.document import Block
    from jixiao.evaluation.assess import Assessment


def opening(of: Assessment) -> list[Block]:
    """Return the title and the opening sentence, which needs commissioner and evaluator to say who asked whom."""
    head = of.evaluation.head
    parties = {name: quoted(of, f"head/{name}") for name in ("commissioner", "evaluator", "unit")}
    named = {**parties, "project": project(of), "year": quoted(of, "year")}
    commissioned = head.commissioner and head.evaluator and head.unit
    own = of.evaluation.kind != "third-party" and head.unit
    said = Message(f"report.opening{'_commissioned' if commissioned else '_own' if own else ''}", named)
    return [PageBreak(numbers="arabic"), Heading(title_lines(of), 0), paragraph(said)]
