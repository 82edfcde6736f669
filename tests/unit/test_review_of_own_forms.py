"""自审: the review is silent on what we wrote ourselves, and one changed cell is found with its place."""

from __future__ import annotations

import pytest
from openpyxl import load_workbook

from jixiao.documents.document import Document
from jixiao.formats import excel_read, excel_write, html_read, html_write
from jixiao.forms.form import form
from jixiao.forms.write import write
from jixiao.review.check import known, run
from jixiao.review.reading import of_document

SHEET = "评价指标体系评分表"
ROW = "C203 参保人政策范围内住院费用报销比例"


@pytest.fixture
def table(bazhou):
    return write(form("score_table"), bazhou)


def as_excel(table, tmp_path):
    path = tmp_path / "附件1.xlsx"
    path.write_bytes(excel_write.write([table]))
    return path


def as_html(table, tmp_path):
    path = tmp_path / "附件1.html"
    path.write_bytes(html_write.write(Document((table,), "附件1")))
    return path


def test_first_three_checks_are_there():
    assert {"score_rates", "section_sums", "total_and_grade"} <= set(known())


def test_excel_of_our_own_adds_up(table, tmp_path):
    assert run(of_document(excel_read.read(as_excel(table, tmp_path)))) == []


def test_page_of_our_own_adds_up(table, tmp_path):
    assert run(of_document(html_read.read(as_html(table, tmp_path)))) == []


@pytest.mark.parametrize(
    ("row", "head", "value", "checks", "cell"),
    [
        (ROW, "权重", 7, {"section_sums", "score_rates"}, "D17"),
        (ROW, "得分", 5.8, {"section_sums", "score_rates"}, "J17"),
        (ROW, "得分率", 0.97, {"score_rates"}, "K17"),
        ("总分", "得分", 94.7, {"section_sums", "score_rates"}, "J24"),
    ],
)
def test_one_changed_cell_is_found_with_its_place(table, tmp_path, *, row, head, value, checks, cell):
    path = as_excel(table, tmp_path)
    book = load_workbook(path)
    sheet = book[SHEET]
    line = next(cell.row for cells in sheet.iter_rows() for cell in cells if cell.value == row)
    column = next(cell.column for cells in sheet.iter_rows() for cell in cells if cell.value == head)
    sheet.cell(line, column).value = value
    book.save(path)

    found = run(of_document(excel_read.read(path)))

    assert len(found) == 1  # one cause is one finding, whichever checks it fails
    assert found[0].check in checks
    named = {str(place).partition("!")[2] for place in found[0].places}
    assert cell in named
    for finding in found:
        assert finding.severity == "error"
        assert finding.because.text("zh") and finding.because.text("en")
        assert finding.remedy.text("zh") and finding.remedy.text("en")
        assert finding.printed != finding.expected
