"""自审: what jixiao writes holds before its own review: every example's documents, and those of random evaluations.

What a source report reasons in a way that the review asks about is named in the example's `explained.yaml`
(`review:`), strictly both ways.
"""

from __future__ import annotations

from pathlib import Path

import pytest
import sound
import yaml
from hypothesis import given, settings
from strategies import evaluations

from jixiao.documents.document import Document
from jixiao.evaluation.assess import assess
from jixiao.formats import any_read
from jixiao.forms.form import forms_for
from jixiao.forms.write import write
from jixiao.operations import evaluate
from jixiao.operations.check import check
from jixiao.review.report import reviewed

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
NAMES = sorted(folder.name for folder in EXAMPLES.iterdir() if folder.is_dir())
READABLE = (".docx", ".xlsx", ".html")


def documents(evaluation):
    """Return every form and the report of an evaluation, as values."""
    of = assess(evaluation)
    forms = [Document((write(form, of),), form.title) for form in forms_for(evaluation)]
    report = evaluate.report_of(of)
    return [*forms, *([report] if report else [])]


def files(of):
    """Return what `evaluate --out` writes that a reviewer may be handed, by name."""
    report = evaluate.report_of(of)
    every = {**evaluate.documents(of), **(evaluate.report_files(report) if report else {})}
    return {name.rpartition("/")[2]: raw for name, raw in every.items() if name.endswith(READABLE)}


@pytest.mark.parametrize("name", NAMES)
def test_documents_of_an_example_have_no_finding_that_is_not_explained(name, tmp_path):
    explained = yaml.safe_load((EXAMPLES / name / "explained.yaml").read_text(encoding="utf-8")) or []
    told = {(entry["review"], about) for entry in explained if "review" in entry for about in entry["at"]}
    found, figures = set(), 0
    of = check(EXAMPLES / name).value  # of one that is blocked the drafts, as `evaluate --draft` writes them

    for file, raw in files(of).items():
        path = tmp_path / file
        path.write_bytes(raw)
        review = reviewed(any_read.read(path))
        figures += review.coverage.read
        found |= {
            (finding.because.id.removeprefix("review."), finding.because.args.get("name", ""))
            for finding in review.findings
        }

    assert figures > 20
    assert found == told


@pytest.mark.parametrize("kind", sound.KINDS)
@pytest.mark.parametrize("seed", range(4))
def test_documents_of_a_sound_evaluation_have_no_finding(kind, seed):
    assert_silent(kind, seed)


@pytest.mark.deep
@pytest.mark.parametrize("kind", sound.KINDS)
def test_documents_of_many_sound_evaluations_have_no_finding(kind):
    for seed in range(100, 400):
        assert_silent(kind, seed)


@pytest.mark.parametrize("kind", sound.KINDS)
def test_files_of_a_sound_evaluation_have_no_finding(kind, tmp_path):
    for file, raw in files(assess(sound.sound(kind, 17))).items():
        path = tmp_path / file
        path.write_bytes(raw)

        assert reviewed(any_read.read(path)).findings == (), file


def assert_silent(kind, seed):
    written = documents(sound.sound(kind, seed))

    assert written
    for document in written:
        review = reviewed(document)
        assert review.findings == (), (seed, document.title)
        assert review.coverage.read > 0


@settings(max_examples=10)
@given(evaluations())
def test_documents_of_any_evaluation_can_be_reviewed(evaluation):
    for document in documents(evaluation):
        review = reviewed(document)

        assert review.coverage.checked <= review.coverage.read
