"""期限: what is due by when, what is late on a day, and what was done; over one bundle and over many."""

import json
import shutil
from datetime import date
from importlib import resources

import jsonschema
import pytest

from jixiao.evaluation.deadlines import STATES
from jixiao.operations.deadlines import deadlines, deadlines_json


def told(outcome, *, state=None):
    return [(due.state, due.deadline.by.isoformat(), due.deadline.what.text("zh"))
            for due in outcome.value if state is None or due.state == state]  # fmt: skip


def test_stages_corrections_and_answers_have_their_day(fund):
    assert told(deadlines(fund, date(2025, 7, 20))) == [
        ("late", "2025-07-18", "实地调研"),
        ("soon", "2025-07-31", "报告撰写"),
        ("ahead", "2025-12-31", "整改「参保人数未达指标值」（示例县医疗保障局）"),
        ("done_late", "2025-02-28", "2024 年度绩效自评"),
        ("done", "2025-06-30", "方案制定"),
        ("done", "2025-07-11", "数据采集"),
        ("done", "2025-09-05", "示例县医疗保障局回复评价结果"),
    ]


@pytest.mark.parametrize(
    ("day", "state"),
    [("2025-07-17", "soon"), ("2025-07-18", "soon"), ("2025-07-19", "late"), ("2025-06-17", "ahead"),
     ("2025-06-18", "soon")],
)  # fmt: skip
def test_last_day_is_still_in_time(fund, day, state):
    found = {due.deadline.what.text("zh"): due for due in deadlines(fund, date.fromisoformat(day)).value}

    assert found["实地调研"].state == state
    assert found["实地调研"].left == (date(2025, 7, 18) - date.fromisoformat(day)).days


def test_stage_of_every_month_is_due_twelve_times(fund, change):
    change("{stage: 实地调研, until: 2025年7月18日前, work: 访谈、复核填报数据、问卷调查}",
           "{stage: 养老金发放, until: 每月25日前, done: 2024年5月}")  # fmt: skip

    found = [one for one in told(deadlines(fund, date(2024, 6, 20))) if one[2].startswith("养老金发放")]

    assert len(found) == 12
    assert found[0] == ("soon", "2024-06-25", "养老金发放（6 月）")
    assert [one[2] for one in found if one[0] == "done"] == [f"养老金发放（{month} 月）" for month in range(1, 6)]
    late = told(deadlines(fund, date(2024, 8, 26)), state="late")
    assert [one[2] for one in late if one[2].startswith("养老金发放")] == [
        f"养老金发放（{month} 月）" for month in (6, 7, 8)
    ]


def test_money_is_passed_on_within_thirty_days_of_its_notice(examples, tmp_path):
    bundle = shutil.copytree(examples / "xinjiang-2024", tmp_path / "xinjiang")
    found = told(deadlines(bundle, date(2024, 6, 20)))
    assert ("done_late", "2024-05-10", "分解下达 财社〔2024〕34号（收文后 30 日内）") in found

    path = bundle / "evaluation.yaml"
    path.write_text(path.read_text("utf-8").replace(", passes_on: 财社〔2024〕34号}", "}"), "utf-8")

    assert (
        told(deadlines(bundle, date(2024, 5, 10)), state="soon")[0][2] == "分解下达 财社〔2024〕34号（收文后 30 日内）"
    )
    assert (
        told(deadlines(bundle, date(2024, 5, 11)), state="late")[0][2] == "分解下达 财社〔2024〕34号（收文后 30 日内）"
    )


def ledger(change, lines):
    change("  sources:\n", f"  ledger:\n{lines}  sources:\n")


def test_reports_of_the_fund_are_due(fund, change):
    ledger(change, "    filings:\n      - {report: 基金月报, period: 2024年5月, until: 2024年6月10日, sent: 2024年6月12日}\n"
                   "      - {report: 基金季报, period: 二季度, until: 2024年7月15日}\n")  # fmt: skip

    found = told(deadlines(fund, date(2024, 7, 16)))

    assert ("done_late", "2024-06-10", "报送基金月报（2024年5月）") in found
    assert found[0] == ("late", "2024-07-15", "报送基金季报（二季度）")


def test_money_has_to_be_in_the_account_by_the_end_of_the_year(fund, change):
    ledger(change, "    programmes:\n      - {name: resident-medical-subsidy}\n")

    assert ("soon", "2024-12-31", "各级补助资金全部进入财政专户") in told(deadlines(fund, date(2024, 12, 31)))
    assert ("late", "2024-12-31", "各级补助资金全部进入财政专户") in told(deadlines(fund, date(2025, 1, 1)))

    change("executed: 1018.6349}", "received: 1200.5, executed: 1018.6349}")
    change("revised_budget: 0, executed: 0}", "revised_budget: 0, received: 0, executed: 0}")

    assert ("done", "2024-12-31", "各级补助资金全部进入财政专户") in told(deadlines(fund, date(2025, 1, 1)))


def test_settlement_is_due_in_the_next_year(fund, change):
    ledger(change, "    heads:\n      - {expected: 5万人}\n")

    assert ("ahead", "2025-12-31", "2024 年度补助资金清算") in told(deadlines(fund, date(2025, 1, 1)))

    change("{expected: 5万人}", "{expected: 5万人, actual: 4.9万人}")

    assert ("done", "2025-12-31", "2024 年度补助资金清算") in told(deadlines(fund, date(2026, 1, 1)))


def test_many_bundles_are_listed_together_and_a_broken_one_stops_no_other(fund, tmp_path):
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "evaluation.yaml").write_text("head: [\n", "utf-8")

    outcome = deadlines(tmp_path, date(2025, 7, 20))

    assert {due.bundle for due in outcome.value} == {"fund"}
    assert outcome.exit_code() == 1 and outcome.findings[0].because.id == "yaml.syntax"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_json_fits_its_schema(fund, lang):
    schema = json.loads(resources.files("jixiao").joinpath("schemas/deadlines-1.json").read_text("utf-8"))
    on = date(2025, 7, 20)

    document = deadlines_json(deadlines(fund, on), on, lang)

    jsonschema.validate(document, schema)
    assert schema["properties"]["deadlines"]["items"]["properties"]["state"]["enum"] == list(STATES)
    assert document["deadlines"][0]["left"] == -2


def test_command_shows_the_late_ones_first_and_says_where(fund, jixiao):
    done = jixiao("deadlines", fund, "--on", "2025-07-20")

    assert done.returncode == 1
    assert done.stdout.splitlines()[0] == "超期 2 天  2025-07-18  实地调研"
    assert "evaluation.yaml:" in done.stdout.splitlines()[1]
    assert "方案制定" not in done.stdout
    assert "方案制定" in jixiao("deadlines", fund, "--on", "2025-07-20", "--done").stdout
    assert jixiao("deadlines", fund, "--on", "2025-07-01").returncode == 0
    assert jixiao("deadlines", fund, "--on", "7月1日").returncode == 2
