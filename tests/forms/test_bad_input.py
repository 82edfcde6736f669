"""填坏的表: what WPS, LibreOffice and people do to a form is named with sheet and cell; the readable rest is kept."""

import struct
import zlib
from dataclasses import replace
from io import BytesIO

import openpyxl
import pytest
import xlsxwriter

from jixiao.evaluation.paths import get
from jixiao.formats import excel_read, excel_write
from jixiao.forms.absorb import absorbed
from jixiao.forms.form import form, forms
from jixiao.forms.read import read
from jixiao.forms.recognise import recognise
from jixiao.forms.write import write


@pytest.fixture
def book(tmp_path, invented, self_evaluation):
    """Return a function that changes the saved self-evaluation table, and gives the evaluation and findings read."""

    def change(edit):
        path = tmp_path / "自评表.xlsx"
        path.write_bytes(excel_write.write([write(self_evaluation, invented)]))
        opened = openpyxl.load_workbook(path)
        edit(opened.active)
        opened.save(path)
        (table,) = excel_read.read(path).tables()
        known, match = recognise(forms(), table)
        assert known is self_evaluation
        reading = read(known, table, match, invented.evaluation.system("scored"))
        return absorbed(invented.evaluation, known, reading)

    return change


def told(findings):
    return [
        (found.check, found.severity, str(found.places[0]).rpartition(" ")[2].rpartition("/")[2]) for found in findings
    ]


def test_cells_shifted_beside_their_hidden_codes(book, invented):
    def shift(sheet):
        for row in (13, 12):  # 参保人数 and 报销比例 change places, all but their hidden codes
            for column in range(4, 10):
                sheet.cell(row + 20, column).value = sheet.cell(row, column).value
        for row, other in ((12, 33), (13, 32)):
            for column in range(4, 10):
                sheet.cell(row, column).value = sheet.cell(other, column).value
        for row in (32, 33):
            for column in range(4, 10):
                sheet.cell(row, column).value = None
        sheet["F13"] = "4.95万人"

    evaluation, findings = book(shift)

    assert str(get(evaluation, "actuals/O101")) == "4.95万人"
    assert str(get(evaluation, "actuals/O201")) == "72%"
    assert evaluation.system("scored") == invented.evaluation.system("scored")
    assert told(findings)[:2] == [("form_row_moved", "warning", "部门单位项目支出绩效自评表!D12"),
                                  ("form_row_moved", "warning", "部门单位项目支出绩效自评表!D13")]  # fmt: skip


def test_merged_cells_split(book, invented):
    def split(sheet):
        for area in [str(area) for area in sheet.merged_cells.ranges]:
            sheet.unmerge_cells(area)

    assert book(split) == (invented.evaluation, [])


@pytest.mark.parametrize(
    ("cell", "head", "path", "typed"),
    [
        ("F11", "完成数", "F12", "4.95万人"),
        ("D11", "具体指标名", "F12", "4.95万人"),
        ("I11", "为什么", "F12", "4.95万人"),
    ],
)
def test_renamed_column_is_read_by_its_position(cell, head, path, typed, book):
    def rename(sheet):
        sheet[cell] = head
        sheet[path] = typed

    evaluation, (found, *_) = book(rename)

    assert str(get(evaluation, "actuals/O101")) == typed
    assert told([found]) == [("form_column_renamed", "warning", f"部门单位项目支出绩效自评表!{cell}")]
    assert f"改成了「{head}」" in found.because.text("zh")


def test_column_that_was_deleted_is_missed(book, invented):
    def delete(sheet):
        for area in [str(area) for area in sheet.merged_cells.ranges if area.max_row > 10]:
            sheet.unmerge_cells(area)
        for row in range(11, 18):
            sheet.cell(row, 9).value = None

    evaluation, (found,) = book(delete)

    assert evaluation == invented.evaluation
    assert (found.check, found.because.args["head"]) == ("form_column_missing", "偏差原因分析及改进措施")


