"""Samples: what is planted comes back from every engine and form of file; profiles and commands say what is there."""

from __future__ import annotations

import json
from fractions import Fraction

import polars as pl
import pytest

import jixiao as library
from jixiao.errors import CannotParse
from jixiao.settlements.measure import measures
from jixiao.settlements.sample import CYCLE


def planted(truth, *, monthly):
    found = {}
    for name, region, scheme, period, value in truth["values"]:
        if period.startswith("2024") and (monthly or len(period) == 4):
            one = measures()[name]
            fen = 100 if one.above[0].how == "sum" and one.unit != "%" else 1
            found[name, region, scheme, period] = value and Fraction(int(value[0]), int(value[1]) * fen)
    return found


def measured(folder, **options):
    outcome = library.settlements_measures(folder, **options)
    assert outcome.exit_code() == 0, [one.because.text() for one in outcome.findings]
    return {
        (one["measure"], one["region"], one["scheme"], one["period"]): one["value"] and Fraction(one["value"]["value"])
        for one in outcome.value.summary()["values"]
    }


@pytest.mark.parametrize("rows", [37, CYCLE + 1234])
@pytest.mark.parametrize("kind", ["parquet", "csv"])
def test_measures_are_as_planted(tmp_path, rows, kind):
    truth = library.settlements_sample(rows, 11, tmp_path / "s", kind=kind).value

    assert measured(tmp_path / "s", monthly=True) == planted(truth, monthly=True)


@pytest.mark.parametrize("engine", ["duckdb", pytest.param("spark", marks=pytest.mark.deep)])
def test_every_engine_gives_what_is_planted(tmp_path, engine):
    if engine == "spark":
        pytest.importorskip("pyspark")
    truth = library.settlements_sample(3 * CYCLE + 5, 4, tmp_path / "s").value

    assert measured(tmp_path / "s", engine=engine) == planted(truth, monthly=False)


@pytest.mark.parametrize("lettered", [False, True])
def test_persons_are_the_same_when_they_are_counted_in_shares(tmp_path, monkeypatch, lettered):
    from jixiao.settlements import gathering

    truth = library.settlements_sample(4000, 4, tmp_path / "s").value
    if lettered:
        path = tmp_path / "s/settlements/part-000.parquet"
        person = pl.col("psn_no")
        even = person.str.ends_with("2") | person.str.ends_with("4")
        pl.read_parquet(path).with_columns(pl.when(even).then("X" + person).otherwise(person)).write_parquet(path)
    monkeypatch.setattr(gathering, "_MOST", {"year": 900, "month": 900})

    assert measured(tmp_path / "s", monthly=True) == planted(truth, monthly=True)


@pytest.mark.parametrize("stored", ["float", "integer-fen", "text", "dates"])
def test_amounts_and_times_of_any_type_mean_the_same(tmp_path, stored):
    truth = library.settlements_sample(500, 6, tmp_path / "s").value
    path = tmp_path / "s/settlements/part-000.parquet"
    frame = pl.read_parquet(path)
    made = {
        "float": frame.with_columns(pl.col(pl.Decimal).cast(pl.Float64)),
        "integer-fen": frame.with_columns((pl.col(pl.Decimal) * 100).cast(pl.Int64)),
        "text": frame.with_columns(pl.all().cast(pl.String)),
        "dates": frame.with_columns(pl.col("setl_time").cast(pl.Date), pl.col("med_type").cast(pl.Int32)),
    }[stored]
    made.write_parquet(path)
    if stored == "integer-fen":
        given = tmp_path / "s/settlements.yaml"
        text = given.read_text("utf-8").replace(
            "settlements: {files: [settlements/*]}", "settlements: {files: [settlements/*], amounts: 分}", 1
        )
        given.write_text(text, "utf-8")

    assert measured(tmp_path / "s") == planted(truth, monthly=False)


def test_a_float_that_is_no_amount_is_not_rounded(tmp_path):
    library.settlements_sample(500, 6, tmp_path / "s")
    path = tmp_path / "s/settlements/part-000.parquet"
    frame = pl.read_parquet(path).with_columns(pl.col(pl.Decimal).cast(pl.Float64))
    frame.with_columns(hifp_pay=pl.col("hifp_pay") + 0.001).write_parquet(path)

    found = library.settlements_measures(tmp_path / "s").findings

    wrong = [one.because.text() for one in found if one.severity == "error"]
    assert len(wrong) == 1
    assert "hifp_pay 读不出" in wrong[0]


def test_local_names_and_constants_are_taken(tmp_path):
    truth = library.settlements_sample(500, 6, tmp_path / "s").value
    path = tmp_path / "s/settlements/part-000.parquet"
    frame = pl.read_parquet(path).filter(pl.col("vali_flag") == "1")
    frame.drop("vali_flag").rename({"hifp_pay": "统筹支付", "insu_admdvs": "INSUPLC_ADMDVS"}).write_parquet(path)
    given = tmp_path / "s/settlements.yaml"
    said = 'settlements: {files: [settlements/*], mapping: {统筹支付: hifp_pay}, constants: {vali_flag: "1"}}'
    given.write_text(given.read_text("utf-8").replace("settlements: {files: [settlements/*]}", said, 1), "utf-8")

    assert measured(tmp_path / "s") == planted(truth, monthly=False)


