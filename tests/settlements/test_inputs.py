"""What goes in: bad input is told with counts and examples, no identity number comes out, times and codes are the year's."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import polars as pl
import pytest

import jixiao as library

spec = importlib.util.spec_from_file_location("settlements_small", Path(__file__).parent / "conftest.py")
small = importlib.util.module_from_spec(spec)
spec.loader.exec_module(small)
read, write, NUMBER, RECORDS = small.read, small.write, small.NUMBER, small.RECORDS


def test_no_identity_number_comes_to_a_screen_wherever_it_strayed(jixiao, tmp_path):
    row = small.settlement(1, psn_no=NUMBER, med_type=NUMBER, medfee_sumamt=NUMBER, setl_time=NUMBER)
    write(
        tmp_path / "records.csv", [row, {**row, "setl_id": NUMBER}, {**row, "setl_id": NUMBER, "insu_admdvs": NUMBER}]
    )
    (tmp_path / "headless.csv").write_text(f"1,{NUMBER},390\n2,{NUMBER},390\n", "utf-8")

    for words in (["profile", "records.csv"], ["profile", "records.csv", "--json"], ["measures", "records.csv", "--out", tmp_path / "out"],
                  ["measures", "records.csv", "--json"], ["measures", "headless.csv"]):  # fmt: skip
        done = jixiao("settlements", words[0], tmp_path / words[1], *words[2:])
        assert done.returncode
        assert NUMBER not in done.stdout + done.stderr
    for path in (tmp_path / "out").iterdir():
        assert NUMBER not in path.read_text("utf-8")


def test_a_file_joined_to_its_details_is_refused_and_never_multiplies_amounts_in_silence(jixiao, tmp_path):
    rows = [small.settlement(1), small.settlement(1), small.settlement(2)]
    write(tmp_path / "records.csv", rows)

    done = jixiao("settlements", "measures", tmp_path / "records.csv")

    assert done.returncode == 1
    assert "1 个主键出现不止一次，如 s1" in done.stdout + done.stderr


def test_every_bad_input_is_told_with_count_and_examples_and_never_becomes_zero(jixiao, tmp_path):
    rows = [
        small.settlement(1, hifp_pay="1,234.50"), small.settlement(2, medfee_sumamt="-1000", inscp_scp_amt="-2000"),
        small.settlement(3, inscp_scp_amt="1000.01"), small.settlement(4, med_type="9988"),
        small.settlement(5, setl_time="2023-12-31"), small.settlement(6),
    ]  # fmt: skip
    write(tmp_path / "records.csv", [{name: text for name, text in row.items() if name != "maf_pay"} for row in rows])
    (tmp_path / "settlements.yaml").write_text(
        "schema: settlements/1\nyear: 2024\nsettlements: {files: [records.csv]}\n", "utf-8"
    )

    done = jixiao("settlements", "measures", tmp_path, "--out", tmp_path / "out")

    assert done.returncode == 1
    for told in ("hifp_pay 读不出，1 条，如 s1 1,234.50", "金额为负而无退费标志，1 条，如 s2", "大于医疗费总额，1 条，如 s3 1000.01 1000",
                 "med_type 有 1 条的代码不在代码集里，如 9988 × 1", "不在 2024 年的记录：2023 × 1"):  # fmt: skip
        assert told in done.stdout + done.stderr
    why = {
        row["指标"]: (row["值"], row["不可计算的原因"])
        for row in read(tmp_path / "out/measures.csv")
        if row["地区"] == row["制度"] == "全部"
    }
    for name, reason in (("fund_expenditure.pool", "hifp_pay 读不出"), ("fund_expenditure.total", "金额为负而无退费标志"),
                         ("fund_expenditure.medical_aid", "缺少列 maf_pay"), ("inpatient_scope_ratio.pool", "大于医疗费总额"),
                         ("case_payment.cases", "med_type 的代码不在代码集里")):  # fmt: skip
        assert why[name][0] == ""
        assert reason in why[name][1]
    assert why["out_of_region.visits"] == ("0人次", "")


@pytest.mark.parametrize("machine", ["polars", "duckdb"])
def test_a_time_with_a_zone_counts_in_the_month_it_is_in_china(tmp_path, machine):
    rows = [small.settlement(1), small.settlement(2)]
    times = pl.Series("setl_time", ["2023-12-31T16:00:00", "2024-12-31T16:00:00"]).str.to_datetime(time_zone="UTC")
    pl.DataFrame(rows).with_columns(times).write_parquet(tmp_path / "records.parquet")

    made = library.settlements_measures(tmp_path / "records.parquet", monthly=True, engine=machine).value.computed

    assert {cell.period for cell in made.cells("settlements")} == {"2024", "2024-01", "2025", "2025-01"}


def test_a_list_holds_no_formula(jixiao, tmp_path):
    write(tmp_path / "records.csv", [small.settlement(1, psn_no="=1+1", setl_id="-2+3")])
    (tmp_path / "settlements.yaml").write_text(
        RECORDS.replace("mapping: {证件号码: psn_no}", "")
        .replace("[records.csv], ", "[records.csv]")
        .replace("1500元", "1元"),
        "utf-8",
    )

    jixiao("settlements", "alerts", tmp_path, "--out", tmp_path / "out")

    assert read(tmp_path / "out/high_cost_year.csv")[0]["psn_no"] == "'=1+1"
    assert read(tmp_path / "out/cost_per_visit.inpatient.csv")[0]["key"] == "'-2+3"


def test_codes_are_those_of_the_year(monkeypatch):
    from jixiao.settlements import codes

    later = {"clr_way": {"since": "2026", "codes": {"5": "按床日"}, "groups": {"case_payment": ["5"]}}}
    packaged = codes.library.read("settlements/code_sets/2021.yaml")
    monkeypatch.setattr(codes.library, "names", lambda folder: ["2021", "2026"])
    monkeypatch.setattr(codes.library, "read", lambda name: later if "2026" in name else packaged)
    codes.sets.cache_clear()
    try:
        assert [codes.Codes(year=year).group("clr_way", "case_payment") for year in (2020, 2025, 2026, None)] == [
            ("3", "4"), ("3", "4"), ("5",), ("5",)
        ]  # fmt: skip
        assert codes.Codes(year=2026).group("insutype", "employee") == ("310",)
    finally:
        codes.sets.cache_clear()
