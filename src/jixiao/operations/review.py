"""审核: finished reports, recomputed and compared with themselves: what does not add up, where, and why.

    jixiao review FILE... [--out OUT]

One file, several, a folder or an archive. With `out` the findings are written beside: an HTML page with marks in
place, the list of opinions as Excel, and for Word the same file with comments.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from jixiao.errors import FINDINGS, FINE, CannotOpen, JixiaoError
from jixiao.findings import Message, Place
from jixiao.formats import any_read, review_excel, review_html, review_json, review_word, word_write
from jixiao.formats.whole import whole
from jixiao.operations.outcome import Outcome
from jixiao.review.letter import letter
from jixiao.review.report import Approved, Reviewed, reviewed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


__all__ = ["Reviewed", "documents", "exit_code", "review", "review_document"]


def review(
    paths: Iterable[Path],
    out: Path | None = None,
    *,
    earlier: Path | None = None,
    approved: Mapping[str, Sequence[Path]] | None = None,
    lang: str = "zh",
) -> Outcome[tuple[Reviewed, ...]]:
    """Return the review of every report in some files, folders and archives.

    A file that cannot be read raises where it is the only one, and is one line among many. `earlier` is the list of
    opinions of the round before, filled in: what was answered or corrected since is marked. `approved` names the
    papers to hold the reports against: `goals`, `budget`, `paid`, `previous`.
    """
    beside = _approved(approved or {})
    reports = tuple(_each(path, beside) for path in _all(paths))
    if not reports:
        raise CannotOpen(
            Message("open.no_report"), remedy=Message("open.no_report.remedy"), place=Place(", ".join(map(str, paths)))
        )
    if len(reports) == 1 and reports[0].problem is not None:
        raise reports[0].problem
    rounds = review_excel.answers(earlier) if earlier is not None else ()
    if out is not None:
        with whole(out) as staging:
            for name, raw in documents(reports, rounds, lang).items():
                (staging / name).write_bytes(raw)
    found = tuple(finding for report in reports for finding in report.findings)
    return Outcome(reports, found)


def _all(paths: Iterable[Path]) -> Iterable[Any]:
    for path in paths:
        yield from any_read.read_all(Path(path))


def _approved(papers: Mapping[str, Sequence[Path]]) -> Approved | None:
    """Return the approved papers, read; the first goals and the first report of last year count."""
    read = {kind: tuple(any_read.read(path) for path in paths) for kind, paths in papers.items() if paths}
    if not read:
        return None
    goals, before = read.get("goals", ()), read.get("previous", ())
    return Approved(
        goals[0] if goals else None, read.get("budget", ()), read.get("paid", ()), before[0] if before else None
    )


def _each(read: Any, beside: Approved | None) -> Reviewed:
    if isinstance(read, JixiaoError):
        return Reviewed(read.place.file or "" if read.place else "", problem=read)
    return reviewed(read, beside)


def exit_code(outcome: Outcome[tuple[Reviewed, ...]]) -> int:
    """Return 1 where an error or a warning stands in any report, else the code of what could not be read, else 0."""
    if any(finding.severity in ("error", "warning") for finding in outcome.findings):
        return FINDINGS
    problems = [report.problem for report in outcome.value if report.problem is not None]
    return problems[0].exit_code if problems else FINE


def documents(
    reports: Sequence[Reviewed], rounds: Sequence[review_excel.Opinion], lang: str = "zh"
) -> dict[str, bytes]:
    """Return the files of a review by name: one list of opinions over all, a page and a Word file for each report."""
    files = {
        "审核意见.xlsx": review_excel.opinions(reports, rounds, lang),
        "review.json": review_json.dumped(reports, lang),
    }
    if rounds:
        told = letter(reports, review_excel.lines(reports, rounds, lang))
        files["复核意见书.docx"] = word_write.write(told)
    stems: set[str] = set()
    for report in reports:
        if report.document is None:
            continue
        stem = _stem(report.name, stems)
        files[f"{stem}-审核.html"] = review_html.page(report, lang)
        if report.name.lower().endswith(".docx") and Path(report.name).is_file():
            files[f"{stem}-批注.docx"] = review_word.annotated(Path(report.name), report.findings, lang)
    return files


def _stem(name: str, taken: set[str]) -> str:
    stem = Path(name).stem or "report"
    unique, number = stem, 2
    while unique in taken:
        unique, number = f"{stem}-{number}", number + 1
    taken.add(unique)
    return unique


def review_document(reports: Sequence[Reviewed], lang: str = "zh") -> dict[str, Any]:
    """Return `review/1` of some reviewed reports."""
    return review_json.review(reports, lang)
