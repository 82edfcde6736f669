"""问卷占比: a share of n answers is some whole number of answers over n, and single choices add up to 100%.

Shares of a multiple-choice question that add up to 100% and fit no number of answerers were taken of the choices made.

Source: GRIM (a mean or share must be reachable with n answers); R62, R63 of the rule catalogue.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao.review.arithmetic import span
from jixiao.review.check import found, texts
from jixiao.review.spans import Span

if TYPE_CHECKING:
    from jixiao.findings import Finding
    from jixiao.review.said import Claim, Said


def findings(said: Said) -> list[Finding]:
    """Return a finding for every group of shares that the stated number of answers cannot give."""
    result = []
    for relation in said.about("share"):
        n = relation.facts["n"]
        cannot = [claim for claim in relation.claims if not reachable(claim, n)]
        total = Span.exactly(0)
        for claim in relation.claims:
            total = total.plus(span(claim))
        whole = total.meets(Span.exactly(1))
        if not cannot:
            continue
        base = whole and len(cannot) > 1
        cause = f"share{relation.result.place!r}"
        result.append(
            found(
                "survey_shares",
                "warning" if base else "error",
                [*cannot, *relation.claims],
                what=f"survey_shares.{'base' if base else 'cannot'}",
                printed=texts(cannot, "、"),
                n=n,
                shares=texts(cannot, "、"),
                cause=cause if base else None,
            )
        )
    return result


def reachable(claim: Claim, n: int) -> bool:
    """Return whether some whole number of n answers prints as this share."""
    low, high = span(claim)
    least = -(-low[0] * n // low[1])
    return least <= n and least * high[1] <= high[0] * n
