"""排序: figures that a sentence gives from high to low, or from low to high, stand in that order.

Source: arithmetic; R65 of the rule catalogue.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from jixiao.figures.figure import compared
from jixiao.review.check import found, texts

if TYPE_CHECKING:
    from jixiao.findings import Finding
    from jixiao.review.said import Said


def findings(said: Said) -> list[Finding]:
    """Return a finding for every stated order, and every column of ranks, that its own figures do not keep."""
    result = []
    for relation in said.about("order"):
        figures = [claim.figure for claim in relation.claims if claim.figure is not None]
        steps = [compared(one, other) for one, other in pairwise(figures)]
        wrong = 1 if not relation.facts["down"] else -1
        if any(step == wrong for step in steps):
            result.append(
                found(
                    "ordering",
                    "error",
                    (*relation.claims, *relation.facts.get("beside", ())),
                    printed=texts(relation.claims, "、"),
                    order=relation.about,
                    cause=f"order{relation.result.place!r}",
                    figures=texts(relation.claims, "、"),
                )
            )
    return result
