"""变异: from a consistent report, copies with exactly one seeded error, each marked as noticeable from print or not.

Written before the checks and never importing them.
"""

from __future__ import annotations

import random
import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from sample_reports import KINDS, Report, Spot

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jixiao.documents.document import Document

OPERATIONS = ("digit", "swap", "decimal", "unit", "shift", "sign", "grade", "count", "year", "name")


class Mutant(NamedTuple):
    """A document with one error: how it was made, where, what stood there, and whether its ties show it."""

    source: str
    seed: int
    operation: str
    spots: tuple[str, ...]
    before: tuple[str, ...]
    after: tuple[str, ...]
    recomputable: bool
    ties: tuple[str, ...]
    document: Document
    report: Report

    def texts(self) -> dict[str, str]:
        """Return every figure as it prints after the change."""
        changed = dict(zip(self.spots, self.after, strict=True))
        return {id: spot.text for id, spot in self.report.spots.items()} | changed


def mutants(source: str, seed: int, count: int) -> Iterator[Mutant]:
    """Yield `count` mutants of one sample report."""
    yield from mutants_of(KINDS[source](seed), source, seed, count)


def mutants_of(report: Report, source: str, seed: int, count: int) -> Iterator[Mutant]:
    """Yield `count` mutants of one report, each from a random spot by an operation that fits it."""
    assert not report.broken(), (source, seed)
    rng = random.Random(f"{source}{seed}")
    spots = [spot for spot in report.spots.values() if not spot.id.startswith("_")]
    made = 0
    while made < count:
        spot = rng.choice(spots)
        operation = rng.choice(fitting(spot))
        changed = mutated(report, spot, operation, rng)
        if changed is None:
            continue
        made += 1
        broken = report.broken(changed)
        yield Mutant(
            source,
            seed,
            operation,
            tuple(changed),
            tuple(report.spots[id].text for id in changed),
            tuple(changed.values()),
            bool(broken),
            tuple(sorted({tie.kind for tie in broken})),
            report.document(changed),
            report,
        )


def fitting(spot: Spot) -> list[str]:
    """Return the operations that make sense for a spot."""
    if spot.kind in ("grade", "year", "count", "name"):
        return [spot.kind]
    found = ["digit", "digit", "swap"]
    if spot.kind == "amount":
        found += ["decimal", "shift"] if spot.row is not None else ["decimal", "unit"]
    if spot.kind in ("score", "rate", "weight"):
        found.append("decimal" if "." in spot.text else "shift" if spot.row is not None else "digit")
    if spot.kind == "rate" and spot.text.startswith("-"):
        found.append("sign")
    return found


def mutated(report: Report, spot: Spot, operation: str, rng: random.Random) -> dict[str, str] | None:
    """Return the texts after the change by spot, or None where the operation changes nothing here."""
    text = spot.text
    if operation in ("grade", "year", "name", "count", "sign"):
        return {spot.id: reworded(text, operation, rng)}
    if operation == "shift":
        return shifted(report, spot)
    return edited(spot, operation, rng)


def reworded(text: str, operation: str, rng: random.Random) -> str:
    """Return another grade, the year before, the other insurance, one more or less, or the text without its sign."""
    if operation == "grade":
        return rng.choice([word for word in "优良中差" if word != text])
    if operation == "name":
        return text.replace("医疗", "养老") if "医疗" in text else text.replace("养老", "医疗")
    if operation == "sign":
        return text.removeprefix("-")
    return str(int(text) + (-1 if operation == "year" else rng.choice([-1, 1])))


def edited(spot: Spot, operation: str, rng: random.Random) -> dict[str, str] | None:
    """Return the text with its digits or unit changed."""
    text = spot.text
    if operation == "unit":
        return None if "元" not in text else {spot.id: text.replace("万元", "亿元")}
    digits = [at for at, letter in enumerate(text) if letter.isdigit()]
    if operation == "digit":
        at = rng.choice(digits)
        choice = [d for d in "0123456789" if d != text[at] and not (d == "0" and at == digits[0] and len(digits) > 1)]
        return {spot.id: text[:at] + rng.choice(choice) + text[at + 1 :]}
    if operation == "swap":
        pairs = [
            (a, b)
            for a, b in pairwise(digits)
            if b == a + 1 and text[a] != text[b] and not (a == digits[0] and text[b] == "0")
        ]
        if not pairs:
            return None
        a, b = rng.choice(pairs)
        return {spot.id: text[:a] + text[b] + text[a] + text[b + 1 :]}
    match = re.fullmatch(r"(\D*)(\d+)\.(\d)(\d*)(\D*)", text)
    if match is None:
        return None
    head, whole, first, rest, tail = match.groups()
    moved = f"{head}{whole}{first}{'.' + rest if rest else ''}{tail}"
    return None if int(whole) == 0 else {spot.id: moved}


def shifted(report: Report, spot: Spot) -> dict[str, str] | None:
    """Swap the spot with its neighbour below in the same column of the same table."""
    below = next(
        (
            other
            for other in report.spots.values()
            if other.block == spot.block
            and other.column == spot.column
            and other.row == (spot.row or 0) + 1
            and other.kind == spot.kind
        ),
        None,
    )
    if below is None or below.text == spot.text:
        return None
    return {spot.id: below.text, below.id: spot.text}


def all_mutants(seeds: range, each: int) -> Iterator[Mutant]:
    """Yield mutants of every kind of report over some seeds."""
    for seed in seeds:
        for source in KINDS:
            yield from mutants(source, seed, each)
