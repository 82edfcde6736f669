"""台账检查: every check has ledgers it must fire on and ledgers it must not, with its source, and says where.

A file `checks/<check>.yaml` holds `fires` and `silent`; `funds` is what would stand in evaluation.yaml. `at` are the
paths below `funds/ledger`, `says` what is told in Chinese.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest
import yaml

from jixiao.authorities import authority
from jixiao.formats.bundle_decode import decoded
from jixiao.formats.bundle_schema import BundleShape
from jixiao.funds.check import Case, check, findings, known

FOLDER = Path(__file__).parent / "checks"


def examples(kind):
    return [
        pytest.param(path.stem, case, id=f"{path.stem}-{case['name']}")
        for path in sorted(FOLDER.glob("*.yaml"))
        for case in yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)[kind]
    ]


def found(name, case):
    tree = {"schema": "evaluation/1", "kind": case.get("kind", "transfer"), "year": case.get("year", "2024"),
            "as_of": case.get("as_of")}  # fmt: skip
    evaluation, _ = decoded(BundleShape.model_validate({**tree, "funds": case["funds"]}), {})
    return list(
        check(name)(Case(evaluation.funds, evaluation.funds.ledger, evaluation.year, evaluation.kind, evaluation.as_of))
    )


def test_every_check_has_cases_and_a_source():
    assert {path.stem for path in FOLDER.glob("*.yaml")} == set(known())
    for name in known():
        module = import_module(f"jixiao.funds.checks.{name}")
        assert authority(module.AUTHORITY).title
        assert ":" in module.__doc__.splitlines()[0]


@pytest.mark.parametrize(("name", "case"), examples("fires"))
def test_check_fires(name, case):
    told = found(name, case)

    assert [finding.because.text("zh") for finding in told] == case["says"]
    assert [path.removeprefix("funds/ledger/") for finding in told for path in finding.paths] == case["at"]
    assert {finding.severity for finding in told} == {case.get("severity", "error")}
    assert all(finding.remedy.text("en") and finding.because.text("en") for finding in told)


@pytest.mark.parametrize(("name", "case"), examples("silent"))
def test_check_stays_silent(name, case):
    assert found(name, case) == []


def test_funds_without_a_ledger_are_not_checked():
    evaluation, _ = decoded(BundleShape.model_validate({"schema": "evaluation/1", "kind": "fund", "year": "2024"}), {})

    assert findings(evaluation.funds, 2024, "fund") == []
