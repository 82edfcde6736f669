"""号码识别: however numbers are spelt, each row is read once, and as plain Python reads it."""

from __future__ import annotations

from datetime import date

import narwhals as nw
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from jixiao.enrolment import numbers
from jixiao.enrolment.identity import check_digit, identity, parameters
from jixiao.enrolment.recognising import recognised
from jixiao.errors import CannotParse

AS_OF = date(2024, 6, 30)
KEPT = {"number": numbers.number()}
OTHERS = ("at", "certno")
SPELLINGS = (
    "{}", " {}", "{}\t", "'{}", '="{}"', "{}\u00a0", "\ufeff{}", "{}\u3000", "\u200b{}", "{0:.6}-{0:.10}", "{}#", "\u2460{}", "+{}",
)  # fmt: skip
WIDE = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")


def read(engine, texts):
    """Return the numbers that engines read, by row and way, and the rows that are left."""
    frame = engine.frame(dict.fromkeys(OTHERS, "text"), [(str(at), text) for at, text in enumerate(texts)])
    found = recognised(engine, frame, AS_OF, {**KEPT, "at": nw.col("at")}, OTHERS)
    ways = [
        {int(at): number for at, number in rows}
        for rows in engine.gather([one.select("at", "number") for one in (found.plain, found.mended)])
    ]
    return *ways, {int(row[0]) for row in found.rest}


def full(number):
    return f"{number:017d}{check_digit(number)}"


HEADS = st.builds(
    lambda area, year, month, day, n: int(f"{area}{year}{month:02d}{day:02d}{n:03d}"),
    st.sampled_from([110105, 650102, 110105, 654321]),
    st.integers(1849, 2025),
    st.integers(0, 13),
    st.integers(0, 32),
    st.integers(0, 999),
)
TEXTS = st.builds(
    lambda text, spelling, wide, low: (spelling.format(text).translate(WIDE if wide else {})).replace(*("Xx" if low else "XX")),
    st.one_of(HEADS.map(full), HEADS.map(lambda n: f"{n}"[:6] + f"{n}"[8:]), HEADS.map(lambda n: f"{n}0")),
    st.sampled_from(SPELLINGS),
    st.booleans(),
    st.booleans(),
)  # fmt: skip


def test_each_row_is_read_once_and_as_plain_python_reads_it(engine):
    @settings(max_examples=20 if engine.name == "polars" else 5, phases=[Phase.explicit, Phase.generate])
    @given(st.lists(st.one_of(st.none(), TEXTS), min_size=1, max_size=60))
    def run(texts):
        plain, mended, rest = read(engine, texts)
        assert sorted([*plain, *mended, *rest]) == list(range(len(texts)))
        for at, number in {**plain, **mended}.items():
            assert (identity(texts[at], as_of=AS_OF).number, identity(texts[at], as_of=AS_OF).why) == (number, None)

    run()


def test_a_register_spelt_oddly_throughout_leaves_nothing_to_plain_python(engine):
    sound = [full(number) for number in range(65010219900101001, 65010219900101401)]
    ways = (
        str,
        lambda t: f" {t[:6]} {t[6:14]} {t[14:]} ",
        str.lower,
        lambda t: t.translate(WIDE),
        lambda t: t[:6] + t[8:17],
    )

    plain, mended, rest = read(engine, [ways[at % 5](text) for at, text in enumerate(sound)])

    assert rest == set()
    assert set(plain) >= {at for at in range(400) if at % 5 == 0}
    assert {**plain, **mended} == dict(enumerate(range(65010219900101001, 65010219900101401)))


def test_more_odd_numbers_than_can_be_listed_are_refused_before_they_are_held(engine, monkeypatch):
    monkeypatch.setitem(parameters(), "listed_at_most", "2")
    assert read(engine, ["x", "y", full(65010219900101001)])[2] == {0, 1}

    with pytest.raises(CannotParse) as problem:
        read(engine, ["x", "y", None])

    assert problem.value.what.text("zh") == "有 3 条记录没有可用的身份证号，逐条列出最多 2 条"
