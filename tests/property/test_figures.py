"""Invariants of printed figures, against Python's Fraction as the oracle.

1. Reading and printing are inverse: what is read prints as it was spelt; what is printed reads to the same value.
2. A figure is the interval of the values that print so: each value inside prints so, none outside does
   (half up, away from zero; open and closed ends; negative numbers).
3. Two intervals meet exactly when one value lies in both; the sum of intervals is where the sums lie.
4. A unit only scales: 万人 is 10,000 人, whatever the number.
5. Nothing but decimal text is a number: binary floats raise, misplaced commas and exponents are refused.
"""

from __future__ import annotations

import itertools
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jixiao.figures import exact
from jixiao.figures.figure import Figure, Interval, compared, exactly, ratio, total
from jixiao.figures.notation import figure, of
from jixiao.figures.target_notation import target
from jixiao.figures.units import BARE, PERCENT, known, unit
from jixiao.figures.unread import Unread

numbers = st.integers(-(10**12), 10**12)
places = st.integers(0, 6)
spelt_units = st.sampled_from(
    ["", "%", "‰", *known(), *(f"{scale}{base}" for scale in ("万", "亿") for base in ("人", "元", "户"))]
)
fractions = st.fractions(min_value=-(10**6), max_value=10**6, max_denominator=10**6)


def fraction(value: Figure | tuple[int, int]) -> Fraction:
    return Fraction(value.num, value.den) if isinstance(value, Figure) else Fraction(*value)


def rounded(value: Fraction, to: int) -> int:
    """Round half up, away from zero, by the decimal module: an oracle of its own."""
    with localcontext(prec=80):
        scaled = value * 10**to
        whole = int(scaled)
        rest = abs(scaled - whole)
        return whole + (0 if rest < Fraction(1, 2) else 1 if value > 0 else -1)


def inside(value: Fraction, interval: Interval) -> bool:
    low, high = fraction(interval.low), fraction(interval.high)
    above = value >= low if interval.low_closed else value > low
    return above and (value <= high if interval.high_closed else value < high)


@given(numbers, places, spelt_units, st.booleans())
def test_figure_reads_what_it_prints(digits, decimals, name, thousands):
    made = of(digits, decimals, unit(name))
    text = made.text(thousands=thousands)

    read = figure(text)

    assert isinstance(read, Figure)
    assert (read.same_as(made), read.places, str(read)) == (True, decimals, text)
    assert read.text(thousands=thousands) == text


@given(numbers, places, spelt_units, st.sampled_from(["≥", "≤", ">", "<", "=", ""]))
def test_target_prints_as_it_was_spelt(digits, decimals, name, sign):
    text = f"{sign}{of(digits, decimals, unit(name)).text()}"

    read = target(text)

    assert str(read) == text
    if not isinstance(read, Unread) and read.when is None:
        assert fraction(read.figure()) == Fraction(digits, 10**decimals) * Fraction(unit(name).num, unit(name).den)


@given(numbers, places, fractions)
def test_figure_interval_holds_what_prints_so_and_nothing_else(digits, decimals, near):
    printed = Figure(*exact.reduced(digits, 10**decimals), BARE, decimals)
    step = Fraction(1, 10**decimals)
    offsets = [
        near,
        *(Fraction(part, 4) * step for part in range(-4, 5)),
        step * Fraction(499999, 10**6),
        -step * Fraction(500001, 10**6),
    ]

    for offset in offsets:
        value = fraction(printed) + offset
        assert inside(value, printed.interval()) == (rounded(value, decimals) == digits)


@given(fractions, places)
def test_rounding_is_half_up_away_from_zero(value, decimals):
    assert exact.half_up(value.numerator, value.denominator, decimals) == rounded(value, decimals)


@given(st.integers(-(10**9), 10**9), st.integers(0, 4), st.integers(0, 4))
def test_rounding_agrees_with_the_decimal_module(digits, decimals, to):
    value = Decimal(digits).scaleb(-decimals)

    assert exact.awarded(exact.half_up(*value.as_integer_ratio(), to), to) == value.quantize(
        Decimal(1).scaleb(-to), ROUND_HALF_UP
    )


def intervals():
    return st.builds(
        lambda digits, decimals: Figure(*exact.reduced(digits, 10**decimals), BARE, decimals).interval(),
        st.integers(-999, 999),
        st.integers(0, 2),
    )


