"""个数: how many things a report says it has, against how many it lists or its table has.

Source: arithmetic; seed reports state 三方面 and list four.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao.review.check import found

if TYPE_CHECKING:
    from jixiao.findings import Finding
    from jixiao.review.said import Said


def findings(said: Said) -> list[Finding]:
    """Return a finding for every stated number of things that are listed in another number."""
    result = []
    for relation in said.about("count"):
        facts = relation.facts
        if not facts["least"] <= facts["stated"] <= facts["most"]:
            result.append(
                found(
                    "counts",
                    "error" if "指标" in facts["what"] else "warning",
                    relation.claims,
                    printed=relation.result.text,
                    expected=str(facts["most"]) if facts["least"] == facts["most"] else None,
                    about=relation.about,
                    cause=f"count{relation.result.place!r}",
                    stated=facts["stated"],
                    things=facts["what"],
                    listed=facts["most"],
                )
            )
    return result
