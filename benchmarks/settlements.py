"""结算指标的速度: all measures of settlements against Polars and DuckDB written by hand (`_settlements_by_hand.py`).

They give the same parts at every grouping; equality is asserted in every round.

    python benchmarks/settlements.py                      10,000,000 rows, Parquet, 3 rounds
    python benchmarks/settlements.py --rows 50000000      the size that is aimed at
    python benchmarks/settlements.py --monthly --memory 2GB --spark

Every run is a process of its own (so that its peak memory is its own); ratios are medians over the rounds. Ours
also counts faulty rows, unknown codes and refunds and looks for doubled keys, which the queries by hand do not.
"""

# ruff: noqa: PLC0415  (each run imports what it times)

from __future__ import annotations

import argparse
import hashlib
import importlib
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "src")]

from _settlements_by_hand import by_duckdb, by_polars  # noqa: E402  (found beside this file)

MONTHLY = os.environ.get("BENCH_MONTHLY") == "1"


def ours(folder: Path, **options):
    """Do what the command does between reading settlements.yaml and spelling the values."""
    from jixiao.engines.opening import opened
    from jixiao.engines.settlements import held, stager
    from jixiao.formats import settlements_file
    from jixiao.operations.settlements_measures import terms_of
    from jixiao.settlements.gathering import gathered
    from jixiao.settlements.profile import repeated_keys

    given = settlements_file.read(folder)
    terms = terms_of(given, None, "month" if MONTHLY else "year", set_aside=False)
    with opened(options.get("engine"), memory=options.get("memory"), master=options.get("master")) as machine:
        table = held(machine, given.tables["settlements"], folder, period=terms.period)
        found = gathered(machine, table, terms, stager(machine))
        assert repeated_keys(machine, table) == (0, ())
    return {
        " ".join(part or "" for part in cell): {str(part): value for part, value in values.items()}
        for cell, values in found.parts.items()
    }


RUNS = {
    "jixiao": ours,
    "jixiao --memory": lambda folder: ours(folder, memory=os.environ["BENCH_MEMORY"]),
    "jixiao --engine spark": lambda folder: ours(folder, engine="spark", master="local[2]"),
    "polars by hand": lambda folder: by_polars(folder, MONTHLY),
    "duckdb by hand": lambda folder: by_duckdb(folder, MONTHLY),
}
LOADED = {
    "jixiao": ["jixiao.operations.settlements_measures", "polars", "duckdb"],
    "polars": ["polars"],
    "duckdb": ["duckdb"],
}


def child(name: str, folder: Path) -> None:
    """Run one of `RUNS` and print seconds, peak memory and a digest of its answer."""
    for module in LOADED[name.split(maxsplit=1)[0]]:  # start-up is measured by itself
        importlib.import_module(module)
    start, busy = time.perf_counter(), time.process_time()
    answer = RUNS[name](folder)
    seconds, busy = time.perf_counter() - start, time.process_time() - busy
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    digest = hashlib.sha256(json.dumps(answer, sort_keys=True).encode()).hexdigest()
    if os.environ.get("BENCH_DUMP"):
        Path(os.environ["BENCH_DUMP"], f"{name}.json").write_text(json.dumps(answer, sort_keys=True, indent=1))
    print(json.dumps({"seconds": seconds, "busy": busy, "peak": peak, "digest": digest, "cells": len(answer)}))


def run(name: str, folder: Path) -> dict:
    """Run in a process of its own."""
    done = subprocess.run(
        [sys.executable, __file__, "--child", name, str(folder)], capture_output=True, text=True, check=False
    )
    if done.returncode:
        sys.exit(done.stderr[-3000:])
    return json.loads(done.stdout.splitlines()[-1])


def main() -> None:
    """Have a sample, then measure."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--rows", type=int, default=10_000_000)
    ask.add_argument("--rounds", type=int, default=3)
    ask.add_argument("--monthly", action="store_true")
    ask.add_argument("--memory", help="a cap for one more run, such as 2GB")
    ask.add_argument("--spark", action="store_true")
    ask.add_argument("--samples", type=Path, help="a folder to keep samples in")
    ask.add_argument("--child", nargs=2, metavar=("NAME", "FOLDER"), help=argparse.SUPPRESS)
    given = ask.parse_args()
    if given.child:
        child(given.child[0], Path(given.child[1]))
        return
    os.environ["BENCH_MEMORY"] = given.memory or "2GB"
    os.environ["BENCH_MONTHLY"] = "1" if given.monthly else "0"
    with tempfile.TemporaryDirectory() as scratch:
        folder = (given.samples or Path(scratch)) / f"{given.rows}"
        if not (folder / "settlements.yaml").exists():
            # In a process of its own: what this one holds would count as its children's peak memory.
            code = (
                "import sys, pathlib, jixiao; jixiao.settlements_sample(int(sys.argv[1]), 7, pathlib.Path(sys.argv[2]))"
            )
            environment = {**os.environ, "PYTHONPATH": str(HERE.parent / "src")}
            subprocess.run([sys.executable, "-c", code, str(given.rows), str(folder)], check=True, env=environment)
        measure(given, folder)


def measure(given: argparse.Namespace, folder: Path) -> None:
    """Run all in turn, round by round; assert equality in each; print the table."""
    others = [
        "polars by hand",
        "duckdb by hand",
        *["jixiao --memory"] * bool(given.memory),
        *["jixiao --engine spark"] * given.spark,
    ]
    times, busy, peaks, ratios, shares = (defaultdict(list) for _ in range(5))
    for at in range(given.rounds):
        found = {name: run(name, folder) for name in ("jixiao", *others)}
        wrong = [name for name, got in found.items() if got["digest"] != found["jixiao"]["digest"]]
        if wrong:
            sys.exit(f"not the same parts: {wrong} {[found[name]['cells'] for name in ('jixiao', *wrong)]}")
        if at == 0:
            cells = found["jixiao"]["cells"]
            print(f"{given.rows:,} settlements; the same parts from {len(found)} runs at {cells} groupings", flush=True)
        for name, one in found.items():
            times[name].append(one["seconds"])
            busy[name].append(one["busy"])
            peaks[name].append(one["peak"])
            ratios[name].append(found["jixiao"]["seconds"] / one["seconds"])
            shares[name].append(found["jixiao"]["busy"] / one["busy"])
    for name in ("jixiao", *others):
        ratio = f"jixiao is {statistics.median(ratios[name]):.2f} ×" if name in others else ""
        share = f"(processor {statistics.median(shares[name]):.2f} ×)" if name in others else ""
        print(
            f"{name:24s} {statistics.median(times[name]):7.2f} s  processor {statistics.median(busy[name]):7.2f} s  "
            f"{max(peaks[name]):5.2f} GB  {ratio} {share}"
        )


if __name__ == "__main__":
    main()