def png():
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")


def test_picture_pasted_where_a_number_should_be(tmp_path, monkeypatch, invented, self_evaluation):
    plain = xlsxwriter.Workbook.close

    def with_picture(book):
        sheet = book.worksheets()[0]
        sheet.write_blank(11, 5, None, book.add_format({"border": 1}))
        sheet.insert_image(11, 5, "picture.png", {"image_data": BytesIO(png())})
        return plain(book)

    monkeypatch.setattr(xlsxwriter.Workbook, "close", with_picture)
    path = tmp_path / "自评表.xlsx"
    path.write_bytes(excel_write.write([write(self_evaluation, invented)]))
    (table,) = excel_read.read(path).tables()
    known, match = recognise(forms(), table)

    evaluation, findings = absorbed(
        invented.evaluation, known, read(known, table, match, invented.evaluation.system("scored"))
    )

    assert evaluation == invented.evaluation
    assert ("form_unread", "error", "部门单位项目支出绩效自评表!F12") in told(findings)
    assert findings[0].because.text("zh") == "「[图片]」读不出来：格中是图片，不是文字或数值"


def test_picture_inside_a_cell_of_wps(book):
    def picture(sheet):
        sheet["F12"] = '=_xlfn.DISPIMG("ID_1",1)'

    _, findings = book(picture)

    assert told(findings)[0] == ("form_unread", "error", "部门单位项目支出绩效自评表!F12")


def test_formula_saved_without_its_value(book, invented):
    def formula(sheet):
        sheet["F12"] = "=4.9+0.05"

    evaluation, findings = book(formula)

    assert evaluation == invented.evaluation
    assert told(findings)[0] == ("form_unread", "error", "部门单位项目支出绩效自评表!F12")


def test_older_version_of_a_form_is_read_and_named(tmp_path, invented, self_evaluation):
    path = tmp_path / "自评表.xlsx"
    path.write_bytes(excel_write.write([write(self_evaluation, invented)]))
    (table,) = excel_read.read(path).tables()
    known, match = recognise(forms(), table)
    newer = replace(known, version=2)

    reading = read(newer, table, match, invented.evaluation.system("scored"))
    evaluation, (found,) = absorbed(invented.evaluation, newer, reading)

    assert evaluation == invented.evaluation
    assert told([found]) == [("form_other_version", "warning", "部门单位项目支出绩效自评表!J1")]
    assert found.because.text("en").startswith("this is version 1 of")


def test_sheet_of_a_form_says_which_form_it_is(tmp_path, invented):
    path = tmp_path / "x.xlsx"
    path.write_bytes(excel_write.write([write(form("objective_declaration"), invented)]))

    assert openpyxl.load_workbook(path).active["F1"].value == "jixiao:objective_declaration/1"


def test_every_page_carries_version_and_check_code(tmp_path, invented, self_evaluation):
    table = write(self_evaluation, invented, version="第3版")
    path = tmp_path / "x.xlsx"
    path.write_bytes(excel_write.write([table]))
    changed = replace(invented.evaluation.head, project="另一项目")

    assert table.footer.startswith("版本 第3版  校验码 ")
    assert openpyxl.load_workbook(path).active.oddFooter.left.text == table.footer
    assert changed.project not in table.footer
    other = write(self_evaluation, invented._replace(evaluation=replace(invented.evaluation, head=changed)))
    assert other.footer.rpartition(" ")[2] != table.footer.rpartition(" ")[2]


def test_sign_off_leaves_four_centimetres_for_the_stamp(tmp_path, invented, self_evaluation):
    path = tmp_path / "x.xlsx"
    path.write_bytes(excel_write.write([write(self_evaluation, invented)]))
    sheet = openpyxl.load_workbook(path).active

    assert str(sheet["A18"].value).startswith("填写单位（盖章）")
    assert sheet.row_dimensions[18].height == pytest.approx(40 / 25.4 * 72, abs=0.5)
