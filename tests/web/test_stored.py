"""存取与合并: equal evaluations have equal bytes; whatever two people change comes together as chosen."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jixiao.errors import CannotParse
from jixiao.evaluation.diff import differences
from jixiao.evaluation.paths import put
from jixiao.operations import merge, stored
from jixiao.operations.check import check

EXAMPLES = [
    "bazhou-2024",
    "kashgar-2022-resident-medical",
    "xinjiang-2024",
    "jiayuguan-2023",
    "bachu-2020-staff-medical",
]


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_example_survives_with_its_score(examples, name):
    outcome = check(examples / name)
    evaluation = outcome.value.evaluation

    content = stored.written(evaluation)
    read = stored.read(content)

    assert read.value == evaluation
    assert stored.written(read.value) == content
    assert differences(evaluation, read.value) == ()
    assert stored.assessed(read.value).value.card == outcome.value.card


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"[]",
        b"{",
        b'"x"',
        b"\xff",
        b"{}",
        b'{"evaluation": 1}',
        b'{"evaluation": {"schema": "x"}}',
        b"[" * 100_000,
    ],
)
def test_bytes_that_hold_no_evaluation_are_refused(raw):
    with pytest.raises(CannotParse) as refused:
        stored.read(raw)

    assert refused.value.what.text("zh") and refused.value.what.text("en")


texts = st.text("甲乙丙丁1.%", max_size=4).map(str.strip)
fields = st.sampled_from(
    [
        "head/project",
        "head/region",
        "texts/background",
        "texts/process",
        "reasons/O102",
        "scored/O101/name",
        "scored/O102/criteria",
    ]
)
edits = st.dictionaries(fields, texts, max_size=4)


@pytest.fixture(scope="module")
def base(examples):
    return check(examples / "kashgar-2022-resident-medical").value.evaluation


def edited(evaluation, said):
    from jixiao.evaluation.model import Reason

    for path, text in said.items():
        if path.startswith("reasons/"):
            evaluation = put(evaluation, path, Reason(text or "—"))
        elif path.startswith("texts/") or path.endswith("/name"):
            evaluation = put(evaluation, path, text or "—")
        else:
            evaluation = put(evaluation, path, text or None)
    return evaluation


@given(edits, edits)
def test_merge_keeps_what_either_side_changed_and_was_chosen(base, one, two):
    mine, theirs = edited(base, one), edited(base, two)
    found = merge.changes(base, mine, theirs)
    conflicts = {change.key for change in found if change.is_conflict}

    all_mine = merge.merged(base, mine, theirs, conflicts)
    all_theirs = merge.merged(base, mine, theirs, set())

    assert {c.key for c in merge.changes(base, mine, all_mine) if c.mine != c.theirs and c.is_mine} == set()
    assert all_mine == edited(edited(base, two), one)
    assert all_theirs == edited(edited(base, {p: t for p, t in one.items() if p not in two}), two) or conflicts
    assert merge.merged(base, mine, mine, set()) == mine


def test_merge_brings_lists_together_by_their_names(base):
    from jixiao.evaluation.model import Evidence

    mine = put(base, "evidence", (*base.evidence, Evidence("甲的佐证", ("O101",), "a/x.pdf", "a" * 64)))
    theirs = put(base, "evidence", (*base.evidence, Evidence("乙的佐证", ("O102",), "b/y.pdf", "b" * 64)))

    together = merge.merged(base, mine, theirs, set())

    titles = {one.title for one in together.evidence}
    assert {"甲的佐证", "乙的佐证"} <= titles
    assert len(together.evidence) == len(base.evidence) + 2


def test_depth_is_bounded():
    deep = {"evaluation": {}}
    for _ in range(200):
        deep = {"evaluation": deep}

    with pytest.raises(CannotParse):
        stored.read(json.dumps(deep).encode())


def test_results_of_engines_outlast_a_merge(examples):
    base = check(examples / "bazhou-2024").value.evaluation
    mine, theirs = put(base, "head/department", "甲处"), put(base, "head/region", "某州")

    together = merge.merged(base, mine, theirs, ())

    assert base.results and together.results == base.results
    assert (together.head.department, together.head.region) == ("甲处", "某州")