@given(intervals(), intervals())
def test_interval_meets_when_one_value_lies_in_both(left, right):
    ends = sorted(fraction(end) for end in (left.low, left.high, right.low, right.high))
    candidates = [*ends, *((one + two) / 2 for one, two in itertools.pairwise(ends))]

    assert (
        left.meets(right)
        == right.meets(left)
        == any(inside(value, left) and inside(value, right) for value in candidates)
    )


@given(intervals(), intervals(), st.fractions(0, 1), st.fractions(0, 1))
def test_interval_sum_is_where_the_sums_lie(left, right, one, two):
    x = fraction(left.low) + one * (fraction(left.high) - fraction(left.low))
    y = fraction(right.low) + two * (fraction(right.high) - fraction(right.low))
    sums = left.plus(right)

    assert fraction(sums.high) == fraction(left.high) + fraction(right.high)
    assert fraction(sums.low) == fraction(left.low) + fraction(right.low)
    if inside(x, left) and inside(y, right):
        assert inside(x + y, sums)


@given(st.lists(st.tuples(numbers, places), max_size=8))
def test_total_is_the_exact_sum(parts):
    figures = [of(digits, decimals, PERCENT) for digits, decimals in parts]

    assert fraction(total(figures)) == sum((fraction(part) for part in figures), Fraction(0))


@given(numbers, places, numbers, places)
def test_ratio_is_exact_and_absent_over_zero(one, decimals, two, others):
    part, whole = of(one, decimals, BARE), of(two, others, BARE)

    found = ratio(part, whole)

    assert (found is None) == (two == 0)
    if found is not None:
        assert fraction(found) == fraction(part) / fraction(whole)


@given(
    numbers,
    places,
    st.sampled_from(["人", "元", "户", "人次"]),
    st.sampled_from([("千", 10**3), ("万", 10**4), ("亿", 10**8)]),
)
def test_unit_scales_the_number(digits, decimals, base, scale):
    name, factor = scale
    scaled, plain = of(digits, decimals, unit(name + base)), of(digits, decimals, unit(base))

    assert fraction(scaled) == factor * fraction(plain)
    assert compared(scaled, plain) == (digits > 0) - (digits < 0)
    assert compared(scaled, of(digits, decimals, unit("台"))) is None


@given(numbers, places, places)
def test_published_figure_is_the_value_rounded_once(digits, decimals, to):
    value = of(digits, decimals, PERCENT)

    shown = value.published(to)

    assert fraction(shown) == Fraction(rounded(fraction(value) * 100, to), 100 * 10**to)
    assert figure(str(shown)).same_as(shown)
    assert inside(fraction(value), shown.interval()) or shown.places < to


@given(st.integers(-(10**9), 10**9), st.integers(1, 10**6))
def test_computed_figure_is_one_point(num, den):
    value = exactly(num, den)

    assert fraction(value) == Fraction(num, den)
    assert value.interval() == Interval((value.num, value.den), (value.num, value.den))


@pytest.mark.parametrize("number", [1.5, 0.1, 3, None, Decimal("1.5"), b"1"])
def test_number_enters_as_text_only(number):
    with pytest.raises(TypeError, match="as text"):
        exact.decimal(number)


@pytest.mark.parametrize(
    "text",
    [
        "1,2",
        "1,23",
        "12,34,567",
        "1,2345",
        ",123",
        "1234,567",
        "1e5",
        "1E5",
        "0x10",
        "1_000",
        ".5",
        "5.",
        "",
        "-",
        "٣",
        "五",
        "９",
        "inf",
        "nan",
        "1" * 31,
        "0." + "1" * 30,
    ],
)
def test_number_is_refused_when_it_is_no_plain_decimal(text):
    assert exact.decimal(text) is None


@given(st.text(max_size=30))
def test_any_text_is_read_or_left_unread_and_prints_back(text):
    for read in (figure(text), target(text)):
        assert str(read) == text
        if isinstance(read, Unread):
            assert read.why.text("zh") and read.why.text("en")


@given(st.text(alphabet="0123456789.,%≥≤=~-—/万亿人次元个月日年前 ()以上至且每²⑤OIl٣", max_size=16))
def test_any_damaged_number_is_read_or_left_unread_and_prints_back(text):
    for read in (figure(text), target(text)):
        assert str(read) == text
