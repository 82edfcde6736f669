"""批量评价: every bundle in a folder evaluated, on all cores; one that cannot be does not stop the others.

Each bundle's documents go into a folder of its own name; beside them the summary table, what follows from the grades
for the next year's budgets, the report on all of them and the paragraphs for the unit's published final accounts.
"""

from __future__ import annotations

import os
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from typing import TYPE_CHECKING, Any, NamedTuple

from jixiao.documents.document import Document
from jixiao.errors import CannotOpen, JixiaoError
from jixiao.findings import SEVERITIES, Finding, Message, Place
from jixiao.formats import bundle, excel_write, html_write, json_write, word_write
from jixiao.formats.whole import whole
from jixiao.operations.evaluate import evaluate
from jixiao.operations.outcome import Outcome
from jixiao.reports import budget_use, summary, unit_account, unit_summary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

STATEMENTS = "部门决算公开绩效情况说明.txt"
_FEW = 3  # bundles that are not worth starting processes for


class Asked(NamedTuple):
    """One bundle to be evaluated: its folder, where its documents go, and whether as PDF and as drafts too."""

    path: Path
    out: Path | None
    pdf: bool = False
    draft: bool = False


class Row(NamedTuple):
    """What became of one bundle: its folder's name, its project, how many findings by severity, or why it failed.

    `account` is what the summary report says of it, where it was scored and the report is written.
    """

    name: str
    project: summary.Project | None
    counts: tuple[int, ...]
    problem: Message | None = None
    place: Place | None = None
    account: unit_account.Account | None = None


class Batch(NamedTuple):
    """What became of every bundle, in the order of their names, and the summary table (None: nothing to sum up)."""

    rows: tuple[Row, ...]


def is_batch(folder: Path) -> bool:
    """Return whether a folder is no bundle itself but holds some."""
    return folder.is_dir() and not bundle.file_of(folder).exists() and bool(bundles(folder))


def bundles(folder: Path) -> list[Path]:
    """Return the bundles directly inside a folder, by name."""
    inner = (path for path in folder.iterdir() if path.is_dir() and not path.name.startswith("."))
    return sorted(path for path in inner if bundle.file_of(path).exists())


def evaluate_all(
    folder: Path,
    out: Path | None = None,
    *,
    pdf: bool = False,
    draft: bool = False,
    jobs: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Outcome[Batch]:
    """Evaluate every bundle of a folder and write its documents below `out`, the summaries of all scored ones beside.

    `jobs` is how many run at once (by default one per core); `progress` is told how many of how many are done. A bundle
    that cannot be read, or in which an error stands, is an error-level finding and stops no other.
    """
    found = bundles(folder)
    if not found:
        place = Place(str(folder))
        raise CannotOpen(Message("batch.none"), remedy=Message("batch.none.remedy"), place=place)
    asked = [Asked(path, out / path.name if out is not None else None, pdf, draft) for path in found]
    rows = []
    for done, row in enumerate(_rows(asked, jobs=jobs), 1):
        rows.append(row)
        if progress is not None:
            progress(done, len(found))
    rows.sort(key=lambda row: row.name)
    if out is not None:
        _write(out, rows)
    return Outcome(Batch(tuple(rows)), tuple(_failed(folder, row) for row in rows if _has_failed(row)))


def batch_json(outcome: Outcome[Batch], lang: str = "zh") -> dict[str, Any]:
    """Return `batch/1`: a row per bundle."""
    return json_write.batch([_as_json(row, lang) for row in outcome.value.rows])


def _rows(asked: list[Asked], *, jobs: int | None) -> Iterator[Row]:
    """Yield what becomes of the bundles, as they are done."""
    jobs = min(jobs or os.cpu_count() or 1, len(asked))
    if jobs < 2 or len(asked) <= _FEW:
        yield from map(one, asked)
        return
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        for done in as_completed([pool.submit(one, given) for given in asked]):
            yield done.result()


def one(given: Asked) -> Row:
    """Evaluate one bundle; what goes wrong with it is part of its row."""
    path = given.path
    try:
        outcome = evaluate(path, given.out, pdf=given.pdf, draft=given.draft)
    except JixiaoError as problem:
        return Row(path.name, None, (0,) * len(SEVERITIES), problem.what, problem.place)
    except RecursionError:
        return Row(path.name, None, (0,) * len(SEVERITIES), Message("batch.too_deep"), Place(str(path)))
    counts = tuple(sum(finding.severity == severity for finding in outcome.findings) for severity in SEVERITIES)
    project = summary.project(outcome.value, path.name)
    scored = given.out is not None and project.score is not None and not counts[0]
    account = unit_account.account(outcome.value, path.name) if scored else None
    return Row(path.name, project, counts, account=account)


def _has_failed(row: Row) -> bool:
    return row.problem is not None or bool(row.counts[0])


def _failed(folder: Path, row: Row) -> Finding:
    why = row.problem if row.problem is not None else _erring(row)
    said, remedy = Message("batch.failed", {"name": row.name, "why": why}), Message("batch.failed.remedy")
    return Finding("batch", "error", said, remedy, places=(row.place or Place(str(folder / row.name)),))


def _erring(row: Row) -> Message:
    return Message("batch.errors", {"count": row.counts[0]})


def _write(out: Path, rows: list[Row]) -> None:
    scored = [row.account for row in rows if row.account is not None]
    files = {"batch.json": json_write.dumped(json_write.batch([_as_json(row, "zh") for row in rows]))}
    if scored:
        table = summary.table([one.project for one in scored])
        files[f"{table.name}.xlsx"] = excel_write.write([table])
        files[f"{table.name}.docx"] = word_write.write(Document((table,), table.name or ""))
        use = budget_use.table([one.project for one in scored])
        files[f"{use.name}.xlsx"] = excel_write.write([use])
        files[f"{use.name}.docx"] = word_write.write(Document((use,), use.name or ""))
        report = unit_summary.report(scored, [_unscored(row) for row in rows if row.account is None])
        files[f"{report.name}.docx"] = word_write.write(report)
        files[f"{report.name}.html"] = html_write.write(report)
        files[STATEMENTS] = "\n\n".join([*unit_summary.statements(scored), ""]).encode()
    with whole(out) as staging:
        for name, raw in files.items():
            (staging / name).write_bytes(raw)


def _unscored(row: Row) -> unit_summary.Unscored:
    name = row.project.name if row.project is not None else row.name
    why = row.problem or (_erring(row) if row.counts[0] else Message("batch.no_score"))
    return unit_summary.Unscored(name, why)


def _as_json(row: Row, lang: str) -> dict[str, Any]:
    project = row.project
    return {
        "bundle": row.name,
        "project": project.name if project else None,
        "total": project.score.text() if project and project.score else None,
        "grade": project.grade if project else None,
        "findings": dict(zip(SEVERITIES, row.counts, strict=True)),
        "problem": row.problem.text(lang) if row.problem else None,
        "place": str(row.place) if row.place else None,
    }
