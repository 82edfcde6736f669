"""附件7的每一列: small registers written as tables, the same answer on every engine."""

from __future__ import annotations

A, B, C = "11010519491231002X", "650102199001010017", "652801198506150022"


def test_a_second_record_in_the_same_scheme_goes_when_it_is_the_older(compare):
    made = compare(
        f"""
        psn_no | psn_name | certno | insutype | insu_admdvs | psn_insu_date
        a1     | 甲       | {A}    | 390      | 652801      | 2020-01-01
        a2     | 甲       | {A}    | 390      | 650102      | 2012-01-01
        """
    )

    assert [(case.record.psn_no, case.column, case.rule.id) for case in made.cases] == [
        ("a2", "own_same", "enrolment.rule.latest")
    ]
    assert {row.region.code: row.figures["resident"] for row in made.rows} == {
        "650100": figures(reported=1, own_same=1, left=0),
        "652800": figures(reported=1, left=1),
    }


def test_a_record_of_the_other_scheme_goes_across(compare):
    made = compare(
        f"""
        psn_no | psn_name | certno | insutype | psn_insu_date
        a1     | 甲       | {A}    | 310      | 2020-01-01
        a2     | 甲       | {A}    | 390      | 2012-01-01
        """
    )

    assert columns(made) == {"a2": "own_cross"}


def test_every_overlap_with_the_other_register_is_charged_to_this_side(compare):
    made = compare(
        f"""
        psn_no | psn_name | certno | insutype
        a1     | 甲       | {A}    | 390
        a2     | 乙       | {number(1)} | 310
        """,
        other=f"""
        psn_no | psn_name | certno | insutype
        b1     | 甲       | {A}    | 390
        b2     | 乙       | {number(1)} | 390
        """,
    )

    assert columns(made) == {"a1": "other_same", "a2": "other_cross"}


def test_the_dead_go_when_they_died_by_the_reference_date(compare):
    made = compare(
        f"""
        psn_no | psn_name | certno
        a1     | 甲       | {A}
        a2     | 乙       | {number(1)}
        """,
        deaths=f"""
        psn_name | certno | die_date
        甲       | {A}    | 20240630
        乙       | {number(1)} | 2024-07-01
        """,
    )

    assert columns(made) == {"a1": "deceased"}


def test_a_record_falls_in_one_column_when_several_would_take_it(compare):
    made = compare(
        f"""
        psn_no | psn_name | certno | psn_insu_date
        a1     | 甲       | {A}    | 2020-01-01
        a2     | 甲       | {A}    | 2012-01-01
        """,
        other=f"""
        psn_no | psn_name | certno
        b1     | 甲       | {A}
        """,
        deaths=f"""
        psn_name | certno | die_date
        甲       | {A}    | 2024-01-01
        """,
    )

    assert columns(made) == {"a2": "own_same", "a1": "other_same"}
    assert made.total["resident"] == figures(reported=2, own_same=1, other_same=1, left=0)


def test_other_spellings_and_15_digits_are_the_same_person(compare):
    made = compare(
        """
        psn_no | psn_name | certno             | psn_insu_date
        a1     | 甲·乙    | 11010519491231002X | 2020-01-01
        a2     | 甲 • 乙  | １１０１０５１９４９１２３１００２ｘ | 2015-01-01
        a3     | 甲乙     | 110105491231002    | 2014-01-01
        """
    )

    assert columns(made) == {"a2": "own_same", "a3": "own_same"}


def test_a_number_under_two_names_is_a_suspect_and_no_match(compare):
    made = compare(
        f"""
        psn_no | psn_name | certno
        a1     | 甲       | {A}
        a2     | 乙       | {A}
        """
    )

    assert columns(made) == {}
    assert [(one.kind, len(one.records)) for one in made.suspects] == [("names", 2)]


def test_a_number_one_digit_away_under_one_name_is_a_suspect_even_when_unusable(compare):
    made = compare(
        """
        psn_no | psn_name | certno
        a1     | 甲       | 11010519491231002X
        a2     | 甲       | 11010519491231003X
        a3     | 甲       | 11010519491331002X
        a4     | 乙       | 11010519491231003X
        """
    )

    assert columns(made) == {}
    pairs = {frozenset(record.certno for record in one.records) for one in made.suspects if one.kind == "digit"}
    assert pairs == {
        frozenset({"11010519491231002X", "11010519491231003X"}),
        frozenset({"11010519491231002X", "11010519491331002X"}),
    }


def test_only_the_stated_statuses_and_schemes_count(compare):
    own = f"""
        psn_no | psn_name | certno | insutype | psn_insu_stas
        a1     | 甲       | {A}    | 390      | 1
        a2     | 甲       | {A}    | 390      | 2
        a3     | 甲       | {A}    | 340      | 1
        """

    assert compare(own).total["resident"]["reported"] == 1
    assert compare(own, status="normal_or_paused").total["resident"] == figures(reported=2, own_same=1, left=1)


def test_only_fees_paid_for_the_month_count_when_the_rule_says_so(compare):
    own = f"""
        psn_no | psn_name | certno | accrym_begn | accrym_end
        a1     | 甲       | {A}    | 202401      | 202412
        a2     | 甲       | {A}    | 2023-01-01  | 2023-12-31
        a3     | 乙       | {B}    | 2024-06     | 2024-06
        a4     | 丙       | {C}    | 202407      | 202412
        a5     | 丙       | {C}    |             | 202412
        a6     | 丙       | {C}    | 半年        | 202412
        """

    made = compare(own, status="normal_and_paid")

    assert made.total["resident"] == figures(reported=2, left=2)
    assert compare(own).total["resident"] == figures(reported=6, own_same=3, left=3)


def test_old_codes_of_a_region_count_under_its_new_one(compare):
    made = compare(
        f"""
        psn_no | psn_name | certno | insu_admdvs
        a1     | 甲       | {A}    | 652100
        a2     | 乙       | {number(1)} | 650402
        """
    )

    assert [(row.region.code, row.region.name, row.figures["resident"]["reported"]) for row in made.rows] == [
        ("650400", "吐鲁番市", 2)
    ]


def test_other_certificates_are_compared_among_themselves(compare):
    made = compare(
        """
        psn_no | psn_name | psn_cert_type | certno  | psn_insu_date
        a1     | 甲       | 03            | E123456 | 2020-01-01
        a2     | 甲       | 03            | e123456 | 2012-01-01
        a3     | 甲       | 04            | E123456 | 2012-01-01
        """
    )

    assert columns(made) == {"a2": "own_same"}
    assert made.unusable == ()


def figures(**given):
    names = ("reported", "own_same", "own_cross", "other_same", "other_cross", "deceased", "left", "undecided")
    return {name: given.get(name, 0) for name in names}


def columns(made):
    return {case.record.psn_no: case.column for case in made.cases if case.column}


def number(at):
    return (B, C)[at - 1]
