"""达到与否: words that say a target was reached or missed agree with the target and the value that stand beside them.

So do words that call one figure lower or higher than another.

Source: 财预〔2020〕10号 第十五条 (完成值与指标值比较); R33 of the rule catalogue.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao.review.arithmetic import span
from jixiao.review.check import found

if TYPE_CHECKING:
    from jixiao.findings import Finding
    from jixiao.review.said import Relation, Said


def findings(said: Said) -> list[Finding]:
    """Return a finding for every verdict that the figures refute."""
    return [
        found(
            "verdict_words",
            "error",
            relation.claims,
            printed=relation.facts["word"],
            name=relation.about,
            actual=relation.result.text,
            target=relation.facts["target"],
            word=relation.facts["word"],
        )
        for relation in said.about("verdict")
        if relation.facts["reached"] != relation.facts["met"]
    ] + [
        found(
            "verdict_words",
            "error",
            relation.claims,
            what="verdict_words.compared",
            printed=relation.result.text,
            one=relation.result.text,
            other=relation.inputs[0].text,
            word=relation.facts["word"],
        )
        for relation in said.about("compared")
        if not _possible(relation)
    ]


def _possible(relation: Relation) -> bool:
    """Return whether one figure can be lower, or higher, than the other as its sentence says."""
    one, other = span(relation.result), span(relation.inputs[0], sharp=True)
    return not other.below(one) if relation.facts["lower"] else not one.below(other)
