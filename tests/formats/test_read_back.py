"""读回: the score table written to Excel and HTML says the same when it is read, whoever has saved or edited it."""

from __future__ import annotations

import pytest
from openpyxl import load_workbook

from jixiao.documents.document import Document
from jixiao.evaluation.paths import get
from jixiao.evaluation.reading import value_at
from jixiao.figures.figure import Figure
from jixiao.figures.target import Target
from jixiao.formats import excel_read, excel_write, html_read, html_write, word_write
from jixiao.forms.form import form, forms
from jixiao.forms.read import read
from jixiao.forms.recognise import KEY_HEAD, recognise
from jixiao.forms.write import write

FORM = form("score_table")
SHEET = "评价指标体系评分表"


@pytest.fixture(scope="module")
def table(bazhou):
    return write(FORM, bazhou)


@pytest.fixture
def workbook(table, tmp_path):
    path = tmp_path / "得分表.xlsx"
    path.write_bytes(excel_write.write([table]))
    return path


@pytest.fixture
def page(table, tmp_path):
    path = tmp_path / "得分表.html"
    path.write_bytes(html_write.write(Document((table,), FORM.title)))
    return path


def reading(document, system=None):
    (found,) = [pair for table in document.tables() if (pair := recognise(forms(), table)) is not None]
    known, match = found
    assert known.id == "score_table"
    return read(known, document.tables()[0], match, system)


def edited(path, change):
    book = load_workbook(path)
    change(book[SHEET])
    book.save(path)
    return excel_read.read(path)


def row_of(sheet, text):
    return next(cell.row for row in sheet.iter_rows() for cell in row if cell.value == text)


def column_of(sheet, head):
    return next(cell.column for row in sheet.iter_rows() for cell in row if cell.value == head)


def assert_says_what_was_written(values, of):
    """Every stored value that the form prints is the same after reading its text."""
    for indicator in of.evaluation.system("scored").indicators():
        path = f"scored/{indicator.code}"
        assert values[f"{path}/name"] == indicator.name
        for name in ("weight", "target", "basis", "explanation", "criteria"):
            assert value_at(of.evaluation, f"{path}/{name}", values[f"{path}/{name}"]) == get(
                of.evaluation, f"{path}/{name}"
            )
        assert values[f"{path}/score"] == f"{of.card.scores[indicator.code].awarded.normalize():f}"
    for group in ("A", "A1", "C2", "D"):
        node = get(of.evaluation, f"scored/{group}")
        assert (values[f"scored/{group}/name"], values[f"scored/{group}/weight"]) == (node.name, str(node.weight))
    assert (values["scored/weight"], values["scored/score"], values["scored/score_rate"]) == ("100", "93.7", "93.7%")


def test_excel_reads_back_as_it_was_written(workbook, bazhou):
    found = reading(excel_read.read(workbook), bazhou.evaluation.system("scored"))

    assert found.findings == []
    assert_says_what_was_written(found.values, bazhou)


@pytest.mark.office
def test_excel_reads_back_after_another_program_has_saved_it(workbook, bazhou, resaved):
    again = resaved(workbook, "xlsx")

    found = reading(excel_read.read(again), bazhou.evaluation.system("scored"))

    assert found.findings == []
    assert_says_what_was_written(found.values, bazhou)
    assert found.values == reading(excel_read.read(workbook)).values


def test_html_reads_back_as_it_was_written(page, bazhou):
    found = reading(html_read.read(page), bazhou.evaluation.system("scored"))

    assert found.findings == []
    assert_says_what_was_written(found.values, bazhou)


def test_html_and_excel_say_the_same(workbook, page):
    assert reading(html_read.read(page)).values == reading(excel_read.read(workbook)).values


@pytest.mark.office
def test_word_opens_and_shows_every_cell(table, tmp_path, resaved):
    path = tmp_path / "得分表.docx"
    path.write_bytes(word_write.write(Document((table,), FORM.title)))

    text = resaved(path, "txt:Text (encoded):UTF8").read_text("utf-8-sig")

    squeezed = "".join(text.split())
    assert all("".join(cell.text.split()) in squeezed for _, _, cell in table.cells())


