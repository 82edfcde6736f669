"""公开: what was approved for publication is seen by everybody with its data: figures only, nothing personal."""

from __future__ import annotations

import csv
import io
import json

import pytest
from django.test import Client

from jixiao.evaluation.paths import put
from jixiao.web.actions import dossiers, moving
from jixiao.web.models import Dossier

PERSONAL = "13812345678"


@pytest.fixture
def public(who, office, examples):
    """Return a dossier that was settled and published by 公开."""
    from jixiao.operations.check import check

    evaluation = check(examples / "kashgar-2022-resident-medical").value.evaluation
    evaluation = put(evaluation, "texts/background", f"联系人张三 {PERSONAL}")
    evaluation = put(evaluation, "scored/O302/name", f"按时报送（{PERSONAL}）")
    one = dossiers.create(who("filler"), office("某县医疗"), evaluation, title="居民医保绩效自评")
    Dossier.objects.filter(pk=one.pk).update(step="settled")
    moving.take(who("publisher"), one.pk, "publish")
    return one


def get(at, lang="zh"):
    return Client(HTTP_ACCEPT_LANGUAGE=lang).get(at)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_published_result_is_seen_without_signing_in(public, lang):
    assert "居民医保绩效自评" in get("/public", lang).content.decode()

    page = get(f"/public/{public.pk}", lang).content.decode()

    assert "96.85" in page and "432,620" in page and "559.55万人次" in page
    assert {"zh": "数据下载", "en": "Data"}[lang] in page


def test_data_is_a_package_of_figures(public):
    package = json.loads(get(f"/public/{public.pk}/datapackage.json").content)
    rows = list(csv.DictReader(io.StringIO(get(f"/public/{public.pk}/indicators.csv").content.decode("utf-8-sig"))))
    funds = list(csv.DictReader(io.StringIO(get(f"/public/{public.pk}/funds.csv").content.decode("utf-8-sig"))))

    assert (package["total"], package["grade"]) == ("96.85", "优")
    for resource, found in zip(package["resources"], (rows, funds), strict=True):
        assert [field["name"] for field in resource["schema"]["fields"]] == list(found[0])
    one = next(row for row in rows if row["code"] == "O102")
    assert (one["score"], one["weight"], one["actual"], one["score_rate"]) == ("3.89", "5", "559.55万人次", "77.8%")
    assert (funds[-1]["revised_budget"], funds[-1]["executed"]) == ("432620", "367065")


def test_nothing_personal_and_nothing_written_is_published(public):
    for at in ("", "/datapackage.json", "/indicators.csv", "/funds.csv"):
        said = get(f"/public/{public.pk}{at}").content.decode()

        assert PERSONAL not in said, at
        for written in ("张三", "疫情", "Filler"):
            assert written not in said, (at, written)
    assert "＊＊＊" in get(f"/public/{public.pk}/indicators.csv").content.decode()


@pytest.mark.parametrize("step", ["filling", "checking", "approved", "settled"])
def test_only_what_was_approved_is_public(public, step):
    Dossier.objects.filter(pk=public.pk).update(step=step)

    assert "居民医保绩效自评" not in get("/public").content.decode()
    for at in ("", "/datapackage.json"):
        assert get(f"/public/{public.pk}{at}").status_code == 404


def test_taken_back_is_gone(public, who):
    moving.take(who("publisher"), public.pk, "unpublish", remark="更正")

    assert get(f"/public/{public.pk}").status_code == 404


def test_odd_names_are_nothing(public):
    for name in ("evaluation.yaml", "..", "scorecard.json", "%00"):
        assert get(f"/public/{public.pk}/{name}").status_code == 404
    assert get("/public?q=%00&page=x").status_code == 200
