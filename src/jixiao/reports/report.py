"""报告种类: what a report kind consists of, and the kinds there are: the files under `kinds/`.

A kind is named as the `kind` of the evaluations it reports on: `third-party` is `kinds/third_party.py`; an
evaluation may ask for another by its `report`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from jixiao import library
from jixiao.documents.document import Block, Document
from jixiao.documents.footer import footer
from jixiao.findings import Finding, Message
from jixiao.forms.write import state
from jixiao.reports import edits, texts
from jixiao.reports.numbering import numbered

if TYPE_CHECKING:
    from jixiao.evaluation.assess import Assessment

    Part = Callable[[Assessment], list[Block]]


_LINE = 20  # characters of a title that fit on a line
_BREAK = "\n（"


@dataclass(frozen=True, slots=True)
class ReportKind:
    """A report kind: its id (the file name), its file's title, its parts in order, and the free texts it needs.

    A paper that accompanies an evaluation instead of reporting on it has an `ending`, with which its title ends.
    `copies` gives the assessments it is written of, each with what names its copy: a letter for every addressee.
    """

    id: str
    title: str
    authority: str
    parts: tuple[Part, ...]
    texts: tuple[str, ...] = ()
    ending: str = ""
    copies: Callable[[Assessment], list[tuple[str, Assessment]]] | None = None


@cache
def known() -> tuple[str, ...]:
    """Return the ids of all report kinds: the file names under `kinds/`."""
    return tuple(library.names("reports/kinds", ".py"))


@cache
def reporting() -> tuple[str, ...]:
    """Return the ids of the kinds that report on an evaluation, without the papers that accompany one."""
    return tuple(name for name in known() if not kind(name).ending)


@cache
def kind(kind_id: str) -> ReportKind:
    """Return a known report kind."""
    found: ReportKind = import_module(f"jixiao.reports.kinds.{kind_id}").REPORT
    assert found.id == kind_id
    return found


def kind_of(of: Assessment) -> ReportKind | None:
    """Return the kind of report that an evaluation gets, or None where there is none for its kind."""
    name = of.evaluation.report if of.evaluation.report in reporting() else of.evaluation.kind.replace("-", "_")
    return kind(name) if name in reporting() else None


def write(report: ReportKind, of: Assessment) -> Document:
    """Return the report; every figure in it is a value of the assessment at the path its run or cell names."""
    unnumbered = unedited(report, of)
    if not report.ending:  # what was edited by hand in Word is the report of the evaluation, never a paper beside it
        unnumbered = edits.applied(of, unnumbered)
    blocks = tuple(numbered(unnumbered))
    named = titled(of, report.ending) if report.ending else title(of)
    return Document(blocks, named, report.title, footer(state(of), blocks))


def copies(report: ReportKind, of: Assessment) -> list[tuple[str, Document]]:
    """Return the file's name and the document of every copy of a paper, one where it has no addressees."""
    if report.copies is None:
        return [(report.title, write(report, of))]
    return [(f"{report.title}-{named}", write(report, one)) for named, one in report.copies(of)]


def unedited(report: ReportKind, of: Assessment) -> list[Block]:
    """Return what the report says by itself and in its free texts, before edits and numbers."""
    return [block for part in report.parts for block in part(of)]


def title(of: Assessment) -> str:
    """Return the title of the report of an evaluation."""
    head = of.evaluation.head
    return f"{head.title}报告" if head.title else f"{of.evaluation.year}年度{head.project or ''}{_named(of)}"


def titled(of: Assessment, ending: str) -> str:
    """Return the title of a paper that accompanies an evaluation."""
    head = of.evaluation.head
    return f"{head.title or f'{of.evaluation.year}年度{head.project or str()}绩效评价'}{ending}"


def title_lines(of: Assessment) -> str:
    """Return the title broken where its sense allows: before what kind of report it is, a long one before a bracket."""
    whole, ending = title(of), _named(of)
    if not whole.endswith(ending) or whole == ending:
        return whole
    subject = whole.removesuffix(ending)
    return f"{subject.replace('（', _BREAK, 1) if len(subject) > _LINE else subject}\n{ending}"


def _named(of: Assessment) -> str:
    """Return what a report of this kind is called at the end of its title."""
    report = kind_of(of)
    return report.title if report else "绩效评价报告"


def findings(of: Assessment) -> list[Finding]:
    """Return what the free texts of this evaluation contradict; nothing where it gets no report."""
    report, asked = kind_of(of), of.evaluation.report
    unknown = []
    if asked is not None and asked not in reporting():
        said = Message("report_kind.unknown", {"found": asked})
        remedy = Message("report_kind.unknown.remedy", {"known": list(reporting())})
        unknown.append(Finding("report_kind", "error", said, remedy, paths=("report",), printed=asked))
    if report is None:
        return unknown
    edited = texts.EDITS in of.evaluation.texts
    return [*unknown, *texts.findings(of), *(edits.findings(of, unedited(report, of)) if edited else [])]


def gaps(of: Assessment) -> list[Finding]:
    """Return which free texts the report of this evaluation lacks."""
    report = kind_of(of)
    return texts.gaps(of, report.texts) if report else []
