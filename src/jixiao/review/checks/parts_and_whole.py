"""分项与总额: what a sentence lists under 其中 does not exceed the whole, and equals it where it claims to be all.

A list claims to be all when it names 其他 or goes through the levels of finance. Brackets inside are lists
of their own.

Source: R49, R51 of the rule catalogue; intervals of what is printed instead of a tolerance.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao.review.arithmetic import computed, printed, span
from jixiao.review.check import found, suspects, texts
from jixiao.review.verdicts import verdicts

if TYPE_CHECKING:
    from jixiao.findings import Finding
    from jixiao.review.said import Relation, Said


def findings(said: Said) -> list[Finding]:
    """Return a finding for parts that exceed their whole (error) or leave some of it unexplained (warning)."""
    result = []
    for broken in verdicts(said).of("parts"):
        relation = broken.relation
        value = computed(relation)
        assert value is not None
        less = value.below(span(relation.result))
        if (less and not relation.facts["all"]) or _fits_another(relation):
            continue
        points = relation.result.figure is not None and relation.result.figure.unit.base == "分"
        result.append(
            found(
                "parts_and_whole",
                "warning" if less and not points else "error",
                suspects(broken),
                what=f"parts_and_whole.{'less' if less else 'more'}",
                printed=(broken.suspect or relation.result).text,
                expected=broken.expected,
                about=relation.about,
                total=relation.result.text,
                parts=texts(relation.inputs),
                sum=printed(value, relation.result),
            )
        )
    return result


def _fits_another(relation: Relation) -> bool:
    """Return whether the parts may belong to another whole of the same sentence."""
    value = computed(relation)
    assert value is not None
    return any(not span(whole).below(value) for whole in relation.facts.get("wholes", ()))
