"""年均增长: the average growth over n years is the n-th root of last over first, less one; not growth divided by n.

    first × (1 + rate)^n = last, tested over the intervals of what is printed, in whole numbers

Source: arithmetic; R35 of the rule catalogue (growth and its direction).
"""

from __future__ import annotations

from decimal import Decimal, localcontext
from typing import TYPE_CHECKING

from jixiao.review.arithmetic import ONE, span
from jixiao.review.check import found
from jixiao.review.spans import Span

if TYPE_CHECKING:
    from jixiao.findings import Finding
    from jixiao.review.said import Relation, Said


def findings(said: Said) -> list[Finding]:
    """Return a finding for every average growth that its first and last figures cannot give."""
    return [
        found(
            "average_growth",
            "error",
            relation.claims,
            printed=relation.result.text,
            expected=_right(relation),
            rate=relation.result.text,
            first=relation.inputs[0].text,
            last=relation.inputs[1].text,
            years=relation.facts["years"],
            right=_right(relation),
        )
        for relation in said.about("average_growth")
        if not _fits(relation)
    ]


def _fits(relation: Relation) -> bool:
    rate, first, last = (span(claim) for claim in relation.claims)
    step = ONE.minus(rate) if relation.facts["fell"] else ONE.plus(rate)
    reached: Span = first
    for _ in range(relation.facts["years"]):
        reached = reached.times(step)
    return reached.meets(last)


def _right(relation: Relation) -> str:
    first, last = (claim.figure for claim in relation.inputs)
    assert first is not None
    assert last is not None
    with localcontext() as context:
        context.prec = 50
        ratio = Decimal(last.num * first.den) / Decimal(last.den * first.num)
        root = (ratio.ln() / relation.facts["years"]).exp() - 1
        return f"{abs(root) * 100:.2f}%"
