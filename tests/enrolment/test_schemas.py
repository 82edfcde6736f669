"""JSON: what comparisons, profiles and pension checks publish fits the schemas that ship."""

from __future__ import annotations

import json
from importlib import resources

import jsonschema
import pytest

import jixiao
from jixiao.enrolment.identity import full
from jixiao.operations.enrolment_pensions import pensions_json
from jixiao.operations.enrolment_profile import profile_json

MANIFEST = """schema: registers/1
title: 示例
as_of: 2024-06-30
own: {name: 本地, files: [own.csv]}
other: {name: 外地, files: [own.csv]}
payments: {name: 发放, files: [paid.csv]}
deaths: {name: 死亡, files: [deaths.csv]}
"""
NUMBER = full(65010219500101001)
PAID = (
    f"certno,psn_name,insu_admdvs,pay_month,pay_amount,pay_kind\n{NUMBER},甲,652800,202405,183.50,居民养老\n,乙,,,x,\n"
)


def fits(name, found):
    schema = json.loads(resources.files("jixiao").joinpath(f"schemas/{name}-1.json").read_text("utf-8"))
    jsonschema.Draft202012Validator(schema).validate(json.loads(json.dumps(found)))


@pytest.fixture
def sample(tmp_path):
    jixiao.enrolment_sample(1500, 5, tmp_path / "registers")
    return tmp_path / "registers"


@pytest.mark.parametrize("mode", ["charge", "decide"])
def test_comparisons_fit_their_schema(sample, mode):
    fits("enrolment", jixiao.enrolment_compare(sample, mode=mode).value.summary())


def test_profiles_fit_their_schema(sample, tmp_path):
    fits("profile", profile_json(jixiao.enrolment_profile(sample).value))
    (tmp_path / "odd").mkdir()
    (tmp_path / "odd/a.csv").write_text("证件号码,备注,psn_insu_date\n6.5E+17,1,2020\nE1,,\n", "utf-8")
    fits("profile", profile_json(jixiao.enrolment_profile(tmp_path / "odd").value))


def test_pension_checks_fit_their_schema(tmp_path):
    (tmp_path / "registers.yaml").write_text(MANIFEST, "utf-8")
    (tmp_path / "own.csv").write_text("certno,insutype,insu_admdvs,psn_insu_stas\n", "utf-8")
    (tmp_path / "paid.csv").write_text(PAID, "utf-8")
    (tmp_path / "deaths.csv").write_text(f"certno,psn_name,die_date\n{NUMBER},甲,2024-03-02\n", "utf-8")

    found = jixiao.enrolment_pensions(tmp_path).value

    fits("pensions", pensions_json(getattr(found, "checked", found)))


@pytest.mark.parametrize(
    ("name", "path", "wrong"),
    [
        ("enrolment", ("total", "employee", "left"), 12),
        ("enrolment", ("mode",), "guess"),
        ("enrolment", ("unusable", "because"), "1"),
    ],
)
def test_what_does_not_fit_is_refused(sample, name, path, wrong):
    found = jixiao.enrolment_compare(sample).value.summary()
    *above, last = path
    part = found
    for key in above:
        part = part[key]
    part[last] = wrong

    with pytest.raises(jsonschema.ValidationError):
        fits(name, found)
