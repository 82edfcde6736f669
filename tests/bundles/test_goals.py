"""导入目标: a finance system's table of goals becomes the declared system and stays locked, whatever its layout."""

from __future__ import annotations

import pytest
from openpyxl import Workbook

from jixiao.errors import CannotOpen
from jixiao.evaluation.amendments import amend
from jixiao.evaluation.model import Amendment
from jixiao.evaluation.paths import get, put
from jixiao.evaluation.reading import value_at
from jixiao.formats import bundle, bundle_save
from jixiao.operations.check import check
from jixiao.operations.new import new

EXPORT = [
    ["2025年部门预算项目绩效目标表（系统导出）"],
    ["预算项目名称", None, "重点人群参保资助", None, "预算主管部门", None, "示例市医疗保障局"],
    ["年度绩效目标", None, "应保尽保，待遇按时落实"],
    ["序号", "项目编码", "一级绩效指标", "二级绩效指标", "三级绩效指标", "指标性质", "指标值", "计量单位", "指标权重", "计算公式",
     "数据来源", "备注"],
    [1, "65-01", "产出指标", "数量指标", "资助参保人数", "≥", "12.5", "万人", 30, "", "业务系统", ""],
    [2, "65-01", None, None, "资助标准执行率", "=", "100", "%", 10, "", "", ""],
    [3, "65-01", None, "时效指标", "资助完成时限", "定性", "2025年12月31日前", "", 10, "", "", ""],
    [4, "65-01", "效益指标", "社会效益指标", "困难群众参保率", "≥", "99", "%", 30, "", "", ""],
    [5, "65-01", "满意度指标", "服务对象满意度指标", "受助对象满意度", "≥", "90", "%", 10, "", "", ""],
    ["合计", None, None, None, None, None, None, None, 90],
]  # fmt: skip
MERGED = ["A1:L1", "C5:C7", "D5:D6", "A2:B2", "C2:D2", "A3:B3", "C3:L3", "A10:H10"]
PLAIN = [
    ["绩效指标", "年度指标值"],
    ["资助参保人数", "≥12.5万人"],
    ["困难群众参保率", "≥99%"],
]


def _saved(path, rows, merged=()):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    for span in merged:
        book.active.merge_cells(span)
    book.save(path)
    return path


@pytest.fixture
def exported(tmp_path):
    return _saved(tmp_path / "目标表导出.xlsx", EXPORT, MERGED)


@pytest.fixture
def made(tmp_path, exported):
    outcome = new(tmp_path / "新", year=2025, goals=exported)
    assert outcome.findings == ()
    return tmp_path / "新"


def _locked(folder):
    return [found for found in check(folder).findings if found.check == "goals"]


def _changed(folder, path, text, *amendments):
    """Save a bundle with amendments, and with what a text means at a path."""
    read = bundle.read(folder)
    evaluation = read.evaluation
    for amendment in amendments:
        evaluation = amend(evaluation, amendment)
    if path:
        evaluation = put(evaluation, path, value_at(evaluation, path, text))
    bundle_save.save(folder, read, evaluation)


def test_export_of_another_layout_becomes_the_declared_system(made):
    found = bundle.read(made).evaluation

    declared = found.system("declared")
    assert [(node.code, node.name) for node, _ in declared.walk()] == [
        ("A", "产出指标"), ("A1", "数量指标"), ("A101", "资助参保人数"), ("A102", "资助标准执行率"), ("A2", "时效指标"),
        ("A201", "资助完成时限"), ("B", "效益指标"), ("B1", "社会效益指标"), ("B101", "困难群众参保率"),
        ("C", "满意度指标"), ("C1", "服务对象满意度指标"), ("C101", "受助对象满意度"),
    ]  # fmt: skip
    assert [str(node.target) for node in declared.indicators()] == [
        "≥12.5万人", "=100%", "2025年12月31日前", "≥99%", "≥90%"]  # fmt: skip
    assert [str(node.weight) for node in declared.indicators()] == ["30", "10", "10", "30", "10"]
    assert str(declared.full) == "90"
    assert (found.kind, found.year, found.head.project) == ("self-evaluation", 2025, "重点人群参保资助")
    assert (found.head.department, found.texts["objective"]) == ("示例市医疗保障局", "应保尽保，待遇按时落实")


def test_scored_system_answers_the_goals_beside_the_execution_of_the_budget(made):
    found = bundle.read(made).evaluation

    scored = found.system("scored")
    assert {node.objective for node in scored.indicators()} == {
        None, "A101", "A102", "A201", "B101", "C101"}  # fmt: skip
    assert sum(node.weight for node in scored.indicators()) == scored.full == 100
    assert list(found.actuals) == ["E101"]


