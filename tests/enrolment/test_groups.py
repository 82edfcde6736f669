"""特殊人群: coverage of lists of the entitled by distinct persons, and the measures that bundles bind."""

from __future__ import annotations

from datetime import date

from jixiao.enrolment.groups import coverage
from jixiao.enrolment.identity import full
from jixiao.enrolment.measures import measure
from jixiao.enrolment.registers import Held, Register, Terms

TERMS = Terms(date(2024, 6, 30))
NUMBERS = [full(65010219500101001 + 10 * step) for step in range(6)]


def held(engine, role, name, columns, rows):
    return Held(Register(role, name, ()), engine.frame(dict.fromkeys(columns, "text"), rows), columns)


def test_a_list_is_counted_by_persons_and_its_union_counts_nobody_twice(engine):
    own = held(engine, "own", "own", ("certno", "insutype", "psn_insu_stas"), [(n, "390", "1") for n in NUMBERS[:4]])
    low = held(engine, "group", "低保", ("certno", "insu_admdvs"), [(n, "652800") for n in (*NUMBERS[:3], NUMBERS[0].lower(), NUMBERS[5], "x")])  # fmt: skip
    poor = held(engine, "group", "特困", ("certno", "insu_admdvs"), [(n, "652800") for n in NUMBERS[2:4]])

    found = coverage(engine, own, [low, poor], TERMS)

    assert [tuple(group) for group in found.groups] == [("低保", 4, 3, 1), ("特困", 2, 2, 0), ("all", 5, 4, 1)]


def test_measures_of_a_comparison_carry_their_parts(compare):
    made = compare(
        f"""
        psn_no | psn_name | certno | insutype | insu_admdvs | psn_insu_date
        a1     | 甲       | {NUMBERS[0]} | 390 | 652801 | 2020-01-01
        a2     | 甲       | {NUMBERS[0]} | 310 | 650102 | 2012-01-01
        a3     | 乙       | {NUMBERS[1]} | 390 | 650102 | 2012-01-01
        """
    )

    value, origin = measure(made, None, "duplicates", {"region": "650100"})
    assert (str(value.num), value.unit.base, origin.as_of) == ("1", "人", "2024-06-30")
    assert {name: part.num for name, part in origin.parts.items() if part.num} == {"employee/own_cross": 1}
    assert measure(made, None, "insured", {"scheme": "resident"})[0].num == 2
    assert measure(made, None, "insured", {"region": "999999"}).id == "enrolment.measure.where"
    assert measure(made, None, "nothing", {}).id == "enrolment.measure.unknown"
