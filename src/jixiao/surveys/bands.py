"""档次: what a coefficient is called, by the bands of `bands.yaml`, compared before any rounding.

>>> band("validity", Decimal("0.3")).text("zh"), band("alpha", Decimal("0.9")).text("zh")
('低度相关', '信度较高')
"""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from jixiao import library


class Band(NamedTuple):
    """A named band of a coefficient."""

    name: str
    at: int

    def text(self, lang: str = "zh") -> str:
        """Return what the band is called."""
        called: str = library.read("surveys/bands.yaml")[self.name]["bands"][self.at][lang]
        return called

    def __str__(self) -> str:
        """Return the Chinese name."""
        return self.text()


def band(name: str, value: Decimal) -> Band:
    """Return the band of α, |r| or KMO."""
    for at, spec in enumerate(library.read("surveys/bands.yaml")[name]["bands"]):
        floor = spec.get("floor")
        if floor is None or value > Decimal(floor) or (value == Decimal(floor) and spec.get("open") != "yes"):
            return Band(name, at)
    raise AssertionError(name)


def authority(name: str) -> str:
    """Return the authority of the bands."""
    found: str = library.read("surveys/bands.yaml")[name]["authority"]
    return found
