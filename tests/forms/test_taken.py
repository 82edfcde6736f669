"""收表入库: jixiao take puts a filled-in form into the files of its bundle."""

import shutil
from pathlib import Path

import openpyxl
import pytest

import jixiao as api
from jixiao.errors import CannotOpen
from jixiao.formats import bundle
from jixiao.forms.form import form
from jixiao.forms.write import write

HERE = Path(__file__).parent


@pytest.fixture
def folder(tmp_path):
    """Return a copy of the invented fund with its procedure."""
    return Path(shutil.copytree(HERE / "carried_out", tmp_path / "bundle"))


@pytest.fixture
def sheet_of(folder, saved):
    """Return a function that saves a form of the bundle with some cells typed over, by their address."""

    def change(name, **cells):
        of = api.check(folder).value
        path = saved(write(form(name), of), "xlsx")
        book = openpyxl.load_workbook(path)
        for address, text in cells.items():
            book.active[address] = text
        book.save(path)
        return path

    return change


def test_typed_values_are_written_where_they_stand_and_comments_stay(folder, sheet_of):
    path = sheet_of("basic_data_form", E6="普遍开展", B6="门诊统筹")

    outcome = api.take(path, folder)

    text = (folder / "evaluation.yaml").read_text(encoding="utf-8")
    assert [(change.path, change.after) for change in outcome.value.changes] == [
        ("procedure/data/2/item", "门诊统筹"),
        ("procedure/data/2/verified", "普遍开展"),
    ]
    assert outcome.findings == ()
    assert bundle.read(folder).evaluation == outcome.value.evaluation
    assert text.startswith("# 同一个虚构的县级基金")


def test_new_row_is_written(folder, sheet_of):
    path = sheet_of("evaluation_team", C8="项目助理", E8="数据复核")

    api.take(path, folder)

    assert bundle.read(folder).evaluation.procedure.team[-1].duty == "数据复核"


def test_dry_run_writes_nothing(folder, sheet_of):
    before = (folder / "evaluation.yaml").read_bytes()

    outcome = api.take(sheet_of("evaluation_team", E4="质量控制"), folder, dry=True)

    assert outcome.value.files == ()
    assert len(outcome.value.changes) == 1
    assert (folder / "evaluation.yaml").read_bytes() == before


def test_untouched_form_is_nothing_new(folder, sheet_of):
    outcome = api.take(sheet_of("monitoring_table"), folder)

    assert (outcome.value.changes, outcome.value.files, outcome.findings) == ((), (), ())


def test_file_without_a_form_is_refused(folder, tmp_path):
    book = openpyxl.Workbook()
    book.active["A1"] = "会议签到表"
    book.save(tmp_path / "其他.xlsx")

    with pytest.raises(CannotOpen) as problem:
        api.take(tmp_path / "其他.xlsx", folder)
    assert problem.value.what.id == "new.no_form"


def test_target_changed_in_a_form_becomes_an_amendment_to_be_completed(folder, sheet_of):
    sheet = openpyxl.load_workbook(sheet_of("self_evaluation_table")).active
    at = next(cell.coordinate for row in sheet.iter_rows() for cell in row if cell.value == "≥5万人")

    outcome = api.take(sheet_of("self_evaluation_table", **{at: "≥4.8万人"}), folder)

    last = bundle.read(folder).evaluation.amendments[-1]
    assert (last.path, last.before, last.after) == ("scored/O101/target", "≥5万人", "≥4.8万人")
    assert (last.asked_by, last.consent, last.reason) == ("", "", "")
    assert {found.check for found in outcome.findings} >= {"form_amendment"}
    assert "amendment.no_consent" in {found.because.id for found in api.check(folder).findings}
