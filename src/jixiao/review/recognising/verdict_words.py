"""达到与未达到: the verdict that a text gives on an indicator beside its target and what was reached.

>>> [bool(said(words)) for words in ("，未达到指标值，", "，超过指标值，", "，优于年度目标值")]
[False, True, True]
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jixiao.figures.figure import Figure
from jixiao.figures.target import Target
from jixiao.review.recognising.naming import comparable
from jixiao.review.said import Relation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jixiao.review.recognising.indicators import Indicator
    from jixiao.review.recognising.material import Passage
    from jixiao.review.said import Claim

_VERDICT = re.compile(
    r"(?:^|[，,；;（(”])(?P<word>未达到|没有达到|未能达到|未完成|达到|超过|优于|达到并超过|完成)了?"
    r"(?:年初|年度|预期|既定|设定)?(?:的)?(?:指标值|标杆值|目标值|绩效目标|预期目标|年度目标|目标)(?=[，,。；;）)]|$)"
)


def said(text: str) -> bool | None:
    """Return whether words say that a target was reached, None where they say nothing."""
    match = _VERDICT.search(text)
    return None if match is None else not match["word"].startswith(("未", "没"))


def verdicts(
    passage: Passage, name: str, within: tuple[int, int], claims: dict[str, Claim], rows: list[Indicator]
) -> Iterator[Relation]:
    """Yield what a text says of an indicator that it names, where its figures and the targets of its rows refute it."""
    if "actual" not in claims:
        return
    match = _VERDICT.search(passage.text, within[0], within[1])
    actual = claims["actual"].figure
    if match is None or not isinstance(actual, Figure):
        return
    reached = not match["word"].startswith(("未", "没"))
    found = [(row, met) for row in rows if (met := _met(row, actual)) is not None]
    if not found or any(met == reached for _, met in found):  # several indicators may bear one name
        return
    row, met = found[0]
    own = row.claims.get("target")
    listed = tuple(claim for claim in (claims["actual"], claims.get("target"), own) if claim is not None)
    facts = {"word": match["word"], "reached": reached, "met": met, "target": str(row.target)}
    yield Relation("verdict", listed, name, facts)


def _met(row: Indicator, actual: Figure) -> bool | None:
    """Return whether an actual value reaches the target of a row; a bare figure does not say which way is better."""
    if not isinstance(row.target, Target) or row.target.kind == "stated":
        return None
    goal = row.target.figure()
    return row.target.met(actual) if goal is not None and comparable(goal, actual) else None
