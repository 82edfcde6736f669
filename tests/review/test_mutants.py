"""变异测试: a figure changed so that print alone shows it is found with its place; consistent reports stay silent."""

from __future__ import annotations

from collections import Counter

import example_reports
import extracted
import mutants
import pytest
import sample_reports
import written

from jixiao.formats import any_read
from jixiao.review.report import reviewed

SEEDS = range(40, 42)


def grave(path):
    return [finding for finding in reviewed(any_read.read(path)).findings if finding.severity != "note"]


def names(findings, mutant):
    return any(
        (quote == after) if mutant.report.spots[id].row is not None else (after in quote)
        for finding in findings
        for place in finding.places
        for quote in [(place.quote or "").replace(" ", "")]
        for id, after in zip(mutant.spots, mutant.after, strict=True)
    )


@pytest.mark.parametrize("source", sample_reports.KINDS)
@pytest.mark.parametrize("kind", written.FORMATS)
def test_consistent_report_is_silent_in_every_format(source, kind, tmp_path):
    document = sample_reports.KINDS[source](71).document()

    assert grave(written.write(document, kind, tmp_path)) == []


@pytest.mark.parametrize("kind", [kind for kind in written.FORMATS if kind != "xlsx"])
def test_changed_figure_is_found_when_print_shows_it(kind, tmp_path):
    tried, found = 0, Counter()
    for mutant in mutants.all_mutants(SEEDS, 6 if kind in written.GUESSED else 3):
        path = written.write(mutant.document, kind, tmp_path)
        if mutant.recomputable and (kind not in written.GUESSED or extracted.shows(mutant, any_read.read(path))):
            tried += 1
            found[names(grave(path), mutant)] += 1

    assert tried >= 18
    assert found[True] * 100 >= 95 * tried


def test_generator_marks_what_print_cannot_show():
    marked = Counter(mutant.recomputable for mutant in mutants.all_mutants(SEEDS, 12))

    assert marked[True] > marked[False] > 0


@pytest.mark.deep
def test_changed_figure_of_an_example_document_is_found_when_print_shows_it(tmp_path):
    tried, found = 0, 0
    for name, report in example_reports.sources().items():
        for number, mutant in enumerate(mutants.mutants_of(report, name, 5, 10)):
            if mutant.recomputable:
                tried += 1
                kind = written.FORMATS[number % len(written.FORMATS)]
                kind = "html" if kind == "xlsx" else kind  # a workbook holds the tables only
                found += names(grave(written.write(mutant.document, kind, tmp_path)), mutant)

    assert tried > 80
    assert found * 100 >= 90 * tried
