"""保留哪条: the mode that decides by dated rules, every case with the rule that decided and its source."""

from __future__ import annotations

import pytest

A = "11010519491231002X"
HEAD = "psn_no | psn_name | certno | insutype | insu_admdvs | psn_insu_date | psn_type | work_admdvs | live_admdvs | school_admdvs"


def decide(compare, *lines, deaths=""):
    made = compare("\n".join((HEAD, *(f"{line}" for line in lines))), deaths=deaths, mode="decide")
    return {case.record.psn_no: (case.column, case.rule.id.rpartition(".")[2], case.authority) for case in made.cases}


def test_employees_keep_the_record_of_their_place_of_work(compare):
    found = decide(
        compare,
        f"a1 | 甲 | {A} | 310 | 652801 | 2020-01-01 | | 650102 | |",
        f"a2 | 甲 | {A} | 310 | 650104 | 2012-01-01 | | | |",
    )

    assert found == {
        "a1": ("own_same", "employees", "ybf-2020-33#employees"),
        "a2": (None, "employees", "ybf-2020-33#employees"),
    }


@pytest.mark.parametrize(("kind", "place", "rule"), [("15", "live", "residents"), ("1403", "school", "students")])
def test_residents_keep_residence_and_students_school(compare, kind, place, rule):
    told = {"live": "| 652801 |", "school": "|  | 652801"}[place]

    found = decide(
        compare,
        f"a1 | 甲 | {A} | 390 | 652801 | 2012-01-01 | {kind} | {told}",
        f"a2 | 甲 | {A} | 390 | 650104 | 2020-01-01 | {kind} | | |",
    )

    assert {name: (column, decided) for name, (column, decided, _) in found.items()} == {
        "a1": (None, rule),
        "a2": ("own_same", rule),
    }


def test_across_schemes_a_year_of_employee_cover_stays(compare):
    found = decide(
        compare,
        f"a1 | 甲 | {A} | 310 | 652801 | 2023-06-30 | | | |",
        f"a2 | 甲 | {A} | 390 | 652801 | 2024-01-01 | | | |",
    )

    assert found["a2"] == ("own_cross", "across", "ybf-2020-33#across")


@pytest.mark.parametrize("since", ["2023-07-01", ""])
def test_across_schemes_nothing_is_decided_when_cover_is_short_or_its_beginning_unknown(compare, since):
    found = decide(
        compare,
        f"a1 | 甲 | {A} | 310 | 652801 | {since} | | | |",
        f"a2 | 甲 | {A} | 390 | 652801 | 2024-01-01 | | | |",
    )

    assert {name: (column, decided) for name, (column, decided, _) in found.items()} == {
        "a1": (None, "undecided"),
        "a2": (None, "undecided"),
    }


def test_missing_places_leave_a_case_undecided_and_in_the_table_beside_what_is_left(compare):
    lines = (f"a1 | 甲 | {A} | 390 | 652801 | | | | |", f"a2 | 甲 | {A} | 390 | 650104 | | | | |")

    made = compare("\n".join((HEAD, *lines)), mode="decide")

    assert made.total["resident"]["left"] == made.total["resident"]["reported"] == 2
    assert made.total["resident"]["undecided"] == 2


def test_the_dead_keep_no_record(compare):
    found = decide(
        compare,
        f"a1 | 甲 | {A} | 390 | 652801 | | | | |",
        f"a2 | 甲 | {A} | 390 | 650104 | | | | |",
        deaths=f"psn_name | certno | die_date\n甲 | {A} | 2024-01-01",
    )

    assert {name: column for name, (column, _, _) in found.items()} == {"a1": "deceased", "a2": "deceased"}
