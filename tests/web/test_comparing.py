"""比较: the years of an office by indicator, the offices of a year by total, and all of them as tables."""

from __future__ import annotations

import csv
import io
import json

import pytest

from jixiao.evaluation.paths import put
from jixiao.operations import stored
from jixiao.operations.check import check
from jixiao.web import jobs
from jixiao.web.actions import dossiers
from jixiao.web.models import Entry, Job


@pytest.fixture
def years(who, office, examples, finished):
    """Return this year's dossier beside last year's, which differs in one actual value and one indicator's name."""
    tree = stored.tree_of(check(examples / "kashgar-2022-resident-medical").value.evaluation)
    tree["evaluation"]["actuals"]["O102"] = "719.81万人次"
    evaluation = put(stored.read(json.dumps(tree).encode()).value, "year", 2021)
    dossiers.create(who("filler"), office("某县医疗"), put(evaluation, "scored/S101/name", "另一满意度"), title="上年")
    dossiers.create(who("neighbour"), office("邻县"), put(evaluation, "year", 2022), title="邻县自评")
    return finished


def test_years_stand_side_by_side_by_indicator(browser_of, years):
    page = browser_of("filler").get(f"/dossiers/{years.pk}/compare").content.decode()

    line = page.partition("享受待遇人次")[2].partition("</tr>")[0]
    assert line.index("719.81万人次") < line.index("559.55万人次")  # 2021 before 2022
    assert "3.89 / 5" in line
    assert "—" in page.partition("另一满意度")[2].partition("</tr>")[0]
    assert "邻县" not in page


def test_offices_of_a_year_are_seen_by_the_office_above(browser_of, years):
    page = browser_of("overseer").get(f"/dossiers/{years.pk}/compare").content.decode()

    assert "邻县医疗保障局" in page and "96.85" in page
    assert "97.41" in page  # the mean of 96.85 and 97.96


def test_all_offices_are_compared_in_the_background(browser_of, years):
    browser = browser_of("overseer")

    assert browser.post(f"/dossiers/{years.pk}/compare")["Location"] == "/jobs"
    jobs.work(once=True)

    job = Job.objects.get()
    assert (job.state, job.done, job.of) == ("done", 2, 2), job.message
    rows = {name: _read(browser, job, name) for name in ("scores.csv", "indicators.csv")}
    assert [(row["office"], row["total"], row["O102 享受待遇人次"]) for row in rows["scores.csv"]] == [
        ("某县医疗保障局", "96.85", "3.89"), ("邻县医疗保障局", "97.96", "5")
    ]  # fmt: skip
    one = next(row for row in rows["indicators.csv"] if row["code"] == "O102")
    assert (one["target"], one["actual"], one["score"]) == ("≥719.81万人次", "559.55万人次", "3.89")
    assert Entry.objects.filter(what="read").count() == 2
    assert browser.get("/jobs").content.decode().count(f"/jobs/{job.pk}/") >= 2


def test_comparison_holds_only_what_one_sees(browser_of, years):
    browser_of("filler").post(f"/dossiers/{years.pk}/compare")
    jobs.work(once=True)

    rows = _read(browser_of("filler"), Job.objects.get(), "scores.csv")

    assert [row["office"] for row in rows] == ["某县医疗保障局"]


def _read(browser, job, name):
    answer = browser.get(f"/jobs/{job.pk}/{name}")
    raw = b"".join(answer.streaming_content).decode("utf-8-sig")
    answer.close()
    return list(csv.DictReader(io.StringIO(raw)))
