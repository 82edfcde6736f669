"""填报: values go where the template has room for them, nothing else changes, and what has no place is said with why."""

import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook
from upload_template import template

from jixiao.errors import CannotOpen, CannotParse, CannotWrite
from jixiao.operations.check import check
from jixiao.operations.fill import fill

EXAMPLE = "kashgar-2022-resident-medical"


@pytest.fixture
def rows(examples):
    """Return the indicators of the example as a template prints them: groups, name, target."""
    system = check(examples / EXAMPLE).value.evaluation.system("scored")
    return [
        (above[0].name, above[1].name if len(above) > 1 else "", node.name, str(node.target), None)
        for node, above in system.walk()
        if above and not hasattr(node, "children")
    ]


@pytest.fixture
def filled(examples, tmp_path, rows):
    """Return the outcome of filling the upload form, and the form before."""
    form = template(tmp_path / "upload.xlsx", rows[:-2], extra_rows=2)
    return fill(form, examples / EXAMPLE, tmp_path / "out.xlsx"), form


def _parts(path):
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _found(outcome, check_id):
    return {f"{f.places[0].column}{f.places[0].row}": f.because for f in outcome.findings if f.check == check_id}


def test_only_the_sheet_and_the_order_to_compute_change(filled):
    outcome, form = filled
    before, after = _parts(form), _parts(outcome.value.file)

    assert list(after) == list(before)
    assert {name for name in before if before[name] != after[name]} == {"xl/workbook.xml", "xl/worksheets/sheet1.xml"}
    assert {"xl/media/image1.png", "xl/drawings/drawing1.xml", "xl/styles.xml"} <= set(before)


def test_hidden_keys_rules_protection_and_widths_stay(filled):
    outcome, form = filled
    before, after = load_workbook(form), load_workbook(outcome.value.file)
    old, new = before["自评表"], after["自评表"]

    assert new.column_dimensions["I"].hidden and new.column_dimensions["C"].width == 31.5
    assert [cell.value for cell in new["I"]] == [cell.value for cell in old["I"]]
    rules = [(rule.type, str(rule.sqref), rule.formula1) for rule in new.data_validations.dataValidation]
    assert rules == [(rule.type, str(rule.sqref), rule.formula1) for rule in old.data_validations.dataValidation]
    assert (new.protection.sheet, new.protection.password) == (old.protection.sheet, old.protection.password)
    assert after["字典"].sheet_state == "hidden" and set(after.defined_names) == {"reasons"}
    assert [str(area.sqref) for area in new.conditional_formatting] == [
        str(area.sqref) for area in old.conditional_formatting
    ]
    assert new["C9"].comment.text == "由系统生成"
    assert new["F22"].value == "=SUM(F10:F21)"


def test_values_stand_where_heads_labels_and_names_say(filled):
    outcome, _ = filled
    sheet = load_workbook(outcome.value.file)["自评表"]

    assert sheet["D3"].value == "新疆维吾尔自治区喀什地区医疗保障局（本级）"
    assert [sheet[at].value for at in ("B6", "C6", "D6", "E6", "F6")] == [432620, 367065, 10, 0.8485, 8.49]
    printed = {row[2].value: [cell.value for cell in row[4:7]] for row in sheet.iter_rows(min_row=10, max_row=21)}
    assert printed["享受待遇人次"] == ["559.55万人次", 5, 3.89]
    assert printed["参保对象满意度"] == ["95%", 10, 10]  # a row that the template had left blank


def test_indicator_of_the_same_name_under_other_groups_gets_its_own_values(filled):
    outcome, _ = filled
    sheet = load_workbook(outcome.value.file)["自评表"]

    assert [[cell.value for cell in row[:7]] for row in (sheet[10], sheet[13])] == [
        ["预算执行", None, "预算执行率", "100%", "84.85%", 10, 8.49],
        ["产出指标", "质量指标", "预算执行率", "≥95%", "84.85%", 5, 4.47],
    ]


def test_what_a_cell_s_rules_refuse_is_listed_and_not_written(filled):
    outcome, _ = filled
    sheet = load_workbook(outcome.value.file)["自评表"]
    refused = _found(outcome, "fill_refused")

    assert {at: why.args["why"].id for at, why in refused.items()} == {
        "B2": "fill.locked", "H12": "fill.not_listed", "H13": "fill.not_listed",
        "G19": "fill.out_of_bounds", "G20": "fill.out_of_bounds",
    }  # fmt: skip
    assert [sheet[at].value for at in refused] == [None] * 5
    assert refused["H12"].args["why"].args["allowed"] == ["停保断缴", "其他"]


def test_what_the_template_shows_otherwise_and_its_formulas_are_said(filled):
    outcome, _ = filled

    assert _found(outcome, "fill_rounded")["E6"].args == {"value": "0.8485", "shown": "84.9%"}
    assert {at: said.args["value"] for at, said in _found(outcome, "fill_formula").items()} == {
        "F22": "100",
        "G22": "96.85",
    }
    cached = load_workbook(outcome.value.file, data_only=True)["自评表"]
    assert (cached["F22"].value, cached["G22"].value) == (100, 96.85)


