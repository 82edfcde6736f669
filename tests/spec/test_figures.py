"""写法: every notation of `figures/notations.yaml` read to its meaning, and printed back as it was spelt."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from jixiao.evaluation.reading import weight
from jixiao.figures.actual import Echo, Level, Verdict
from jixiao.figures.actual_notation import actual
from jixiao.figures.dates import When
from jixiao.figures.figure import Figure
from jixiao.figures.notation import figure
from jixiao.figures.target import Target
from jixiao.figures.target_notation import target
from jixiao.figures.units import unit
from jixiao.figures.unread import Unread

SPEC = yaml.load(Path(__file__).with_name("figures").joinpath("notations.yaml").read_text("utf-8"), yaml.BaseLoader)
CASES = [pytest.param(case, id=f"{chapter} {case['name']}") for chapter, cases in SPEC.items() for case in cases]
KINDS = {"figure": Figure, "when": When, "level": Level, "verdict": Verdict, "echo": Echo, "unread": Unread}
KNOWN = {
    "name",
    "target",
    "sign",
    "unit",
    "actual",
    "points",
    "kind",
    "low",
    "high",
    "when",
    "word",
    "unread",
    "is",
    "value",
    "verdict",
    "meets",
    "direction",
    "last_year",
    "prints",
}
SAID = {"yes": True, "no": False, "unknown": None}


@pytest.mark.parametrize("case", CASES)
def test_notation_is_read_to_its_meaning(case):
    assert set(case) <= KNOWN
    goal = goal_of(case)

    if "points" in case:
        check_points(case)
    elif "actual" in case:
        check_actual(case, goal)
    else:
        check_target(case, goal)


def test_notations_cover_all_eighteen_paragraphs():
    assert [chapter.partition("、")[0] for chapter in SPEC] == [
        "一",
        "二",
        "三",
        "四",
        "五",
        "六",
        "七",
        "八",
        "九",
        "十",
        "十一",
        "十二",
        "十三",
        "十四",
        "十五",
        "十六",
        "十七",
        "十八",
    ]
    assert all(SPEC.values())


def goal_of(case):
    if "target" not in case:
        return None
    return target(case.get("sign", "") + case["target"], expected=unit(case.get("unit", "")))


def check_target(case, goal):
    assert str(goal) == case.get("sign", "") + case["target"]
    if "unread" in case:
        assert isinstance(goal, Unread)
        assert goal.why.id == case["unread"]
        assert goal.why.text("zh") and goal.why.text("en")
        return
    assert isinstance(goal, Target)
    assert (goal.kind, exact(goal.low), exact(goal.high)) == (case["kind"], case.get("low"), case.get("high"))
    assert (str(goal.when) if goal.when else None) == case.get("when")
    if "word" in case:
        assert goal.word == case["word"]


def check_actual(case, goal):
    read = actual(case["actual"], goal)

    assert str(read) == case["actual"]
    assert type(read) is KINDS[case["is"]]
    if "unread" in case:
        assert read.why.id == case["unread"]
    if "prints" in case:
        assert read.text() == case["prints"].removesuffix("%") + read.unit.name
    if "verdict" in case:
        assert read.met is SAID[case["verdict"]]
    if "value" in case:
        said = {
            "figure": exact,
            "when": lambda when: str(When(when.year, when.month, when.day)),
            "level": lambda level: level.word,
        }
        assert said[case["is"]](read) == case["value"]
    if "meets" in case:
        last = figure(case["last_year"]) if "last_year" in case else None
        assert goal.met(read, direction=case.get("direction", "more"), last_year=last) is SAID[case["meets"]]


def check_points(case):
    read = weight(case["points"])

    if "unread" in case:
        assert isinstance(read, Unread)
        assert (read.why.id, str(read)) == (case["unread"], case["points"])
    else:
        assert str(read) == case["value"]


def exact(value):
    """Return the exact value in the base unit as the spec writes it: `410000人`, `19/20`."""
    if value is None:
        return None
    return f"{value.num}{f'/{value.den}' if value.den != 1 else ''}{value.unit.base}"
