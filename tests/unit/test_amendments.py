"""调整: consented changes are recorded, can be undone, and are compared with what stands."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from jixiao.evaluation.amendments import amend, findings, original
from jixiao.evaluation.model import Amendment
from jixiao.evaluation.paths import get, put

CHANGE = Amendment("scored/C201/target", "=0人", "≤50人", "州医疗保障局", "州财政局批复", "比对口径调整", "2024-09-01")


def test_amendment_changes_the_value_and_original_undoes_it(bazhou):
    before = bazhou.evaluation

    changed = amend(amend(before, CHANGE), Amendment("scored/C201/weight", "6", "5", "局", "批复", "缘由"))

    assert str(get(changed, "scored/C201/target")) == "≤50人"
    assert get(changed, "scored/C201/weight") == Decimal(5)
    assert replace(original(changed), amendments=()) == before
    assert list(findings(changed)) == []


def test_amendment_of_one_value_twice_is_undone_to_the_first(bazhou):
    again = replace(CHANGE, before="≤50人", after="≤20人")

    changed = amend(amend(bazhou.evaluation, CHANGE), again)

    assert str(get(changed, "scored/C201/target")) == "≤20人"
    assert str(get(original(changed), "scored/C201/target")) == "=0人"
    assert list(findings(changed)) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"path": "scored/C999/target"}, "调整记录指向不存在的「scored/C999/target」"),
        ({"after": "≤60人"}, "调整记录说「scored/C201/target」改为 ≤60人，现在却是 ≤50人"),
        ({"consent": "  "}, "「scored/C201/target」的调整没有写明谁同意"),
    ],
)
def test_amendment_that_is_wrong_is_an_error(bazhou, change, said):
    amended = amend(bazhou.evaluation, CHANGE)

    found = list(findings(put(amended, "amendments", (replace(CHANGE, **change),))))

    assert [(finding.severity, finding.because.text("zh")) for finding in found] == [("error", said)]
    assert "amendments/0" in found[0].paths


def test_amendment_must_begin_with_what_stands(bazhou):
    with pytest.raises(AssertionError, match="scored/C201/target is =0人"):
        amend(bazhou.evaluation, replace(CHANGE, before="=1人"))