def test_every_value_without_a_place_is_listed(filled):
    outcome, _ = filled
    nowhere = {path for found in outcome.findings if found.check == "fill_nowhere" for path in found.paths}

    assert "texts/objective" in nowhere and "funds/total/original_budget" in nowhere
    assert not any(path.endswith("/score") for path in nowhere)


def test_what_stands_there_is_not_written_over_unless_asked(examples, tmp_path, rows):
    changed = [
        (one, two, name, "≥1" if name == "参保人数" else target, points) for one, two, name, target, points in rows
    ]
    form = template(tmp_path / "upload.xlsx", changed, protect=False)

    kept = fill(form, examples / EXAMPLE, tmp_path / "kept.xlsx")
    over = fill(form, examples / EXAMPLE, tmp_path / "over.xlsx", overwrite=True)

    assert {at: said.args for at, said in _found(kept, "fill_taken").items()} == {
        "D11": {"standing": "≥1", "value": "≥407.62万人"},
    }
    assert load_workbook(kept.value.file)["自评表"]["D11"].value == "≥1"
    assert load_workbook(over.value.file)["自评表"]["D11"].value == "≥407.62万人"


def test_filling_what_was_filled_changes_nothing(filled, examples, tmp_path):
    outcome, _ = filled

    again = fill(outcome.value.file, examples / EXAMPLE, tmp_path / "again.xlsx")

    assert again.value.put == 0
    assert again.value.stood >= outcome.value.put


def test_map_names_cells_rows_and_heads(examples, tmp_path, rows):
    renamed = [
        (one, two, "参保人头数" if name == "参保人数" else name, target, None) for one, two, name, target, _ in rows
    ]
    form = template(tmp_path / "upload.xlsx", renamed, protect=False)
    book = load_workbook(form)
    book["自评表"]["E9"] = "填报数"
    book["自评表"]["K5"] = "评价年度"
    book.save(form)
    words = tmp_path / "map.yaml"
    words.write_text("cells: {自评表!L5: year}\nrows: {JX-0011: A101}\nheads: {填报数: 实际完成值}\n", "utf-8")
    code = next(
        node.code
        for node, _ in check(examples / EXAMPLE).value.evaluation.system("scored").walk()
        if node.name == "参保人数"
    )
    words.write_text(words.read_text("utf-8").replace("A101", code), "utf-8")

    outcome = fill(form, examples / EXAMPLE, tmp_path / "out.xlsx", wording=words)

    sheet = load_workbook(outcome.value.file)["自评表"]
    assert (sheet["E11"].value, sheet["G11"].value, sheet["L5"].value) == ("409.07万人", 5, "2022")


def test_map_that_is_none_is_refused_with_its_line(examples, tmp_path, rows):
    form = template(tmp_path / "upload.xlsx", rows)
    (tmp_path / "map.yaml").write_text("cells: {}\ncolumns: {A: B}\n", "utf-8")

    with pytest.raises(CannotParse) as refused:
        fill(form, examples / EXAMPLE, tmp_path / "out.xlsx", wording=tmp_path / "map.yaml")

    assert (refused.value.what.id, refused.value.place.line) == ("fill.wording_part", 2)


def test_workbook_without_a_known_form_is_refused(examples, tmp_path):
    from openpyxl import Workbook

    book = Workbook()
    book.active["A1"] = "会议通知"
    book.save(tmp_path / "other.xlsx")

    with pytest.raises(CannotOpen) as refused:
        fill(tmp_path / "other.xlsx", examples / EXAMPLE, tmp_path / "out.xlsx")

    assert refused.value.what.id == "fill.no_form"
    assert not (tmp_path / "out.xlsx").exists()


def test_template_is_never_written_over(examples, tmp_path, rows):
    form = template(tmp_path / "upload.xlsx", rows)
    before = Path(form).read_bytes()

    with pytest.raises(CannotWrite):
        fill(form, examples / EXAMPLE, form, overwrite=True)

    assert Path(form).read_bytes() == before


@pytest.mark.office
def test_old_workbook_is_converted_and_keeps_its_rules(examples, tmp_path, rows, resaved):
    old = resaved(template(tmp_path / "upload.xlsx", rows, protect=False), "xls")

    outcome = fill(old, examples / EXAMPLE)

    assert outcome.value.file.name == "upload（已填）.xlsx"
    sheet = load_workbook(outcome.value.file)["自评表"]
    assert (sheet["E12"].value, sheet["G12"].value) == ("559.55万人次", 3.89)
    assert sheet.column_dimensions["I"].hidden and len(sheet.data_validations.dataValidation) == 2
    assert "H12" in _found(outcome, "fill_refused")


@pytest.mark.office
def test_libreoffice_opens_what_was_filled_and_computes_its_formulas(filled, resaved):
    outcome, _ = filled

    sheet = load_workbook(resaved(outcome.value.file, "xlsx"), data_only=True)["自评表"]

    assert sheet["E6"].value == 0.8485
    assert (sheet["F22"].value, sheet["G22"].value) == (100, 96.85)
