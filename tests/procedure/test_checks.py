"""过程检查: every check of the procedure has cases an evaluator can read, and finds what they say and nothing else."""

from pathlib import Path

import pytest
import yaml

from jixiao.evaluation.procedure_check import known
from jixiao.operations.check import check

HERE = Path(__file__).parent
FUND = HERE.parent / "forms" / "carried_out" / "evaluation.yaml"
FILES = sorted((HERE / "checks").glob("*.yaml"))


CASES = [
    pytest.param(case, id=f"{path.stem}: {case['name']}")
    for path in FILES
    for case in yaml.load(path.read_text("utf-8"), yaml.BaseLoader)
]


def bundle_of(folder, procedure, more=None):
    """Write the invented fund with another procedure into a folder."""
    tree = yaml.load(FUND.read_text("utf-8"), yaml.BaseLoader) | (more or {})
    tree["procedure"] = procedure
    text = yaml.dump(tree, allow_unicode=True, sort_keys=False)
    (folder / "evaluation.yaml").write_text(text, "utf-8")
    return folder


@pytest.mark.parametrize("case", CASES)
def test_check_finds_what_the_case_says(case, tmp_path):
    outcome = check(bundle_of(tmp_path, case["procedure"], case.get("more")))

    told = [[one.severity, one.because.text("zh")] for one in outcome.findings if one.check.startswith("procedure_")]
    assert sorted(told) == sorted(case["found"])
    for one in outcome.findings:
        if one.check.startswith("procedure_"):
            assert one.places and one.because.text("en") and one.remedy.text("en") and one.remedy.text("zh")


def test_every_check_has_its_cases():
    assert [path.stem for path in FILES] == sorted(known())


def test_signed_form_that_was_changed_since_is_found(tmp_path):
    sign_off = {"step": "指标体系确认", "by": "县医保局", "result": "同意", "date": "2025年6月28日",
                "form": "indicator_confirmation"}  # fmt: skip
    (unsigned,) = _signed(bundle_of(tmp_path, {"sign_offs": [sign_off]}))
    code = unsigned.expected

    (tmp_path / "same").mkdir()
    (tmp_path / "later").mkdir()
    same = bundle_of(tmp_path / "same", {"sign_offs": [{**sign_off, "code": code}]})
    later = bundle_of(tmp_path / "later", {"sign_offs": [{**sign_off, "code": code}]})
    path = later / "evaluation.yaml"
    path.write_text(path.read_text("utf-8").replace("target: ≥5万人", "target: ≥4万人"), "utf-8")

    assert _signed(same) == []
    (changed,) = _signed(later)
    assert (changed.printed, changed.severity) == (code, "warning")
    assert changed.because.text("zh").startswith(
        "《绩效评价指标体系确认表》在「指标体系确认」环节由县医保局于2025年6月28日签定"
    )


def test_code_of_the_confirmed_system_stays_while_values_are_filled_in(tmp_path):
    sign_off = {"step": "指标体系确认", "by": "县医保局", "result": "同意", "date": "2025年6月28日",
                "form": "indicator_confirmation"}  # fmt: skip
    (one,) = _signed(bundle_of(tmp_path, {"sign_offs": [sign_off]}))
    (tmp_path / "other").mkdir()
    actuals = {"O101": "4.2万人", "O201": "60%"}
    (other,) = _signed(bundle_of(tmp_path / "other", {"sign_offs": [sign_off]}, {"actuals": actuals}))

    assert one.expected == other.expected


def test_sign_off_of_no_form_of_ours_is_found(tmp_path):
    sign_off = {"step": "验收", "by": "县财政局", "result": "合格", "date": "2025年7月1日", "form": "验收单"}

    (found,) = _signed(bundle_of(tmp_path, {"sign_offs": [sign_off]}))

    assert found.because.text("zh") == "没有名为「验收单」的表格"


def test_personal_data_are_found_anywhere_and_never_repeated(tmp_path):
    procedure = {"interviews": [{"question": "联系人：王某某", "answer": "13800138000"}]}
    outcome = check(bundle_of(tmp_path, procedure, {"texts": {"background": "身份证11010519491231002X"}}))

    found = [one for one in outcome.findings if one.check == "personal_data"]
    assert [one.because.text("zh") for one in found] == [
        "此处有个人信息：身份证号", "此处有个人信息：姓名", "此处有个人信息：电话号码"
    ]  # fmt: skip
    said = "".join(one.because.text(lang) + one.remedy.text(lang) for one in found for lang in ("zh", "en"))
    assert "13800138000" not in said and "王某某" not in said


def _signed(folder):
    return [one for one in check(folder).findings if one.check == "signed_form"]
