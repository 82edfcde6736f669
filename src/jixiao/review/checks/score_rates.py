"""得分率: a printed score rate is the printed score divided by the printed weight.

A rate printed to fewer decimals agrees with every value that prints so; one that is cut off instead of rounded is
a note, not an error.

Authority: 财预〔2020〕10号 (得分率 = 得分 ÷ 分值).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao.figures.figure import Figure, ratio
from jixiao.figures.units import PERCENT
from jixiao.findings import Finding, Message, Severity
from jixiao.review.check import one_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jixiao.review.claims import Claim

AUTHORITY = "caiyu-2020-10#framework"


def findings(claims: Sequence[Claim]) -> list[Finding]:
    """Return a finding for every rate that its score and weight do not give."""
    found = []
    for claim in claims:
        if claim.kind != "score_rate" or claim.figure is None:
            continue
        score, weight = (
            one_of(claims, "score", claim.subject),
            one_of(claims, "weight", claim.subject),
        )
        if score is None or weight is None or score.figure is None or weight.figure is None:
            continue
        expected = ratio(score.figure, weight.figure, PERCENT)
        if expected is None or expected.interval().meets(claim.figure.interval()):
            continue
        found.append(_finding(claim, score, weight, expected))
    return found


def _finding(claim: Claim, score: Claim, weight: Claim, expected: Figure) -> Finding:
    assert claim.figure is not None
    cut = claim.figure.cut_off().meets(expected.interval())
    shown = expected.published(2)
    said = Message(
        "review.score_rates.cut" if cut else "review.score_rates.differs",
        {
            "subject": claim.subject,
            "printed": claim.text,
            "score": score.text,
            "weight": weight.text,
            "rate": shown,
        },
    )
    three = (claim, score, weight)
    places = tuple(one.place for one in three if one.place is not None)
    paths = tuple(f"{one.subject}/{one.kind}" for one in three)
    severity: Severity = "note" if cut else "error"
    remedy = Message("review.score_rates.remedy", {"rate": shown})
    return Finding(
        "score_rates",
        severity,
        said,
        remedy,
        paths,
        places,
        claim.text,
        str(shown),
        AUTHORITY,
        cause=paths[0],
    )
