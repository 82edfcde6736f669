"""工作簿: what people do to it in Excel: fill it in, move columns, delete some, protect it; and what each then says."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook

from jixiao.errors import CannotOpen, CannotParse
from jixiao.figures.actual import Checked, Level
from jixiao.formats import bundle, workbook_write
from jixiao.formats.workbook_layout import sheets
from jixiao.operations.check import check


@pytest.fixture
def book(plain, tmp_path):
    """Return the workbook of an evaluation of 21 indicators, opened, with a function that saves and reads it."""
    path = tmp_path / "评价.xlsx"
    path.write_bytes(workbook_write.write(plain))
    return Book(path)


class Book:
    """A workbook opened in a spreadsheet program, that can be saved and read as a bundle."""

    def __init__(self, path):
        self.file = path
        self.opened = load_workbook(path)

    def __getitem__(self, name):
        return self.opened[name]

    def reread(self):
        self.opened.save(self.file)
        return bundle.read(self.file)


def cell_of(sheet, code, head):
    """Return the cell of a row by its code and of a column by its head."""
    heads = [cell.value for cell in sheet[1]]
    at = heads.index("编码")
    row = next(row for row in sheet.iter_rows(min_row=2) if row[at].value == code)
    return row[heads.index(head)]


def test_values_filled_in_by_hand_are_read(book):
    cell_of(book["实际完成值"], "C101", "实际完成值").value = "82.5万人"
    cell_of(book["实际完成值"], "A102", "满足的要素").value = "1、3"
    cell_of(book["指标体系"], "C101", "方向").value = "反向"
    cell_of(book["指标体系"], "C101", "评分规则").value = "proportional"

    found = book.reread().evaluation

    assert str(found.actuals["C101"]) == "82.5万人"
    assert found.actuals["A102"].value == Checked((1, 3), "规范")
    assert (found.system("scored").find("C101").direction, found.system("scored").find("C101").rule.id) == (
        "less",
        "proportional",
    )


def test_numbers_and_dates_typed_as_excel_keeps_them_are_read_as_printed(book):
    weight = cell_of(book["指标体系"], "C101", "分值")
    weight.value, weight.number_format = 6.5, "0.0"
    rate = cell_of(book["实际完成值"], "C203", "实际完成值")
    rate.value, rate.number_format = 0.9599, "0.00%"
    general = {row[0].value: row[1] for row in book["项目"].iter_rows(min_row=2)}
    general["数据截止日"].value = date(2024, 12, 30)
    general["评价年度"].value = 2024

    found = book.reread().evaluation

    assert str(found.system("scored").find("C101").weight) == "6.5"
    assert str(found.actuals["C203"]) == "95.99%"
    assert (found.as_of, found.year) == ("2024-12-30", 2024)


def test_rows_added_by_hand_join_the_last_group(book):
    sheet = book["指标体系"]
    heads = [cell.value for cell in sheet[1]]
    row = sheet.max_row + 1
    for head, value in {
        "体系": "评分",
        "编码": "D202",
        "名称": "经办人员满意度",
        "分值": "2",
        "指标值": "≥90%",
    }.items():
        sheet.cell(row, heads.index(head) + 1, value)

    found = book.reread().evaluation.system("scored")

    assert [node.code for node in found.find("D2").children] == ["D201", "D202"]


def test_moved_columns_and_a_title_above_read_the_same(book, plain):
    for sheet in book.opened.worksheets[:9]:
        sheet.insert_rows(1)
        sheet.cell(1, 1, "2024年度")
    sheet = book["指标体系"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    for number, row in enumerate(rows, 2):
        for at, value in enumerate(reversed(row), 1):
            cell = sheet.cell(number, at)
            cell.value = value
            cell.data_type = "s"  # openpyxl would take =0人 for a formula

    assert book.reread().evaluation == plain


def test_missing_column_that_nothing_reads_without_is_an_error_with_its_cell(book):
    sheet = book["实际完成值"]
    sheet.delete_cols(1)

    with pytest.raises(CannotParse) as caught:
        book.reread()

    assert caught.value.what.text("zh") == "工作表「实际完成值」缺少列「编码」"
    assert str(caught.value.place) == f"{book.file} 实际完成值!A1"


def test_missing_column_of_words_is_a_finding_and_the_rest_is_read(book):
    sheet = book["指标体系"]
    sheet.delete_cols(next(cell.column for cell in sheet[1] if cell.value == "评价标准"))

    found = book.reread()

    assert [finding.because.text("zh") for finding in found.findings] == ["工作表「指标体系」缺少列「评价标准」"]
    assert found.evaluation.system("scored").find("C101").criteria is None
    assert str(found.evaluation.system("scored").find("C101").weight) == "6"


def test_column_of_ones_own_is_left_alone_and_said(book, plain):
    sheet = book["佐证材料"]
    sheet.cell(1, sheet.max_column + 1, "备注")

    found = book.reread()

    assert found.evaluation == plain
    assert [(finding.severity, finding.because.text("zh")) for finding in found.findings] == [
        ("note", "工作表「佐证材料」的列「备注」不是评价项目的内容，没有读入")
    ]


def test_missing_sheets_are_an_error_or_a_finding(book):
    del book.opened["偏差原因"]
    assert [finding.check for finding in book.reread().findings] == ["workbook"]

    del book.opened["指标体系"]
    with pytest.raises(CannotParse) as caught:
        book.reread()
    assert "指标体系" in caught.value.what.text("zh")
    assert "实际完成值" in caught.value.what.text("zh")


def test_value_typed_beside_a_computed_one_is_a_finding(book):
    cell = cell_of(book["实际完成值"], "B101", "实际完成值")
    cell.value = "98%"

    found = book.reread()

    assert [finding.because.text("zh") for finding in found.findings] == [
        "B101 填了实际完成值「98%」，又写明由 funds 计算；以计算的为准"
    ]
    assert str(found.findings[0].places[0]).endswith(cell.coordinate)


def test_formula_without_its_value_is_a_finding_at_its_cell(book):
    cell = cell_of(book["实际完成值"], "C101", "实际完成值")
    cell.value = "=1+1"

    found = book.reread()

    assert [(finding.check, str(finding.places[0]).rpartition("!")[2]) for finding in found.findings] == [
        ("no_cached_value", cell.coordinate)
    ]
    assert str(found.evaluation.actuals["C101"].value) == ""


WRONG_ROWS = {
    "编码写了两次": ("实际完成值", "C102", "编码", "C101", "「C101」在工作表「实际完成值」里出现两次"),
    "层级不是数": ("指标体系", "C101", "层级", "三级", "层级写作「三级」，应是 1、2、3 这样的数字"),
    "体系不在其列": ("指标体系", "C101", "体系", "总体", "「体系」一列不能是「总体」，可选：申报、评分"),
    "方向不在其列": ("指标体系", "C101", "方向", "向上", "「方向」一列不能是「向上」，可选：正向、反向"),
    "参数不是对照": ("指标体系", "A102", "规则参数", "百分之五", "文件里只有一句文字，应是「名称: 内容」的对照"),
}


@pytest.mark.parametrize("name", WRONG_ROWS)
def test_wrong_cell_is_refused_at_its_sheet_and_cell(book, name):
    sheet_name, code, head, value, said = WRONG_ROWS[name]
    sheet = book[sheet_name]
    cell = cell_of(sheet, code if code != "C102" else "C201", head)
    cell.value = value

    with pytest.raises(CannotParse) as caught:
        book.reread()

    assert caught.value.what.text("zh") == said
    assert str(caught.value.place) == f"{book.file} {sheet_name}!{cell.coordinate}"


def test_workbook_with_macros_is_read_and_nothing_runs(book, plain):
    book.opened.save(book.file)
    macros = book.file.with_suffix(".xlsm")
    out = BytesIO()
    with zipfile.ZipFile(book.file) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            raw = source.read(name)
            if name == "[Content_Types].xml":
                raw = raw.replace(b"spreadsheetml.sheet.main+xml", b"ms-excel.sheet.macroEnabled.main+xml").replace(
                    b"vnd.openxmlformats-officedocument.ms-excel", b"vnd.ms-excel"
                )
            target.writestr(name, raw)
        target.writestr("xl/vbaProject.bin", b"\x00")
    macros.write_bytes(out.getvalue())

    assert bundle.read(macros).evaluation == plain


def test_workbook_with_a_password_says_so(tmp_path):
    path = tmp_path / "锁.xlsx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600)

    with pytest.raises(CannotOpen) as caught:
        bundle.read(path)

    assert "密码" in caught.value.what.text("zh")


def test_findings_stand_in_red_on_their_cells_with_what_to_do(plain, tmp_path):
    path = tmp_path / "评价.xlsx"
    path.write_bytes(workbook_write.write(plain))
    opened = load_workbook(path)
    cell_of(opened["实际完成值"], "C101", "实际完成值").value = "≥81万人"
    cell_of(opened["指标体系"], "C2", "分值").value = "35"
    opened.save(path)
    found = check(path)

    path.write_bytes(workbook_write.write(found.value.evaluation, found.findings))

    marked = load_workbook(path)
    repeated, weight = cell_of(marked["实际完成值"], "C101", "实际完成值"), cell_of(marked["指标体系"], "C2", "分值")
    assert repeated.fill.fgColor.rgb == weight.fill.fgColor.rgb == "FFFFC7CE"
    assert "照抄了指标值" in repeated.comment.text
    assert "35" in weight.comment.text
    assert "→" in weight.comment.text
    assert cell_of(marked["指标体系"], "C101", "名称").fill.fgColor.rgb != "FFFFC7CE"


def test_nothing_in_a_cell_becomes_a_formula(plain, tmp_path):
    path = tmp_path / "评价.xlsx"
    path.write_bytes(workbook_write.write(replace(plain, texts={"结论": '=HYPERLINK("http://x")', "a": "@SUM(1)"})))

    assert {cell.data_type for row in load_workbook(path)["文字"].iter_rows() for cell in row if cell.value} == {"s"}
    assert dict(bundle.read(path).evaluation.texts) == {"结论": '=HYPERLINK("http://x")', "a": "@SUM(1)"}


def test_text_longer_than_a_cell_goes_on_in_the_next_row(plain, tmp_path):
    long = "绩效" * 40_000
    path = tmp_path / "评价.xlsx"
    path.write_bytes(workbook_write.write(replace(plain, texts={"结论": long})))

    assert bundle.read(path).evaluation.texts["结论"] == long
    opened = load_workbook(path)
    opened["文字"]["B3"].value = None
    opened.save(path)
    with pytest.raises(CannotParse) as caught:
        bundle.read(path)
    assert caught.value.what.id == "workbook.twice"


def test_heads_are_frozen_and_keys_hidden(book):
    for layout in (layout for layout in sheets() if not layout.optional):
        sheet = book[layout.name]
        key = sheet.cell(1, len(layout.columns) + 1)
        assert key.value == "jixiao"
        assert sheet.column_dimensions[key.column_letter].hidden
        assert sheet.freeze_panes.endswith("2")


def test_row_whose_code_was_wiped_keeps_its_hidden_one(book, plain):
    cell_of(book["指标体系"], "C101", "编码").value = None

    assert book.reread().evaluation == plain


def test_level_word_under_a_level_target_is_a_level(book):
    assert book.reread().evaluation.actuals["C204"].value == Level("逐步推开")
