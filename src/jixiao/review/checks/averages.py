"""均值: an average row is the mean of its rows, and satisfaction is what the answers beside it give.

    result = Σ weight × figure ÷ (their number, or Σ other weight × figure)

The formula is the one that fits most of the table; a table that none fits is not held to any.

Source: arithmetic; 财预〔2020〕10号 (公众评判法); 满意度 by five-step scale, 医疗保障 questionnaires.
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
    """Return a finding for every average that its figures cannot give."""
    result = []
    for broken in verdicts(said).of("weighted"):
        relation = broken.relation
        value = computed(relation)
        assert value is not None
        result.append(
            found(
                "averages",
                "error",
                suspects(broken),
                printed=(broken.suspect or relation.result).text,
                expected=broken.expected,
                about=relation.about,
                average=relation.result.text,
                figures=texts(relation.inputs, "、"),
                right=printed(value, relation.result),
            )
        )
    return result
