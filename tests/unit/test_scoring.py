"""计分: awarded scores, their sums, typed scores at any node, and what withholds a total."""

from __future__ import annotations

from decimal import Decimal

import pytest

from jixiao.evaluation.assess import assess
from jixiao.evaluation.model import Evaluation
from jixiao.figures.actual_notation import actual
from jixiao.figures.dates import When
from jixiao.figures.target_notation import target
from jixiao.indicators.indicator import Actual, Group, Indicator, RuleRef
from jixiao.indicators.system import System
from jixiao.scoring.grades import bands, grade
from jixiao.scoring.rules.deadline import Deadline
from jixiao.scoring.score import Override, score


def leaf(code, weight, *, rule="proportional", goal="≥100%"):
    return Indicator(code, f"指标{code}", None if weight is None else Decimal(weight), target(goal), RuleRef(rule))


def group(code, weight, *children):
    return Group(code, f"分组{code}", None if weight is None else Decimal(weight), children)


def assessed(*roots, actuals, overrides=(), places=2, full=100):
    values = {code: Actual(actual(text, target("≥100%"))) for code, text in actuals.items()}
    typed = {code: Override(Decimal(points), reason) for code, points, reason in overrides}
    system = System("scored", roots, places, Decimal(full))
    return assess(Evaluation("third-party", 2024, systems=(system,), actuals=values, overrides=typed))


def errors(of):
    return [finding.check for finding in of.findings if finding.severity == "error"]


def test_total_is_the_sum_of_awarded_scores_where_rounding_only_the_total_would_differ():
    of = assessed(leaf("A1", 6), leaf("A2", 39), leaf("A3", 55), actuals=dict.fromkeys(("A1", "A2", "A3"), "96.19%"))

    assert [str(score.awarded) for score in of.card.scores.values()] == ["5.77", "37.51", "52.90"]
    assert (str(of.card.total), of.card.grade) == ("96.18", "优")
    assert Decimal("0.9619") * 100 == Decimal("96.19")


@pytest.mark.parametrize(
    ("places", "awarded", "total"),
    [(0, ["6", "38", "53"], "97"), (1, ["5.8", "37.5", "52.9"], "96.2"), (2, ["5.77", "37.51", "52.90"], "96.18")],
)
def test_scores_are_awarded_with_the_systems_places(places, awarded, total):
    of = assessed(
        leaf("A1", 6),
        leaf("A2", 39),
        leaf("A3", 55),
        actuals=dict.fromkeys(("A1", "A2", "A3"), "96.19%"),
        places=places,
    )

    assert [str(score.awarded) for score in of.card.scores.values()] == awarded
    assert str(of.card.total) == total


@pytest.mark.parametrize(
    ("weight", "rate", "points"),
    [("10", "84.85%", "8.49"), ("1", "0.5%", "0.01"), ("1", "0.49%", "0.00"), ("3", "33.5%", "1.01")],
)
def test_score_is_rounded_half_up(weight, rate, points):
    of = assessed(leaf("A1", weight), actuals={"A1": rate}, full=weight)

    assert str(of.card.total) == points


def test_sums_of_groups_are_exact_at_every_level():
    of = assessed(
        group("A", 40, group("A1", 40, leaf("A101", 20), leaf("A102", 20))),
        group("B", None, leaf("B101", 60)),
        actuals={"A101": "33.33%", "A102": "66.66%", "B101": "99.99%"},
    )

    assert {code: str(points) for code, points in of.card.sums.items()} == {
        "A": "20.00",
        "A1": "20.00",
        "A101": "6.67",
        "A102": "13.33",
        "B": "59.99",
        "B101": "59.99",
    }
    assert [(section.code, str(section.full), str(section.awarded)) for section in of.card.sections] == [
        ("A", "40", "20.00"),
        ("B", "60", "59.99"),
    ]
    assert [str(section.rate().published(2)) for section in of.card.sections] == ["50%", "99.98%"]
    assert str(of.card.total) == "79.99"
    assert of.card.grade == "中"


def test_weights_that_do_not_add_up_withhold_total_and_grade():
    of = assessed(
        group("A", 40, leaf("A101", 20), leaf("A102", 19)),
        group("B", 60, leaf("B101", 60)),
        actuals={"A101": "100%", "A102": "100%", "B101": "100%"},
    )

    finding = next(finding for finding in of.findings if finding.check == "weights_add_up")
    assert errors(of) == ["weights_add_up"]
    assert finding.because.text("zh") == "A 分组A 的分值写作 40，下级相加为 20 + 19 = 39"
    assert finding.remedy.text("zh") == "相差 1；改下级分值或改合计，使两者相等"
    assert (finding.printed, finding.expected, finding.paths[0]) == ("40", "39", "scored/A/weight")
    assert (of.card.total, of.card.grade) == (None, None)
    assert str(of.card.scores["A101"].awarded) == "20.00"


def test_weights_of_the_whole_system_are_compared_with_its_full_points():
    of = assessed(leaf("A1", 50), leaf("A2", "49.5"), actuals={"A1": "100%", "A2": "100%"})

    finding = next(finding for finding in of.findings if finding.check == "weights_add_up")
    assert finding.because.text("zh") == "整个指标体系 的分值写作 100，下级相加为 50 + 49.5 = 99.5"
    assert finding.paths[0] == "scored/full"
    assert of.card.total is None


