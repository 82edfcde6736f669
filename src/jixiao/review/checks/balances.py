"""收支平衡: what is left is what came in less what went out; a deviation is the completion rate less 100%.

Source: R31, R48 of the rule catalogue; 财社〔2022〕65号 (收入、支出和结余).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao.review.arithmetic import computed, printed, span
from jixiao.review.check import found, signed, suspects
from jixiao.review.spans import Span
from jixiao.review.verdicts import verdicts

if TYPE_CHECKING:
    from jixiao.findings import Finding
    from jixiao.review.said import Said


def findings(said: Said) -> list[Finding]:
    """Return a finding for every difference that does not come out."""
    result = []
    for broken in verdicts(said).of("difference", "balance"):
        relation = broken.relation
        value = computed(relation)
        assert value is not None
        result.append(
            found(
                "balances",
                "error",
                suspects(broken),
                printed=(broken.suspect or relation.result).text,
                expected=broken.expected,
                about=relation.about,
                result=relation.result.text,
                terms=signed(relation),
                right=printed(value, relation.result),
            )
        )
    for relation in said.about("deviation_of"):
        deviation, completion = relation.claims
        right = span(completion).minus(Span.exactly(1))
        back = Span.exactly(0).minus(right)
        if right.meets(span(deviation)) or back.meets(span(deviation)):
            continue
        result.append(
            found(
                "balances",
                "error",
                relation.claims,
                what="balances.deviation",
                printed=deviation.text,
                about=relation.about,
                deviation=deviation.text,
                completion=completion.text,
                right=printed(right, deviation),
            )
        )
    return result
