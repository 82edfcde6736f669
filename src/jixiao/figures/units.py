"""计量单位: what a number counts, and by how many of it.

A unit is a base and a scale: 万人 counts 10,000 人; % counts one hundredth of the bare number. Figures compare
only when their bases are the same: 人 is not 人次.

>>> unit("万人").base, unit("万人").num
('人', 10000)
>>> unit("元/人*月").name
'元/人·月'
>>> unit("斛") is None
True
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from jixiao import library

_SCALES = (
    ("千万", 10**7),
    ("百万", 10**6),
    ("十万", 10**5),
    ("万亿", 10**12),
    ("亿", 10**8),
    ("万", 10**4),
    ("千", 10**3),
)
_RATIOS = {
    "%": (1, 100),
    "百分比": (1, 100),
    "%(百分比)": (1, 100),
    "百分号": (1, 100),
    "个百分点": (1, 100),
    "百分点": (1, 100),
    "‰": (1, 1000),
    "‱": (1, 10000),
}


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as printed: one of it is num/den of its base; the base of a bare number, a ratio or a percentage is ''."""

    name: str
    base: str
    num: int = 1
    den: int = 1

    def __str__(self) -> str:
        """Return the unit as printed."""
        return self.name


BARE = Unit("", "")
PERCENT = Unit("%", "", 1, 100)


@cache
def unit(text: str) -> Unit | None:
    """Return the unit that a text spells, or None for one that is not known; '' is the bare number."""
    text = text.replace("*", "·").replace("／", "/").strip()
    if not text:
        return BARE
    if text in _RATIOS:
        num, den = _RATIOS[text]
        return Unit("%" if den == 100 and "点" not in text else text, "", num, den)
    head, *per = text.split("/")
    if text in _spellings() or not per:
        return _simple(text)
    over = _compound("·".join(per))
    numerator = _simple(head) if head else BARE
    if over is None or numerator is None:
        return None
    return Unit(f"{numerator.name}/{over}", f"{numerator.base}/{over}", numerator.num, numerator.den)


def _compound(text: str) -> str | None:
    """Return `人·月` for spellings of it, or None when one of its parts is unknown."""
    parts = [_spellings().get(part, "月" if part == "月" else None) for part in text.split("·")]
    return "·".join("月" if part == "个月" else part for part in parts if part) if all(parts) else None


@cache
def _simple(text: str) -> Unit | None:
    base = _spellings().get(text)
    if base:
        return Unit(text if text == base else base, base)
    for name, factor in _SCALES:
        if text.startswith(name):
            rest = text[len(name) :]
            if not rest:
                return Unit(name, "", factor)
            base = _spellings().get(rest)
            return Unit(f"{name}{base}", base, factor) if base else None
    return None


@cache
def _spellings() -> dict[str, str]:
    table = {}
    for base, entry in library.read("figures/units.yaml").items():
        for spelling in (base, *entry["spellings"]):
            assert spelling not in table, f"unit {spelling} stands twice"
            table[spelling] = base
    return table


def known() -> list[str]:
    """Return the base units, for the reference and for messages."""
    return list(library.read("figures/units.yaml"))
