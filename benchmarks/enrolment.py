"""参保比对的速度: the comparison against Polars and DuckDB written by hand (`_enrolment_by_hand.py`).

They give the same rows, unusable ones, suspects and cases included; equality is asserted before anything is timed.

    python benchmarks/enrolment.py                       1,000,000 persons, Parquet, 5 alternating rounds
    python benchmarks/enrolment.py --persons 20778617    a province
    python benchmarks/enrolment.py --against none --memory 2GB --csv --pandas --spark --tokens --start-up
    python benchmarks/enrolment.py --growth 1000000,5000000,20778617

Every run is a process of its own (so that its peak memory is its own). In a round everything runs once, one after the
other; ratios are medians over rounds, of wall time and, as a busy machine tells less of that, of CPU time.
"""

# ruff: noqa: PLC0415  (each run imports what it times)

from __future__ import annotations

import argparse
import importlib
import json
import math
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "src")]


from _enrolment_by_hand import by_duckdb, by_pandas, by_polars  # noqa: E402  (found beside this file)


def ours(folder: Path, **options):
    """Run the command's operation."""
    from jixiao.operations.enrolment_compare import enrolment_compare

    made = enrolment_compare(folder, **options).value.comparison
    table = {
        f"{row.region.code} {scheme} {name}": count
        for row in made.rows
        for scheme, figures in row.figures.items()
        for name, count in figures.items()
        if count and name != "undecided"
    }
    return {
        "table": table,
        "cases": sorted([case.record.psn_no, case.column] for case in made.cases if case.column),
        "suspects": sorted(
            [one.kind, *sorted({str(record.certno) for record in one.records})] for one in made.suspects
        ),
        "unusable": sorted(record.psn_no for record in made.unusable if record.side == 0),
    }


RUNS = {
    "jixiao": ours,
    "jixiao --memory": lambda folder: ours(folder, memory=os.environ["BENCH_MEMORY"]),
    "jixiao --engine duckdb": lambda folder: ours(folder, engine="duckdb", memory=os.environ["BENCH_MEMORY"]),
    "jixiao --engine spark": lambda folder: ours(folder, engine="spark", master="local[2]", memory="4GB"),
    "jixiao from CSV": ours,
    "polars by hand": by_polars,
    "duckdb by hand": by_duckdb,
    "pandas by hand": by_pandas,
}


LOADED = {
    "jixiao": ["jixiao.operations.enrolment_compare", "polars", "duckdb"],
    "polars": ["polars"],
    "duckdb": ["duckdb"],
    "pandas": ["pandas"],
}


_COMMAND = "from jixiao.cli import main; main()"


class Run(NamedTuple):
    """What one process took, and what it answered."""

    seconds: float
    cpu: float
    peak: float
    digest: str
    sizes: dict[str, int]


def child(name: str, folder: Path) -> None:
    """Run one of `RUNS` and print seconds, peak memory and a digest of its answer."""
    import hashlib

    for module in LOADED[name.split(maxsplit=1)[0]]:  # start-up is measured by itself
        importlib.import_module(module)
    start, started = time.perf_counter(), time.process_time()
    answer = RUNS[name](folder)
    seconds, cpu = time.perf_counter() - start, time.process_time() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    digest = hashlib.sha256(json.dumps(answer, sort_keys=True).encode()).hexdigest()
    print(json.dumps(Run(seconds, cpu, peak, digest, {part: len(found) for part, found in answer.items()})))


def run(name: str, folder: Path) -> Run:
    """Run in a process of its own."""
    done = subprocess.run(
        [sys.executable, __file__, "--child", name, str(folder)], capture_output=True, text=True, check=False
    )
    if done.returncode:
        sys.exit(done.stderr[-3000:])
    found = Run(*json.loads(done.stdout.splitlines()[-1]))
    said = f"{folder.name} {name}: {found.seconds:.2f} s, {found.cpu:.2f} s CPU, {found.peak:.2f} GB"
    print(said, file=sys.stderr, flush=True)
    return found


def sampled(persons: int, root: Path, *, csv: bool = False) -> Path:
    """Return a sample's folder, written once."""
    folder = root / f"{persons}{'-csv' if csv else ''}"
    if not (folder / "registers.yaml").exists():
        from jixiao.operations.enrolment_sample import enrolment_sample

        enrolment_sample(persons, 7, folder, kind="csv" if csv else "parquet")
    return folder


