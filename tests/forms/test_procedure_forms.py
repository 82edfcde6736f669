"""过程表格: forms over lists and the monitoring of the year come back as they were; rows are added, renamed, missed."""

from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from docx import Document as open_docx

from jixiao.documents.document import Table
from jixiao.evaluation.assess import assess
from jixiao.evaluation.paths import get
from jixiao.formats import bundle, excel_read
from jixiao.forms.absorb import absorbed
from jixiao.forms.form import form, forms, forms_for
from jixiao.forms.read import read
from jixiao.forms.recognise import recognise
from jixiao.forms.write import write

OFFICE = {"xlsx": "xlsx:Calc MS Excel 2007 XML", "docx": "docx:MS Word 2007 XML"}
NAMES = [
    "amended_targets",
    "audit_findings",
    "basic_data_form",
    "case_register",
    "case_statistics",
    "comment_replies",
    "control_points",
    "data_list",
    "evaluation_methods",
    "evaluation_schedule",
    "evaluation_team",
    "indicator_confirmation",
    "interview_record",
    "monitoring_table",
    "notified_offices",
    "objective_declaration",
    "problem_list",
    "publication_record",
    "second_score_comparison",
    "second_scores",
    "sign_off_sheet",
    "site_photographs",
    "weight_opinions",
    "weight_summary",
]


@pytest.fixture(scope="module")
def carried_out():
    """Return the invented fund with its monitoring, its procedure and one amendment."""
    return assess(bundle.read(Path(__file__).with_name("carried_out")).evaluation)


def lines(table):
    return [[cell.text for cell in row if cell is not None] for row in table.grid]


def test_every_form_about_the_procedure_is_handed_in(carried_out):
    assert [known.id for known in forms_for(carried_out.evaluation)] == sorted(
        [*NAMES, "score_table", "self_evaluation_table"]
    )


@pytest.mark.parametrize("kind", ["xlsx", "docx", "html"])
@pytest.mark.parametrize("name", NAMES)
def test_untouched_file_changes_nothing(kind, name, carried_out, saved, readings):
    known, reading = readings(saved(write(form(name), carried_out), kind), carried_out.evaluation)

    assert known.id == name
    assert absorbed(carried_out.evaluation, known, reading) == (carried_out.evaluation, [])


@pytest.mark.office
@pytest.mark.parametrize("kind", ["xlsx", "docx"])
@pytest.mark.parametrize("name", NAMES)
def test_file_saved_by_an_office_program_changes_nothing(kind, name, *, carried_out, saved, readings, resaved):
    path = resaved(saved(write(form(name), carried_out), kind), OFFICE[kind])

    known, reading = readings(path, carried_out.evaluation)

    assert known.id == name
    assert absorbed(carried_out.evaluation, known, reading) == (carried_out.evaluation, [])


def test_basic_data_form_prints_reported_and_verified_values(carried_out):
    rows = lines(write(form("basic_data_form"), carried_out))

    assert rows[1][:6] == ["序号", "数据项", "对应指标", "填报值", "核实值", "数据来源部门"]
    assert rows[2][:6] == ["1", "参保人数", "O101", "4.95万人", "4.9万人", "示例县医疗保障局"]
    assert rows[-1] == ["填写单位（盖章）：", "填写人：", "联系电话：", "日期："]


def test_monitoring_table_prints_money_and_progress(carried_out):
    rows = lines(write(form("monitoring_table"), carried_out))

    assert rows[3] == ["年度资金总额", "1000", "1200.5", "610.3", "50.84%", "1200.5"]
    assert rows[9][2:] == [
        "参保人数",
        "≥5万人",
        "4.7万人",
        "4.9万人",
        "外出务工人员停保",
        "有可能",
        "逐户核对并动员参保",
    ]


def test_original_and_amended_target_stand_side_by_side(carried_out):
    rows = lines(write(form("amended_targets"), carried_out))
    changed = next(row for row in rows if "≥75%" in row)

    assert changed[-8:] == ["住院费用报销比例", "≥75%", "住院费用报销比例", "≥70%", "示例县医疗保障局",
                            "示例县财政局，示财社〔2024〕6号", "省级统一调整了报销政策", "2024年6月30日"]  # fmt: skip


def edited(saved_path, edit):
    """Let a function change the sheet of a saved form, and save it."""
    book = openpyxl.load_workbook(saved_path)
    edit(book.active)
    book.save(saved_path)
    return saved_path


def test_row_typed_below_becomes_a_new_entry(carried_out, saved, readings):
    def add(sheet):
        row = next(row for row in range(1, 30) if str(sheet.cell(row, 1).value).startswith("整改单位"))
        for area in [str(area) for area in sheet.merged_cells.ranges if area.min_row == row]:
            sheet.unmerge_cells(area)
        sheet.insert_rows(row)
        sheet.cell(row, 2).value = "佐证材料不全"
        sheet.cell(row, 4).value = "补齐第四季度对账单"

    path = edited(saved(write(form("problem_list"), carried_out), "xlsx"), add)
    known, reading = readings(path, carried_out.evaluation)
    evaluation, findings = absorbed(carried_out.evaluation, known, reading)

    assert [one.problem for one in evaluation.procedure.problems] == [
        "参保人数未达指标值",
        "年末支出延后",
        "佐证材料不全",
    ]
    assert evaluation.procedure.problems[2].measure == "补齐第四季度对账单"
    assert findings == []


