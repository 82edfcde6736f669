"""图表: the charts of an evaluation's report as SVG, each with its caption and the sentence that says what it shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from jixiao.documents.document import Chart
from jixiao.formats import charts as drawing
from jixiao.operations.evaluate import report_of

if TYPE_CHECKING:
    from jixiao.evaluation.assess import Assessment


class Drawn(NamedTuple):
    """A chart: `svg` is None on a machine without a Chinese font, and `says` stands in its place."""

    caption: str
    says: str
    svg: str | None


def charts(of: Assessment) -> tuple[Drawn, ...]:
    """Return the charts of the report of an assessed evaluation, none where it gets no report."""
    report = report_of(of)
    blocks = [block for block in report.blocks if isinstance(block, Chart)] if report else []
    return tuple(Drawn(block.caption, block.says, drawing.svg(block)) for block in blocks)


def ready() -> None:
    """Start what draws charts, which takes half a second the first time."""
    drawing.svg(Chart({"data": {"values": []}, "mark": "bar"}, "", ""))
