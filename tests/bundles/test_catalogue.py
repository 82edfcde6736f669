"""指标目录: every set that ships reads, adds up, cites a norm we keep, and names no place."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from jixiao import library
from jixiao.authorities import authority
from jixiao.formats import bundle
from jixiao.formats.bundle_schema import KINDS
from jixiao.formats.bundle_source import Source
from jixiao.funds.measures import NAMES
from jixiao.indicators import catalogue, checks
from jixiao.scoring import rule as rules

LEVEL_WORDS_AND_WHOLES = re.compile(r"=0人|=?100%|\D+")  # targets that no office has to set for itself


def system_of(name):
    tree = {"schema": "evaluation/1", "kind": "fund", "year": "2024", "systems": {"scored": {"extends": name}}}
    return bundle.of_source(Source(tree, {})).evaluation.system("scored")


@pytest.mark.parametrize("name", catalogue.known())
def test_set_adds_up_and_its_rules_can_be_built(name):
    system = system_of(name)

    assert checks.findings(system) == []
    for indicator in system.indicators():
        assert indicator.rule is not None, indicator.code
        assert not isinstance(rules.build(indicator.rule.id, indicator.rule.params), rules.BadParameter)


@pytest.mark.parametrize("name", catalogue.known())
def test_set_cites_a_norm_and_leaves_the_local_figures_open(name):
    entry = catalogue.entry(name)

    assert authority(entry.authority).number
    assert set(entry.kinds) <= set(KINDS)
    assert set(entry.bindings.values()) <= set(NAMES)
    for indicator in system_of(name).indicators():
        assert indicator.target is None or LEVEL_WORDS_AND_WHOLES.fullmatch(str(indicator.target)), indicator.code


@pytest.mark.parametrize("name", catalogue.known())
def test_set_names_no_place(name):
    regions = "巴州|喀什|新疆|嘉峪关|巴楚|自治区|兵团|kashgar|bazhou"
    raw = library.root().joinpath(f"{catalogue.FOLDER}/{name}.yaml").read_text(encoding="utf-8")

    assert re.search(regions, name + raw) is None


def test_frames_have_the_weights_of_their_regulations():
    def weights(name):
        return {root.name: root.weight for root in system_of(name).roots}

    assert weights("common-framework-2020") == {"决策": 20, "过程": 20, "产出": 40, "效益": 20}
    assert weights("self-evaluation-2020") == {"预算执行": 10, "产出指标": 50, "效益指标": 30, "满意度指标": 10}
    assert weights("self-evaluation-with-cost-2021") == {
        "预算执行": 10, "产出指标": 40, "效益指标": 20, "满意度指标": 10, "成本指标": 20,
    }  # fmt: skip
    assert sum(weights("resident-medical-2022").values()) == Decimal(100)


def test_every_kind_has_one_set_to_start_from():
    for kind in KINDS:
        assert [entry.default for entry in catalogue.fitting(kind, 2024)].count(True) == 1


def test_set_of_another_year_is_not_offered():
    assert "fund-2023" not in [entry.id for entry in catalogue.fitting("fund", 2022)]
