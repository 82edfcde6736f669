"""按评判等级赋分 (等级描述法): a qualitative level earns the share of the points that its row in the level table gives.

    points = full × share of the level; the target's own level earns all of them

Without a level table only the target's own level can be scored. No report prints one: it is the office's data.

Authority: 财预〔2021〕101号, 按评判等级赋分 (待核).

>>> from jixiao.scoring.examples import case
>>> QualitativeLevel().score(case(target="逐步推开", actual="逐步推开", full="6")).points
Decimal('6.00')
>>> rule = QualitativeLevel(levels({"成效明显": "100%", "有一定成效": "70%"}))
>>> rule.score(case(target="成效明显", actual="有一定成效", full="10")).points
Decimal('7.00')
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

from jixiao.figures.actual import Level
from jixiao.figures.figure import Figure, exactly
from jixiao.figures.units import PERCENT
from jixiao.findings import Message
from jixiao.scoring.completion import quality
from jixiao.scoring.rule import Award, Case, Step, awarded, reached, share

if TYPE_CHECKING:
    from collections.abc import Mapping


def levels(raw: Any) -> Mapping[str, Figure] | Message:
    """Read the `levels` parameter: each word with its share of the points."""
    if not isinstance(raw, dict) or not raw:
        return Message("rule.qualitative_level.shape", {})
    read = {word: share(text) for word, text in raw.items()}
    wrong = next((part for part in read.values() if isinstance(part, Message)), None)
    return wrong or {word: part for word, part in read.items() if isinstance(part, Figure)}


@dataclass(frozen=True, slots=True)
class QualitativeLevel:
    """`levels` gives each level word its share of the points; the target's word earns all of them in any case."""

    authority: ClassVar[str] = "caiyu-2021-101#levels"

    levels: Mapping[str, Figure] = field(default_factory=dict, metadata={"read": levels})

    def score(self, case: Case) -> Award | Message:
        """Return the points of the level; a word that is in no table is refused."""
        target, actual = quality(case), case.actual
        if isinstance(target, Message):
            return target
        if not isinstance(actual, Level):
            return Message("rule.qualitative_level.no_level", {"spelt": actual})
        if actual.word == target.word:
            return reached(case)
        earned = self.levels.get(actual.word)
        if earned is None:
            return Message("rule.qualitative_level.unknown", {"level": actual.word, "target": target})
        points = awarded(case.full, earned.num, earned.den, case.places)
        percent = exactly(earned.num, earned.den, PERCENT)
        return Award(
            points,
            (
                Step(Message("rule.qualitative_level.level", {"level": actual.word, "share": percent}), percent),
                Step(Message("rule.points", {"full": case.full, "share": percent, "points": points})),
            ),
        )
