"""计分速度: 600,000 exact scores against a bare Python loop of the same Decimal arithmetic, and the cost of starting.

    python benchmarks/scoring.py [--scores 600000]

Reference: a loop over plain objects with `min`, `/` and `quantize`, building nothing else. jixiao keeps with every
score what its steps are built from, and builds them when somebody looks: once unlooked at, once with all of them built.
Medians of five alternating rounds; memory is the peak while scores are made and dropped, which must not grow with
their number.
"""

from __future__ import annotations

import argparse
import gc
import os
import subprocess
import sys
import time
import tracemalloc
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from statistics import median

from jixiao.figures.actual_notation import actual
from jixiao.figures.target_notation import target
from jixiao.indicators.indicator import Actual, Indicator, RuleRef
from jixiao.scoring.rule import build
from jixiao.scoring.score import score

ROUNDS = 5
CENT, ONE = Decimal("0.01"), Decimal(1)


class Plain:
    """What the reference scores: nothing but the three numbers."""

    __slots__ = ("actual", "full", "target")

    def __init__(self, full: Decimal, goal: Decimal, value: Decimal) -> None:
        self.full, self.target, self.actual = full, goal, value


def workload(count: int) -> tuple[list[Plain], list[tuple[Indicator, Actual]]]:
    """Return the same rows twice: 97 different rows over and over, so that input costs no memory of its own."""
    goal = target("≥95%")
    plain, ours = [], []
    for row in range(97):
        rate = Decimal(6000 + 43 * row).scaleb(-2)
        full = Decimal(row % 10 + 1)
        plain.append(Plain(full, Decimal("0.95"), rate / 100))
        ours.append(
            (Indicator(f"C{row}", "指标", full, goal, RuleRef("proportional")), Actual(actual(f"{rate}%", goal)))
        )
    times = -(-count // len(plain))
    return (plain * times)[:count], (ours * times)[:count]


def bare(rows: list[Plain]) -> Decimal:
    total = Decimal(0)
    for row in rows:
        total += (row.full * min(row.actual / row.target, ONE)).quantize(CENT, ROUND_HALF_UP)
    return total


def scored(rows: list[tuple[Indicator, Actual]]) -> Decimal:
    rule = build("proportional", {})
    total = Decimal(0)
    for indicator, value in rows:
        total += score(indicator, value, rule, 2).awarded
    return total


def with_steps(rows: list[tuple[Indicator, Actual]]) -> Decimal:
    rule = build("proportional", {})
    total = Decimal(0)
    for indicator, value in rows:
        found = score(indicator, value, rule, 2)
        assert len(found.steps) >= 1
        total += found.awarded
    return total


def seconds(run, rows) -> tuple[float, Decimal]:
    gc.collect()
    begun = time.process_time()  # of this process alone: other work on the machine must not count
    total = run(rows)
    return time.process_time() - begun, total


def peak(run, rows) -> float:
    """Return the most memory, in KB, that was held at once beyond what stood before."""
    gc.collect()
    tracemalloc.start()
    run(rows)
    most = tracemalloc.get_traced_memory()[1] / 2**10
    tracemalloc.stop()
    return most


def start_up(code: str) -> float:
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path), "LANG": "zh_CN.UTF-8"}
    begun = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, env=env, cwd=Path.home())
    return time.perf_counter() - begun


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--scores", type=int, default=600_000)
    count = parser.parse_args().scores

    plain, ours = workload(count)
    rounds = []
    for _ in range(ROUNDS):
        runs = [seconds(bare, plain), seconds(scored, ours), seconds(with_steps, ours)]
        assert len({total for _, total in runs}) == 1, runs
        rounds.append([taken for taken, _ in runs])
    reference, lean, full = (median(side) for side in zip(*rounds, strict=True))
    times = [median(one[at] / one[0] for one in rounds) for at in (1, 2)]

    print(f"{count:,} scores                     seconds   ratio   wanted")
    print(f"bare loop, Decimal                 {reference:7.2f}     1.0")
    print(f"jixiao                             {lean:7.2f}   {times[0]:5.1f}   <= 5")
    print(f"jixiao, every step built           {full:7.2f}   {times[1]:5.1f}   <= 12")
    small, large = peak(with_steps, ours[:10_000]), peak(with_steps, ours[:100_000])
    print(f"\npeak memory while scoring: {small:.0f} KB at 10,000, {large:.0f} KB at 100,000")

    _help = "import sys; sys.argv = ['jixiao', '--help']; from jixiao.cli import main; main()"
    started = {name: [] for name in ("pass", "import jixiao", _help)}
    for _ in range(ROUNDS):
        for code, times in started.items():
            times.append(start_up(code))
    nothing, library, command = (median(times) for times in started.values())
    print("\nstart-up                           seconds    more   wanted")
    print(f"python -c pass                     {nothing:7.3f}")
    print(f"import jixiao                      {library:7.3f}  {library - nothing:+6.3f}   <= 0.3")
    print(f"jixiao --help                      {command:7.3f}  {command - nothing:+6.3f}   <= 0.3")


if __name__ == "__main__":
    main()