def test_approved_table_stays_as_evidence_and_nothing_departs_from_it(made, exported):
    entry = bundle.read(made).evaluation.evidence[0]

    assert (entry.file, entry.proves) == ("目标表导出.xlsx", ("declared",))
    assert (made / "evidence" / entry.file).read_bytes() == exported.read_bytes()
    assert _locked(made) == []
    assert not [found for found in check(made).findings if found.check in ("evidence_file", "unknown_code")]


@pytest.mark.parametrize("role", ["declared", "scored"])
def test_changed_target_is_found(made, role):
    _changed(made, f"{role}/B101/target", "≥95%")

    [found] = _locked(made)

    assert (found.severity, found.printed, found.expected) == ("error", "≥95%", "≥99%")
    assert found.paths == (f"{role}/B101/target",) and found.places[0].line
    assert "困难群众参保率" in found.because.text("zh") and "target" in found.because.text("en")


def test_same_target_spelt_otherwise_is_no_change(made):
    _changed(made, "declared/A101/target", "≥125000人")

    assert _locked(made) == []


def test_changed_weight_and_a_goal_that_is_gone_are_found(made):
    text = (made / "evaluation.yaml").read_text("utf-8")
    text = text.replace("name: 受助对象满意度", "name: 群众满意度", 1).replace("weight: 10", "weight: 15", 1)
    (made / "evaluation.yaml").write_text(text, "utf-8")

    said = [found.because.id for found in _locked(made)]

    assert sorted(said) == ["goals.changed", "goals.gone"]


def test_amended_target_is_agreed(made):
    asked = {"asked_by": "示例市医疗保障局", "consent": "示例市财政局", "reason": "人数减少"}
    _changed(made, "", "", Amendment("declared/B101/target", "≥99%", "≥95%", **asked))
    assert _locked(made) == []

    _changed(made, "scored/B101/target", "≥95%")
    assert _locked(made) == []

    _changed(made, "scored/B101/target", "≥90%")
    assert [found.printed for found in _locked(made)] == ["≥90%"]


def test_table_with_two_columns_is_enough(tmp_path):
    new(tmp_path / "新", year=2025, goals=_saved(tmp_path / "b.xlsx", PLAIN))

    declared = bundle.read(tmp_path / "新").evaluation.system("declared")
    assert [(node.code, str(node.target)) for node in declared.indicators()] == [
        ("A01", "≥12.5万人"), ("A02", "≥99%")]  # fmt: skip


def test_third_party_keeps_its_scored_system(tmp_path, exported):
    new(tmp_path / "新", kind="third-party", year=2025, goals=exported)

    found = bundle.read(tmp_path / "新").evaluation
    assert str(get(found, "declared/A101/target")) == "≥12.5万人"
    assert found.system("scored").find("A101").name == "立项依据充分性"
    assert "B101" in found.actuals


def test_last_year_lends_its_rules_to_goals_of_the_same_name(tmp_path, made, exported):
    text = (made / "evaluation.yaml").read_text("utf-8")
    ruled = text.replace("objective: B101", "objective: B101, rule: {id: proportional}").replace(
        "year: 2025", "year: 2024"
    )
    (made / "evaluation.yaml").write_text(ruled, "utf-8")

    new(tmp_path / "次年", last=made, goals=exported)

    found = bundle.read(tmp_path / "次年").evaluation
    assert found.year == 2025
    assert get(found, "scored/B101/rule").id == "proportional"
    assert get(found, "scored/E101/rule").id == "execution_rate"
    assert list(found.actuals) == ["E101"]


def test_workbook_is_locked_as_well(tmp_path, exported):
    new(tmp_path / "新", year=2025, goals=exported, workbook=True)

    assert _locked(tmp_path / "新") == []
    assert bundle.read(tmp_path / "新").evaluation.evidence[0].proves == ("declared",)


def test_table_of_results_is_no_table_of_goals(tmp_path):
    results = [["三级指标", "指标值", "实际完成值", "得分"], ["人数", "≥1人", "2人", "10"]]

    with pytest.raises(CannotOpen) as caught:
        new(tmp_path / "新", year=2025, goals=_saved(tmp_path / "c.xlsx", results))

    assert caught.value.what.id == "new.no_goals"
    assert not (tmp_path / "新").exists()


def test_file_that_holds_no_goals_any_more_is_found(made):
    _saved(made / "evidence" / "目标表导出.xlsx", [["别的", "内容"]])

    assert [found.because.id for found in _locked(made)] == ["goals.unread"]


def test_command_imports_goals(jixiao, tmp_path, exported):
    done = jixiao("new", tmp_path / "新", "--goals", exported, "--year", 2025)

    assert done.returncode == 0
    assert (tmp_path / "新" / "evidence" / "目标表导出.xlsx").is_file()
