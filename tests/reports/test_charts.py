"""图: what the specifications hold, that they are drawn the same every time, and what stands there without a font."""

from decimal import Decimal

import pytest

from jixiao.documents.document import Chart, Document
from jixiao.formats import charts, fonts, html_write, word_write
from jixiao.reports.charts import execution, score_rates


def test_score_rates_hold_decimal_text_in_the_order_of_the_sections(bazhou):
    chart = score_rates.chart(bazhou)

    rows = chart.spec["data"]["values"]
    assert [row["name"] for row in rows] == [section.name for section in bazhou.card.sections]
    assert [Decimal(row["rate"]) for row in rows] == [100, 100, Decimal("84.25"), 100]
    assert chart.says == "条形图：项目决策得分率100%，项目过程得分率100%，项目产出得分率84.25%，项目效益得分率100%。"


def test_execution_holds_three_amounts_per_source(bazhou):
    chart = execution.chart(bazhou)

    rows = [(row["source"], row["column"], row["amount"]) for row in chart.spec["data"]["values"]]
    assert rows[:3] == [
        ("中央", "全年预算数", "42433"),
        ("中央", "到位数", "42433"),
        ("中央", "执行数", "42433"),
    ]
    assert len(rows) == 9


@pytest.fixture
def chart(bazhou):
    return score_rates.chart(bazhou)


def test_same_chart_gives_the_same_picture(chart):
    drawn, png = charts.svg(chart), charts.png(chart)
    charts._svg.cache_clear()
    charts._png.cache_clear()

    assert drawn is not None
    assert "项目产出" in drawn
    assert (charts.svg(chart), charts.png(chart)) == (drawn, png)


def test_without_a_font_the_text_stands_in_and_a_note_says_so(chart, monkeypatch):
    monkeypatch.setattr(fonts, "chinese", lambda kind="sans": None)

    document = Document((chart,))

    assert chart.says in html_write.write(document).decode()
    assert b"media/" not in word_write.write(document)
    assert [finding.severity for finding in charts.findings(document.blocks)] == ["note"]


def test_with_a_font_nothing_is_said():
    assert charts.findings((Chart({}, "", ""),)) == []
