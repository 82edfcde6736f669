"""用途与来源: what a sentence says was spent on its uses does not exceed the money that it says was raised for them.

Source: R51 of the rule catalogue.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao.review.arithmetic import printed, span
from jixiao.review.check import found, texts
from jixiao.review.spans import Span

if TYPE_CHECKING:
    from jixiao.findings import Finding
    from jixiao.review.said import Said


def findings(said: Said) -> list[Finding]:
    """Return a finding for every list of uses that adds up to more than its source."""
    result = []
    for relation in said.about("uses"):
        total = Span.exactly(0)
        for use in relation.inputs:
            total = total.plus(span(use))
        if span(relation.result).below(total):
            result.append(
                found(
                    "uses_and_sources",
                    "error",
                    relation.claims,
                    printed=relation.result.text,
                    source=relation.result.text,
                    uses=texts(relation.inputs),
                    sum=printed(total, relation.inputs[0]),
                )
            )
    return result
