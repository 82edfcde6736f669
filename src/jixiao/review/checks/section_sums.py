"""分项合计: the weights and scores below a node add up to what stands at the node.

Scores are awarded and weights are set, so both are printed exactly: their sums are compared exactly.

Authority: 财预〔2020〕10号 (the scores of the indicators add up to the total).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao.figures.figure import compared
from jixiao.findings import Finding, Message
from jixiao.review.check import one_of, parts_of, summed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jixiao.review.claims import Claim

AUTHORITY = "caiyu-2020-10#framework"
_KINDS = ("weight", "score")


def findings(claims: Sequence[Claim]) -> list[Finding]:
    """Return a finding for every node whose parts do not add up to it."""
    found = []
    for kind in _KINDS:
        parts = parts_of(claims, kind)
        for subject in parts:
            whole = one_of(claims, kind, subject)
            below = _leaves(claims, parts, kind, subject)
            if whole is None or below is None:
                continue
            exact, _ = summed(below)
            assert whole.figure is not None
            if compared(exact, whole.figure) != 0:
                found.append(_finding(kind, whole, below, str(exact)))
    return found


def _leaves(claims: Sequence[Claim], parts: dict[str, list[Claim]], kind: str, subject: str) -> list[Claim] | None:
    """Return the claims that make up a subject: its parts, each replaced by its own where it says nothing itself."""
    leaves: list[Claim] = []
    inner = {claim.subject for claim in claims if claim.within == subject} | {
        claim.within for claim in claims if claim.within is not None and _above(claims, claim.within) == subject
    }
    for child in sorted(inner):
        own = one_of(claims, kind, child)
        below = None if own is not None else _leaves(claims, parts, kind, child)
        if own is None and not below:
            return None
        leaves += [own] if own is not None else below or []
    return leaves or None


def _above(claims: Sequence[Claim], subject: str) -> str | None:
    return next((claim.within for claim in claims if claim.subject == subject), None)


def _finding(kind: str, whole: Claim, below: list[Claim], exact: str) -> Finding:
    said = Message(
        f"review.section_sums.{kind}",
        {
            "subject": whole.subject,
            "printed": whole.text,
            "parts": " + ".join(claim.text for claim in below),
            "sum": exact,
        },
    )
    places = tuple(claim.place for claim in (whole, *below) if claim.place is not None)
    paths = (f"{whole.subject}/{kind}", *(f"{claim.subject}/{kind}" for claim in below))
    remedy = Message("review.section_sums.remedy")
    return Finding(
        "section_sums",
        "error",
        said,
        remedy,
        paths,
        places,
        whole.text,
        exact,
        AUTHORITY,
        cause=paths[0],
    )
