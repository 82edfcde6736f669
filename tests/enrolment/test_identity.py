"""身份证号: check digits against GB 11643, spellings, and expressions that say of plain numbers what plain Python says."""

from __future__ import annotations

from datetime import date

import narwhals as nw
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jixiao.enrolment import numbers
from jixiao.enrolment.damage import damage
from jixiao.enrolment.identity import check_digit, identity
from jixiao.regions import number_area

AS_OF = date(2024, 6, 30)
WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]


@given(st.integers(10**16, 10**17 - 1))
def test_the_check_digit_is_that_of_the_standards_table(number):
    total = sum(int(digit) * weight for digit, weight in zip(str(number), WEIGHTS, strict=True))

    assert check_digit(number) == "10X98765432"[total % 11]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("11010519491231002X", None),
        ("110105491231002", None),
        ("11010519491231002x", None),
        ("1101 0519 4912 3100 2X", None),
        ("110105194912310021", "check_digit"),
        ("11010519490229002X", "birth_date"),
        ("110105204912310020", "birth_date"),
        ("6.50102E+17", "scientific"),
        ("1101051949123100", "length"),
        ("1101O519491231002X", "not_digits"),
        ("", "missing"),
        (None, "missing"),
    ],
)
def test_a_number_says_why_it_cannot_be_used(text, why):
    assert identity(text, as_of=AS_OF).why == why


def test_expressions_accept_only_what_plain_python_accepts(engine):
    texts = [
        f"{area}{year}{month:02d}{day:02d}{sequence:03d}{last}"
        for area in ("650102", "110105")
        for year in (1849, 1850, 1999, 2000, 2024)
        for month in (0, 1, 2, 6, 7, 12, 13)
        for day in (0, 1, 28, 29, 30, 31, 32)
        for sequence in (1,)
        for last in "0X5"
    ]
    heads = {text[:17] for text in texts}
    texts += [f"{head}{check_digit(int(head))}" for head in heads]
    frame = numbers.split(engine.parts(engine.frame({"certno": "text"}, [(text,) for text in texts]), "certno"))

    (found,) = engine.gather([frame.filter(numbers.plain(AS_OF).fill_null(value=False)).select("certno")])

    usable = {text for text in texts if identity(text, as_of=AS_OF).why is None}
    assert {row[0] for row in found} == {text for text in usable if text[10:14] != "0229"}


def test_what_only_looks_like_digits_has_no_parts(engine):
    odd = ["1234567890123e16X", "+5010219900101001X", "650102199001010 1X", "0x23869F0C8C0000AX", "65010219900101001x",
           "065010219900101001", "650102199001010011 ", "６５０１０２１９９００１０１００１Ｘ", "6_0102199001010011", None, ""]  # fmt: skip
    frame = engine.parts(engine.frame({"certno": "text"}, [(text,) for text in odd]), "certno")

    (found,) = engine.gather([frame.filter(~nw.col("area").is_null()).select("certno")])

    assert found == []


@pytest.mark.parametrize(
    ("texts", "verdict"),
    [
        (["6.50102E+17", "11010519491231002X"], "scientific"),
        (["650102199001010000"] * 12, "thousands"),
        (["11010519491231002X"] * 200 + ["6.50102E+17"], None),
        (["x"] * 12, "none_usable"),
    ],
)
def test_a_ruined_column_is_told_from_a_few_wrong_numbers(texts, verdict):
    assert damage(texts).verdict() == verdict


def test_areas_of_numbers_are_judged_by_their_era():
    assert number_area(652101, 2010) is None
    assert number_area(652101, 2018) == "abolished"
    assert number_area(650402, 1950) is None
    assert number_area(657777, 1990) == number_area(101010, 1990) == "unknown"
