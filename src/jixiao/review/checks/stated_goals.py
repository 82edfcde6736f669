"""总体目标与指标值: the number of insured that a goal names is the target of its own indicator.

The goal stands in the form itself, or in the text under the name of the form's scheme.

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


_HEAD = 8  # rows in which a form says what it is about
_INSURED, _PLANNED = re.compile(r"名?参保"), re.compile(r"名?参保(?:计划|目标|任务)")


def findings(said: Said) -> list[Finding]:
    """Return a finding for every number of insured in a form's goal that neither target nor actual value can be."""
    material, result = said.facts.get("material"), []
    for table in said.facts.get("tables", ()):
        rows = [i for i in table.indicators if re.search(r"参保(缴费)?人数", i.name) and "target" in i.claims]
        if material is None or len(rows) != 1:
            continue
        own = [rows[0].claims[kind] for kind in ("target", "actual") if kind in rows[0].claims]
        who = _scheme(
            " ".join(
                table.grid.text(row, column) for row in range(min(_HEAD, len(table.grid.rows))) for column in range(4)
            )
        )
        for passage in material.passages:
            inside = passage.heading == (f"T{table.grid.number}",)
            for m in mentions(passage):
                planned = _INSURED.match(passage.text[m.end :]) if inside else _PLANNED.match(passage.text[m.end :])
                meant = inside or (who is not None and _scheme(passage.text[: m.start][::-1], back=True) == who)
                if m.base != "人" or not planned or not meant or any(span(m.claim).meets(span(c)) for c in own):
                    continue
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


def _scheme(text: str, *, back: bool = False) -> str | None:
    """Return the scheme that a text names first (职工 or 居民), None where it names neither; `back` reads backwards."""
    match = re.search("工职|民居" if back else "职工|居民", text)
    return match[0][::-1] if match and back else match[0] if match else None