def test_row_typed_into_a_word_form_becomes_a_new_entry(carried_out, saved, readings):
    path = saved(write(form("data_list"), carried_out), "docx")
    docx = open_docx(str(path))
    table = docx.tables[0]
    table.add_row()
    moved = table._tbl.tr_lst
    moved[-2].addprevious(moved[-1])
    for cell, text in zip(table.rows[-2].cells, ["3", "会议纪要", "示例县财政局", "2025年7月9日", ""], strict=True):
        cell.text = text
    docx.save(str(path))

    known, reading = readings(path, carried_out.evaluation)
    evaluation, findings = absorbed(carried_out.evaluation, known, reading)

    added = evaluation.procedure.materials[2]
    assert (added.wanted, added.department, added.received, added.missing) == (
        "会议纪要", "示例县财政局", "2025年7月9日", None
    )  # fmt: skip
    assert findings == []


def test_removed_row_is_a_finding_and_its_entry_stays(carried_out, readings):
    table = write(form("evaluation_schedule"), carried_out)
    at = next(at for at, key in enumerate(table.keys) if key == "procedure/schedule/1")
    shorter = replace(
        table, grid=(*table.grid[:at], *table.grid[at + 1 :]), keys=(*table.keys[:at], *table.keys[at + 1 :])
    )

    known, reading = readings([shorter], carried_out.evaluation)
    evaluation, (found,) = absorbed(carried_out.evaluation, known, reading)

    assert evaluation == carried_out.evaluation
    assert (found.check, found.paths, found.printed) == ("form_row_gone", ("procedure/schedule/1",), "数据采集")


def test_rows_moved_beside_their_keys_are_known_by_their_names(carried_out, readings):
    table = write(form("data_list"), carried_out)
    keys = tuple({"procedure/materials/0": "procedure/materials/1", "procedure/materials/1": "procedure/materials/0"}
                 .get(key, key) for key in table.keys)  # fmt: skip

    known, reading = readings([replace(table, keys=keys)], carried_out.evaluation)

    assert absorbed(carried_out.evaluation, known, reading) == (carried_out.evaluation, [])


@pytest.mark.parametrize(
    ("name", "path", "text", "stored", "value"),
    [
        ("basic_data_form", "procedure/data/2/verified", "部分开展", "procedure/data/2/verified", "部分开展"),
        ("basic_data_form", "procedure/data/0/item", "参保人数（年末）", "procedure/data/0/item", "参保人数（年末）"),
        ("monitoring_table", "monitoring/indicators/S101/so_far", "93%", "monitoring/indicators/S101/so_far", "93%"),
        (
            "monitoring_table",
            "monitoring/money/其他资金/executed",
            "3.5",
            "monitoring/money/其他资金/executed",
            "3.5万元",
        ),
        ("monitoring_table", "monitoring/until", "2024-08-31", "monitoring/until", "2024-08-31"),
        ("amended_targets", "amendments/0/asked_by", "示例县医保中心", "amendments/0/asked_by", "示例县医保中心"),
        ("objective_declaration", "scored/O101/target", "≥5.2万人", "scored/O101/target", "≥5.2万人"),
        ("evaluation_team", "procedure/team/2/duty", "访谈", "procedure/team/2/duty", "访谈"),
    ],
)
def test_typed_cell_enters_where_it_belongs(name, path, text, stored, value, *, carried_out, readings):
    table = write(form(name), carried_out)
    grid = tuple(
        tuple(replace(cell, text=text) if cell and cell.bind == path else cell for cell in row) for row in table.grid
    )
    assert grid != table.grid

    known, reading = readings([replace(table, grid=grid)], carried_out.evaluation)
    evaluation, findings = absorbed(carried_out.evaluation, known, reading)

    entered = get(evaluation, stored)
    assert str(entered) == value or f"{entered}万元" == value
    assert [found for found in findings if found.check != "form_computed"] == []


def test_computed_cell_of_the_original_table_is_compared_and_not_taken(carried_out, readings):
    table = write(form("amended_targets"), carried_out)
    grid = tuple(
        tuple(cell and replace(cell, text="≥80%" if cell.text == "≥75%" else cell.text) for cell in row)
        for row in table.grid
    )

    known, reading = readings([replace(table, grid=grid)], carried_out.evaluation)
    evaluation, findings = absorbed(carried_out.evaluation, known, reading)

    assert evaluation == carried_out.evaluation
    assert [(found.check, found.printed, found.expected) for found in findings] == [("form_computed", "≥80%", "≥75%")]


def test_empty_list_prints_a_row_to_fill_in(invented, readings):
    table = write(form("problem_list"), invented)

    assert lines(table)[2] == [""] * 10
    assert recognise(forms(), table)[0].id == "problem_list"


def test_list_read_without_its_evaluation_keeps_its_rows(carried_out, saved):
    (table,) = excel_read.read(saved(write(form("interview_record"), carried_out), "xlsx")).tables()
    bare = Table(tuple(tuple(cell and replace(cell, text="" if "procedure/" in cell.text else cell.text) for cell in row)
                       for row in table.grid))  # fmt: skip
    known, match = recognise(forms(), bare)

    values = read(known, bare, match).values

    assert values["procedure/interviews/+1/question"] == "停保人员增多的原因是什么？"
    assert values["procedure/interviews/+2/answer"] == "出院时即时结算。"
