"""归并: one cause is one finding: what shares the figure that is wrong is said once, with every place.

Findings are ordered by severity, then by the points and money that they touch.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from jixiao.findings import SEVERITIES, Finding, Message

if TYPE_CHECKING:
    from jixiao.findings import Place
    from jixiao.review.said import Said

# A figure that a sum gives is more exact than one that a rate gives.
_WEIGHTY = (
    "total_and_grade", "section_sums", "score_rates", "execution_scores", "footing", "balances", "rates", "repeated",
)  # fmt: skip


def grouped(said: Said, found: list[Finding]) -> list[Finding]:
    """Return findings with those of one cause joined, the gravest and weightiest first."""
    kept: list[Finding] = []
    by_cause: dict[str, int] = {}
    voices: Counter[int] = Counter()
    for finding in sorted(found, key=_rank):
        names = [finding.cause] if finding.cause else []
        names += [_first(finding)] if not (finding.cause or "").startswith("style") else []
        at = next((by_cause[name] for name in names if name in by_cause), None)
        if at is None:
            at = len(kept)
            kept.append(finding)
        else:
            kept[at] = _joined(kept[at], finding)
        voices[at] += finding.expected in (None, kept[at].expected)
        for name in names:
            by_cause.setdefault(name, at)
    kept = [_agreed(finding, voices[at]) for at, finding in enumerate(kept)]
    sizes = _money(said)
    return sorted(
        _without_repeats(kept),
        key=lambda finding: (*_rank(finding)[:1], -_touched(finding, sizes), *_rank(finding)[1:]),
    )


def _agreed(finding: Finding, voices: int) -> Finding:
    """Say outright what a figure should be where several others agree on it."""
    if voices < 2 or finding.expected is None or finding.severity == "note" or finding.check == "style":
        return finding
    said = {"printed": finding.printed, "expected": finding.expected, "voices": voices, "because": finding.because}
    remedy = Message("review.agreed.remedy", {"expected": finding.expected})
    return replace(finding, because=Message("review.agreed", said), remedy=remedy)


def _first(finding: Finding) -> str:
    """Return what names the cause where none is given: the place of the figure in doubt, which comes first."""
    return f"{finding.places[0]!r}" if finding.places else f"{finding.check}{finding.because.args}"


def _joined(one: Finding, other: Finding) -> Finding:
    """Return the graver finding with the places of both."""
    places = tuple(dict.fromkeys((*one.places, *other.places)))
    paths = tuple(dict.fromkeys((*one.paths, *other.paths)))
    return replace(one, places=places, paths=paths, expected=one.expected or other.expected)


def _rank(finding: Finding) -> tuple[int, int, int]:
    weighty = _WEIGHTY.index(finding.check) if finding.check in _WEIGHTY else len(_WEIGHTY)
    return SEVERITIES.index(finding.severity), 0 if finding.expected else 1, weighty


def _without_repeats(found: list[Finding]) -> list[Finding]:
    """Leave out a finding whose places another of the same check and the same words already names."""
    seen: dict[tuple[str, str, str], set[Place]] = defaultdict(set)
    kept = []
    for finding in found:
        key = (finding.check, finding.because.id, finding.printed or "")
        if finding.places and set(finding.places) <= seen[key]:
            continue
        seen[key] |= set(finding.places)
        kept.append(finding)
    return kept


def _money(said: Said) -> dict[str, int]:
    """Return by place how much a figure is, in yuan or points, for ordering."""
    sizes: dict[str, int] = {}
    for relation in said.relations:
        for claim in relation.claims:
            if claim.figure is not None and claim.place is not None:
                weight = 10**7 if claim.kind in ("score", "weight", "total") or claim.figure.unit.base == "分" else 1
                sizes[repr(claim.place)] = abs(claim.figure.num) * weight // claim.figure.den
    return sizes


def _touched(finding: Finding, sizes: dict[str, int]) -> int:
    return max((sizes.get(repr(place), 0) for place in finding.places[:2]), default=0)
