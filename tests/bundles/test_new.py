"""新建: what a new bundle holds, what it takes from last year and from a filled form, and what it never does."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from jixiao.errors import CannotOpen, CannotWrite, NotKnown
from jixiao.evaluation.paths import get
from jixiao.findings import worst
from jixiao.formats import bundle, excel_write
from jixiao.formats.bundle_schema import KINDS
from jixiao.forms.form import form
from jixiao.forms.write import write
from jixiao.indicators.indicator import Binding
from jixiao.operations.check import check
from jixiao.operations.new import new
from jixiao.operations.workbook import workbook


@pytest.mark.parametrize("as_workbook", [False, True])
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_gives_a_draft_that_reads_and_says_what_is_missing(tmp_path, kind, as_workbook):
    made = new(tmp_path / "新", kind=kind, year=2024, workbook=as_workbook).value

    found = check(tmp_path / "新")

    assert made.file.name == ("evaluation.xlsx" if as_workbook else "evaluation.yaml")
    assert (found.value.evaluation.kind, found.value.evaluation.year) == (kind, 2024)
    assert worst(found.findings) == "error"
    assert {"项目名称还没有填写", "中央 的执行数还没有填写"} <= {
        finding.because.text("zh") for finding in found.findings
    }
    unscored = {finding.paths[0] for finding in found.findings if finding.check == "unscored"}
    assert unscored >= {f"scored/{node.code}" for node in found.value.evaluation.system("scored").indicators()
                        if node.code not in found.value.evaluation.actuals}  # fmt: skip


def test_draft_says_what_belongs_where(tmp_path):
    text = new(tmp_path / "新", kind="third-party", year=2024).value.file.read_text(encoding="utf-8")

    assert "  project:  # 项目或资金的全称，与预算文件一致\n" in text
    assert "  # 立项依据充分性，指标值 充分\n  A101:\n    value:\n    met:\n    document:\n" in text
    assert (tmp_path / "新" / "evidence").is_dir()


def test_rates_on_the_funds_are_bound_in_the_way_of_their_frame(tmp_path):
    third = bundle.read(new(tmp_path / "a", kind="third-party", year=2024).value.file).evaluation
    own = bundle.read(new(tmp_path / "b", kind="self-evaluation", year=2024).value.file).evaluation

    assert third.actuals["B102"] == Binding("funds", "execution_rate")
    assert own.actuals == {"E101": Binding("funds", "budget_execution_rate")}


def test_named_set_gives_its_indicators_and_bindings(tmp_path):
    made = new(tmp_path / "新", kind="third-party", year=2024, entry="resident-medical-third-party-2024").value

    found = bundle.read(made.file).evaluation

    assert made.catalogue == "resident-medical-third-party-2024"
    assert get(found, "scored/C201/name") == "重复参保人数"
    assert found.actuals["C205"] == Binding("funds", "reserve_months")
    assert "rolling:" in made.file.read_text(encoding="utf-8")


def test_year_left_out_is_the_last_full_one(tmp_path):
    assert new(tmp_path / "新", kind="fund").value.year == datetime.now(ZoneInfo("Asia/Shanghai")).year - 1


@pytest.mark.parametrize("as_workbook", [False, True])
def test_last_year_keeps_the_wording_and_moves_the_values(tmp_path, examples, as_workbook):
    made = new(tmp_path / "新", last=examples / "bazhou-2024", workbook=as_workbook).value

    last = bundle.read(examples / "bazhou-2024").evaluation
    found = bundle.read(made.file).evaluation
    assert (found.year, found.kind, found.head.title) == (2025, last.kind, last.head.title.replace("2024", "2025"))
    assert (found.as_of, found.head.report_date) == (None, None)
    before, now = get(last, "scored/C101"), get(found, "scored/C101")
    assert (now.target, now.weight, now.rule, now.criteria) == (
        before.target,
        before.weight,
        before.rule,
        before.criteria,
    )
    assert str(now.last_year) == "81.35万人"
    assert str(get(found, "scored/C205/last_year")) == "11个月"
    assert str(get(found, "declared/O111/last_year")) == "81.35万人"
    assert get(found, "scored/C204/last_year") is None
    assert [source.name for source in found.funds.sources] == ["中央", "自治区", "自治州"]
    assert all(get(found, f"funds/sources/{source.name}/executed") is None for source in found.funds.sources)
    bound = {code for code, given in last.actuals.items() if isinstance(given, Binding)}
    assert set(found.actuals) == bound
    assert {"B101", "B102", "C205"} <= bound
    assert (found.reasons, found.evidence, found.overrides) == ({}, (), {})


def test_filled_form_gives_its_system(tmp_path, bazhou):
    path = tmp_path / "附件1.xlsx"
    path.write_bytes(excel_write.write([write(form("score_table"), bazhou)]))

    made = new(tmp_path / "新", kind="third-party", year=2025, last=path).value

    scored = bundle.read(made.file).evaluation.system("scored")
    before = bazhou.evaluation.system("scored")
    assert [node.code for node, _ in scored.walk()] == [node.code for node, _ in before.walk()]
    for name in ("name", "weight", "target", "criteria"):
        assert getattr(scored.find("C203"), name) == getattr(before.find("C203"), name)
    assert scored.find("C2").weight == before.find("C2").weight


def test_workbook_of_last_year_serves_as_well(tmp_path, examples):
    book = workbook(examples / "bazhou-2024", tmp_path / "去年.xlsx").value

    found = bundle.read(new(tmp_path / "新", last=book).value.file).evaluation

    assert (found.year, str(get(found, "scored/C101/last_year"))) == (2025, "81.35万人")


def test_nothing_is_overwritten(tmp_path):
    (tmp_path / "旧").mkdir()
    (tmp_path / "旧" / "笔记.txt").write_text("在写", encoding="utf-8")

    with pytest.raises(CannotWrite) as caught:
        new(tmp_path / "旧", kind="fund", year=2024)

    assert caught.value.what.id == "new.not_empty"
    assert [path.name for path in (tmp_path / "旧").iterdir()] == ["笔记.txt"]


def test_unknown_kind_and_set_name_the_known_ones(tmp_path):
    with pytest.raises(NotKnown) as kind:
        new(tmp_path / "新", kind="audit")
    with pytest.raises(NotKnown) as nothing:
        new(tmp_path / "新")
    with pytest.raises(NotKnown) as entry:
        new(tmp_path / "新", kind="fund", year=2024, entry="resident-medical")

    assert "third-party" in kind.value.remedy.text("zh")
    assert nothing.value.what.id == "new.no_kind"
    assert "resident-medical-2022" in entry.value.remedy.text("zh")
    assert not (tmp_path / "新").exists()


def test_workbook_without_a_known_form_is_refused(tmp_path):
    from openpyxl import Workbook

    path = tmp_path / "别的.xlsx"
    book = Workbook()
    book.active["A1"] = "通讯录"
    book.save(path)

    with pytest.raises(CannotOpen) as caught:
        new(tmp_path / "新", kind="fund", year=2024, last=path)

    assert caught.value.what.id == "new.no_form"


def test_workbook_and_folder_are_written_from_one_another(tmp_path, plain, examples):
    book = workbook(examples / "bazhou-2024", tmp_path / "册" / "评价.xlsx").value
    folder = workbook(book, tmp_path / "夹").value

    assert bundle.read(book).evaluation == plain
    assert bundle.read(folder).evaluation == plain
    with pytest.raises(CannotWrite):
        workbook(book, tmp_path / "夹")
    assert workbook(book, tmp_path / "夹", replace=True).value == folder


def test_texts_with_files_of_their_own_stay_in_them(tmp_path):
    folder = tmp_path / "夹"
    made = new(folder, kind="fund", year=2024).value
    (folder / "texts").mkdir()
    (folder / "texts" / "背景.md").write_text("原文\n", encoding="utf-8")
    book = workbook(folder).value

    again = workbook(book, folder, replace=True).value

    assert again == made.file
    assert "原文" not in made.file.read_text(encoding="utf-8")
    assert dict(bundle.read(folder).evaluation.texts) == {"背景": "原文"}
    (folder / "texts" / "背景.md").write_text("改过\n", encoding="utf-8")
    made.file.unlink()
    with pytest.raises(CannotWrite) as caught:
        workbook(book, folder)
    assert caught.value.place.file.endswith("背景.md")
