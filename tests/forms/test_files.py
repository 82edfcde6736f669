"""表格文件: Excel, Word and HTML of a form are ready to print, safe, and the same bytes for the same input."""

import re
from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import openpyxl
import pytest
from docx import Document as open_docx
from docx.oxml.ns import qn
from lxml import html

from jixiao.documents.document import Cell, Contents, Document, Heading, PageBreak, Paragraph, Run, Table
from jixiao.evaluation.assess import assess
from jixiao.evaluation.paths import put
from jixiao.formats import html_write, word_write
from jixiao.formats.spacing import lines
from jixiao.forms.form import form
from jixiao.forms.write import write


@pytest.fixture
def sheet(saved, filled):
    return openpyxl.load_workbook(saved(filled, "xlsx")).active


def test_sheet_is_one_a4_page_wide_and_repeats_the_heads_of_the_indicators(sheet):
    assert (sheet.page_setup.paperSize, sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.page_setup.fitToHeight) == (
        9,
        True,
        0,
    )
    assert sheet.page_setup.orientation != "landscape"
    assert sheet.print_title_rows == "$11:$11"
    assert sheet["D11"].value == "三级指标"


def test_sheet_of_a_table_that_begins_with_its_heads_repeats_and_freezes_them(third_party, saved):
    sheet = openpyxl.load_workbook(saved(write(form("score_table"), third_party), "xlsx")).active

    assert (sheet.print_title_rows, sheet.freeze_panes, sheet.page_setup.orientation) == ("$2:$2", "A3", "landscape")


def test_sheet_keeps_codes_in_a_hidden_column_beside_the_heads(sheet):
    assert sheet["J11"].value == "jixiao"
    assert [sheet.cell(row, 10).value for row in range(12, 17)] == [
        f"scored/{code}" for code in ("O101", "O201", "O202", "B101", "S101")
    ]
    assert sheet.column_dimensions["J"].hidden


def test_sheet_keeps_numbers_as_numbers_in_the_forms_unit(sheet):
    assert (sheet["D5"].value, sheet["D5"].number_format) == (1000, "0.00")
    assert (sheet["F5"].value, sheet["H5"].value, sheet["H5"].number_format) == (1018.63, 0.8485, "0.00%")
    assert (sheet["G17"].value, sheet["H17"].value) == (100, 98.29)


def test_sheet_rows_are_high_enough_for_their_text(third_party, saved):
    table = write(form("score_table"), third_party)
    sheet = openpyxl.load_workbook(saved(table, "xlsx")).active

    for row, column, cell in table.cells():
        if cell.rows == 1:
            columns = sum(table.widths[column : column + cell.cols]) / 1.62 - 1.6
            assert sheet.row_dimensions[row + 2].height >= lines(cell.text, columns) * 13


def test_unit_line_stands_right_above_the_table(invented, self_evaluation, saved):
    sheet = openpyxl.load_workbook(saved(write(replace(self_evaluation, unit_line=True), invented), "xlsx")).active

    assert (sheet["I2"].value, sheet["I2"].alignment.horizontal) == ("单位：万元", "right")
    assert sheet["A3"].value == "项目名称"


@pytest.mark.parametrize("text", ['=HYPERLINK("http://x")', "+1+1", "-2+3", "@SUM(A1)", "\t=1", "https://example.org"])
def test_typed_text_never_becomes_a_formula_or_a_link(text, invented, self_evaluation, saved):
    dangerous = put(invented.evaluation, "head/project", text)

    path = saved(write(self_evaluation, assess(dangerous)), "xlsx")

    assert openpyxl.load_workbook(path).active["B2"].data_type == "s"
    with ZipFile(path) as archive:
        parts = "".join(archive.read(name).decode() for name in archive.namelist() if "worksheets/" in name)
    assert "<f>" not in parts
    assert "hyperlink" not in parts


@pytest.mark.parametrize("kind", ["xlsx", "docx", "html"])
def test_same_form_gives_the_same_bytes(kind, invented, self_evaluation, saved, filled):
    first = saved(filled, kind).read_bytes()

    assert saved(write(self_evaluation, assess(invented.evaluation)), kind).read_bytes() == first


@pytest.fixture
def word(saved, filled):
    return open_docx(str(saved(filled, "docx")))


def test_word_table_fills_a_page_with_narrow_margins_and_its_cells_have_margins(word):
    section, shape = word.sections[0], word.tables[0]._tbl.tblPr
    width = int(shape.find(qn("w:tblW")).get(qn("w:w")))
    margins = {side.tag.rpartition("}")[2]: int(side.get(qn("w:w"))) for side in shape.find(qn("w:tblCellMar"))}

    assert abs(width - (section.page_width - section.left_margin - section.right_margin) / 635) < 20
    assert section.left_margin.mm < 20
    assert min(margins.values()) >= 30


def test_word_rows_do_not_split_and_the_sign_off_stays_with_the_total(word):
    rows = word.tables[0]._tbl.tr_lst
    kept = [bool(row.findall(f".//{qn('w:keepNext')}")) for row in rows]

    assert all(row.trPr.find(qn("w:cantSplit")) is not None for row in rows)
    assert (kept[-2], kept[-1]) == (True, False)


def test_word_rows_to_be_signed_and_stamped_stay_on_one_page_with_the_row_above():
    lines = [[Cell(text)] for text in ("甲", "乙", "评价机构（盖章）：", "项目主评人（签字）：", "注")]
    table = Table.of(lines, heights=(0, 0, 40, 20, 0))

    [written] = open_docx(BytesIO(word_write.write(Document((table,), "表")))).tables

    rows = written._tbl.tr_lst
    assert all(row.trPr.find(qn("w:cantSplit")) is not None for row in rows)
    assert [bool(row.findall(f".//{qn('w:keepNext')}")) for row in rows] == [False, True, True, True, False]


def test_word_table_that_begins_with_its_heads_repeats_them(third_party, saved):
    rows = open_docx(str(saved(write(form("score_details"), third_party), "docx"))).tables[0]._tbl.tr_lst

    assert [row.trPr.find(qn("w:tblHeader")) is not None for row in rows[:2]] == [True, False]


def test_page_of_a_form_binds_cells_to_paths_and_rows_to_keys(filled):
    page = html.document_fromstring(html_write.write(Document((filled,), "自评表")))

    assert page.xpath('string(//td[@data-path="scored/O101/score"])') == "9.8"
    assert page.xpath('//tr[@data-key="scored/B101"]/td[@data-path="scored/B1"]/@rowspan') == []
    assert page.xpath('//td[@data-path="scored/O"]/@rowspan') == ["3"]
    assert page.xpath("string(//caption)") == "部门单位项目支出绩效自评表（2024年度）"


def test_page_of_a_report_has_its_contents_runs_and_escapes():
    document = Document(
        (
            Contents(1),
            Heading("一、<基本>情况", 1),
            Paragraph.of([Run("得"), Run("93.7", bold=True, bind="scored/score")]),
            PageBreak(),
        ),
        "报告",
    )

    text = html_write.write(document).decode()

    assert '<li class="level1"><a href="#s1">一、&lt;基本&gt;情况</a></li>' in text
    assert '<p class="body">得<span data-path="scored/score"><b>93.7</b></span></p>' in text
    assert re.search(r'<h2 id="s1">一、&lt;基本&gt;情况</h2>', text)


def test_landscape_table_turns_the_printed_page():
    table = Table.of([[Cell("一")]], landscape=True)

    assert '<div class="wide landscape">' in html_write.table(table)
