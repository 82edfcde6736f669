"""得分率: a printed score rate is the printed score divided by the printed weight.

A rate printed to fewer decimals agrees with every value that prints so; one that is cut off instead of rounded is
a note, not an error.

Source: 财预〔2020〕10号 (得分率 = 得分 ÷ 分值); R21 of the rule catalogue.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao.review.arithmetic import computed, printed
from jixiao.review.check import found, suspects
from jixiao.review.spans import Span
from jixiao.review.verdicts import verdicts

if TYPE_CHECKING:
    from jixiao.findings import Finding
    from jixiao.review.said import Relation, Said

AUTHORITY = "caiyu-2020-10#framework"


def findings(said: Said) -> list[Finding]:
    """Return a finding for every rate that its score and weight do not give."""
    result = []
    for broken in verdicts(said).of("score_rate"):
        relation = broken.relation
        value = computed(relation)
        assert value is not None
        rate, (score, weight) = relation.result, relation.inputs
        cut = is_cut_off(relation, value)
        result.append(
            found(
                "score_rates",
                "note" if cut else "error",
                suspects(broken),
                what=f"score_rates.{'cut' if cut else 'differs'}",
                printed=(broken.suspect or rate).text,
                expected=broken.expected,
                authority=AUTHORITY,
                cause="style.cut_off" if cut else f"rate{rate.text}{score.text.strip('分')}{weight.text.strip('分')}",
                subject=relation.about,
                rate=rate.text,
                score=score.text,
                weight=weight.text,
                right=printed(value, rate),
            )
        )
    return result


def is_cut_off(relation: Relation, value: Span) -> bool:
    """Return whether the result was cut off instead of rounded."""
    figure = relation.result.figure
    assert figure is not None
    interval = figure.cut_off()
    cut = Span(interval.low, interval.high)  # its upper end would print as the next figure
    return bool(figure.places) and figure.num > 0 and cut.meets(value) and value.low != interval.high
