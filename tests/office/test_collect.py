"""收表汇总: what many units returned is summed, and who has not, whose unit differs, who says otherwise is said."""

import json
from dataclasses import replace

import pytest
from openpyxl import load_workbook

from jixiao.documents.document import Document
from jixiao.errors import CannotOpen
from jixiao.evaluation.assess import assess
from jixiao.evaluation.procedure import DataItem, Procedure
from jixiao.figures.notation import figure
from jixiao.formats import excel_write, word_write
from jixiao.forms.form import form
from jixiao.forms.write import write
from jixiao.operations.check import check
from jixiao.operations.collect import collect


@pytest.fixture
def returned(examples, tmp_path):
    """Return a function that writes the basic data form as a unit would return it."""
    evaluation = check(examples / "bazhou-2024").value.evaluation
    folder = tmp_path / "returned"
    folder.mkdir()

    def filled(name, rows, ending="xlsx"):
        data = tuple(
            DataItem(
                item,
                reported=figure(said) if said else None,
                verified=figure(seen) if seen else None,
                department="医保局",
            )
            for item, said, seen in rows
        )
        table = write(form("basic_data_form"), assess(replace(evaluation, procedure=Procedure(data=data))))
        table = replace(table, keys=())
        raw = excel_write.write([table]) if ending == "xlsx" else word_write.write(Document((table,)))
        (folder / f"{name}.{ending}").write_bytes(raw)
        return folder / f"{name}.{ending}"

    filled.folder = folder
    return filled


def test_figures_are_summed_and_every_value_kept(bundle_of, returned):
    returned("尉犁县", [("参保人数", "3.2万人", "31900人"), ("退保人数", "12人", "")])
    returned("轮台县", [("参保人数", "41000人", ""), ("退保人数", "8人", "")], "docx")
    folder = bundle_of("bazhou-2024")

    outcome = collect(returned.folder, folder, expected=["尉犁县", "轮台县", "和静县"])

    found = outcome.value
    assert (found.returned, found.missing) == (("尉犁县", "轮台县"), ("和静县",))
    assert {item: str(total) for item, total in found.sums.items()} == {"参保人数": "72900人", "退保人数": "20人"}
    (missing,) = outcome.findings
    assert (missing.check, missing.severity) == ("collect_missing", "warning")
    kept = json.loads((folder / "data" / "collected.json").read_text("utf-8"))
    assert [
        (one["unit"], one["reported"], one["verified"], one["adopted"])
        for one in kept["entries"]
        if one["item"] == "参保人数"
    ] == [
        ("尉犁县", "3.2万人", "31900人", "31900人"),
        ("轮台县", "41000人", None, "41000人"),
    ]
    data = check(folder).value.evaluation.procedure.data
    assert [(one.item, str(one.reported), str(one.verified)) for one in data] == [
        ("参保人数", "7.3万人", "72900人"),
        ("退保人数", "20人", "None"),
    ]


def test_comments_of_the_bundle_stay(bundle_of, returned):
    returned("尉犁县", [("参保人数", "31900人", "")])
    folder = bundle_of("bazhou-2024")
    before = (folder / "evaluation.yaml").read_text("utf-8")

    collect(returned.folder, folder)

    assert (folder / "evaluation.yaml").read_text("utf-8").startswith(before.rstrip("\n"))


def test_unit_of_measure_that_differs_is_named_and_nothing_is_summed(bundle_of, returned):
    returned("甲县", [("参保人数", "31900人", "")])
    returned("乙县", [("参保人数", "41000人", "")])
    returned("丙县", [("参保人数", "500人次", "")])

    outcome = collect(returned.folder, bundle_of("bazhou-2024"), dry=True)

    (found,) = [found for found in outcome.findings if found.check == "collect_units"]
    assert (found.because.args["unit"], found.printed, found.severity) == ("丙县", "500人次", "error")
    assert outcome.value.sums == {}


def test_unit_that_returned_twice_is_said(bundle_of, returned):
    returned("甲县（第一次）", [("参保人数", "31900人", "")])
    returned("甲县（第二次）", [("参保人数", "32000人", "")])

    outcome = collect(returned.folder, bundle_of("bazhou-2024"), expected=["甲县"], dry=True)

    (found,) = outcome.findings
    assert (found.check, found.expected, found.printed) == ("collect_twice", "31900人", "32000人")
    assert str(outcome.value.sums["参保人数"]) == "31900人"


def test_picture_or_words_where_a_number_should_be_are_named_with_their_cell(bundle_of, returned):
    path = returned("甲县", [("参保人数", "31900人", ""), ("退保人数", "8人", "")])
    book = load_workbook(path)
    cell = next(cell for row in book.active.iter_rows() for cell in row if cell.value == "31900人")
    cell.value = "见附图"
    book.save(path)

    outcome = collect(returned.folder, bundle_of("bazhou-2024"), dry=True)

    (found,) = [found for found in outcome.findings if found.check == "collect_no_figure"]
    assert (found.printed, found.places[0].row, found.places[0].column) == ("见附图", cell.row, cell.column_letter)
    assert str(outcome.value.sums["退保人数"]) == "8人"


def test_broken_file_stops_no_other(bundle_of, returned):
    returned("甲县", [("参保人数", "31900人", "")])
    (returned.folder / "乙县.xlsx").write_bytes(b"PK\x03\x04 broken")

    outcome = collect(returned.folder, bundle_of("bazhou-2024"), expected=["甲县", "乙县"], dry=True)

    assert [found.severity for found in outcome.findings] == ["error", "warning"]
    assert outcome.value.missing == ("乙县",)


def test_self_evaluation_tables_that_disagree_are_listed(bundle_of, tmp_path):
    folder = bundle_of("kashgar-2022-resident-medical")
    of = check(folder).value
    made = tmp_path / "tables"
    made.mkdir()
    for name, typed in (("医保局", "409.08万人"), ("社保局", "409.09万人")):
        path = made / f"{name}.xlsx"
        path.write_bytes(excel_write.write([write(form("self_evaluation_table"), of)]))
        book = load_workbook(path)
        cell = next(cell for row in book.active.iter_rows() for cell in row if cell.value == "409.07万人")
        cell.value = typed
        book.save(path)

    outcome = collect(made, folder)

    (found,) = [found for found in outcome.findings if found.check == "collect_conflict"]
    assert (found.expected, found.printed) == ("医保局：409.08万人", "社保局：409.09万人")
    assert "409.08万人" in (folder / "evaluation.yaml").read_text("utf-8")


def test_folder_without_forms_is_refused(bundle_of, returned):
    (returned.folder / "通知.txt").write_text("请按时报送。", "utf-8")

    with pytest.raises(CannotOpen):
        collect(returned.folder, bundle_of("bazhou-2024"))


@pytest.mark.office
def test_old_workbooks_are_read_too(bundle_of, returned, resaved):
    path = returned("甲县", [("参保人数", "31900人", "")])
    old = resaved(path, "xls")
    path.unlink()
    old.rename(returned.folder / "甲县.xls")

    outcome = collect(returned.folder, bundle_of("bazhou-2024"), dry=True)

    assert str(outcome.value.sums["参保人数"]) == "31900人"
