"""埋入的错误: every invented report again with errors planted in it, each of which is found where it stands.

Beside a report `X.txt` that agrees with itself stands `X.yaml`: pairs of what is printed and what is planted instead.
All of them are planted at once; each must be among the places of an error or a warning.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from jixiao.formats.text_read import read_text
from jixiao.review.check import run
from jixiao.review.reading import of_document

FOLDER = Path(__file__).parent / "reports"
NAMES = sorted(path.stem for path in FOLDER.glob("*.yaml"))


def planted(name):
    """Return the report with every error planted, and each error's line and new words."""
    text = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    errors = []
    for was, becomes in yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8")):
        assert text.count(was) == 1, was
        same = next(n for n, (one, other) in enumerate(zip(was, becomes, strict=False)) if one != other)
        errors.append((text.count("\n", 0, text.index(was) + same) + 1, changed(was, becomes), becomes))
        text = text.replace(was, becomes)
    return text, errors


def changed(was, becomes):
    """Return the figure or word that is new."""
    words = re.compile(r"[\d.,，]+|[^\d.,，\t|]+")
    new = [word for word in words.findall(becomes) if word not in words.findall(was)]
    return (new or words.findall(becomes))[0].strip("，,.\t ")


def is_found(findings, line, new):
    return any(
        place.line == line and new in (place.quote or "").replace(" ", "") for f in findings for place in f.places
    )


def grave(text):
    return [finding for finding in run(of_document(read_text(text, "例"))) if finding.severity != "note"]


def test_every_report_has_planted_errors():
    assert set(NAMES) == {path.stem for path in FOLDER.glob("*.txt")}


@pytest.mark.parametrize("name", NAMES)
def test_planted_error_is_found_where_it_stands(name):
    text, errors = planted(name)

    findings = grave(text)

    assert [becomes for line, new, becomes in errors if not is_found(findings, line, new)] == []
