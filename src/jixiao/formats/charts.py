"""画图: Vega-Lite specifications to SVG for pages and PNG for Word; the same specification gives the same bytes.

A chart needs a Chinese font on the machine; without one it is not drawn, and its text stands in its place.
"""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING

from jixiao.documents.document import Chart
from jixiao.findings import Finding, Message
from jixiao.formats import fonts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jixiao.documents.document import Block

SCALE = 3
_KEPT = 64  # drawings; a server sees many
_VERSION = "5.20"
_CONFIG = {
    "background": "white",
    "view": {"stroke": None},
    "axis": {"labelFontSize": 12, "labelLimit": 240, "domain": False, "ticks": False, "gridColor": "#e3e6ea"},
    "axisY": {"grid": False},
    "legend": {"labelFontSize": 12, "symbolType": "square"},
    "text": {"fontSize": 12, "color": "#1d2329"},
}


def svg(chart: Chart) -> str | None:
    """Return the chart as SVG, or None without a Chinese font."""
    family = fonts.chinese()
    return None if family is None else _svg(json.dumps(chart.spec, ensure_ascii=False, sort_keys=True), family)


def png(chart: Chart) -> bytes | None:
    """Return the chart as PNG of `SCALE` times its size, or None without a Chinese font."""
    drawn = svg(chart)
    return None if drawn is None else _png(drawn)


def findings(blocks: Iterable[Block]) -> list[Finding]:
    """Return a note where there is a chart to draw and no font to write its words in."""
    if fonts.chinese() is not None or not any(isinstance(block, Chart) for block in blocks):
        return []
    return [Finding("chart_font", "note", Message("chart.no_font"), Message("chart.no_font.remedy"))]


@lru_cache(maxsize=_KEPT)
def _svg(spec: str, family: str) -> str:
    import vl_convert  # noqa: PLC0415  (starts an engine of its own)

    whole = {**json.loads(spec), "config": {**_CONFIG, "font": family}}
    drawn: str = vl_convert.vegalite_to_svg(whole, vl_version=_VERSION)
    return drawn


@lru_cache(maxsize=_KEPT)
def _png(drawn: str) -> bytes:
    import vl_convert  # noqa: PLC0415

    raw: bytes = vl_convert.svg_to_png(drawn, scale=SCALE)
    return raw
