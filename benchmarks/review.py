"""审核的基准: recall over seeded errors, silence on clean documents, the source reports, and speed.

    python benchmarks/review.py [--mutants N] [--examples N] [--random N] [--clean N] [--pages N] [--books N]
                                [--seeds FOLDER]

Prints counts, not only rates. The mutants are made by `tests/review/mutants.py`, which knows nothing of the checks.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections import Counter, defaultdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests" / "review")]

import example_reports  # noqa: E402
import extracted  # noqa: E402
import ground_truth  # noqa: E402
import mutants as made  # noqa: E402
import sample_reports  # noqa: E402
import written  # noqa: E402

from jixiao.documents.document import Document  # noqa: E402
from jixiao.formats import any_read  # noqa: E402
from jixiao.operations.review import review as review_all  # noqa: E402
from jixiao.review.report import reviewed  # noqa: E402

_SHOWN = 4


def grave(path: Path) -> list:
    return [finding for finding in reviewed(any_read.read(path)).findings if finding.severity != "note"]


def names(findings: list, mutant: made.Mutant) -> bool:
    """Return whether the changed figure is among the places of a finding."""
    for finding in findings:
        for place in finding.places:
            quote = (place.quote or "").replace(" ", "")
            for id, after in zip(mutant.spots, mutant.after, strict=True):
                in_cell = mutant.report.spots[id].row is not None
                if quote == after if in_cell else after in quote:
                    return True
    return False


def shows_in_tables(mutant: made.Mutant) -> bool:
    """Return whether the error shows from tables alone, which is all that a workbook holds."""
    changed = dict(zip(mutant.spots, mutant.after, strict=True))
    cells = {spot.id for spot in mutant.report.spots.values() if spot.row is not None}
    return any(all(id in cells for id in tie.ids) for tie in mutant.report.broken(changed))


def of_samples(count: int) -> Iterator[made.Mutant]:
    yield from made.all_mutants(range(1000, 1000 + -(-count // 48)), 12)


def of_examples(count: int) -> Iterator[made.Mutant]:
    """Yield mutants of the documents that jixiao writes for its examples, as many of each."""
    yield from _of(example_reports.sources(), count)


def of_random(count: int) -> Iterator[made.Mutant]:
    """Yield mutants of the documents that jixiao writes for random evaluations."""
    yield from _of(example_reports.random_sources(range(7000, 7005)), count)


def _of(sources: dict[str, example_reports.Written], count: int) -> Iterator[made.Mutant]:
    for seed, (name, report) in enumerate(sources.items()):
        yield from made.mutants_of(report, name, seed, -(-count // len(sources)))


def mutation(title: str, mutants: Iterator[made.Mutant], folder: Path) -> None:
    tried, found, missed = Counter(), Counter(), defaultdict(list)
    by_kind, by_kind_found, unread = Counter(), Counter(), Counter()
    total = 0
    for number, mutant in enumerate(mutants):
        kind = written.FORMATS[number % len(written.FORMATS)]
        total += 1
        if not mutant.recomputable or (kind == "xlsx" and not shows_in_tables(mutant)):
            continue
        path = written.write(mutant.document, kind, folder)
        if kind in written.GUESSED and not extracted.shows(mutant, any_read.read(path)):
            unread[kind] += 1
            continue
        hit = names(grave(path), mutant)
        tried[kind] += 1
        found[kind] += hit
        by_kind[mutant.operation] += 1
        by_kind_found[mutant.operation] += hit
        if not hit:
            missed[mutant.source, mutant.operation].append((mutant.seed, mutant.spots, mutant.before, mutant.after))
    print(
        f"\n{title}: mutants {total}, recomputable {sum(tried.values())}, found {sum(found.values())}:",
        _share(found, tried),
    )
    print(
        "  not read as figures of a table, so not judged: "
        + "  ".join(f"{key} {unread[key]}" for key in sorted(unread))
    )
    for by, one, other in (("format", found, tried), ("operation", by_kind_found, by_kind)):
        print(f"  by {by}: " + "  ".join(f"{key} {one[key]}/{other[key]}" for key in sorted(other)))
    for key, cases in missed.items():
        print(f"  missed {key}: {len(cases)}, first {cases[0]}")


def _share(found: Counter, tried: Counter) -> str:
    return f"{100 * sum(found.values()) / max(1, sum(tried.values())):.2f}%"


def pages(count: int, folder: Path) -> None:
    """Print what is read and checked of documents in each way that their text is taken out, and recall over mutants.

    Nothing without LibreOffice and pdftotext. Several mutants are converted in one go.
    """
    if not extracted.AVAILABLE:
        return
    sound = [report.document() for report in _sound(count)]
    chosen = [mutant for mutant in _of_pages(count * 3) if mutant.recomputable][:count]
    place = folder / "pages"
    place.mkdir()
    ways = extracted.extracted([*sound, *(mutant.document for mutant in chosen)], place)
    print(f"\n{'way':8} {'read':>7} {'checked':>8} {'of docx':>8} {'false':>6}   {'mutants':>8} {'judged':>7} found")
    whole = 0
    for way in extracted.WAYS:
        reviews = [reviewed(any_read.read(files[way])) for files in ways[: len(sound)]]
        read, checked = (sum(getattr(r.coverage, name) for r in reviews) for name in ("read", "checked"))
        wrong = sum(1 for review in reviews for finding in review.findings if finding.severity != "note")
        whole = whole or checked
        mutated = [(mutant, files[way]) for mutant, files in zip(chosen, ways[len(sound) :], strict=True)]
        judged = [(mutant, file) for mutant, file in mutated if extracted.shows(mutant, any_read.read(file))]
        missed = [mutant for mutant, file in judged if not names(grave(file), mutant)]
        found = len(judged) - len(missed)
        print(
            f"{way:8} {read:7} {checked:8} {100 * checked / whole:7.1f}% {wrong:6}   "
            f"{len(chosen):8} {len(judged):7} {found:6}  {100 * found / max(1, len(judged)):.1f}%"
        )
        for one in missed[:_SHOWN]:
            print(f"  missed {one.source} {one.seed} {one.operation} {one.spots} {one.before} {one.after}")


def _sound(count: int) -> Iterator[sample_reports.Report]:
    """Yield sound reports: of every kind of sample and of random evaluations."""
    for seed in range(9000, 9000 + -(-count // 8)):
        yield from (make(seed) for make in sample_reports.KINDS.values())
    yield from list(example_reports.random_sources(range(9000, 9001)).values())


def _of_pages(count: int) -> Iterator[made.Mutant]:
    yield from made.all_mutants(range(2000, 2000 + -(-count // 24)), 6)


def clean(count: int, folder: Path) -> None:
    wrong, total = [], 0
    for seed in range(5000, 5000 + count):
        for source, make in sample_reports.KINDS.items():
            document = make(seed).document()
            kind = written.FORMATS[total % len(written.FORMATS)]
            total += 1
            wrong += [(source, seed, kind, finding.check) for finding in grave(written.write(document, kind, folder))]
    print(f"\nclean documents {total}, with errors or warnings {len({w[:3] for w in wrong})}")
    for case in wrong[:10]:
        print("  ", case)


def seeds(folder: Path) -> None:
    print(f"\n{'report':18} {'certain':>12} {'arguable':>12} {'style':>9} {'findings':>9} {'unaccounted':>12}")
    whole = Counter()
    for name, number in ground_truth.names().items():
        path = next(folder.glob(f"{number}_*"), None)
        if path is None:
            continue
        findings = reviewed(any_read.read(path)).findings
        score = ground_truth.held_against(findings, ground_truth.items(name))
        grave_ones = [f for f in score.unaccounted if f.severity != "note"]
        counts = {
            sure: (sum(i.sure == sure for i in score.found), sum(i.sure == sure for i in (*score.found, *score.missed)))
            for sure in ("certain", "arguable", "style")
        }
        loud = sum(f.severity != "note" for f in findings)
        whole.update(found=counts["certain"][0], certain=counts["certain"][1], loud=loud, false=len(grave_ones))
        print(
            f"{name:18} " + " ".join(f"{a:>6}/{b:<5}" for a, b in counts.values()) + f" {loud:>6} {len(grave_ones):>10}"
        )
        for item in score.missed:
            if item.sure == "certain":
                print(f"    missed {sorted(item.lines)} {item.kind} {item.about}")
        for finding in grave_ones:
            lines = [place.line for place in finding.places][:3]
            print(f"    unaccounted {finding.check} {lines} {finding.because.text('zh')[:60]}")
    recall, loud = 100 * whole["found"] / max(1, whole["certain"]), max(1, whole["loud"])
    precision = 100 * (1 - whole["false"] / loud)
    print(f"certain {whole['found']}/{whole['certain']}, recall {recall:.1f}%")
    print(f"errors and warnings {whole['loud']}, unaccounted {whole['false']}, precision {precision:.1f}%")


def speed(folder: Path, books: int) -> None:
    blocks: list = []
    seed = 1
    while len(blocks) < 900:
        for make in sample_reports.KINDS.values():
            blocks += make(seed).document().blocks
        seed += 1
    path = written.write(Document(tuple(blocks), "长报告"), "docx", folder, "long")
    began = time.perf_counter()
    review = reviewed(any_read.read(path))
    print(f"\nlong docx: {len(blocks)} blocks, {review.coverage.read} figures, {time.perf_counter() - began:.1f} s")
    many = folder / "many"
    many.mkdir()
    for number in range(books):
        written.write(sample_reports.transfer(number).document(), "xlsx", many, f"{number}")
    began = time.perf_counter()
    reports = review_all([many]).value
    found = sum(1 for report in reports if report.findings)
    print(f"{books} workbooks: {time.perf_counter() - began:.1f} s on {os.cpu_count()} cores, with findings {found}")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--mutants", type=int, default=2400)
    parser.add_argument("--examples", type=int, default=600)
    parser.add_argument("--random", type=int, default=400)
    parser.add_argument("--seeds", type=Path, default=None)
    parser.add_argument("--clean", type=int, default=30)
    parser.add_argument("--pages", type=int, default=40)
    parser.add_argument("--books", type=int, default=1000)
    options = parser.parse_args()
    with TemporaryDirectory() as name:
        folder = Path(name)
        if options.seeds is not None:
            seeds(options.seeds)
        clean(options.clean, folder)
        mutation("sample reports", of_samples(options.mutants), folder)
        mutation("example documents", of_examples(options.examples), folder)
        mutation("random evaluations", of_random(options.random), folder)
        if options.pages:
            pages(options.pages, folder)
        if options.books:
            speed(folder, options.books)


if __name__ == "__main__":
    main()