def test_score_cells_are_numbers_and_texts_are_texts(workbook):
    sheet = load_workbook(workbook)[SHEET]

    row = row_of(sheet, "C203 参保人政策范围内住院费用报销比例")
    cells = {head: sheet.cell(row, column_of(sheet, head)) for head in ("权重", "得分", "得分率", "标杆值")}
    assert {head: cell.data_type for head, cell in cells.items()} == {
        "权重": "n",
        "得分": "n",
        "得分率": "n",
        "标杆值": "s",
    }
    assert (cells["得分"].value, cells["得分"].number_format) == (5.7, "General")
    assert not any(cell.data_type == "f" for line in sheet.iter_rows() for cell in line)


def test_edited_weight_and_target_are_read_at_their_paths_with_their_cells(workbook, bazhou):
    def change(sheet):
        row = row_of(sheet, "C203 参保人政策范围内住院费用报销比例")
        sheet.cell(row, column_of(sheet, "权重")).value = 7.5
        sheet.cell(row, column_of(sheet, "标杆值")).value = "≥68.5%"

    found = reading(edited(workbook, change), bazhou.evaluation.system("scored"))

    assert found.values["scored/C203/weight"] == "7.5"
    goal = value_at(bazhou.evaluation, "scored/C203/target", found.values["scored/C203/target"])
    assert isinstance(goal, Target) and (goal.kind, goal.low.num, goal.low.den) == ("at_least", 137, 200)
    assert [str(found.places[f"scored/C203/{name}"]) for name in ("weight", "target")] == [
        f"{workbook} {SHEET}!D17",
        f"{workbook} {SHEET}!F17",
    ]


def test_cell_that_excel_made_a_percentage_or_a_number_reads_as_it_shows(workbook, bazhou):
    def change(sheet):
        row = row_of(sheet, "C101 参保人数")
        target = sheet.cell(row, column_of(sheet, "标杆值"))
        target.value, target.number_format = 0.985, "0.0%"
        weight = sheet.cell(row, column_of(sheet, "权重"))
        weight.value, weight.number_format = 6, "General"

    found = reading(edited(workbook, change), bazhou.evaluation.system("scored"))

    assert (found.values["scored/C101/target"], found.values["scored/C101/weight"]) == ("98.5%", "6")
    goal = value_at(bazhou.evaluation, "scored/C101/target", "98.5%")
    assert isinstance(goal.figure(), Figure)


def test_rows_are_known_by_the_hidden_key_when_names_and_codes_were_edited(workbook, bazhou):
    def change(sheet):
        sheet.cell(row_of(sheet, "C201 重复参保人数"), column_of(sheet, "三级指标")).value = "重复参加保险的人"

    found = reading(edited(workbook, change), bazhou.evaluation.system("scored"))

    assert found.findings == []
    assert found.values["scored/C201/name"] == "重复参加保险的人"
    assert found.values["scored/C201/target"] == "=0人"


def drop_keys(sheet):
    sheet.delete_cols(column_of(sheet, KEY_HEAD))


def test_rows_are_known_by_their_code_without_the_hidden_key(workbook, bazhou):
    def change(sheet):
        drop_keys(sheet)
        sheet.cell(row_of(sheet, "C201 重复参保人数"), column_of(sheet, "三级指标")).value = "C201 改过名称"

    found = reading(edited(workbook, change), bazhou.evaluation.system("scored"))

    assert found.findings == []
    assert found.values["scored/C201/name"] == "改过名称"


def test_rows_are_known_by_their_names_without_key_and_code(workbook, bazhou):
    def change(sheet):
        drop_keys(sheet)
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and cell.column <= 3 and cell.value[:1] in "ABCD":
                    cell.value = cell.value.partition(" ")[2]

    found = reading(edited(workbook, change), bazhou.evaluation.system("scored"))

    assert found.findings == []
    assert found.values["scored/C201/target"] == "=0人"
    assert found.values["scored/D101/score"] == "6"


def test_row_of_nobody_is_a_finding_with_its_cell(workbook, bazhou):
    def change(sheet):
        drop_keys(sheet)
        sheet.cell(row_of(sheet, "C201 重复参保人数"), column_of(sheet, "三级指标")).value = "外星人数"

    found = reading(edited(workbook, change), bazhou.evaluation.system("scored"))

    assert [(finding.check, finding.because.text("zh")) for finding in found.findings] == [
        ("unknown_row", "表中「外星人数」一行不是本项目的指标")
    ]
    assert str(found.findings[0].places[0]).endswith(f"{SHEET}!A15") or str(found.findings[0].places[0]).endswith("C15")
    assert "scored/C201/target" not in found.values
