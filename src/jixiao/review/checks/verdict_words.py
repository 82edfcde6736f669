"""达到与否: words that say a target was reached or missed agree with the target and the value that stand beside them.

Source: 财预〔2020〕10号 第十五条 (完成值与指标值比较); R33 of the rule catalogue.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao.review.check import found

if TYPE_CHECKING:
    from jixiao.findings import Finding
    from jixiao.review.said import Said


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
    ]