def main() -> None:
    """Assert equality, then time."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--persons", type=int, default=1_000_000)
    ask.add_argument("--rounds", type=int, default=5)
    ask.add_argument("--against", default="polars,duckdb", help="the hand-written references, or none")
    ask.add_argument("--growth", help="sizes, such as 1000000,5000000; nothing else is run then")
    ask.add_argument("--memory", help="a cap, such as 2GB")
    for name in ("duckdb", "csv", "pandas", "spark", "tokens", "start-up"):
        ask.add_argument(f"--{name}", action="store_true")
    ask.add_argument("--samples", type=Path, help="a folder to keep samples in")
    ask.add_argument("--child", nargs=2, metavar=("NAME", "FOLDER"), help=argparse.SUPPRESS)
    given = ask.parse_args()
    if given.child:
        child(given.child[0], Path(given.child[1]))
        return
    os.environ["BENCH_MEMORY"] = given.memory or "2GB"
    with tempfile.TemporaryDirectory() as scratch:
        root = given.samples or Path(scratch)
        if given.growth:
            growth([int(size) for size in given.growth.split(",")], given.rounds, root)
            return
        compared(given, root)
        if given.tokens:
            tokens(sampled(given.persons, root))
        if given.start_up:
            start_up(given.rounds)


def compared(given: argparse.Namespace, root: Path) -> None:
    """Print what everything asked for takes, in the same rounds, once all have given the same rows."""
    asked = {
        "polars by hand": "polars" in given.against,
        "duckdb by hand": "duckdb" in given.against,
        "jixiao --memory": bool(given.memory),
        "jixiao --engine duckdb": given.duckdb,
        "jixiao from CSV": given.csv,
        "pandas by hand": given.pandas,
        "jixiao --engine spark": given.spark,
    }
    names = ["jixiao", *(name for name, wanted in asked.items() if wanted)]
    folders = {name: sampled(given.persons, root, csv="CSV" in name) for name in names}
    taken: dict[str, list[Run]] = {name: [] for name in names}
    for at in range(given.rounds):
        for name in names:
            taken[name].append(run(name, folders[name]))
        wrong = [name for name in names if taken[name][at].digest != taken["jixiao"][0].digest]
        if wrong:
            sys.exit(f"not the same rows: {wrong} {[taken[name][at].sizes for name in ('jixiao', *wrong)]}")
    print(
        f"{given.persons:,} own records, {given.rounds} rounds; the same rows in every run: {taken['jixiao'][0].sizes}"
    )
    print(
        f"{'medians':24} {'wall s':>8} {'CPU s':>8} {'peak GB':>8} {'ours ÷ it':>10} {'from':>6} {'to':>6} {'CPU':>6}"
    )
    for name in names:
        tell(name, taken["jixiao"], taken[name])
    if {"polars by hand", "duckdb by hand"} <= set(names):
        faster = [
            min(pair, key=lambda one: one.seconds)
            for pair in zip(taken["polars by hand"], taken["duckdb by hand"], strict=True)
        ]
        tell("the faster by hand", taken["jixiao"], faster)


def tell(name: str, mine: list[Run], its: list[Run]) -> None:
    """Print one line: medians of what it took, and of the ratios of ours to it."""
    walls = [a.seconds / b.seconds for a, b in zip(mine, its, strict=True)]
    ratio, cpu = (
        statistics.median(found)
        for found in (walls, [a.cpu / b.cpu if b.cpu else 0 for a, b in zip(mine, its, strict=True)])
    )
    seconds, used = statistics.median(one.seconds for one in its), statistics.median(one.cpu for one in its)
    peak = max(one.peak for one in its)
    print(
        f"{name:24} {seconds:8.2f} {used:8.2f} {peak:8.2f} {ratio:10.2f} {min(walls):6.2f} {max(walls):6.2f} {cpu:6.2f}"
    )


def growth(sizes: list[int], rounds: int, root: Path) -> None:
    """Print how time grows from size to size: the exponent of the median of as many rounds over all sizes."""
    folders = [sampled(size, root) for size in sizes]
    taken = [[run("jixiao", folder) for folder in folders] for _ in range(rounds)]
    print(f"{'persons':>12} {'wall s':>8} {'CPU s':>8} {'peak GB':>8}   exponents, medians of {rounds} rounds")
    for at, size in enumerate(sizes):
        runs = [one[at] for one in taken]
        line = f"{size:12,} {statistics.median(one.seconds for one in runs):8.2f}"
        line += f" {statistics.median(one.cpu for one in runs):8.2f} {max(one.peak for one in runs):8.2f}"
        if at:
            steps = math.log(size / sizes[at - 1])
            wall = statistics.median(math.log(one[at].seconds / one[at - 1].seconds) / steps for one in taken)
            cpu = statistics.median(math.log(one[at].cpu / one[at - 1].cpu) / steps for one in taken)
            line += f"   wall {wall:.2f}, CPU {cpu:.2f}"
        print(line)


def tokens(folder: Path) -> None:
    """Print how fast registers are written with tokens, and what 23 million records would take."""
    from jixiao.operations.enrolment_pseudonymise import enrolment_pseudonymise

    for digest in ("sha256", "sm3"):
        with tempfile.TemporaryDirectory() as scratch:
            key = Path(scratch) / "key"
            key.write_text("a key for a benchmark and nothing else", encoding="utf-8")
            start, started = time.perf_counter(), _used()
            rows = sum(enrolment_pseudonymise(folder, Path(scratch) / "out", key, digest=digest).value.values())
            seconds, cpu = time.perf_counter() - start, _used() - started
        many = 23e6 / rows
        told = f"{rows:,} records in {seconds:.1f} s, {cpu:.1f} s CPU"
        print(f"tokens by {digest}: {told}; 23 million: {seconds * many:.0f} s, {cpu * many:.0f} s CPU")


def _used() -> float:
    used = [resource.getrusage(whose) for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def start_up(rounds: int) -> None:
    """Print how long the command takes to say what is wrong with an empty folder: everything but the work."""
    for words in (["--help"], ["compare", "--help"], ["compare", os.devnull]):
        times, cpu = [], []
        for _ in range(rounds):
            start, started = time.perf_counter(), _used()
            subprocess.run([sys.executable, "-c", _COMMAND, "enrolment", *words], capture_output=True, check=False)
            times.append(time.perf_counter() - start)
            cpu.append(_used() - started)
        said = f"{statistics.median(times):.2f} s wall, {statistics.median(cpu):.2f} s CPU"
        print(f"jixiao enrolment {' '.join(words)}: {said}")


if __name__ == "__main__":
    main()
