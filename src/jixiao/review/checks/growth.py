"""增减幅: growth is the change over last year's amount, and rises and falls are called by the same words throughout.

    rate = change ÷ (this year − change)

Source: R35 of the rule catalogue (statistical usage: 比上年增长 is measured on last year's figure).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao.review.arithmetic import computed, printed
from jixiao.review.check import found, suspects
from jixiao.review.verdicts import verdicts

if TYPE_CHECKING:
    from jixiao.findings import Finding
    from jixiao.review.said import Said


def findings(said: Said) -> list[Finding]:
    """Return a finding for every growth rate that does not follow, and for every rise that is called a fall."""
    result = []
    for broken in verdicts(said).of("growth"):
        relation = broken.relation
        value = computed(relation)
        if value is None:
            continue
        rate, (change, this) = relation.result, relation.inputs
        result.append(
            found(
                "growth",
                "error",
                suspects(broken),
                printed=rate.text,
                expected=broken.expected,
                about=relation.about,
                rate=rate.text,
                change=change.text,
                this=this.text,
                right=printed(value, rate),
            )
        )
    for relation in said.about("direction"):
        change, rate = relation.claims
        result.append(
            found(
                "growth",
                "error",
                relation.claims,
                what="growth.direction",
                printed=rate.text,
                change=f"{change.label}{change.text}",
                rate=f"{rate.label}{rate.text}",
            )
        )
    return result
