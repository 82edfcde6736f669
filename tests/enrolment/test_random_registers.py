"""Random small registers: the oracle and every engine give one answer.

The pool of numbers is small, so that doubles, near numbers, other spellings and other names meet all the time.
"""

from __future__ import annotations

import importlib.util
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from jixiao.enrolment.identity import check_digit

HERE = Path(__file__).parent


def load(path):
    spec = importlib.util.spec_from_file_location(path.stem + "_loaded", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


oracle = load(HERE.parent / "oracles" / "enrolment.py")
small = load(HERE / "conftest.py")

BASES = (65010119800101001, 65010119800101011, 65010219800101001, 65312119960229123, 65312119990101999, 81000019900101001)
WIDE = str.maketrans("0123456789X", "０１２３４５６７８９ｘ")


def good(n):
    return f"{n:017d}{check_digit(n)}"


NUMBERS = st.one_of(
    st.sampled_from(BASES).map(good),
    st.sampled_from(BASES).map(lambda n: good(n).lower().translate(WIDE)),
    st.sampled_from(BASES).map(lambda n: f" {good(n)[:6]} {good(n)[6:]} "),
    st.sampled_from(BASES[:5]).map(lambda n: f"{n}"[:6] + f"{n}"[8:]),  # 15 digits
    st.tuples(st.sampled_from(BASES), st.integers(0, 16), st.integers(0, 9), st.booleans()).map(
        lambda t: (lambda n: good(n) if t[3] else f"{n:017d}0")(int(f"{t[0]}"[: t[1]] + str(t[2]) + f"{t[0]}"[t[1] + 1 :]))
    ),
    st.sampled_from([None, "", "6501", "65010119800101001", "E12345", "e12345", "+5010119800101001X", "6501011980010100e5"]),
)
NAMES = st.sampled_from(["甲乙", "甲 乙", "丙·丁", "丙•丁", "戊", None, "", "·"])
RECORD = st.fixed_dictionaries(
    {
        "psn_name": NAMES,
        "certno": NUMBERS,
        "psn_cert_type": st.sampled_from([None, "01", "01", "01", "03"]),
        "insutype": st.sampled_from(["310", "390", "390", "391", "340", None]),
        "insu_admdvs": st.sampled_from(["650100", "652800", "659900"]),
        "psn_insu_stas": st.sampled_from(["1", "1", "1", "2", None]),
        "psn_insu_date": st.sampled_from([None, "2010-01-01", "2015-05-05", "2023-12-31"]),
    }
)
DEATH = st.fixed_dictionaries(
    {"psn_name": NAMES, "certno": NUMBERS, "die_date": st.sampled_from([None, "2020-01-01", "2024-06-30", "2024-07-01"])}
)


def numbered(records, letter):
    return [{**record, "psn_no": f"{letter}{at:03d}"} for at, record in enumerate(records)]


@settings(max_examples=settings.default.max_examples // 2 or 1)
@given(st.lists(RECORD, max_size=12), st.lists(RECORD, max_size=5), st.lists(DEATH, max_size=4))
def check(engine, own, other, deaths):
    own, other = numbered(own, "a"), numbered(other, "b")

    made = small.told(small.comparison(engine, own, other, deaths))

    assert made == oracle.answer(own, other, deaths, small.AS_OF)


def test_every_engine_answers_as_the_oracle_when_registers_are_random(engine):
    run = settings(max_examples=4)(check) if engine.name == "spark" else check
    run(engine)
