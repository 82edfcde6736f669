"""写出的算式: arithmetic that the text writes out gives the result that it prints.

Source: arithmetic; R47 of the rule catalogue.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao.review.arithmetic import printed, span
from jixiao.review.check import found

if TYPE_CHECKING:
    from jixiao.findings import Finding
    from jixiao.review.said import Said


def findings(said: Said) -> list[Finding]:
    """Return a finding for every written-out calculation that does not give its result."""
    result = []
    for relation in said.about("expression"):
        value = relation.facts["value"]
        if not value.meets(span(relation.result)):
            right = printed(value, relation.result)
            result.append(
                found(
                    "expressions",
                    "error",
                    relation.claims,
                    printed=relation.result.text,
                    expected=right,
                    expression=relation.about,
                    right=right,
                )
            )
    return result
