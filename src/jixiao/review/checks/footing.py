"""合计核对: the rows and columns of any table of numbers add up to its totals, by the intervals of what is printed.

A table of persons or cases is whole numbers and adds up exactly; amounts may be rounded.

Source: 财预〔2020〕10号 (tables of an evaluation report are complete and agree); R40, R41, R44 of the rule catalogue.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao.review.arithmetic import computed, printed
from jixiao.review.check import found, suspects, texts
from jixiao.review.verdicts import verdicts

if TYPE_CHECKING:
    from jixiao.findings import Finding
    from jixiao.review.said import Said


def findings(said: Said) -> list[Finding]:
    """Return a finding for every total that its parts cannot give."""
    result = []
    for broken in verdicts(said).of("footing"):
        relation = broken.relation
        value = computed(relation)
        assert value is not None
        total = printed(value, relation.result)
        result.append(
            found(
                "footing",
                "error",
                suspects(broken),
                printed=(broken.suspect or relation.result).text,
                expected=broken.expected,
                about=relation.about,
                total=relation.result.text,
                parts=texts(relation.inputs),
                sum=total,
            )
        )
    return result