def test_former_region_codes_count_where_they_belong_now(tmp_path):
    truth = library.settlements_sample(500, 6, tmp_path / "s").value
    path = tmp_path / "s/settlements/part-000.parquet"
    frame = pl.read_parquet(path)
    older = [pl.col(name).str.replace("^6504", "6521") for name in ("insu_admdvs", "mdtrtarea_admdvs")]
    frame.with_columns(older).write_parquet(path)

    assert measured(tmp_path / "s") == planted(truth, monthly=False)


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(tmp_path):
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        library.settlements_sample(300, seed, tmp_path / name, kind="csv")
    one, same, other = ((tmp_path / name / "settlements/part-000.csv").read_bytes() for name in "abc")

    assert one == same
    assert one != other


def test_a_profile_says_what_is_there(tmp_path):
    (tmp_path / "records.csv").write_text(
        "setl_id,psn_no,insutype,insu_admdvs,MED_TYPE,setl_time,vali_flag,refd_setl_flag,medfee_sumamt,本地列\n"
        '1,p1,390,652801,21,2024-03-01,1,0,"1,000.5",x\n'
        "1,,391,652801,9988,20241231,1,0,20.00,y\n"
        "2,p3,390,652801,21,,1,0,-5,\n",
        encoding="utf-8",
    )

    outcome = library.settlements_profile(tmp_path / "records.csv")

    found = outcome.value[0]
    assert found.rows == 3
    assert found.columns["MED_TYPE"] == "med_type"
    assert found.columns["本地列"] is None
    assert found.unknown == {"med_type": {"9988": 1}}
    assert (found.nulls["psn_no"], found.nulls["setl_time"]) == (1, 1)
    assert found.unread == {"medfee_sumamt": (1, ("1,000.5",))}
    assert found.dates == ("2024-03", "2024-12")
    assert found.repeated == (1, ("1",))
    assert found.faults["negative"] == (1, ("2 -5",))
    assert outcome.exit_code() == 1


def test_commands_print_json_that_is_nothing_but_json(jixiao, tmp_path):
    assert jixiao("settlements", "sample", "--rows", "400", "--seed", "3", "--out", tmp_path / "s").returncode == 0

    made = jixiao("settlements", "measures", tmp_path / "s", "--json", "--out", tmp_path / "out")
    profile = jixiao("settlements", "profile", tmp_path / "s", "--json")

    assert (made.returncode, profile.returncode) == (0, 0), made.stderr
    assert json.loads(made.stdout) == json.loads((tmp_path / "out/measures.json").read_text("utf-8"))
    assert json.loads(profile.stdout)["schema"] == "settlements-profile/1"
    assert (tmp_path / "out/measures.csv").read_text("utf-8-sig").startswith("指标,地区,制度")


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("command", ["", "sample", "profile", "measures", "sql", "benefits", "alerts", "policies"])
def test_help_text(jixiao, golden, command, lang):
    done = jixiao(
        "settlements", *[command] if command else [], "--help", lang={"zh": "zh_CN.UTF-8", "en": "en_US.UTF-8"}[lang]
    )

    assert (done.returncode, done.stderr) == (0, "")
    golden(f"cli/help-settlements{'-' if command else ''}{command}.{lang}.txt", done.stdout)


def test_alerts_name_what_lies_beyond_and_list_what_is_behind(tmp_path):
    library.settlements_sample(3000, 8, tmp_path / "s")
    given = tmp_path / "s/settlements.yaml"
    text = given.read_text("utf-8").replace("20000元/人次", "19000元/人次").replace("100000元", "60000元")
    given.write_text(text, "utf-8")
    frame = pl.read_parquet(tmp_path / "s/settlements/*.parquet").filter(vali_flag="1", refd_setl_flag="0")
    by_person = frame.group_by("psn_no").agg(pl.col("medfee_sumamt").sum()).filter(pl.col("medfee_sumamt") >= 60_000)
    inpatient = frame.filter(pl.col("med_type").is_in(["21", "52"]), pl.col("insutype") == "390")
    by_cell = inpatient.group_by(pl.col("insu_admdvs").str.slice(0, 4), pl.col("setl_time").dt.month()).agg(
        pl.col("medfee_sumamt").cast(pl.Float64).mean()
    )

    outcome = library.settlements_alerts(tmp_path / "s", tmp_path / "out")

    raised = [alert for alert in outcome.value.alerts if alert.cell.region and alert.cell.scheme == "resident"]
    persons = outcome.value.lists["high_cost_year.csv"][1]
    assert len(raised) == by_cell.filter(pl.col("medfee_sumamt") > 19_000).height > 0
    assert {row[1] for row in persons} == set(by_person["psn_no"])
    assert (tmp_path / "out/alerts.csv").exists()
    listed = outcome.value.lists["cost_per_visit.inpatient.csv"][1]
    assert {row[0] for row in listed} <= {alert.cell.period for alert in outcome.value.alerts}
    assert outcome.exit_code() == 0


def test_a_table_without_a_needed_column_is_refused(tmp_path):
    (tmp_path / "records.csv").write_text("setl_id,psn_no\n1,p1\n", encoding="utf-8")

    with pytest.raises(CannotParse):
        library.settlements_measures(tmp_path / "records.csv")
