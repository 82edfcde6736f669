"""审核结果: one reviewed report: what it said, what does not add up, how much was checked, its total recomputed."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from jixiao.documents.document import Document, Heading, Paragraph
from jixiao.figures.figure import total
from jixiao.findings import Finding, Severity
from jixiao.review import against, reading
from jixiao.review.check import run
from jixiao.review.said import OCR, Skipped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jixiao.errors import JixiaoError
    from jixiao.findings import Message
    from jixiao.review.recognising.indicators import ScoreTable
    from jixiao.review.said import Claim, Said


class Coverage(NamedTuple):
    """How many figures were read, how many of them stand in something that was checked, and what was not read."""

    read: int
    checked: int
    not_read: tuple[Skipped, ...]

    @property
    def unchecked(self) -> int:
        """Return how many figures stand alone: nothing printed says what they should be."""
        return self.read - self.checked


NOTHING = Coverage(0, 0, ())


class Total(NamedTuple):
    """A total as printed and as its parts give it; either may be None."""

    printed: str | None
    recomputed: str | None


@dataclass(frozen=True, eq=False)
class Reviewed:
    """A report after review; `document` is None and `problem` says why where it could not be read."""

    name: str
    title: str = ""
    document: Document | None = None
    findings: tuple[Finding, ...] = ()
    coverage: Coverage = NOTHING
    totals: tuple[Total, ...] = ()
    problem: JixiaoError | None = None

    @property
    def remarks(self) -> tuple[Message, ...]:
        """Return what should be known of how the report was read."""
        return self.document.remarks if self.document is not None else ()

    @property
    def unread(self) -> int:
        """Return how much was not read: places, or the whole report."""
        return len(self.coverage.not_read) + (self.problem is not None)

    def count(self, severity: Severity) -> int:
        """Return how many findings of a severity there are."""
        return sum(1 for finding in self.findings if finding.severity == severity)


class Approved(NamedTuple):
    """What was approved and recorded, to hold a report against; any of it may be absent."""

    goals: Document | None = None
    budget: tuple[Document, ...] = ()
    paid: tuple[Document, ...] = ()
    previous: Document | None = None


def reviewed(document: Document, approved: Approved | None = None) -> Reviewed:
    """Return the review of one document, beside what was approved where that is given."""
    said = reading.of_document(document)
    more = list(_against(said, approved)) if approved is not None else []
    coverage = Coverage(said.figures, min(said.checked(), said.figures), said.not_read)
    totals = tuple(found for table in said.facts["tables"] if (found := _total(table)) is not None)
    return Reviewed(
        document.name or "",
        _title(document),
        document,
        tuple(_trusted(finding) for finding in run(said, more)),
        coverage,
        totals,
    )


_TITLE = re.compile(r"(报告|自评表|评价表|评分表|情况表|汇总表|申报表|目标表)([（(].{1,12}[）)])?$")
_YEAR = re.compile(r"[（(]\s*20\d\d\s*年?度?\s*[）)]")
_MOST_LINES, _LONGEST_LINE = 6, 60


def _title(document: Document) -> str:
    """Return a report's title: its first short lines up to the one that names a report or a form, else its first line.

    >>> _title(Document((Paragraph("某县医疗保险基金"), Paragraph("绩效评价报告"), Paragraph("(2023年度)"))))
    '某县医疗保险基金绩效评价报告(2023年度)'
    """
    lines = [re.sub(r"\s+", "", block.text) for block in document.blocks if isinstance(block, Heading | Paragraph)]
    lines = [line for line in lines if line][: _MOST_LINES + 1]
    last = next((at for at, line in enumerate(lines[:_MOST_LINES]) if _TITLE.search(line)), None)
    short = last is not None and all(len(line) < _LONGEST_LINE for line in lines[: last + 1])
    if last is None or not short:
        return document.title or (lines[0][:_LONGEST_LINE] if lines else "")
    year = lines[last + 1] if last + 1 < len(lines) and _YEAR.fullmatch(lines[last + 1]) else ""
    return "".join(lines[: last + 1]) + year


def _trusted(finding: Finding) -> Finding:
    """Return a finding as a question where it rests on text that was recognised in a picture."""
    doubtful = finding.severity == "error" and any((place.part or "").startswith(OCR) for place in finding.places)
    return replace(finding, severity="warning") if doubtful else finding


def _against(said: Said, approved: Approved) -> Iterator[Finding]:
    if approved.goals is not None:
        yield from against.goals(said, reading.of_document(approved.goals))
    if approved.budget:
        yield from against.budget(said, [reading.of_document(paper) for paper in approved.budget])
    if approved.paid:
        yield from against.paid(said, [reading.of_document(paper) for paper in approved.paid])
    if approved.previous is not None:
        yield from against.previous(said, reading.of_document(approved.previous))


def _total(table: ScoreTable) -> Total | None:
    """Return a table's total as printed beside the sum of its scores, the points for execution included."""
    claims: dict[int, Claim] = {}
    for indicator in table.indicators:
        claim = indicator.claims.get("score")
        if claim is None:
            return None
        claims[id(claim)] = claim
    if "score" in table.execution and table.total:
        claims[id(table.execution["score"])] = table.execution["score"]
    figures = [claim.figure for claim in claims.values() if claim.figure is not None]
    if not figures or len({figure.unit.base for figure in figures}) > 1:
        figures = [figure for figure in figures if figure.unit.base in ("", "分")]
    bare = [type(figure)(figure.num, figure.den) for figure in figures]
    printed = table.total.get("score")
    return Total(printed.text if printed is not None else None, total(bare).text(strip=True) if bare else None)
