"""Laws of the lens on an Evaluation, of amendments, and of assessment.

1. put-get, get-put, put-put; a put leaves every path that does not touch it as it was.
2. Undoing the amendments gives the evaluation as it was before them.
3. A total is the exact sum of awarded scores; a scorecard follows from its evaluation; nothing is left out silently.
4. Every path of a finding names something, and every finding can be said in both languages.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import evaluations, paths

from jixiao.evaluation.amendments import amend, findings, original
from jixiao.evaluation.assess import assess
from jixiao.evaluation.checks import holes
from jixiao.evaluation.model import Amendment
from jixiao.evaluation.paths import get, put
from jixiao.figures.unread import Unread
from jixiao.formats.json_write import scorecard
from jixiao.indicators.indicator import Group
from jixiao.scoring.scorecard import Score


class Other:
    """A value that no evaluation holds."""


def touches(one: str, two: str) -> bool:
    """Return whether a change at one path may be seen at the other: the same branch, or nodes of one tree."""
    first, second = one.split("/"), two.split("/")
    shared = min(len(first), len(second))
    in_tree = first[0] == second[0] in ("scored", "declared")
    return first[:shared] == second[:shared] or (in_tree and (len(first) < 3 or len(second) < 3))


@given(st.data())
def test_lens_laws(data):
    evaluation = data.draw(evaluations())
    path = data.draw(st.sampled_from(paths(evaluation)))
    standing = get(evaluation, path)
    new, newer = (
        (replace(standing, name="甲"), replace(standing, name="乙"))
        if hasattr(standing, "code")
        else (Other(), Other())
    )
    if path in ("scored", "declared"):
        new, newer = replace(standing, places=4), replace(standing, places=5)

    assert get(put(evaluation, path, new), path) == new
    assert put(evaluation, path, get(evaluation, path)) == evaluation
    assert put(put(evaluation, path, new), path, newer) == put(evaluation, path, newer)


@given(st.data())
def test_put_leaves_every_other_path_unchanged(data):
    evaluation = data.draw(evaluations())
    known = paths(evaluation)
    path = data.draw(
        st.sampled_from([path for path in known if path.count("/") > 1 or not path.startswith(("scored", "declared"))])
    )

    changed = put(evaluation, path, Other())

    others = [other for other in known if not touches(path, other)]
    assert [get(changed, other) for other in others] == [get(evaluation, other) for other in others]


@given(st.data())
def test_put_of_a_node_leaves_the_other_nodes_unchanged(data):
    evaluation = data.draw(evaluations())
    system = data.draw(st.sampled_from(evaluation.systems))
    nodes = list(system.walk())
    node, above = data.draw(st.sampled_from(nodes))

    changed = put(evaluation, f"{system.role}/{node.code}/name", "改过的名称")

    for other, _ in nodes:
        here = get(changed, f"{system.role}/{other.code}")
        assert here.name == ("改过的名称" if other is node else other.name)
        if other is not node and other not in above:
            assert here is other


@given(
    evaluations(),
    st.sampled_from(
        ["scored/Z9/weight", "head/nobody", "actuals", "evidence/99", "funds/sources/无/executed", "nothing"]
    ),
)
def test_path_that_is_not_there_is_refused_by_its_name(evaluation, path):
    if path == "actuals":
        path = "actuals/Z9/value"
    with pytest.raises(KeyError, match=path):
        get(evaluation, path)
    with pytest.raises(KeyError, match=path):
        put(evaluation, path, 1)


@given(st.data())
def test_original_undoes_every_amendment(data):
    evaluation = before = data.draw(evaluations())
    leaves = [f"{system.role}/{node.code}" for system in evaluation.systems for node in system.indicators()]
    for number in range(data.draw(st.integers(1, 4))):
        name, new = data.draw(
            st.sampled_from(
                [("weight", "7.5"), ("weight", "3"), ("target", "≥90%"), ("target", "=0人"), ("name", "新名称")]
            )
        )
        path = f"{data.draw(st.sampled_from(leaves))}/{name}"
        standing = get(evaluation, path)
        was = None if standing is None else str(standing)
        evaluation = amend(
            evaluation, Amendment(path, was, new, "单位", "财政局批复", "政策调整", f"2024-0{number + 1}-01")
        )
        assert str(get(evaluation, path)) == new

    undone = original(evaluation)

    assert undone.systems == before.systems
    assert list(findings(evaluation)) == []


@given(evaluations())
def test_assessment_sums_awarded_scores_exactly_and_scores_nothing_in_silence(evaluation):
    assessed = assess(evaluation)
    system, card = evaluation.system("scored"), assessed.card
    if system is None:
        assert card is None
        assert "missing_system" in {finding.check for finding in assessed.findings}
        return

    for score in card.scores.values():
        assert isinstance(score, Score)
        assert -score.awarded.as_tuple().exponent == system.places
        assert score.how == "computed" or score.reason == evaluation.overrides[score.code].reason
    for node, above in system.walk():
        covered = any(group.code in card.scores for group in above)
        if node.code not in card.scores and not isinstance(node, Group) and not covered:
            assert card.sums[node.code] is None
            assert any(f"scored/{node.code}" in finding.paths for finding in card.findings)
    if card.total is not None:
        counted = [
            score.awarded
            for code, score in card.scores.items()
            if not any(
                group.code in card.scores for node, above in system.walk() if node.code == code for group in above
            )
        ]
        assert card.total == sum(counted, Decimal(0)) == sum(section.awarded for section in card.sections)
        assert card.grade is not None
        assert not any(finding.severity == "error" for finding in assessed.findings)
    else:
        assert card.grade is None
        assert any(finding.severity == "error" for finding in assessed.findings)


@given(evaluations())
def test_assessment_is_a_function_of_its_evaluation(evaluation):
    assert assess(evaluation) == assess(evaluation)
    assert scorecard(assess(evaluation)) == scorecard(assess(evaluation))


@given(evaluations())
def test_unread_values_are_all_reported(evaluation):
    reported = {path for finding in assess(evaluation).findings if finding.check == "unread" for path in finding.paths}

    assert reported == {path for path, _ in holes(evaluation)}
    for path in reported:
        standing = get(evaluation, path)
        assert isinstance(getattr(standing, "value", standing), Unread)


@given(evaluations())
def test_findings_name_what_is_there_and_speak_both_languages(evaluation):
    for finding in assess(evaluation).findings:
        assert finding.because.text("zh") and finding.because.text("en")
        assert finding.remedy.text("zh") and finding.remedy.text("en")
        assert finding.paths
        for path in finding.paths:
            if path != "systems" and not path.startswith("actuals/"):
                get(evaluation, path)