@pytest.mark.parametrize("weights", [("40", None, "60"), (None, "40", None)])
def test_weights_that_are_not_stated_are_not_compared(weights):
    outer, inner, other = weights
    of = assessed(group("A", outer, leaf("A101", inner)), leaf("B1", other), actuals={})

    assert "weights_add_up" not in errors(of)


def test_duplicate_code_is_an_error_that_names_both():
    of = assessed(group("A", 50, leaf("X1", 50)), group("B", 50, leaf("X1", 50)), actuals={"X1": "100%"})

    finding = next(finding for finding in of.findings if finding.check == "duplicate_code")
    assert finding.because.text("zh") == "编码 X1 出现 2 次：指标X1、指标X1"
    assert of.card.total is None


def test_typed_score_overrides_the_rule_and_keeps_what_the_rule_gave():
    of = assessed(leaf("A1", 100), actuals={"A1": "90%"}, overrides=[("A1", "85", "现场核实扣 5 分")])

    score = of.card.scores["A1"]
    assert (str(score.awarded), score.how, str(score.computed), score.reason) == (
        "85.00",
        "overridden",
        "90.00",
        "现场核实扣 5 分",
    )
    assert score.steps[-1].what.text("zh") == "人工改为 85.00（按规则计算为 90.00），理由：现场核实扣 5 分"
    assert (str(of.card.total), of.card.grade) == ("85.00", "良")


def test_typed_score_stands_where_no_rule_can_score():
    of = assessed(Indicator("A1", "制度健全", Decimal(100)), actuals={}, overrides=[("A1", "77.5", "专家评议")])

    assert (str(of.card.total), of.card.scores["A1"].how, of.card.scores["A1"].computed) == ("77.50", "typed", None)


def test_typed_score_at_a_group_stands_for_everything_below_it():
    scored = group("A", 40, leaf("A101", 20), leaf("A102", 20))
    unscored = group("B", 60, Indicator("B101", "无规则", Decimal(60)))

    of = assessed(
        scored,
        unscored,
        actuals={"A101": "100%", "A102": "50%"},
        overrides=[("A", "35", "整组评议"), ("B", "50", "整组评议")],
    )

    assert sorted(of.card.scores) == ["A", "B"]
    assert (of.card.sums["A101"], str(of.card.sums["A"]), str(of.card.sums["B"])) == (None, "35.00", "50.00")
    assert str(of.card.total) == "85.00"
    assert [finding.check for finding in of.card.findings] == []


def test_typed_score_at_a_group_without_children_is_scored():
    of = assessed(group("A", 100), actuals={}, overrides=[("A", "66", "表格只有一级指标")])

    assert (str(of.card.total), of.card.grade, errors(of)) == ("66.00", "中", [])


def test_group_without_children_or_score_is_a_finding():
    of = assessed(group("A", 100), actuals={})

    assert [finding.because.text("zh") for finding in of.findings] == ["指标 A「分组A」未能计分：本级没有评分规则"]
    assert of.card.total is None


@pytest.mark.parametrize(
    ("indicator", "value", "why"),
    [
        (Indicator("A1", "甲", Decimal(100), target("≥1"), None), "1", "没有评分规则"),
        (leaf("A1", None), "100%", "没有分值"),
        (leaf("A1", 100), None, "没有实际完成值"),
        (leaf("A1", 100, rule="no_such_rule"), "100%", "没有名为「no_such_rule」的评分规则"),
        (leaf("A1", 100), "达成预期指标", "「达成预期指标」不是数值，这条规则无法计分"),
        (leaf("A1", 100, goal="≥5万人"), "60000人次", "实际完成值「60000人次」与指标值「5万人」计的不是同一样东西"),
    ],
)
def test_indicator_that_cannot_be_scored_is_a_finding_and_leaves_no_total(indicator, value, why):
    of = assessed(indicator, actuals={"A1": value} if value else {})

    (finding,) = of.card.findings
    assert errors(of)
    assert finding.because.text("zh") == f"指标 A1「{indicator.name}」未能计分：{why}"
    assert finding.paths == ("scored/A1", "actuals/A1")
    assert (of.card.total, of.card.grade, of.card.sums["A1"]) == (None, None, None)


@pytest.mark.parametrize(
    ("total", "full", "earned"),
    [
        ("100", "100", "优"),
        ("90", "100", "优"),
        ("89.99", "100", "良"),
        ("89.5", "100", "良"),
        ("80", "100", "良"),
        ("79.99", "100", "中"),
        ("60", "100", "中"),
        ("59.99", "100", "差"),
        ("0", "100", "差"),
        ("81", "90", "优"),
        ("80.99", "90", "良"),
    ],
)
def test_grade_is_the_band_whose_floor_is_reached(total, full, earned):
    assert grade(Decimal(total), Decimal(full)) == earned


def test_bands_fall_without_a_gap():
    floors = [floor for floor, _ in bands()]

    assert floors == sorted(floors, reverse=True)
    assert floors[-1] == 0


def test_a_deadline_without_a_year_is_one_of_the_evaluated_year() -> None:
    indicator = leaf("A1", 10, rule="deadline", goal="12月底前")
    found = [
        score(indicator, Actual(When(year, month, 5)), Deadline(), 2, 2024) for year, month in ((2025, 1), (2024, 12))
    ]

    assert [one.awarded for one in found] == [0, 10]
