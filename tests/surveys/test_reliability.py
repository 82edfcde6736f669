"""信度与效度: the cases of `reliability.yaml` to ten digits, pingouin itself to 1e-9, and what must hold for any answers.

1. α does not change when persons are put in another order or counted in two parts.
2. r lies between −1 and 1; KMO between 0 and 1.
3. The same points added to every answer of an item change nothing.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from jixiao.figures.figure import Figure, exactly
from jixiao.findings import Message
from jixiao.surveys import intervals
from jixiao.surveys.bands import band
from jixiao.surveys.moments import Moments
from jixiao.surveys.probability import chi_square_tail, normal_quantile
from jixiao.surveys.reliability import alpha, coefficient
from jixiao.surveys.roots import decimal_of
from jixiao.surveys.validity import inverse, item_total, suitability

CASES = yaml.safe_load(Path(__file__).with_name("reliability.yaml").read_text("utf-8"))["cases"]


def moments_of(rows):
    return Moments.of([f"S{n + 1}" for n in range(len(rows[0]))], rows)


def digits(value):
    return f"{decimal_of(value) if isinstance(value, Figure) else value:.10g}"


def same(found, wanted):
    return Decimal(digits(found)) == Decimal(wanted)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_coefficients_are_those_of_the_case(case):
    moments = moments_of([[int(points) for points in row.split()] for row in case["rows"]])

    reliable = alpha(moments)
    items = item_total(moments)

    assert same(reliable.value, case["alpha"])
    for (_, value), wanted in zip(reliable.without, case.get("without", []), strict=bool("without" in case)):
        assert same(value, wanted)
    assert all(same(item.r, wanted) for item, wanted in zip(items, case["r"], strict=True))
    assert all(same(item.rest, wanted) for item, wanted in zip(items, case["rest"], strict=True))
    fit = suitability(moments)
    if "kmo" not in case:
        assert fit == Message("survey.condition.few_items", {"items": 2, "fewest": 3})
        return
    assert same(fit.kmo, case["kmo"])
    assert same(fit.chi_square, case["chi_square"])
    assert same(fit.p, case["p"])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_alpha_and_r_agree_with_pingouin(case):
    pingouin = pytest.importorskip("pingouin")
    pandas = pytest.importorskip("pandas")
    rows = [[int(points) for points in row.split()] for row in case["rows"]]
    frame = pandas.DataFrame(rows, columns=[f"S{n + 1}" for n in range(len(rows[0]))])
    total = frame.sum(axis=1)

    found, items = alpha(moments_of(rows)), item_total(moments_of(rows))

    assert abs(float(decimal_of(found.value)) - pingouin.cronbach_alpha(frame)[0]) < 1e-9
    for item in items:
        assert abs(float(item.r) - pingouin.corr(frame[item.code], total)["r"].iloc[0]) < 1e-9


@pytest.mark.parametrize(
    ("x", "degrees", "wanted"),
    [("0.5", 1, "0.4795001222"), ("3", 3, "0.3916251763"), ("12.5", 10, "0.2529853233"),
     ("100", 45, "0.000004676864635"), ("700", 435, "1.077281333E-14"), ("0", 4, "1")],
)  # fmt: skip
def test_tail_of_chi_square_is_that_of_the_tables(x, degrees, wanted):
    assert Decimal(f"{chi_square_tail(Decimal(x), degrees):.10g}") == Decimal(wanted)


def test_tail_of_a_huge_chi_square_is_small_and_not_zero():
    assert Decimal("1E-2000000") < chi_square_tail(Decimal(9_000_000), 45) < Decimal("1E-1900000")


@pytest.mark.parametrize(
    ("p", "z"), [("0.9", "1.281551565545"), ("0.975", "1.959963984540"), ("0.9995", "3.290526731492")]
)
def test_normal_quantile_is_that_of_the_tables(p, z):
    assert normal_quantile(Decimal(p)).quantize(Decimal("1e-12")) == Decimal(z)


@pytest.mark.parametrize(
    ("chosen", "n", "confidence", "low", "high"),
    [(215, 221, 95, "0.942044768298", "0.987499102731"), (0, 10, 95, "0", "0.277532799863"),
     (10, 10, 90, "0.787058029917", "1"), (3, 7, 99, "0.116373680516", "0.810285095912")],
)  # fmt: skip
def test_interval_of_a_share_is_wilson_s(chosen, n, confidence, low, high):
    found = intervals.share(chosen, n, exactly(confidence, 100))

    assert [decimal_of(end).quantize(Decimal("1e-12")) for end in found] == [Decimal(low), Decimal(high)]


@pytest.mark.parametrize(
    ("name", "value", "called"),
    [("alpha", "0.900001", "内在信度高"), ("alpha", "0.9", "信度较高"), ("alpha", "0.8", "信度较高"), ("alpha", "0.79", "信度可以接受"),
     ("alpha", "0.7", "内部一致信度不足"), ("alpha", "-0.4", "内部一致信度不足"), ("validity", "0.29", "微弱相关"), ("validity", "0.3", "低度相关"),
     ("validity", "0.5", "显著相关"), ("validity", "0.8", "高度相关"), ("validity", "1", "完全线性相关"), ("validity", "0", "不存在线性相关")],
)  # fmt: skip
def test_boundary_between_two_bands_belongs_to_one_of_them(name, value, called):
    assert band(name, Decimal(value)).text() == called


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ([[5, 5], [5, 5]], "S1、S2 的作答全部相同，方差为 0，不计算"),
        ([[5, 1], [4, 2], [3, 3]], "S1、S2 的合计对每个人都一样"),
        ([[5], [4]], "只有 1 题，至少要 2 题"),
        ([[5, 4]], "全部作答的只有 1 人，至少要 2 人"),
    ],
)
def test_condition_is_said_where_alpha_cannot_be_had(rows, why):
    found = alpha(moments_of(rows))

    assert isinstance(found, Message)
    assert found.text() == why or found.id == "survey.condition.constant_total"


def test_items_that_follow_from_each_other_have_no_kmo():
    found = suitability(moments_of([[1, 2, 1], [2, 3, 2], [3, 1, 3], [4, 4, 4], [5, 2, 5]]))

    assert found == Message("survey.condition.singular", {"items": ["S1", "S2", "S3"]})


answers = st.lists(st.lists(st.integers(1, 5), min_size=3, max_size=3), min_size=4, max_size=25)


@given(answers, st.randoms())
def test_alpha_knows_no_order_and_no_parts(rows, chance):
    shuffled = rows[:]
    chance.shuffle(shuffled)
    half = len(rows) // 2

    whole = coefficient(moments_of(rows))

    assert coefficient(moments_of(shuffled)) == whole
    assert coefficient(moments_of(rows[:half]).plus(moments_of(rows[half:]))) == whole


@given(answers)
def test_correlations_and_kmo_stay_within_their_bounds(rows):
    items, fit = item_total(moments_of(rows)), suitability(moments_of(rows))

    assert isinstance(items, Message) or all(-1 <= item.r <= 1 for item in items)
    assert isinstance(fit, Message) or (0 <= fit.kmo.num <= fit.kmo.den and 0 <= fit.p <= 1)


@given(answers, st.integers(0, 20))
def test_points_added_to_every_answer_of_an_item_change_nothing(rows, more):
    moved = [[first + more, *rest] for first, *rest in rows]

    assert alpha(moments_of(moved)) == alpha(moments_of(rows))
    assert suitability(moments_of(moved)) == suitability(moments_of(rows))


@given(st.lists(st.lists(st.integers(-9, 9), min_size=3, max_size=3), min_size=3, max_size=3))
def test_adjugate_times_matrix_is_the_determinant(matrix):
    adjugate, determinant = inverse(matrix)

    if determinant == 0:
        return
    product = [[sum(matrix[i][k] * adjugate[k][j] for k in range(3)) for j in range(3)] for i in range(3)]
    assert product == [[determinant if i == j else 0 for j in range(3)] for i in range(3)]
