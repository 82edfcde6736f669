"""分项合计: weights and scores add up to what stands at the section, the group and the whole.

Scores are awarded and weights are set, so both are exact. Equal shares of a block that are cut to two decimals
(8.33 six times for 50) are a note.

Source: 财预〔2020〕10号 (the scores of the indicators add up to the total); R20, R22, R24 of the rule catalogue.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao.review.arithmetic import computed, printed
from jixiao.review.check import found, suspects, texts
from jixiao.review.spans import Span
from jixiao.review.verdicts import verdicts

if TYPE_CHECKING:
    from jixiao.findings import Finding
    from jixiao.review.said import Relation, Said

AUTHORITY = "caiyu-2020-10#framework"


def findings(said: Said) -> list[Finding]:
    """Return a finding for every sum of points that does not come out."""
    result = []
    for broken in verdicts(said).of("points"):
        relation = broken.relation
        value = computed(relation)
        assert value is not None
        shares = _equal_shares(relation)
        of = relation.facts.get("of", "score")
        result.append(
            found(
                "section_sums",
                "note" if shares else "error",
                suspects(broken),
                what=f"section_sums.{of}",
                printed=(broken.suspect or relation.result).text,
                expected=broken.expected,
                authority=AUTHORITY,
                subject=relation.about,
                total=relation.result.text,
                parts=texts(relation.inputs),
                sum=printed(value, relation.result),
            )
        )
    return result


def _equal_shares(relation: Relation) -> bool:
    """Return whether the sum only misses by what equal shares lose when they are cut to two decimals."""
    figures = [claim.figure for claim in relation.inputs if claim.figure is not None]
    cut = [figure for figure in figures if figure.places == 2]
    alike = len({(figure.num, figure.den) for figure in cut}) < len(cut)
    if not alike or relation.result.figure is None:
        return False
    rounded = [Span.of(figure) if figure.places == 2 else Span.value(figure) for figure in figures]
    total = rounded[0]
    for one in rounded[1:]:
        total = total.plus(one)
    return total.meets(
        Span.of(relation.result.figure) if relation.result.figure.places else Span.value(relation.result.figure)
    )
