"""计数: any answers, counted by the engine, give what a plain loop over them gives."""

from __future__ import annotations

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from jixiao.engines.answers import counted
from jixiao.figures.figure import exactly
from jixiao.surveys.answers import Sheet
from jixiao.surveys.layout import recognised
from jixiao.surveys.moments import Moments
from jixiao.surveys.questionnaire import (
    Condition,
    Option,
    Question,
    Questionnaire,
    Rule,
    Sample,
    Satisfaction,
    Section,
    Strata,
    Stratum,
)

OPTIONS = (Option("A", "甲"), Option("B", "乙"), Option("C", "丙"))
FORM = Questionnaire(
    "t",
    "测试",
    (
        Section(
            "",
            (
                Question("Q1", "single", "单选", OPTIONS),
                Question("Q2", "multiple", "多选", OPTIONS),
                Question("S1", "scale", "量表一", low=0, high=4),
                Question("S2", "scale", "量表二"),
                Question("T1", "single", "追问", OPTIONS, shown_when=Condition(("Q2",), ("B",))),
            ),
        ),
    ),
    sample=Sample(strata=Strata("地区", (Stratum("东", exactly(2)), Stratum("西", exactly(1))))),
    validity=(Rule("token", "exclude"), Rule("seconds", "exclude", 20), Rule("complete", "count")),
    satisfaction=Satisfaction(("S1", "S2"), "top_two"),
)
HEADS = ("token", "seconds", "地区", "Q1", "Q2", "S1", "S2", "T1")
single = st.sampled_from(["A", "乙", "3", "", "-3", "Z"])
several = st.sampled_from(["A", "甲┋乙", "B|C", "", "ABX"])
rows = st.lists(
    st.tuples(
        st.sampled_from(["", "t1", "t2", "t3"]),
        st.sampled_from(["10", "30秒", "1分5秒", ""]),
        st.sampled_from(["东", "西", "南", ""]),
        single,
        several,
        st.sampled_from(["0", "2", "4", "", "5"]),
        st.sampled_from(["1", "5", "", "6"]),
        single,
    ),
    max_size=25,
)
SINGLE = {"A": 0, "乙": 1, "3": 2}
SEVERAL = {"A": {0}, "甲┋乙": {0, 1}, "B|C": {1, 2}}
SECONDS = {"10": 10, "30秒": 30, "1分5秒": 65}


def plainly(listed):
    """Return what a person with a pencil would count."""
    unreadable, excluded, seen, valid = 0, Counter(), set(), []
    for token, seconds, part, q1, q2, s1, s2, t1 in listed:
        if "Z" in (q1, t1) or q2 == "ABX" or s1 == "5" or s2 == "6":
            unreadable += 1
        elif token and token in seen:
            excluded["token"] += 1
        elif SECONDS.get(seconds, 99) < 20:
            excluded["seconds"] += 1
            seen.add(token)
        else:
            seen.add(token)
            valid.append((part, SINGLE.get(q1), SEVERAL.get(q2), s1, s2, SINGLE.get(t1)))
    return unreadable, excluded, valid


@given(rows)
@settings(max_examples=40)
def test_engine_counts_what_a_plain_loop_counts(listed):
    sheet = Sheet("t", HEADS, 2, rows=tuple(listed), sample=tuple(listed))
    layout, findings = recognised(HEADS, FORM)
    blank = sum(1 for row in listed if not any(row))
    listed = [row for row in listed if any(row)]
    unreadable, excluded, valid = plainly(listed)

    count = counted(sheet, layout, FORM)
    tally, whole = count.tally, count.tally.all

    assert (findings, count.blank) == ([], blank)
    assert (tally.returned, tally.unreadable, tally.valid) == (len(listed), unreadable, len(valid))
    assert tally.excluded == {"token": excluded["token"], "seconds": excluded["seconds"]}
    for name, part in tally.slices.items():
        assert part.valid == sum(1 for row in valid if row[0] == name)
        assert part.returned == sum(1 for row in listed if row[2] == name)
    assert whole.counts["Q1"].chosen == tuple(sum(1 for row in valid if row[1] == at) for at in range(3))
    assert whole.counts["Q2"].chosen == tuple(sum(1 for row in valid if at in (row[2] or ())) for at in range(3))
    assert whole.counts["Q2"].answered == sum(1 for row in valid if row[2])
    shown = [row for row in valid if 1 in (row[2] or ())]
    assert whole.counts["T1"].shown == len(shown)
    assert whole.counts["T1"].missing == sum(1 for row in shown if row[5] is None)
    both = [(int(row[3]), int(row[4])) for row in valid if row[3] and row[4]]
    assert whole.moments == Moments.of(("S1", "S2"), both) if both else whole.moments.n == 0
    points = [(one >= 3) + (other >= 4) for one, other in both]
    assert whole.totals == (len(both), sum(points), sum(value * value for value in points))
