"""论断与核对: an Evaluation and the table printed from it say the same; the checks are silent on what adds up and speak of what does not."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from jixiao.documents.document import Document
from jixiao.evaluation.assess import assess
from jixiao.evaluation.model import Evaluation
from jixiao.figures.actual_notation import actual
from jixiao.figures.figure import figure
from jixiao.figures.target_notation import target
from jixiao.findings import Place
from jixiao.formats import excel_read, excel_write, html_read, html_write
from jixiao.forms.form import form
from jixiao.forms.write import write
from jixiao.indicators.indicator import Actual, Group, Indicator, RuleRef
from jixiao.indicators.system import System
from jixiao.review.check import check, known, run
from jixiao.review.claims import Claim, key_of, of_document, of_evaluation, said_by

SHEET = "评价指标体系评分表"
PRINTED = ("weight", "score", "score_rate", "target")


def as_excel(table, tmp_path):
    path = tmp_path / "附件1.xlsx"
    path.write_bytes(excel_write.write([table]))
    return path


def read_as(kind, table, tmp_path):
    if kind == "xlsx":
        return excel_read.read(as_excel(table, tmp_path))
    path = tmp_path / "附件1.html"
    path.write_bytes(html_write.write(Document((table,), "附件1")))
    return html_read.read(path)


def printed_by_the_table(claims):
    """Keep what the score table prints: of leaves everything, of groups the weight, of the whole all but the grade."""
    leaves = {claim.subject for claim in claims if claim.kind == "target"}
    return [claim for claim in claims if claim.subject.startswith("scored")
            and (claim.subject in leaves or (claim.kind == "weight") or (claim.subject == "scored" and claim.kind in PRINTED))]  # fmt: skip


def fine_grained():
    """Return an assessed evaluation whose weights and scores have three decimals."""
    leaves = tuple(Indicator(f"A10{at}", f"指标{at}", Decimal(weight), target("≥100%"), RuleRef("proportional")) for at, weight in ((1, "33.333"), (2, "66.667")))
    system = System("scored", (Group("A", "产出", Decimal(100), leaves),), places=3)
    actuals = {leaf.code: Actual(actual("95.55%", leaf.target)) for leaf in leaves}
    return assess(Evaluation("third-party", 2024, systems=(system,), actuals=actuals))


@pytest.mark.parametrize("kind", ["xlsx", "html"])
@pytest.mark.parametrize("which", ["bazhou", "three decimals"])
def test_evaluation_and_its_printed_table_make_equal_claims(kind, which, bazhou, tmp_path):
    of = bazhou if which == "bazhou" else fine_grained()
    document = read_as(kind, write(form("score_table"), of), tmp_path)

    claims, unread = of_document(document)

    assert unread == []
    assert set(claims) == set(printed_by_the_table(of_evaluation(of)))
    assert len(claims) == len(set(claims)) > 8
    assert all(claim.place is not None for claim in claims)
    assert run(claims) == run(of_evaluation(of)) == []


def test_claims_of_an_evaluation_are_what_a_reader_gets(bazhou):
    claims = {(claim.kind, claim.subject): claim for claim in of_evaluation(bazhou)}

    assert claims["score", "scored"].text == "93.7"
    assert claims["grade", "scored"].text == "优"
    assert claims["score_rate", "scored/C"].text == "84.25%"
    assert (claims["score", "scored/C203"].text, claims["score", "scored/C203"].within) == ("5.7", "scored/C2")
    assert claims["target", "declared/O111"].text == "≥81万人"


@pytest.mark.parametrize(
    ("name", "row", "head", "value", "checks", "cells"),
    [
        ("weight", "C203 参保人政策范围内住院费用报销比例", "权重", 7, {"section_sums", "score_rates"}, {"D17"}),
        ("score", "C203 参保人政策范围内住院费用报销比例", "得分", 5.8, {"section_sums", "score_rates"}, {"J17"}),
        ("rate", "C203 参保人政策范围内住院费用报销比例", "得分率", 0.97, {"score_rates"}, {"K17"}),
        ("total", "总分", "得分", 94.7, {"section_sums", "score_rates"}, {"J24"}),
    ],
)
def test_one_changed_cell_is_found_with_its_place(bazhou, tmp_path, name, row, head, value, checks, cells):
    path = as_excel(write(form("score_table"), bazhou), tmp_path)
    book = load_workbook(path)
    sheet = book[SHEET]
    line = next(cell.row for cells in sheet.iter_rows() for cell in cells if cell.value == row)
    column = next(cell.column for cells in sheet.iter_rows() for cell in cells if cell.value == head)
    sheet.cell(line, column).value = value
    book.save(path)

    found = run(of_document(excel_read.read(path))[0])

    assert {finding.check for finding in found} == checks
    named = {str(place).partition("!")[2] for finding in found for place in finding.places}
    assert cells <= named
    for finding in found:
        assert (finding.severity, finding.authority is not None) == ("error", True)
        assert finding.because.text("zh") and finding.because.text("en")
        assert finding.printed != finding.expected


def claim(kind, subject, text, within=None, above=()):
    value = said_by(kind, text)
    keyed = (value,) if isinstance(value, str) else key_of(value)
    return Claim(kind, subject, within, keyed, None if isinstance(value, str) else value, text, Place("报告.docx", row=1, column=1), above=above)


def about(check_name, *claims):
    return [(finding.severity, finding.printed, finding.expected) for finding in check(check_name)([claim(*one) for one in claims])]


@pytest.mark.parametrize(
    ("score", "weight", "rate", "said"),
    [
        ("5.7", "6", "95%", []),
        ("5.7", "6", "95.00%", []),
        ("5.7", "6", "0.95", []),
        ("33.7", "40", "84.25%", []),
        ("33.7", "40", "84.3%", []),
        ("33.7", "40", "84%", []),
        ("2", "3", "66.67%", []),
        ("2", "3", "67%", []),
        ("4", "4", "1", []),
        ("0", "6", "0.00%", []),
        ("5.7", "6", "97%", [("error", "97%", "95%")]),
        ("2", "3", "66.68%", [("error", "66.68%", "66.67%")]),
        ("33.7", "40", "85%", [("error", "85%", "84.25%")]),
        ("2", "3", "66.66%", [("note", "66.66%", "66.67%")]),
        ("2", "3", "66%", [("note", "66%", "66.67%")]),
        ("1", "0", "100%", []),
    ],
)
def test_score_rate_is_compared_as_it_is_printed(score, weight, rate, said):
    assert about("score_rates", ("score", "scored/A", score), ("weight", "scored/A", weight), ("score_rate", "scored/A", rate)) == said


@pytest.mark.parametrize("missing", ["score", "weight"])
def test_score_rate_without_its_parts_is_not_judged(missing):
    claims = [("score", "scored/A", "1"), ("weight", "scored/A", "2"), ("score_rate", "scored/A", "99%")]

    assert about("score_rates", *(one for one in claims if one[0] != missing)) == []


@pytest.mark.parametrize("kind", ["weight", "score"])
@pytest.mark.parametrize(
    ("whole", "parts", "said"),
    [
        ("20", ["12", "8"], []),
        ("20", ["12.00", "8.0"], []),
        ("96.18", ["5.77", "37.51", "52.90"], []),
        ("96.19", ["5.77", "37.51", "52.90"], [("error", "96.19", "96.18")]),
        ("20", ["12", "8.01"], [("error", "20", "20.01")]),
        ("20", ["20.5"], [("error", "20", "20.5")]),
    ],
)
def test_parts_add_up_to_their_whole_exactly(kind, whole, parts, said):
    below = [(kind, f"scored/A{at}", part, "scored/A") for at, part in enumerate(parts)]

    assert about("section_sums", (kind, "scored/A", whole, "scored"), *below) == said


def test_parts_that_say_nothing_are_replaced_by_their_own_parts():
    deep = ("scored/A1", ("scored/A", "scored"))
    leaves = [("score", "scored/A11", "4", *deep), ("score", "scored/A12", "5", *deep), ("score", "scored/B1", "1", "scored/B", ("scored",))]

    assert about("section_sums", ("score", "scored", "10"), *leaves) == []
    assert about("section_sums", ("score", "scored", "11"), *leaves) == [("error", "11", "10")]
    assert about("section_sums", ("score", "scored", "11"), *leaves, ("weight", "scored/B2", "3", "scored/B", ("scored",))) == []


def test_parts_that_are_each_other_s_parts_are_not_summed():
    circle = [("target", "scored/A", "≥1", "scored/B"), ("target", "scored/B", "≥1", "scored/A")]

    assert about("section_sums", ("score", "scored", "10"), *circle) == []


@pytest.mark.parametrize(
    ("total", "grade", "said"),
    [
        ("93.7", "优", []), ("93.7", "优秀", []), ("90", "优", []), ("89.99", "良", []), ("89.99", "良好", []), ("60", "中等", []), ("59.99", "较差", []),
        ("93.7", "一等", []), ("93.7", "", []),
        ("89.99", "优", [("error", "优", "良")]), ("90", "良好", [("error", "良好", "优")]), ("59.99", "中", [("error", "中", "差")]),
    ],
)  # fmt: skip
def test_grade_is_the_one_that_the_total_earns(total, grade, said):
    assert about("total_and_grade", ("score", "scored", total), ("grade", "scored", grade)) == said


def test_grade_is_earned_out_of_the_full_points():
    assert about("total_and_grade", ("score", "scored", "81"), ("weight", "scored", "90"), ("grade", "scored", "优")) == []
    assert about("total_and_grade", ("score", "scored", "81"), ("weight", "scored", "100"), ("grade", "scored", "优")) == [("error", "优", "良")]


def test_changed_grade_of_an_evaluation_is_found_with_its_path(bazhou):
    claims = [replace(one, text="良", key=("良",)) if one.kind == "grade" else one for one in of_evaluation(bazhou)]

    (found,) = run(claims)

    assert (found.check, found.paths[0], found.because.text("zh")) == (
        "total_and_grade", "scored/grade", "总分 93.7 的等级印作「良」，按等级标准应为「优」"
    )  # fmt: skip


def test_claims_are_equal_when_they_say_the_same_however_spelt():
    one, other = claim("score_rate", "scored/A", "95%"), claim("score_rate", "scored/A", "95.00%")

    assert one == other
    assert one != claim("score_rate", "scored/A", "95.01%")
    assert one.figure.interval() != other.figure.interval()
    assert figure("95%").same_as(figure("0.95"))


def test_first_three_checks_are_there():
    assert {"score_rates", "section_sums", "total_and_grade"} <= set(known())
