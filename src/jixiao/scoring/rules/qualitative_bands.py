"""定性指标三档赋分: the band of a judgement, and the share inside the band that the evaluator gives.

    达成                    100%–80% (80% included)
    部分达成并具有一定效果      80%–60% (60% included)
    未达成且效果较差           60%–0%
    points = full × share

The judgement is the word with its share (部分达成并具有一定效果，70%), the word alone, or the share alone, which
names its band. A word alone earns the top of its band only for 达成; for the others the share has to be given. A share
outside the band of its word is refused. Another scheme of the same norm family puts 50% in the place of 60%.

Authority: 财预〔2020〕10号, 定性指标三档赋分; 100-80/80-50/50-0 财预〔2021〕101号 (both 待核).

>>> from jixiao.scoring.examples import case
>>> QualitativeBands().score(case(target="成效明显", actual="部分达成并具有一定效果，70%", full="10")).points
Decimal('7.00')
>>> QualitativeBands().score(case(target="成效明显", actual="未达成且效果较差，70%", full="10")).id
'rule.qualitative_bands.outside'
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar, Literal, NamedTuple

from jixiao.figures.actual import Level, Verdict
from jixiao.figures.figure import Figure, compared, exactly
from jixiao.figures.notation import figure
from jixiao.figures.units import PERCENT
from jixiao.findings import Message
from jixiao.scoring.completion import quality, rate
from jixiao.scoring.rule import Award, Case, Step, awarded, choice

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jixiao.figures.actual import Value

Name = Literal["reached", "partly", "missed"]
_WORDS: dict[Name, str] = {
    "reached": "rule.qualitative_bands.reached",
    "partly": "rule.qualitative_bands.partly",
    "missed": "rule.qualitative_bands.missed",
}
SCHEMES = {"100-80/80-60/60-0": ("80%", "60%"), "100-80/80-50/50-0": ("80%", "50%")}
_JUDGED = re.compile(r"(?P<word>.*?)[,:(]?(?P<share>\d+(?:\.\d+)?%)?\)?")


class Band(NamedTuple):
    """A band: its shares from `low` (included) to `high` (included in the uppermost band only)."""

    name: Name
    low: Figure
    high: Figure

    def holds(self, share: Figure) -> bool:
        """Return whether a share lies in the band."""
        top = compared(share, self.high)
        return compared(share, self.low) != -1 and (top == -1 or (self.name == "reached" and top == 0))


@dataclass(frozen=True, slots=True)
class QualitativeBands:
    """`scheme` is where the three bands part: `100-80/80-60/60-0` or `100-80/80-50/50-0`."""

    authority: ClassVar[str] = "caiyu-2020-10#qualitative"

    scheme: str = field(default="100-80/80-60/60-0", metadata={"read": choice(*SCHEMES)})

    def bands(self) -> tuple[Band, Band, Band]:
        """Return the three bands, the best first."""
        upper, lower = (figure(text) for text in SCHEMES[self.scheme])
        assert isinstance(upper, Figure)
        assert isinstance(lower, Figure)
        whole, none = exactly(1, 1, PERCENT), exactly(0, 1, PERCENT)
        return Band("reached", upper, whole), Band("partly", lower, upper), Band("missed", none, lower)

    def score(self, case: Case) -> Award | Message:
        """Return the points of a judgement; one that no band can take is refused."""
        target = quality(case)
        if isinstance(target, Message):
            return target
        judged = self._judged(case, target.word)
        if isinstance(judged, Message):
            return judged
        band, share = judged
        points = awarded(case.full, share.num, share.den, case.places)
        word = Message(_WORDS[band.name])
        named = {"actual": case.actual, "word": word, "low": band.low, "high": band.high, "share": share}
        return Award(
            points,
            (
                Step(Message("rule.qualitative_bands.band", named), share),
                Step(Message("rule.points", {"full": case.full, "share": share, "points": points})),
            ),
        )

    def _judged(self, case: Case, aimed: str | None) -> tuple[Band, Figure] | Message:
        """Return the band and the share of a judgement, or why it has none."""
        named = {"spelt": case.actual}
        if isinstance(case.actual, Figure):
            share = rate(case.actual)
            band = next((band for band in self.bands() if share is not None and band.holds(share)), None)
            return Message("rule.qualitative_bands.no_share", named) if band is None or share is None else (band, share)
        if not isinstance(case.actual, Level | Verdict):
            return Message("rule.qualitative_bands.no_judgement", named)
        said = _JUDGED.fullmatch(case.actual.word)
        assert said is not None, "every part of the pattern may be missing"
        name = _band_name(case.actual, said["word"], aimed)
        band = next((band for band in self.bands() if band.name == name), None)
        if band is None:
            return Message("rule.qualitative_bands.no_judgement", named)
        return _shared(band, said["share"], named)


def _band_name(actual: Level | Verdict, word: str, aimed: str | None) -> Name | None:
    """Return the band that a word names: the target's own word is 达成, 部分… and 未… stand for the other two."""
    met = actual.met if isinstance(actual, Verdict) else aimed in (word, actual.word)
    if met:
        return "reached"
    if word.startswith("部分"):
        return "partly"
    return "missed" if isinstance(actual, Verdict) and met is False else None


def _shared(band: Band, text: str | None, named: Mapping[str, Value]) -> tuple[Band, Figure] | Message:
    """Return a band with the share given for it, or with its top for 达成 when none is given."""
    if text is None:
        return (
            (band, band.high)
            if band.name == "reached"
            else Message("rule.qualitative_bands.share_missing", {**named, "low": band.low, "high": band.high})
        )
    share = figure(text)
    assert isinstance(share, Figure), text
    if not band.holds(share):
        return Message("rule.qualitative_bands.outside", {**named, "share": share, "low": band.low, "high": band.high})
    return band, share
