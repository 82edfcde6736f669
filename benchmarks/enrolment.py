"""参保比对的速度: the comparison against Polars and DuckDB written by hand (`_enrolment_by_hand.py`).

They give the same rows, unusable ones, suspects and cases included; equality is asserted before anything is timed.

    python benchmarks/enrolment.py                       1,000,000 persons, Parquet, 5 alternating pairs
    python benchmarks/enrolment.py --persons 20778617    a province
    python benchmarks/enrolment.py --growth 1000000,5000000 --csv --memory 2GB --pandas --spark

Every run is a process of its own (so that its peak memory is its own); ratios are medians over alternating pairs.
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
from collections import defaultdict
from itertools import pairwise
from pathlib import Path

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
    "jixiao --engine spark": lambda folder: ours(folder, engine="spark", master="local[2]"),
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


def child(name: str, folder: Path) -> None:
    """Run one of `RUNS` and print seconds, peak memory and a digest of its answer."""
    import hashlib

    for module in LOADED[name.split(maxsplit=1)[0]]:  # start-up is measured by itself
        importlib.import_module(module)
    start = time.perf_counter()
    answer = RUNS[name](folder)
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    digest = hashlib.sha256(json.dumps(answer, sort_keys=True).encode()).hexdigest()
    sizes = {part: len(found) for part, found in answer.items()}
    print(json.dumps({"seconds": seconds, "peak": peak, "digest": digest, "sizes": sizes}))


def run(name: str, folder: Path) -> dict:
    """Run in a process of its own."""
    done = subprocess.run(
        [sys.executable, __file__, "--child", name, str(folder)], capture_output=True, text=True, check=False
    )
    if done.returncode:
        sys.exit(done.stderr[-3000:])
    return json.loads(done.stdout.splitlines()[-1])


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
    ask.add_argument("--pairs", type=int, default=5)
    ask.add_argument("--growth", help="sizes, such as 1000000,5000000")
    ask.add_argument("--memory", help="a cap for one more run, such as 2GB")
    ask.add_argument("--csv", action="store_true")
    ask.add_argument("--pandas", action="store_true")
    ask.add_argument("--spark", action="store_true")
    ask.add_argument("--samples", type=Path, help="a folder to keep samples in")
    ask.add_argument("--child", nargs=2, metavar=("NAME", "FOLDER"), help=argparse.SUPPRESS)
    given = ask.parse_args()
    if given.child:
        child(given.child[0], Path(given.child[1]))
        return
    os.environ["BENCH_MEMORY"] = given.memory or "2GB"
    with tempfile.TemporaryDirectory() as scratch:
        measure(given, given.samples or Path(scratch))


def measure(given: argparse.Namespace, root: Path) -> None:
    """Print the table."""
    folder = sampled(given.persons, root)
    others = ["polars by hand", "duckdb by hand"]
    others += (
        ["jixiao --memory"] * bool(given.memory)
        + ["pandas by hand"] * given.pandas
        + ["jixiao --engine spark"] * given.spark
    )
    first = {name: run(name, folder) for name in ("jixiao", *others)}
    wrong = [name for name, got in first.items() if got["digest"] != first["jixiao"]["digest"]]
    if wrong:
        sys.exit(f"not the same rows: {wrong} {[first[name]['sizes'] for name in ('jixiao', *wrong)]}")
    print(f"{given.persons:,} own records; the same rows from {len(first)} runs: {first['jixiao']['sizes']}")
    mine, times = [], defaultdict(list)
    ratios = defaultdict(list)
    for _ in range(given.pairs):
        for name in others[:2]:
            a, b = run("jixiao", folder)["seconds"], run(name, folder)["seconds"]
            mine.append(a)
            times[name].append(b)
            ratios[name].append(a / b)
    for name in others[2:]:
        a, b = run("jixiao", folder)["seconds"], run(name, folder)["seconds"]
        times[name], ratios[name] = [b], [a / b]
    print(f"{'':24} {'seconds':>8} {'peak GB':>8} {'ours ÷ it':>10}")
    print(f"{'jixiao':24} {statistics.median(mine):8.2f} {first['jixiao']['peak']:8.2f}")
    for name in others:
        seconds, ratio = statistics.median(times[name]), statistics.median(ratios[name])
        print(f"{name:24} {seconds:8.2f} {first[name]['peak']:8.2f} {ratio:10.2f}")
    if given.csv:
        text = sampled(given.persons, root, csv=True)
        pairs = [(run("jixiao", text)["seconds"], run("jixiao", folder)["seconds"]) for _ in range(given.pairs)]
        seconds, ratio = (statistics.median(found) for found in zip(*((a, a / b) for a, b in pairs), strict=True))
        print(f"{'jixiao from CSV':24} {seconds:8.2f} {'':8} {ratio:10.2f} × Parquet")
    if given.growth:
        sizes = [int(size) for size in given.growth.split(",")]
        seconds = [
            statistics.median(run("jixiao", sampled(size, root))["seconds"] for _ in range(given.pairs))
            for size in sizes
        ]
        for (a, s), (b, t) in pairwise(zip(sizes, seconds, strict=True)):
            print(f"growth {a:,} → {b:,}: {s:.2f} s → {t:.2f} s, exponent {math.log(t / s) / math.log(b / a):.2f}")


if __name__ == "__main__":
    main()
