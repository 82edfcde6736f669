"""审核规则: every check has examples that must fire and examples that must not, and fires on the former only."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from jixiao.formats.text_read import read_text
from jixiao.review.check import known, run
from jixiao.review.reading import of_document

FOLDER = Path(__file__).parent / "checks"


def examples(kind):
    return [
        pytest.param(path.stem, case, id=f"{path.stem}-{case['name']}")
        for path in sorted(FOLDER.glob("*.yaml"))
        for case in yaml.safe_load(path.read_text(encoding="utf-8"))[kind]
    ]


def findings_of(check, text):
    return [finding for finding in run(of_document(read_text(text, "例"))) if finding.check == check]


def test_every_check_has_examples():
    assert {path.stem for path in FOLDER.glob("*.yaml")} == set(known())


@pytest.mark.parametrize(("check", "case"), examples("fires"))
def test_check_fires_when_figures_disagree(check, case):
    found = findings_of(check, case["text"])

    assert found, case["name"]
    first = found[0]
    assert first.severity == case.get("severity", "error")
    assert first.places and all(place.line or place.row for place in first.places)
    for lang in ("zh", "en"):
        assert "{" not in first.because.text(lang) and first.remedy.text(lang)
    if "printed" in case:
        assert case["printed"] in [finding.printed for finding in found]
    if "expected" in case:
        assert case["expected"] in [finding.expected for finding in found]


@pytest.mark.parametrize(("check", "case"), examples("silent"))
def test_check_is_silent_when_figures_can_agree(check, case):
    assert findings_of(check, case["text"]) == []
