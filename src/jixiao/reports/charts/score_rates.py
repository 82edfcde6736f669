"""各部分得分率图: the score rate of every section as a bar out of 100."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jixiao.documents.document import Chart
from jixiao.findings import Message
from jixiao.reports.charts.style import BLUE, PALE, values
from jixiao.reports.prose import joined, quoted, sentence

if TYPE_CHECKING:
    from jixiao.evaluation.assess import Assessment


def chart(of: Assessment) -> Chart | None:
    """Return the chart, or None while a section is not scored."""
    sections = of.card.sections if of.card else ()
    rates = [(section, section.rate()) for section in sections]
    if not rates or any(rate is None for _, rate in rates):
        return None
    rows = [
        {
            "name": section.name,
            "rate": rate.published(2).text().removesuffix("%"),
            "label": str(rate.published(2)),
            "full": "100",
        }
        for section, rate in rates
        if rate is not None
    ]
    parts = [
        Message("report_chart.rate", {"name": section.name, "rate": quoted(of, f"scored/{section.code}/score_rate")})
        for section, _ in rates
    ]
    says = Message("report_chart.score_rates.says", {"parts": joined(parts, "，")})
    caption = Message("report_chart.score_rates.caption").text("zh")
    return Chart(_spec(rows), caption, sentence(says))


def _spec(rows: list[dict[str, str]]) -> dict[str, Any]:
    axis = {"field": "name", "type": "nominal", "sort": None, "title": None}
    length = {"field": "rate", "type": "quantitative", "title": None, "scale": {"domain": [0, 100]}}
    return {
        "width": 430,
        "height": {"step": 34},
        "data": values(rows, "rate", "full"),
        "encoding": {"y": axis},
        "layer": [
            {"mark": {"type": "bar", "color": PALE, "height": 18}, "encoding": {"x": {**length, "field": "full"}}},
            {"mark": {"type": "bar", "color": BLUE, "height": 18}, "encoding": {"x": {**length, "axis": None}}},
            {
                "mark": {"type": "text", "align": "left", "dx": 6, "x": "width"},
                "encoding": {"text": {"field": "label", "type": "nominal"}},
            },
        ],
    }
