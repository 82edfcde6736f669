"""规则包: what the packs that ship say, what a pack lends, and what a cap leaves of a total."""

from __future__ import annotations

from decimal import Decimal

import pytest

from jixiao import library
from jixiao.authorities import authority
from jixiao.figures.figure import figure
from jixiao.findings import Message
from jixiao.scoring import rule as rules
from jixiao.scoring.examples import case
from jixiao.scoring.pack import DEFAULT, Pack, known, pack
from jixiao.scoring.rule import Award, BadParameter

CAPPED = "capped-by-execution"


def of(name: str, year: int = 2024) -> Pack:
    found = pack(name, year)
    assert isinstance(found, Pack), found.text("zh")
    return found


def award(using: Pack, rule_id: str, own: dict | None = None, **given: str) -> Award:
    rule = rules.build(rule_id, using.params(rule_id, own))
    assert not isinstance(rule, BadParameter), rule.why.text("zh")
    found = rule.score(case(**given))
    assert isinstance(found, Award), found.text("zh")
    return found


@pytest.mark.parametrize("name", known())
def test_every_pack_is_complete(name):
    found = of(name)

    assert found.name == name
    assert set(found.title) == set(library.LANGUAGES)
    assert authority(found.authority).clause
    assert all(rule_id in rules.known() for rule_id in found.rules)
    assert not any(isinstance(rules.build(rule_id, found.params(rule_id)), BadParameter) for rule_id in found.rules)
    assert found.params("over_fulfilment")["reason"] == str(found.reason_above), "one threshold, stated twice"


def test_the_default_pack_takes_nothing_away():
    usual = of(DEFAULT)

    assert usual.caps == ()
    assert usual.params("over_fulfilment")["bands"] == []
    assert str(usual.reason_above) == "30%"
    assert (usual.item_places, usual.section_places) == (2, 2)
    assert authority(usual.authority).number == "财预〔2020〕10号"
    assert usual.capped(Decimal("96.85"), figure("12%")) == Award(Decimal("96.85"), ())


@pytest.mark.parametrize("name", [CAPPED, "over-fulfilment-two-points"])
def test_the_manuals_packs_take_two_points_and_are_not_confirmed(name):
    far = {"target": "≥132万人次", "actual": "479.45万人次", "full": "5"}
    near = {"target": "≥407.62万人", "actual": "409.07万人", "full": "5"}

    assert award(of(name), "over_fulfilment", **far).points == Decimal("3.00")
    assert award(of(name), "over_fulfilment", **near).points == Decimal("5.00")
    assert award(of(DEFAULT), "over_fulfilment", **far).points == Decimal("5.00")
    assert authority(of(name).authority).mark == "unconfirmed"


def test_an_indicators_own_parameter_comes_before_the_packs():
    far = {"target": "≥100人", "actual": "400人", "full": "5"}

    assert award(of(CAPPED), "over_fulfilment", {"bands": []}, **far).points == Decimal("5.00")
    assert of(CAPPED).params("proportional", {"x": "1"}) == {"x": "1"}


def test_the_pack_lends_its_bands_for_judgements():
    judged = {"target": "成效明显", "actual": "部分达成并具有一定效果，60%"}

    assert award(of(DEFAULT), "qualitative_bands", **judged).points == Decimal("6.00")


@pytest.mark.parametrize(
    ("rate", "left"),
    [
        ("100%", "96.85"), ("80%", "96.85"), ("79.995%", "96.85"), ("79.99%", "89.00"), ("70%", "89.00"),
        ("69.99%", "79.00"), ("60%", "79.00"), ("59.99%", "69.00"), ("50%", "69.00"), ("49.99%", "59.00"),
        ("0%", "59.00"),
    ],
)  # fmt: skip
def test_the_execution_rate_caps_the_total(rate, left):
    assert str(of(CAPPED).capped(Decimal("96.85"), figure(rate)).points) == left


def test_a_cap_says_what_it_did_and_leaves_a_lower_total_alone():
    capped = of(CAPPED).capped(Decimal("96.85"), figure("75.5%"))

    assert [step.what.text("zh") for step in capped.steps] == ["预算执行率 75.5% 低于 80%，总分 96.85 按上限计为 89.00"]
    assert "capped at 89.00" in capped.steps[0].what.text("en")
    assert of(CAPPED).capped(Decimal("88.9"), figure("75.5%")) == Award(Decimal("88.9"), ())
    assert of(CAPPED).capped(Decimal("89.00"), figure("75.5%")) == Award(Decimal("89.00"), ())


def test_a_cap_is_stated_out_of_a_hundred():
    assert of(CAPPED).capped(Decimal("88"), figure("75%"), full=Decimal(90)).points == Decimal("80.10")
    assert of(CAPPED).capped(Decimal("99"), figure("75%"), places=1).points == Decimal("89.0")


@pytest.mark.parametrize(
    ("name", "year", "said"),
    [
        ("none-such", 2024, f"没有名为「none-such」的规则包，可用：{'、'.join(known())}"),
        (DEFAULT, 2019, "规则包 default 不适用于 2019 年，适用年度：2020 年起"),
    ],
)  # fmt: skip
def test_a_pack_that_is_not_there_says_which_are(name, year, said):
    missing = pack(name, year)

    assert isinstance(missing, Message)
    assert missing.text("zh") == said
    assert name in missing.text("en")


def test_versions_are_chosen_by_the_evaluated_year(monkeypatch):
    file = library.read(f"scoring/packs/{DEFAULT}.yaml")
    first = {**file["versions"][0], "since": "2020", "until": "2022"}
    dated = {**file, "versions": [first, {**first, "since": "2024", "until": "2025", "reason_above": "20%"}]}
    monkeypatch.setattr(library, "read", lambda _: dated)
    pack.cache_clear()

    try:
        assert [str(of(DEFAULT, year).reason_above) for year in (2020, 2022, 2024, 2025)] == [
            "30%",
            "30%",
            "20%",
            "20%",
        ]
        assert [isinstance(pack(DEFAULT, year), Pack) for year in (2019, 2023, 2026)] == [False] * 3
        monkeypatch.undo()
        gap = pack(DEFAULT, 2023)
        assert isinstance(gap, Message)
        assert gap.text("zh").endswith("适用年度：2020–2022 年、2024–2025 年")
    finally:
        pack.cache_clear()
