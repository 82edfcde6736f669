"""双监控图: execution cumulated by month as a share of the budget, beside the calendar, with the forecast."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jixiao.documents.document import Chart
from jixiao.figures.figure import exactly, figure
from jixiao.figures.target import Target
from jixiao.figures.units import PERCENT
from jixiao.findings import Message
from jixiao.funds.accounts import less
from jixiao.funds.dated import rules
from jixiao.funds.ledger import added
from jixiao.funds.monitoring import completions, forecast, progress
from jixiao.reports.charts.style import BLUE, GREEN, GREY, values
from jixiao.reports.prose import Row, sentence

if TYPE_CHECKING:
    from jixiao.evaluation.assess import Assessment
    from jixiao.figures.figure import Figure
    from jixiao.funds.ledger import Ledger
    from jixiao.funds.monitoring import Forecast, Month

_LAST = 12
_LINES = ("paid", "due", "line", "ahead")
_RED = "#b5564e"
_COLOURS = (BLUE, GREY, _RED, GREEN, "#8a6d3b", "#7a5c99", "#3f8f8f")
_SOLID, _DASHED = [1, 0], [5, 4]


def chart(of: Assessment) -> Chart | None:
    """Return the chart, None where no payment names its month or there is no budget to measure them on.

    The completion of every indicator that is monitored by month stands beside the execution.
    """
    ledger = of.evaluation.funds.ledger
    months = progress(ledger, of.evaluation.year) if ledger is not None else []
    if ledger is None or len(months) < 2 or any(month.rate is None for month in months):
        return None
    ahead = forecast(months, added(ledger.budget(name) for name in ledger.level_names()))
    completed = _completed(of, ledger)
    lines: dict[str, list[tuple[int, Figure | None]]] = {
        "paid": [(month.month, month.rate) for month in months],
        "due": [(month, exactly(month, _LAST, PERCENT)) for month in range(1, _LAST + 1)],
        "line": _alert_line(of.evaluation.year),
        "ahead": _ahead(months, ahead),
    }
    named = {Message(f"report_chart.monitoring.{name}").text("zh"): points for name, points in lines.items() if points}
    named |= {name: [*by_month.items()] for name, by_month in completed.items()}
    rows = [_row(month, name, rate) for name, points in named.items() for month, rate in points if rate is not None]
    caption = Message("report_chart.monitoring.caption").text("zh")
    return Chart(_spec(rows, list(named)), caption, sentence(_says(months, ahead, completed)))


def _ahead(months: list[Month], ahead: Forecast | None) -> list[tuple[int, Figure | None]]:
    """Return the line from the last month to the year's end, nothing where the year is over or nothing foretold."""
    last = months[-1]
    if ahead is None or ahead.rate is None or last.month == _LAST:
        return []
    return [(last.month, last.rate), (_LAST, ahead.rate)]


def _says(months: list[Month], ahead: Forecast | None, completed: dict[str, dict[int, Figure]]) -> Message:
    last = months[-1]
    assert last.rate is not None
    done = [
        Message("report_chart.monitoring.completed", {"name": name, "rate": _said(list(by_month.values())[-1])})
        for name, by_month in completed.items()
    ]
    args = {"month": str(last.month), "rate": _said(last.rate), "due": _said(last.due), "done": Row(tuple(done), "")}
    if ahead is None or ahead.rate is None or last.month == _LAST:
        return Message("report_chart.monitoring.says", args)
    method = Message(f"report_chart.monitoring.{ahead.method}")
    error = [] if ahead.error is None else [Message("report_chart.monitoring.error", {"error": _said(ahead.error)})]
    told = {**args, "method": method, "ahead": _said(ahead.rate), "error": error}
    return Message("report_chart.monitoring.foretold", told)


def _alert_line(year: int) -> list[tuple[int, Figure | None]]:
    """Return below which rate each month is behind: the calendar less the points of the rule of the year."""
    found: list[tuple[int, Figure | None]] = []
    for rule in rules("schedule", year)[:1]:
        line = figure(rule["behind"])
        for month in range(1, _LAST + 1):
            below = less(exactly(month, _LAST, PERCENT), line)
            if below is not None and below.num >= 0:
                found.append((month, below))
    return found


def _completed(of: Assessment, ledger: Ledger) -> dict[str, dict[int, Figure]]:
    """Return the completion by month of every indicator that has any, by what its line is called."""
    found = {}
    scored = of.evaluation.system("scored")
    for node in scored.indicators() if scored is not None else ():
        goal = node.target.figure() if isinstance(node.target, Target) else None
        by_month = completions(ledger, of.evaluation.year, node.code, goal) if goal is not None else {}
        if by_month:
            found[Message("report_chart.monitoring.done", {"name": node.name}).text("zh")] = by_month
    return found


def _row(month: int, name: str, rate: Figure) -> dict[str, str]:
    return {"month": str(month), "name": name, "rate": _said(rate).removesuffix("%")}


def _said(rate: Figure) -> str:
    return str(rate.published(2))


def _spec(rows: list[dict[str, str]], order: list[str]) -> dict[str, Any]:
    month = {
        "field": "month",
        "type": "quantitative",
        "title": None,
        "scale": {"domain": [0.6, _LAST + 0.4], "nice": False},
        "axis": {
            "values": list(range(1, _LAST + 1)),
            "labelExpr": "datum.value + '月'",
            "grid": False,
            "labelFlush": False,
        },
    }
    rate = {
        "field": "rate",
        "type": "quantitative",
        "title": None,
        "axis": {"labelExpr": "datum.value + '%'", "tickCount": 5},
    }
    dashed = {Message(f"report_chart.monitoring.{name}").text("zh") for name in _LINES[2:]}
    return {
        "width": 430,
        "height": 190,
        "data": values(rows, "month", "rate"),
        "mark": {"type": "line", "point": True},
        "encoding": {
            "x": month,
            "y": rate,
            "color": {
                "field": "name",
                "type": "nominal",
                "sort": order,
                "title": None,
                "legend": {"orient": "top", "symbolType": "stroke"},
                "scale": {"domain": order, "range": [_COLOURS[at % len(_COLOURS)] for at in range(len(order))]},
            },
            "strokeDash": {
                "field": "name",
                "type": "nominal",
                "legend": None,
                "scale": {"domain": order, "range": [_DASHED if name in dashed else _SOLID for name in order]},
            },
        },
    }
