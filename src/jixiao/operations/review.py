"""审核: finished reports, recomputed and compared with themselves: what does not add up, where, and why.

    jixiao review FILE... [--out OUT]

One file, several, a folder or an archive. With `out` the findings are written beside: an HTML page with marks in
place, the list of opinions as Excel, and for Word the same file with comments.
"""

from __future__ import annotations

import os
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jixiao.errors import FINDINGS, FINE, CannotOpen, JixiaoError
from jixiao.findings import Message, Place
from jixiao.formats import any_read, kinds, review_excel, review_html, review_json, review_word, word_write
from jixiao.formats.whole import whole
from jixiao.operations.outcome import Outcome
from jixiao.review import rounds
from jixiao.review.letter import letter
from jixiao.review.report import Approved, Reviewed, reviewed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

_FEW, _MOST_AT_ONCE = 12, 8  # files that are not worth starting processes for; files that a process takes at once
__all__ = ["Reviewed", "documents", "exit_code", "review", "review_document"]


def review(
    paths: Iterable[Path],
    out: Path | None = None,
    *,
    earlier: Path | None = None,
    approved: Mapping[str, Sequence[Path]] | None = None,
    pages: bool = False,
    lang: str = "zh",
    jobs: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Outcome[tuple[Reviewed, ...]]:
    """Return the review of every report in some files, folders and archives, many at once on all cores.

    A file that cannot be read raises where it is the only one, and is one line among many. `earlier` is the list of
    opinions of the round before, filled in: what was answered or corrected since is marked. `approved` names the
    papers to hold the reports against: `goals`, `budget`, `paid`, `previous`. With `pages` Word files are
    laid out where they do not say on which page what stands. `jobs` is how many files are read at once (by default one
    per core); `progress` is told how many of how many are done.
    """
    files = [file for path in paths for file in any_read.files(Path(path))]
    reports: list[Reviewed] = []
    for done, found_in in enumerate(
        _reviewed(files, partial(_file, beside=_approved(approved or {}), pages=pages), jobs), 1
    ):
        reports += found_in
        if progress is not None:
            progress(done, len(files))
    if not reports:
        raise CannotOpen(
            Message("open.no_report"), remedy=Message("open.no_report.remedy"), place=Place(", ".join(map(str, paths)))
        )
    if len(reports) == 1 and reports[0].problem is not None:
        raise reports[0].problem
    before = review_excel.answers(earlier) if earlier is not None else ()
    if out is not None:
        with whole(out) as staging:
            for name, raw in documents(reports, before, lang).items():
                (staging / name).write_bytes(raw)
    found = tuple(finding for report in reports for finding in report.findings)
    return Outcome(tuple(reports), found)


def _reviewed(files: list[Path], one: Callable[[Path], list[Reviewed]], jobs: int | None) -> Iterator[list[Reviewed]]:
    """Yield the reports in each file, in order."""
    jobs = min(jobs or os.cpu_count() or 1, len(files))
    if jobs < 2 or len(files) <= _FEW:
        yield from map(one, files)
        return
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        yield from pool.map(one, files, chunksize=min(_MOST_AT_ONCE, -(-len(files) // jobs)))


def _file(path: Path, *, beside: Approved | None, pages: bool) -> list[Reviewed]:
    return [_each(read, beside) for read in any_read.read_all(path, pages=pages)]


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
    reports: Sequence[Reviewed], earlier: Sequence[rounds.Opinion] = (), lang: str = "zh"
) -> dict[str, bytes]:
    """Return the files of a review by name: one list of opinions over all, a page and a Word file for each report."""
    opinions = rounds.concluded(reports, earlier, lang)
    files = {
        "审核意见.xlsx": review_excel.written(reports, opinions),
        "review.json": review_json.dumped(reports, lang),
    }
    if earlier:
        files["复核意见书.docx"] = word_write.write(letter(reports, opinions))
    for report, name in zip(reports, rounds.names(reports), strict=True):
        if report.document is None:
            continue
        stem = _stem(name, files)
        files[f"{stem}-审核.html"] = review_html.page(report, lang)
        if _is_word(Path(report.name)):
            files[f"{stem}-批注.docx"] = review_word.annotated(Path(report.name), report.findings, lang)
    return files


def _stem(name: str, taken: Mapping[str, bytes]) -> str:
    """Return a report's name without its ending; with it where two reports differ by that alone."""
    whole = name.replace("/", "-")
    stem = whole.rpartition(".")[0] or whole
    return whole if f"{stem}-审核.html" in taken else stem


def _is_word(path: Path) -> bool:
    """Return whether a file is there by itself, not in an archive, and is Word's, whatever it is called."""
    return path.is_file() and kinds.kind_of(path.read_bytes(), path.suffix.lower()) == "docx"


def review_document(reports: Sequence[Reviewed], lang: str = "zh") -> dict[str, Any]:
    """Return `review/1` of some reviewed reports."""
    return review_json.review(reports, lang)
