"""读表: filled forms come back from Excel, Word and HTML files as they were, also after an office suite saved them."""

from dataclasses import replace

import openpyxl
import pytest
from docx import Document as open_docx

from jixiao.documents.document import Cell, Table
from jixiao.evaluation.paths import get
from jixiao.forms.absorb import absorbed
from jixiao.forms.form import form, forms_for
from jixiao.forms.write import write

OFFICE = {"xlsx": "xlsx:Calc MS Excel 2007 XML", "docx": "docx:MS Word 2007 XML"}


def values(reading):
    return {path: text.replace("\n", "") for path, text in reading.values.items()}


@pytest.mark.parametrize("kind", ["xlsx", "docx", "html"])
def test_saved_form_is_read_back_as_it_was_written(kind, invented, saved, readings, filled):
    _, straight = readings([filled], invented.evaluation)

    known, reading = readings(saved(filled, kind), invented.evaluation)

    assert values(reading) == values(straight)
    assert absorbed(invented.evaluation, known, reading) == (invented.evaluation, [])


@pytest.mark.parametrize("kind", ["xlsx", "docx", "html"])
def test_saved_third_party_forms_are_read_back_as_they_were(kind, third_party, saved, readings):
    for known in forms_for(third_party.evaluation):
        found, reading = readings(saved(write(known, third_party), kind), third_party.evaluation)

        assert found is known
        assert absorbed(third_party.evaluation, known, reading) == (third_party.evaluation, [])


@pytest.mark.office
@pytest.mark.parametrize("kind", ["xlsx", "docx"])
def test_form_resaved_by_an_office_suite_is_read_back(kind, invented, readings, resaved, saved_form):
    path = resaved(saved_form(kind), OFFICE[kind])

    known, reading = readings(path, invented.evaluation)

    assert len(reading.values) == 59
    assert absorbed(invented.evaluation, known, reading) == (invented.evaluation, [])


@pytest.mark.office
@pytest.mark.parametrize("kind", ["xlsx", "docx"])
def test_details_resaved_by_an_office_suite_are_read_back(kind, third_party, saved, readings, resaved):
    path = resaved(saved(write(form("score_details"), third_party), kind), OFFICE[kind])

    known, reading = readings(path, third_party.evaluation)

    assert known.id == "score_details"
    assert absorbed(third_party.evaluation, known, reading) == (third_party.evaluation, [])


def test_workbook_filled_in_after_rows_and_columns_moved(invented, saved, readings, filled):
    path = saved(filled, "xlsx")
    book = openpyxl.load_workbook(path)
    sheet = book.active
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value == "4.9万人":
                cell.value = "5万人"
    areas = [str(area) for area in sheet.merged_cells.ranges]
    for area in areas:
        sheet.unmerge_cells(area)
    sheet.insert_rows(1, 3)
    sheet.insert_cols(1, 2)
    sheet["A1"] = "填报说明：请勿改动编码列。"
    book.save(path)

    known, reading = readings(path, invented.evaluation)
    evaluation, findings = absorbed(invented.evaluation, known, reading)

    assert str(get(evaluation, "actuals/O101")) == "5万人"
    assert [(found.paths[0], str(found.places[0])[-3:]) for found in findings] == [
        ("scored/O101/score", "J15"),
        ("scored/score", "J20"),
    ]


def test_word_form_filled_in_by_hand(invented, saved, readings, filled):
    path = saved(filled, "docx")
    docx = open_docx(str(path))
    for cell in docx.tables[0]._cells:
        if cell.text == "72%":
            cell.paragraphs[0].runs[0].text = "7"
            cell.paragraphs[0].add_run("3.5%")
        if cell.text == "示例县医疗保障局（本级）":
            cell.paragraphs[0].runs[0].text = "示例县医疗保险中心"
    docx.save(str(path))

    known, reading = readings(path, invented.evaluation)
    evaluation, findings = absorbed(invented.evaluation, known, reading)

    assert str(get(evaluation, "actuals/O201")) == "73.5%"
    assert evaluation.head.unit == "示例县医疗保险中心"
    assert findings == []


def broken(table, at):
    """Return a table as a page break leaves it: merges split at a row, and the row of heads repeated there."""
    rows = table.filled()
    heads = next(row for row in rows if any(cell.text == "三级指标" for cell in row))
    return Table(tuple(tuple(_alone(row)) for row in [*rows[:at], heads, *rows[at:]]))


def _alone(row):
    """Return the cells of a row without their spans, what is covered from the left as a blank."""
    return [Cell("" if column and row[column - 1] is cell else cell.text) for column, cell in enumerate(row)]


@pytest.mark.parametrize("at", [12, 13, 14])
def test_form_broken_over_pages_is_read_as_one(at, invented, self_evaluation, readings, filled):
    _, whole = readings([filled], invented.evaluation)

    known, reading = readings([broken(filled, at)], invented.evaluation)

    assert values(reading) == values(whole)
    assert reading.findings == []
    assert known is self_evaluation


def test_split_merge_whose_lower_part_is_blank_belongs_to_the_group_above(invented, readings, filled):
    unmerged = Table(
        tuple(tuple(replace(cell, rows=1, cols=1) if cell else Cell("") for cell in row) for row in filled.grid)
    )

    _, reading = readings([unmerged], invented.evaluation)

    assert reading.within["scored/O202"] == "scored/O2"
    assert reading.within["scored/O2"] == "scored/O"
    assert reading.within["scored/B101"] == "scored/B1"
    assert reading.findings == []


def test_form_read_without_its_evaluation_names_groups_and_rows_by_their_words(readings, filled):
    class Unknown:
        def system(self, role):
            return None

    _, reading = readings([replace(filled, keys=())], Unknown())

    assert reading.values["scored/execution_rate/score"] == "8.49"
    assert reading.within["scored/execution_rate"] == "scored"
    assert reading.within["scored/参保人数"] == "scored/数量指标"
    assert reading.within["scored/满意度指标·满意度指标"] == "scored/满意度指标"
    assert reading.within["scored/参保人员满意度"] == "scored/满意度指标·满意度指标"
