"""Random small registers: the oracle and every engine give one answer.

The pool of numbers is small, so that doubles, near numbers, other spellings and other names meet all the time.
"""

from __future__ import annotations

import importlib.util
from pathlib import Path

from hypothesis import Phase, given, settings
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

BASES = (
    65010119800101001,
    65010119800101011,
    65010219800101001,
    65312119960229123,
    65312119990101999,
    81000019900101001,
)
WIDE = str.maketrans("0123456789X", "０１２３４５６７８９ｘ")


def good(n):
    return f"{n:017d}{check_digit(n)}"


def changed(number, at, digit, right):
    """Return a number with one other digit, and a check digit that is right or 0."""
    spelt = f"{number}"
    spelt = spelt[:at] + str(digit) + spelt[at + 1 :]
    return good(int(spelt)) if right else f"{spelt}0"


NUMBERS = st.one_of(
    st.sampled_from(BASES).map(good),
    st.sampled_from(BASES).map(lambda n: good(n).lower().translate(WIDE)),
    st.sampled_from(BASES).map(lambda n: f" {good(n)[:6]} {good(n)[6:]} "),
    st.sampled_from(BASES[:5]).map(lambda n: f"{n}"[:6] + f"{n}"[8:]),  # 15 digits
    st.builds(changed, st.sampled_from(BASES), st.integers(0, 16), st.integers(0, 9), st.booleans()),
    st.sampled_from(
        [None, "", "6501", "65010119800101001", "E12345", "e12345", "+5010119800101001X", "6501011980010100e5"]
    ),
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
    {
        "psn_name": NAMES,
        "certno": NUMBERS,
        "die_date": st.sampled_from([None, "2020-01-01", "2024-06-30", "2024-07-01"]),
    }
)


def numbered(records, letter):
    return [{**record, "psn_no": f"{letter}{at:03d}"} for at, record in enumerate(records)]


REGISTERS = st.lists(RECORD, max_size=12), st.lists(RECORD, max_size=5), st.lists(DEATH, max_size=4)


def check(engine, own, other, deaths):
    own, other = numbered(own, "a"), numbered(other, "b")

    made = small.told(small.comparison(engine, own, other, deaths))

    assert made == oracle.answer(own, other, deaths, small.AS_OF)


# An engine's share of the examples: Polars takes a twentieth of a second for one, Spark half a minute.
SHARE = {"polars": 1, "duckdb": 4, "spark": 20}


def test_every_engine_answers_as_the_oracle_when_registers_are_random(engine):
    examples = max(2, settings.default.max_examples // SHARE[engine.name])

    @settings(max_examples=examples, phases=[Phase.explicit, Phase.generate])
    @given(*REGISTERS)
    def run(own, other, deaths):
        check(engine, own, other, deaths)

    run()


def test_a_leap_day_alone_is_no_duplicate(engine):
    """29 February is read in plain Python: its records must not be fetched a second time from the register."""
    born = good(65312119960229123)
    own = numbered([{**small.DEFAULTS, "psn_name": "甲", "certno": born}], "a")

    made = small.comparison(engine, own, [], [{"psn_name": "甲", "certno": born, "die_date": None}])

    assert {case.record.psn_no: case.column for case in made.cases} == {"a000": "deceased"}
