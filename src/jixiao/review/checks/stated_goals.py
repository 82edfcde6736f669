"""总体目标与指标值: the number of insured that a form's overall goal names is the target of its own indicator.

Source: 财预〔2015〕88号 (指标与总体目标相应匹配).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jixiao.review.arithmetic import span
from jixiao.review.check import found
from jixiao.review.recognising.mentions import mentions

if TYPE_CHECKING:
    from jixiao.findings import Finding
    from jixiao.review.said import Said


def findings(said: Said) -> list[Finding]:
    """Return a finding for every number of insured in a form's goal that neither target nor actual value can be."""
    material, result = said.facts.get("material"), []
    for table in said.facts.get("tables", ()):
        rows = [i for i in table.indicators if re.search(r"参保(缴费)?人数", i.name) and "target" in i.claims]
        if material is None or len(rows) != 1:
            continue
        own = [rows[0].claims[kind] for kind in ("target", "actual") if kind in rows[0].claims]
        for passage in material.passages:
            if passage.heading != (f"T{table.grid.number}",):
                continue
            for m in mentions(passage):
                behind = passage.text[m.end : m.end + 6]
                if (
                    m.base == "人"
                    and re.match(r"名?参保", behind)
                    and not any(span(m.claim).meets(span(claim)) for claim in own)
                ):
                    result.append(
                        found(
                            "stated_goals",
                            "warning",
                            (m.claim, own[0]),
                            printed=m.claim.text,
                            about=rows[0].name,
                            stated=m.claim.text,
                            target=own[0].text,
                        )
                    )
    return result
