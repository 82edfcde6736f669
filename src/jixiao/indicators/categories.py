"""未设置的指标类别: the kinds of indicators that a frame has a place for and a system has no indicator of.

A kind is found by its word in the name of a group with indicators in it, or of an indicator that stands alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao import library
from jixiao.indicators.indicator import Indicator

if TYPE_CHECKING:
    from jixiao.indicators.system import System


def not_set(system: System) -> list[str]:
    """Return the kinds that are not set, in the order of the form; none where the frame names no kinds."""
    frames = library.read("indicators/frames.yaml")
    kinds = frames.get(system.frame or "", {}).get("categories", ())
    named = [one.name for node, above in system.walk() if isinstance(node, Indicator) for one in above or (node,)]
    return [str(kind) for kind in kinds if not any(kind in name for name in named)]
