"""文前: cover, key information, abstract and contents list."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal, TypeAlias

from jixiao.documents.document import Block, Contents, Heading, PageBreak, Paragraph
from jixiao.findings import Message
from jixiao.reports import money, problems, tables, texts
from jixiao.reports.chapters import conclusion
from jixiao.reports.chapters.headings import heading
from jixiao.reports.prose import paragraph, quoted
from jixiao.reports.report import title_lines

if TYPE_CHECKING:
    from jixiao.evaluation.assess import Assessment

Numbers: TypeAlias = Literal["continue", "roman"]
_COVER = ("project", "unit", "department", "commissioner", "evaluator")


def cover(of: Assessment) -> list[Block]:
    """Return the title page: what is evaluated, by whom, for whom, when; lines without an entry are left out."""
    head = of.evaluation.head
    lines = [
        paragraph(Message(f"report_cover.{name}", {"value": quoted(of, f"head/{name}")}), kind="cover")
        for name in _COVER
        if getattr(head, name)
    ]
    date = [Paragraph(head.report_date, "date")] if head.report_date else []
    return [PageBreak(numbers="none"), Heading(title_lines(of), 0), *lines, *date]


def key_information(of: Assessment) -> list[Block]:
    """Return the table of key information on a page of its own."""
    return [PageBreak(numbers="roman"), heading("key_information", 1, align="center"), tables.key_information(of)]


def abstract(of: Assessment) -> list[Block]:
    """Return the abstract: project, money, result, problems and recommendations, from the chapters' own sentences."""
    background = [
        replace(block, origin=None) for block in texts.blocks(of, "background") if isinstance(block, Paragraph)
    ]
    return [
        PageBreak(),
        heading("abstract", 1, align="center"),
        heading("summary", 2),
        *texts.blocks(of, "summary", under=2, default=tuple(background[:1])),
        heading("execution", 2),
        paragraph(*money.budget(of), *money.use(of)),
        heading("conclusion", 2),
        paragraph(*conclusion.result(of)),
        heading("problems_and_recommendations", 2),
        *problems.brief(of),
    ]


def contents(_: Assessment, numbers: Numbers = "continue") -> list[Block]:
    """Return the contents list; `numbers` says how its pages are numbered."""
    return [PageBreak(numbers=numbers), heading("contents", 1, align="center"), Contents()]
