"""资金到位和执行情况图: budget, receipt and execution by source (级次), as bars in one unit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jixiao.documents.document import Chart
from jixiao.figures.figure import Figure
from jixiao.findings import Message
from jixiao.reports.charts.style import BLUE, GREEN, GREY, values
from jixiao.reports.prose import joined, quoted, sentence

if TYPE_CHECKING:
    from jixiao.evaluation.assess import Assessment
    from jixiao.funds.money import Column, Source

_COLUMNS: tuple[Column, ...] = ("revised_budget", "received", "executed")


def chart(of: Assessment) -> Chart | None:
    """Return the chart, or None where no source has all three amounts."""
    known = [(source, _amounts(source)) for source in of.evaluation.funds.sources]
    sources = [(source, amounts) for source, amounts in known if amounts]
    if not sources:
        return None
    unit = sources[0][1][0].unit
    names = [Message(f"report_chart.{column}").text("zh") for column in _COLUMNS]
    rows = [
        {"source": source.name, "column": name, "amount": amount.in_unit(unit).text().removesuffix(unit.name)}
        for source, amounts in sources
        for name, amount in zip(names, amounts, strict=True)
    ]
    parts = [
        Message(
            "report_chart.execution.part",
            {
                "name": source.name,
                "executed": quoted(of, f"funds/sources/{source.name}/executed"),
                "rate": quoted(of, f"funds/sources/{source.name}/rate/execution_rate"),
            },
        )
        for source, _ in sources
    ]
    caption = Message("report_chart.execution.caption", {"unit": unit.name}).text("zh")
    return Chart(
        _spec(rows, names),
        caption,
        sentence(Message("report_chart.execution.says", {"parts": joined(parts)})),
    )


def _amounts(source: Source) -> list[Figure]:
    """Return the three amounts of a source, or nothing where one of them is missing."""
    amounts = [getattr(source.money, column) for column in _COLUMNS]
    return amounts if all(isinstance(amount, Figure) for amount in amounts) else []


def _spec(rows: list[dict[str, str]], order: list[str]) -> dict[str, Any]:
    bar = {"field": "amount", "type": "quantitative", "title": None, "axis": {"tickCount": 5, "format": "d"}}
    colour = {"field": "column", "type": "nominal", "sort": order, "title": None}
    return {
        "width": 430,
        "height": {"step": 15},
        "data": values(rows, "amount"),
        "encoding": {
            "y": {"field": "source", "type": "nominal", "sort": None, "title": None, "scale": {"paddingInner": 0.3}},
            "yOffset": {"field": "column", "type": "nominal", "sort": order},
            "x": bar,
        },
        "layer": [
            {
                "mark": {"type": "bar"},
                "encoding": {
                    "color": {
                        **colour,
                        "scale": {"domain": order, "range": [GREY, GREEN, BLUE]},
                        "legend": {"orient": "top"},
                    }
                },
            },
            {
                "mark": {"type": "text", "align": "left", "dx": 4, "fontSize": 10},
                "encoding": {"text": {"field": "amount", "type": "quantitative"}},
            },
        ],
    }
