"""对比: every change is found once, under a path that leads to it, in the order of the document."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from strategies import evaluations, paths

from jixiao.evaluation.diff import differences
from jixiao.evaluation.model import Amendment, Evidence
from jixiao.evaluation.paths import get, put
from jixiao.figures.notation import figure
from jixiao.figures.target_notation import target
from jixiao.figures.units import unit
from jixiao.indicators.indicator import Group, Indicator


def told(before, after):
    return [(found.path, found.before, found.after, found.change) for found in differences(before, after)]


def labels(before, after):
    return [found.label.text("zh") for found in differences(before, after)]


@given(evaluations())
def test_equal_evaluations_have_no_difference(evaluation):
    assert differences(evaluation, evaluation) == ()


@given(evaluations(), evaluations())
def test_differences_name_paths_and_turn_round(one, other):
    there, back = differences(one, other), differences(other, one)

    assert (there == ()) == (one == other)
    for found in there:
        side = one if found.change == "removed" else other
        get(side, found.path)  # a path that leads nowhere raises
    assert sorted(
        (path, str(before), str(after))
        for path, before, after, _ in told(one, other)
        if not path.startswith("evidence")
    ) == sorted(
        (path, str(after), str(before))
        for path, before, after, _ in told(other, one)
        if not path.startswith("evidence")
    )
    assert len(there) == len(back)


@given(evaluations(), st.data())
def test_one_changed_value_is_one_difference_at_its_path(evaluation, data):
    path = data.draw(
        st.sampled_from(
            [path for path in paths(evaluation) if path.endswith(("/name", "/project", "/summary", "/title"))]
        )
    )
    changed = put(evaluation, path, "改过的名称")

    found = differences(evaluation, changed)

    if get(evaluation, path) != "改过的名称":
        assert {one.path for one in found} == (
            {path}
            if not path.startswith("evidence")
            else {path.rpartition("/")[0]} | {one.path for one in found if one.path.startswith("evidence")}
        )
        assert any(one.after == "改过的名称" for one in found)


def test_values_of_an_indicator_are_named_by_code_name_and_field(plain):
    evaluation = plain
    changed = put(put(evaluation, "scored/C101/target", target("≥82万人")), "actuals/C101/value", figure("82.5万人"))

    assert told(evaluation, changed) == [
        ("scored/C101/target", "≥81万人", "≥82万人", "changed"),
        ("actuals/C101/value", "81.35万人", "82.5万人", "changed"),
    ]
    assert labels(evaluation, changed) == ["C101 参保人数 · 指标值", "C101 参保人数 · 实际完成值"]


def test_added_removed_and_moved_indicators(plain):
    evaluation = plain
    group, moved = get(evaluation, "scored/C2"), get(evaluation, "scored/C206")
    kept = tuple(node for node in group.children if node.code not in ("C205", "C206"))
    changed = put(
        evaluation, "scored/C2", replace(group, children=(Indicator("C207", "门诊人次", target=target("≥1次")), *kept))
    )
    first = get(changed, "scored/C1")
    changed = put(changed, "scored/C1", replace(first, children=(moved, *first.children)))

    assert told(evaluation, changed) == [
        ("scored/C206", "C2 产出质量", "C1 产出数量", "moved"),
        ("scored/C207", None, "门诊人次，≥1次", "added"),
        ("scored/C205", "基金滚存结余可支配月数，5分，≥6个月", None, "removed"),
    ]


def test_other_order_is_one_row(plain):
    evaluation = plain
    group = get(evaluation, "scored/B1")
    changed = put(evaluation, "scored/B1", replace(group, children=group.children[::-1]))

    assert told(evaluation, changed) == [("scored/B1", "B101、B102、B103", "B103、B102、B101", "moved")]
    assert labels(evaluation, changed) == ["B1 资金管理 · 下级指标的次序"]


def test_indicator_that_became_a_group_is_one_row(plain):
    evaluation = plain
    changed = put(evaluation, "scored/C101", Group("C101", "参保人数", None, ()))

    assert told(evaluation, changed) == [("scored/C101", "参保人数，6分，≥81万人", "参保人数", "changed")]


def test_whole_system_gone_lists_what_it_held(plain):
    evaluation = plain
    changed = replace(evaluation, systems=tuple(one for one in evaluation.systems if one.role == "scored"))

    found = told(evaluation, changed)

    assert {change for *_, change in found} == {"removed"}
    assert ("declared/O111", "参保人数，5分，≥81万人", None, "removed") in found


def test_funds_evidence_and_amendments(plain):
    evaluation = plain
    first, *rest = evaluation.evidence
    changed = put(evaluation, "funds/sources/中央/executed", figure("42000", expected=unit("万元")))
    changed = replace(
        changed,
        evidence=(Evidence("新材料", ("C101",)), replace(first, sha256="0" * 64), *rest),
        amendments=(Amendment("scored/C101/target", None, "≥81万人", "州局", "批复", "统计口径"),),
    )

    found = told(evaluation, changed)

    assert found[:5] == [
        ("funds/sources/中央/executed", "42433", "42000", "changed"),
        ("evidence/0", None, "新材料", "added"),
        ("evidence/0/proves", None, "C101", "added"),
        ("evidence/1/sha256", None, "0" * 64, "added"),
        ("amendments/0/path", None, "scored/C101/target", "added"),
    ]


def test_same_spelling_in_other_units_says_the_units(plain):
    evaluation = put(plain, "funds/stated/executed", figure("5", expected=unit("万元")))
    changed = put(evaluation, "funds/stated/executed", figure("5", expected=unit("元")))

    assert told(evaluation, changed) == [("funds/stated/executed", "5（万元）", "5（元）", "changed")]


def test_changed_parameter_of_a_rule_is_its_own_row(plain):
    evaluation = plain
    rule = get(evaluation, "scored/C101/rule")
    changed = put(evaluation, "scored/C101/rule", replace(rule, params={"loss": "10%"}))

    assert told(evaluation, changed) == [("scored/C101/rule/params/loss", None, "10%", "added")]
