"""重构答卷: write examples/bazhou-2024/survey/answers.csv from the counts that the evaluated report printed.

Every question is laid out on its own and shuffled by hash, so the file reproduces each margin exactly and says nothing
about how the answers of one person go together. Run it again and the bytes are the same.
"""

from __future__ import annotations

import csv
import hashlib
from io import StringIO
from pathlib import Path

SEED = "bazhou-2024-reconstructed"
PERSONS = 221
SINGLE = {"Q1": (25, 94, 76, 3, 21, 2), "Q2": (123, 96, 2), "Q3": (215, 6)}
SELECTIONS = {"Q4": (160, 89, 67, 89, 2)}
SUMS = {"S1": 1061, "S2": 1062, "S3": 1059}
TARGET = Path(__file__).parents[1] / "examples/bazhou-2024/survey/answers.csv"


def shuffled(name: str, values: list[str]) -> list[str]:
    """Return the values in the order of the hashes of seed, question and position."""
    hashes = [hashlib.sha256(f"{SEED}/{name}/{at}".encode()).digest() for at in range(len(values))]
    return [value for _, value in sorted(zip(hashes, values, strict=True))]


def chosen(counts: tuple[int, ...]) -> list[str]:
    """Return A, B, C, … as often as counted."""
    return [chr(65 + at) for at, count in enumerate(counts) for _ in range(count)]


def dealt(counts: tuple[int, ...]) -> list[str]:
    """Deal the selections of a multiple choice to all persons in turn: nobody empty-handed, nobody twice the same."""
    hands: list[list[str]] = [[] for _ in range(PERSONS)]
    for at, letter in enumerate(chosen(counts)):
        hands[at % PERSONS].append(letter)
    assert all(hand and len(set(hand)) == len(hand) for hand in hands)
    return ["┋".join(sorted(hand)) for hand in hands]


def rated(total: int) -> list[str]:
    """Return points with this sum: as many 5 as can be, the rest 4 and, one in ten, 3."""
    lost = 5 * PERSONS - total
    threes = lost // 10
    fours = lost - 2 * threes
    return ["3"] * threes + ["4"] * fours + ["5"] * (PERSONS - threes - fours)


def main() -> None:
    """Write the file."""
    columns = {name: chosen(counts) for name, counts in SINGLE.items()}
    columns |= {name: dealt(counts) for name, counts in SELECTIONS.items()}
    columns |= {name: rated(total) for name, total in SUMS.items()}
    mixed = {name: shuffled(name, values) for name, values in columns.items()}
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["序号", *mixed, "T1"])
    for at, row in enumerate(zip(*mixed.values(), strict=True), 1):
        writer.writerow([at, *row, ""])
    TARGET.write_text(out.getvalue(), encoding="utf-8")


if __name__ == "__main__":
    main()
