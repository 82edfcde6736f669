"""审核规则的约定: a check is one file under `checks/` with one function `findings(claims)`; nothing registers it.

Checks are pure. They compare intervals, never numbers with a tolerance: two figures disagree only if no value
could print as both.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Protocol

from jixiao import library
from jixiao.figures.figure import Figure, Interval, total
from jixiao.findings import Finding, ordered

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jixiao.review.claims import Claim


class Check(Protocol):
    """A check: claims in, findings out."""

    def __call__(self, claims: Sequence[Claim]) -> list[Finding]:
        """Return what does not add up among these claims."""
        ...


@cache
def known() -> tuple[str, ...]:
    """Return the ids of all checks: the file names under `checks/`."""
    return tuple(library.names("review/checks", ".py"))


def check(name: str) -> Check:
    """Return a known check."""
    found: Check = import_module(f"jixiao.review.checks.{name}").findings
    return found


def run(claims: Sequence[Claim]) -> list[Finding]:
    """Return the findings of every check, the gravest first."""
    return ordered(finding for name in known() for finding in check(name)(claims))


def parts_of(claims: Sequence[Claim], kind: str) -> dict[str, list[Claim]]:
    """Return the claims of a kind by the subject that they are parts of."""
    parts: dict[str, list[Claim]] = {}
    for claim in claims:
        if claim.kind == kind and claim.within is not None and claim.figure is not None:
            parts.setdefault(claim.within, []).append(claim)
    return parts


def one_of(claims: Sequence[Claim], kind: str, subject: str) -> Claim | None:
    """Return the claim of a kind about a subject, or None."""
    return next(
        (claim for claim in claims if claim.kind == kind and claim.subject == subject and claim.figure is not None),
        None,
    )


def summed(claims: Sequence[Claim]) -> tuple[Figure, Interval]:
    """Return the exact sum of claims and the interval in which it lies, given how each is printed."""
    figures = [claim.figure for claim in claims if claim.figure is not None]
    interval = figures[0].interval()
    for figure in figures[1:]:
        interval = interval.plus(figure.interval())
    return total(figures), interval
