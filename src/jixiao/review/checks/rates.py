"""比率: execution, receipt, completion and share rates are the ratio of the amounts that are printed with them.

Source: 财预〔2020〕10号 (预算执行率 = 执行数 ÷ 预算数; 完成率 = 完成值 ÷ 指标值); R05, R06, R30, R36, R44.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao.review.arithmetic import computed, printed
from jixiao.review.check import found, suspects
from jixiao.review.checks.score_rates import is_cut_off
from jixiao.review.verdicts import verdicts

if TYPE_CHECKING:
    from jixiao.findings import Finding
    from jixiao.review.said import Said

KINDS = ("rate", "completion", "change")


def findings(said: Said) -> list[Finding]:
    """Return a finding for every rate that its two amounts cannot give."""
    result = []
    for broken in verdicts(said).of(*KINDS):
        relation = broken.relation
        value = computed(relation)
        if value is None:
            continue
        rate, (part, whole) = relation.result, relation.inputs
        cut = is_cut_off(relation, value)
        formula = "change" if relation.kind == "change" else "cut" if cut else "differs"
        result.append(
            found(
                "rates",
                "note" if cut else "warning" if relation.facts.get("near") else "error",
                suspects(broken),
                what=f"rates.{formula}",
                cause="style.cut_off" if cut else None,
                printed=(broken.suspect or rate).text,
                expected=broken.expected,
                about=relation.about,
                rate=rate.text,
                part=part.text,
                whole=whole.text,
                right=printed(value, rate),
            )
        )
    return result
