"""分值框架: first-level weights beside the frame that a system names."""

from __future__ import annotations

from decimal import Decimal

import pytest

from jixiao import library
from jixiao.authorities import authority
from jixiao.figures.unread import Unread
from jixiao.findings import Message
from jixiao.indicators.frames import frame, frame_findings, known
from jixiao.indicators.indicator import Group, Indicator
from jixiao.indicators.system import System

OWN = {"产出指标": "50", "效益指标": "30", "满意度指标": "10", "预算执行率": "10"}
COST = {"成本指标": "20", "产出指标": "40", "效益指标": "20", "满意度指标": "10"}
THIRD = {"A 项目决策": "20", "B 项目过程": "20", "C 项目产出": "40", "D 项目效益": "20"}


def system(weights: dict[str, str], name: str | None, full: str = "100") -> System:
    """Return a system of first-level indicators with these weights."""
    roots = tuple(Group(f"N{at}", title, Decimal(text)) for at, (title, text) in enumerate(weights.items(), 1))
    return System("scored", roots, full=Decimal(full), frame=name)


def said(of: System) -> list[str]:
    return [finding.because.text("zh") for finding in frame_findings(of)]


@pytest.mark.parametrize("name", known())
def test_every_frame_is_complete(name):
    found = frame(name)

    assert sum(part.weight for part in found.parts) == 100
    assert authority(found.authority).clause
    assert all(authority(floor.authority).clause for floor in found.floors)
    assert all(found.title.text(lang) for lang in library.LANGUAGES)


@pytest.mark.parametrize(
    ("weights", "name", "full"),
    [
        (OWN, "self-evaluation", "100"),
        ({**OWN, "效益指标": "40", "满意度指标": "0"}, None, "100"),
        ({"产出": "50", "效益": "40", "预算执行情况": "10"}, "self-evaluation-without-satisfaction", "100"),
        (COST, "self-evaluation-with-cost", "90"),
        ({**COST, "预算执行": "10"}, "self-evaluation-with-cost", "100"),
        (THIRD, "third-party", "100"),
        ({**THIRD, "D 项目效益": "10", "E 服务对象满意度": "10"}, "third-party", "100"),
    ],
)
def test_weights_that_keep_to_their_frame_are_not_found(weights, name, full):
    assert frame_findings(system(weights, name, full)) == []


def test_a_departure_owes_a_reason():
    found = frame_findings(system({**OWN, "产出指标": "60", "效益指标": "20"}, "self-evaluation"))

    assert [(one.severity, one.paths, one.printed, one.expected) for one in found] == [
        ("warning", ("scored/N1/weight",), "60", "50"),
        ("warning", ("scored/N2/weight",), "20", "30"),
    ]
    assert found[0].because.text("zh") == "「产出」的分值是 60，「单位自评」框架是 50"
    assert found[0].remedy.text("zh") == "改为 50，或说明调整分值的理由"
    assert found[0].authority == "caiyu-2020-10#self-evaluation-weights"


def test_other_weights_of_a_third_party_are_only_noted():
    found = frame_findings(system({"决策": "11", "过程": "20", "产出": "34", "效益": "35"}, "third-party"))

    assert [(one.severity, one.expected) for one in found] == [("note", "20"), ("note", "40"), ("note", "20")]


def test_outputs_and_benefits_of_a_third_party_make_up_sixty_percent():
    weights = {"决策": "20", "过程": "20.01", "产出": "40", "效益": "19.99"}
    found = [one for one in frame_findings(system(weights, "third-party")) if one.severity == "warning"]

    assert [one.because.text("zh") for one in found] == ["产出、效益 合计 59.99 分，不到总分 100 的 60%"]
    assert found[0].paths == ("scored/N3/weight", "scored/N4/weight")
    assert found[0].authority == "caiyu-2020-10#output-and-benefit"


def test_a_missing_part_is_found():
    without = {name: weight for name, weight in OWN.items() if name != "满意度指标"}

    assert said(system(without, "self-evaluation")) == ["「单位自评」框架有「满意度」（10 分），本指标体系没有"]


def test_the_points_of_execution_may_stand_apart():
    without = {name: weight for name, weight in OWN.items() if name != "预算执行率"}

    assert said(system(without, "self-evaluation", "90")) == []
    assert said(system(without, "self-evaluation")) == ["「单位自评」框架有「预算执行」（10 分），本指标体系没有"]


def test_a_first_level_indicator_outside_the_frame_is_found():
    found = said(system({**OWN, "管理指标": "0", "产出和效益": "0"}, "self-evaluation"))

    assert found == [
        "一级指标「管理指标」不能归入「单位自评」框架的一个部分（预算执行、产出、效益、满意度）",
        "一级指标「产出和效益」不能归入「单位自评」框架的一个部分（预算执行、产出、效益、满意度）",
    ]


def test_several_first_level_indicators_of_one_part_are_added():
    split = {**OWN, "效益指标": "20", "生态效益指标": "15"}
    found = frame_findings(system(split, "self-evaluation"))

    assert [(one.paths, one.printed) for one in found] == [(("scored/N2/weight", "scored/N5/weight"), "35")]


def test_a_weight_that_is_not_stated_is_the_sum_of_its_parts_and_otherwise_left_alone():
    leaves = tuple(Indicator(f"N1{at}", "指标", Decimal(25)) for at in range(2))
    summed = Group("N1", "产出指标", None, leaves)
    others = (
        Group("N2", "效益指标", Decimal(30)),
        Group("N3", "满意度", Decimal(10)),
        Indicator("N4", "预算执行率", Decimal(10)),
    )
    unread = Group("N1", "产出指标", Unread("S0", Message("reading.weight", {"spelt": "S0"})))

    smaller = Group("N1", "产出指标", None, leaves[:1])

    assert frame_findings(System("scored", (summed, *others), frame="self-evaluation")) == []
    assert said(System("scored", (smaller, *others), frame="self-evaluation")) == [
        "「产出」的分值是 25，「单位自评」框架是 50"
    ]
    assert frame_findings(System("scored", (unread, *others), frame="self-evaluation")) == []
    assert frame_findings(System("scored", (Group("N1", "产出指标"), *others), frame="self-evaluation")) == []


def test_an_unknown_frame_names_the_known_ones():
    found = frame_findings(system(OWN, "none-such"))

    assert [(one.severity, one.paths) for one in found] == [("error", ("scored/frame",))]
    assert "self-evaluation-with-cost" in found[0].remedy.text("en")


def test_every_finding_is_spoken_in_both_languages():
    systems = [
        system({**OWN, "产出指标": "60", "管理": "1"}, "self-evaluation"),
        system({"产出": "10"}, "third-party"),
        system(OWN, "none-such"),
    ]

    for finding in (finding for one in systems for finding in frame_findings(one)):
        assert all(message.text(lang) for message in (finding.because, finding.remedy) for lang in library.LANGUAGES)
