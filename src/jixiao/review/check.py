"""审核规则的约定: a check is one file under `checks/` with one function `findings(said)`; nothing registers it.

Checks are pure. They compare the intervals of what is printed, never numbers with a tolerance: two figures disagree
only if no value could print as both. Each file names its source; examples that must and must not fire stand beside
it under `tests/review/checks/`.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, Protocol

from jixiao import library
from jixiao.findings import Finding, Message, Severity
from jixiao.indicators.system import ROLES
from jixiao.review.grouping import grouped

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from jixiao.findings import Place
    from jixiao.review.said import Claim, Relation, Said
    from jixiao.review.verdicts import Broken


class Check(Protocol):
    """A check: what is said in, findings out."""

    def __call__(self, said: Said) -> list[Finding]:
        """Return what does not add up in what is said."""
        ...


@cache
def known() -> tuple[str, ...]:
    """Return the ids of all checks: the file names under `checks/`."""
    return tuple(library.names("review/checks", ".py"))


def check(name: str) -> Check:
    """Return a known check."""
    found: Check = import_module(f"jixiao.review.checks.{name}").findings
    return found


def run(said: Said, more: Sequence[Finding] = ()) -> list[Finding]:
    """Return the findings of every check and `more`, one for each cause, the gravest and dearest first."""
    return grouped(said, [*(finding for name in known() for finding in check(name)(said)), *more])


def places(claims: Iterable[Claim]) -> tuple[Place, ...]:
    """Return the places of claims, each once, in order."""
    return tuple(dict.fromkeys(claim.place for claim in claims if claim.place is not None))


def found(
    check_id: str,
    severity: Severity,
    claims: Iterable[Claim],
    /,
    *,
    what: str | None = None,
    printed: str | None = None,
    expected: str | None = None,
    authority: str | None = None,
    remedy: str | None = None,
    cause: str | None = None,
    **args: Any,
) -> Finding:
    """Return a finding of a check about some claims; `what` is the id of its wording."""
    listed = tuple(claims)
    said = Message(f"review.{what or check_id}", args)
    advice = Message(f"review.{remedy}" if remedy else f"review.{check_id}.remedy", args)
    return Finding(check_id, severity, said, advice, paths(listed), places(listed), printed, expected, authority, cause)


def paths(claims: Iterable[Claim]) -> tuple[str, ...]:
    """Return the paths of claims about an Evaluation."""
    return tuple(f"{claim.subject}/{claim.kind}" for claim in claims if claim.subject.partition("/")[0] in ROLES)


def suspects(broken: Broken) -> tuple[Claim, ...]:
    """Return the claims of a broken relation with the one that is wrong in front."""
    claims = broken.relation.claims
    if broken.suspect is None:
        return claims
    return (broken.suspect, *(claim for claim in claims if claim is not broken.suspect))


def signed(relation: Relation) -> str:
    """Return a sum as it is reckoned: what is added before what is taken away."""
    signs = relation.facts.get("signs", (1,) * len(relation.inputs))
    told = sorted(zip(signs, relation.inputs, strict=True), key=lambda one: -one[0])
    first, *rest = ((" + " if sign > 0 else " − ", claim.text) for sign, claim in told)
    return "".join([("" if first[0] == " + " else "−") + first[1], *(mark + text for mark, text in rest)])


def texts(claims: Iterable[Claim], sign: str = " + ") -> str:
    """Return the figures of claims as they are printed, joined."""
    return sign.join(claim.text for claim in claims)
