"""章节得分的引述: marks that a sentence gives to a section in passing (过程部分得 14.99 分，得分率 74.95%)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jixiao.review.recognising.sections import CORES, nearest
from jixiao.review.said import Relation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jixiao.review.recognising.material import Passage
    from jixiao.review.recognising.mentions import Mention
    from jixiao.review.recognising.sections import Section

_CORE = "|".join(CORES)
_MARKED = re.compile(
    rf"(?:^|[，。；：、“\"\u4e00-\u9fff]{{0,2}})(?P<core>{_CORE})(?:部分|类|指标|方面)*[”\"]?"
    r"(?:由[^，。；]{2,10})?(?:评定|得分|实得|得)为?$"
)


def recognise(passage: Passage, found: list[Mention], parts: list[Section]) -> Iterator[Relation]:
    """Yield a section's score and score rate in a sentence beside those of its nearest table."""
    if re.search(r"满分|分值|权重", passage.text):
        return  # then the passage tells the section in full
    for at, m in enumerate(found):
        match = _MARKED.search(passage.text, max(0, m.start - 30), m.start) if m.base == "分" else None
        own = nearest(parts, match["core"], passage.block)[:1] if match is not None else []
        for part in own:
            if "score" in part.claims and not part.rows:
                yield Relation("same", (m.claim, part.claims["score"]), part.core, {"kind": "score"})
            scores = [row.claims["score"] for row in part.rows if "score" in row.claims]
            if part.rows and len(scores) == len(part.rows):
                yield Relation("points", (m.claim, *scores), part.core, {"of": "score"})
            behind = found[at + 1] if at + 1 < len(found) else None
            rate, weight = part.claims.get("score_rate"), part.claims.get("weight")
            if behind is None or behind.label != "得分率" or behind.start - m.end > 5:
                continue
            if rate is not None:
                yield Relation("same", (behind.claim, rate), part.core, {"kind": "score_rate"})
            elif weight is not None:
                yield Relation("score_rate", (behind.claim, m.claim, weight), part.core)
