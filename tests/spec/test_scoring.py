"""Every case of every rule, as `scoring/<rule>.yaml` states it; the same files print in the reference."""

from __future__ import annotations

import doctest
import re
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import yaml

from jixiao import library
from jixiao.authorities import authority
from jixiao.findings import Message
from jixiao.scoring import rule as rules
from jixiao.scoring.examples import case
from jixiao.scoring.rule import Award, BadParameter

SPECS = Path(__file__).parent / "scoring"
OUTCOMES = {"points", "refused", "rejected"}
EXACT = (str, int)


def read(text: str) -> Any:
    """Read a specification; a number that YAML would make a float or a date of has to be quoted."""
    return _exact(yaml.safe_load(text))


def _exact(value: Any) -> Any:
    if isinstance(value, dict):
        return {_exact(key): _exact(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_exact(item) for item in value]
    if type(value) not in EXACT:
        raise TypeError(f"quote {value!r}: only text and whole numbers are exact")
    return value


def cases() -> list[Any]:
    found = []
    for path in sorted(SPECS.glob("*.yaml")):
        spec = read(path.read_text(encoding="utf-8"))
        found += [pytest.param(path.stem, entry, id=f"{path.stem}: {entry['name']}") for entry in spec["cases"]]
    return found


@pytest.mark.parametrize(("rule_id", "entry"), cases())
def test_case(rule_id: str, entry: dict[str, Any]) -> None:
    assert set(entry) <= {"name", "params", "given", "because"} | OUTCOMES
    assert len(OUTCOMES & set(entry)) == 1

    rule = rules.build(rule_id, entry.get("params", {}))

    if "rejected" in entry:
        assert isinstance(rule, BadParameter)
        assert rule.why.id == entry["rejected"]
        assert spoken(rule.why)
        return
    assert not isinstance(rule, BadParameter), rule.why.text("zh")
    outcome = rule.score(case(**entry["given"]))
    if "refused" in entry:
        assert isinstance(outcome, Message), outcome
        assert outcome.id == entry["refused"]
        assert spoken(outcome)
        return
    assert isinstance(outcome, Award), outcome.text("zh")
    assert [step.what.text("zh") for step in outcome.steps] == entry["because"]
    assert str(outcome.points) == entry["points"]
    assert all(spoken(step.what) for step in outcome.steps)


def spoken(message: Message) -> bool:
    return all(message.text(lang).strip() for lang in library.LANGUAGES)


@pytest.mark.parametrize("path", sorted(SPECS.glob("*.yaml")), ids=lambda path: path.stem)
def test_spec_is_of_its_rule(path: Path) -> None:
    spec = read(path.read_text(encoding="utf-8"))
    names = [entry["name"] for entry in spec["cases"]]

    assert spec["rule"] == path.stem
    assert path.stem in rules.known()
    assert len(set(names)) == len(names)
    assert all(re.search(r"[\u4e00-\u9fff]", name) for name in names)


def test_an_unquoted_decimal_is_refused() -> None:
    with pytest.raises(TypeError, match=r"quote 4\.5"):
        read("given: {full: 4.5}")
    with pytest.raises(TypeError, match="quote"):
        read("given: {actual: 2024-12-31}")


@pytest.mark.parametrize("rule_id", rules.known())
def test_rule_is_complete(rule_id: str) -> None:
    """Every rule has cases, an authority that exists, a doctest, wordings, and a docstring that names its source."""
    module = import_module(f"jixiao.scoring.rules.{rule_id}")
    examples = doctest.DocTestFinder().find(module, rule_id)
    described = module.__doc__ or ""

    assert (SPECS / f"{rule_id}.yaml").exists()
    assert authority(rules.rule_class(rule_id).authority).clause  # type: ignore[attr-defined]
    assert next(test for test in examples if test.name == rule_id).examples
    assert all(set(text) == set(library.LANGUAGES) for text in _own_wordings(rule_id))
    assert re.match(r"[\u4e00-\u9fff].*: ", described)
    assert "Authority: " in described


def _own_wordings(rule_id: str) -> list[dict[str, str]]:
    own = f"rule_{rule_id}"
    return list(library.read(f"messages/{own}.yaml").values()) if own in library.message_files() else []


@pytest.mark.parametrize("rule_id", rules.known())
def test_rule_has_its_cases_of_every_kind(rule_id: str) -> None:
    """What is not measured is refused: a hole, a verdict and a repeated target."""
    spec = read((SPECS / f"{rule_id}.yaml").read_text(encoding="utf-8"))
    refused = [type(case(**entry["given"]).actual).__name__ for entry in spec["cases"] if "refused" in entry]
    verdicts = {"Verdict"} if rule_id != "qualitative_bands" else set()

    assert {"Unread", "Echo"} | verdicts <= set(refused)
    assert any(Decimal(entry["points"]) == 0 for entry in spec["cases"] if "points" in entry)


def test_decision_block_splits_the_execution_score() -> None:
    """Five items of 2 points stand for the execution score: four get 2, the last what is left."""
    award = rules.build("execution_rate", {}).score(case(actual="92.13%", full="10"))  # type: ignore[union-attr]

    assert isinstance(award, Award)
    assert award.points - 4 * Decimal(2) == Decimal("1.21")
