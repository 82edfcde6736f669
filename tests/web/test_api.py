"""接口: read, write and score by a program; the OpenAPI document says all of it."""

from __future__ import annotations

import hashlib
import io
import json

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from jixiao.figures.figure import exactly
from jixiao.figures.units import PERCENT
from jixiao.formats import results
from jixiao.indicators.indicator import Actual, Measured
from jixiao.web.actions import people
from jixiao.web.models import Dossier, Entry, File, Token


@pytest.fixture
def call(who, office):
    """Return a function that calls the API with a token of the county's."""
    key = people.add_token(who("manager"), office("某县医疗"), "填报程序", ["fill"], 30)

    def ask(method, path, body=None, **headers):
        kwargs = {} if body is None else {"data": json.dumps(body), "content_type": "application/json"}
        bearer = {"Authorization": f"Bearer {key}", "Accept-Language": "zh", **headers}
        return getattr(Client(), method)(f"/api{path}", headers=bearer, **kwargs)

    ask.key = key
    return ask


def test_evaluation_is_read_changed_and_written_back(call, finished, again):
    read = call("get", f"/evaluations/{finished.pk}").json()
    assert (read["revision"], len(read["hash"])) == (1, 64)
    content = read["content"]
    content["evaluation"]["actuals"]["O102"] = "719.81万人次"

    saved = call("put", f"/evaluations/{finished.pk}", {"base": 1, "reason": "更正", "content": content})

    assert (saved.status_code, saved.json()["revision"]) == (200, 2)
    assert call("get", f"/evaluations/{finished.pk}/scorecard").json()["total"] == "97.96"
    assert again(finished).total == "97.96"
    assert Entry.objects.filter(what="saved", who__startswith="填报程序@").count() == 1


def test_stale_write_is_a_conflict(call, finished, again):
    content = call("get", f"/evaluations/{finished.pk}").json()["content"]
    content["evaluation"]["head"]["region"] = "甲"
    assert call("put", f"/evaluations/{finished.pk}", {"base": 1, "content": content}).status_code == 200
    content["evaluation"]["head"]["region"] = "乙"

    answer = call("put", f"/evaluations/{finished.pk}", {"base": 1, "content": content})

    assert (answer.status_code, answer.json()["error"]) == (409, "web.refused.stale")
    assert again(finished).head == 2


def test_evaluation_is_created_listed_and_checked(call):
    made = call("post", "/evaluations", {"title": "新的", "kind": "self-evaluation", "year": 2024})
    number = made.json()["number"]

    assert (made.status_code, made.json()["step"]) == (201, "filling")
    assert [one["number"] for one in call("get", "/evaluations?q=新").json()["evaluations"]] == [number]
    found = call("get", f"/evaluations/{number}/findings").json()
    assert found["schema"] == "findings/1" and any(one["severity"] == "error" for one in found["findings"])


def send(call, path, said):
    return Client().post(f"/api{path}", said, headers={"Authorization": f"Bearer {call.key}", "Accept-Language": "zh"})


def test_filled_form_is_taken_in_as_a_revision(call, who, finished, again, browser_of):
    raw = browser_of("filler").get(f"/dossiers/{finished.pk}/fill/self_evaluation_table/excel").content
    book = openpyxl.load_workbook(io.BytesIO(raw))
    cell = next(one for row in book.active.iter_rows() for one in row if one.value == "559.55万人次")
    cell.value = "719.81万人次"
    out = io.BytesIO()
    book.save(out)

    answer = send(call, f"/evaluations/{finished.pk}/form", {"file": SimpleUploadedFile("表.xlsx", out.getvalue())})

    assert (answer.status_code, answer.json()["revision"]) == (200, 2), answer.content.decode()
    assert again(finished).total == "97.96"


def test_form_in_which_nothing_is_new_makes_no_revision(call, finished, again, browser_of):
    raw = browser_of("filler").get(f"/dossiers/{finished.pk}/fill/self_evaluation_table/excel").content

    answer = send(call, f"/evaluations/{finished.pk}/form", {"file": SimpleUploadedFile("表.xlsx", raw)})

    assert answer.json() == {"revision": 1, "findings": []}
    assert again(finished).head == 1


def test_evidence_is_taken_in_as_a_revision(call, finished, again, site):
    said = {"code": "O101", "title": "参保季报", "file": SimpleUploadedFile("季报.pdf", b"%PDF-1.7 report")}

    answer = send(call, f"/evaluations/{finished.pk}/evidence", said)

    assert (answer.status_code, answer.json()["revision"]) == (201, 2), answer.content.decode()
    assert File.objects.get().sha256 == hashlib.sha256(b"%PDF-1.7 report").hexdigest()
    evidence = call("get", f"/evaluations/{finished.pk}").json()["content"]["evaluation"]["evidence"]
    assert any(one.get("sha256") == File.objects.get().sha256 for one in evidence)
    assert Entry.objects.filter(what="attached", who__startswith="填报程序@").count() == 1


@pytest.mark.parametrize(
    ("path", "said", "status"),
    [("evidence", {"code": "O101", "file": ("x.pdf", b"MZ")}, 400), ("evidence", {"code": "O101", "file": ("x.exe", b"MZ")}, 400),
     ("evidence", {"code": "X9", "file": ("x.pdf", b"%PDF-1.7")}, 400), ("evidence", {"file": ("x.pdf", b"%PDF-1.7")}, 400),
     ("evidence", {"code": "O101"}, 400), ("form", {"file": ("x.xlsx", b"junk")}, 400), ("form", {"file": ("x.txt", b"text")}, 400),
     ("form", {}, 400)],
)  # fmt: skip
def test_upload_that_does_not_fit_is_refused_with_a_sentence(call, finished, again, *, path, said, status):
    sent = {name: SimpleUploadedFile(*value) if isinstance(value, tuple) else value for name, value in said.items()}

    answer = send(call, f"/evaluations/{finished.pk}/{path}", sent)

    assert answer.status_code == status, answer.content.decode()
    assert set(answer.json()) == {"error", "what", "remedy"} and answer.json()["what"]
    assert again(finished).head == 1


def test_results_of_engines_are_put_beside_bound_values(call, finished, again):
    content = call("get", f"/evaluations/{finished.pk}").json()["content"]
    content["evaluation"]["actuals"]["S101"] = {"from": "survey", "measure": "satisfaction"}
    call("put", f"/evaluations/{finished.pk}", {"base": 1, "content": content})
    parts = {"given": exactly(962), "possible": exactly(1000)}
    left = Actual(exactly(962, 1000, PERCENT), Measured("survey", "satisfaction", parts, as_of="2022-12-31"))
    result = json.loads(results.write("S101", left))

    answer = call("post", f"/evaluations/{finished.pk}/results", {"base": 2, "results": [result]})

    assert (answer.status_code, answer.json().get("revision")) == (200, 3), answer.content.decode()
    card = call("get", f"/evaluations/{finished.pk}/scorecard").json()
    assert next(one for one in card["indicators"] if one["code"] == "S101")["actual"]["text"] == "96.2%"
    stale = call("post", f"/evaluations/{finished.pk}/results", {"base": 2, "results": [result]})
    assert stale.status_code == 409
    odd = call("post", f"/evaluations/{finished.pk}/results", {"base": 3, "results": [{"code": 1}]})
    assert (odd.status_code, again(finished).head) == (400, 3)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"base": 1, "content": {}}, 400),
        ({"base": 1, "content": {"evaluation": {"schema": "evaluation/999"}}}, 400),
        ({"base": 1, "content": {"evaluation": []}}, 400),
        ({"base": 0, "content": {}}, 400),
        ({"base": 1, "content": {"evaluation": {"a": [[[[{}]]]]}}}, 400),
        ({"content": {}}, 400),
        ([], 400),
    ],
)
def test_content_that_is_no_evaluation_is_refused_with_a_sentence(call, finished, again, body, status):
    answer = call("put", f"/evaluations/{finished.pk}", body)

    assert answer.status_code == status
    assert set(answer.json()) == {"error", "what", "remedy"} and answer.json()["what"]
    assert again(finished).head == 1


def test_deep_and_broken_json_are_refused(call, finished):
    deep = '{"base":1,"content":' + '{"a":' * 3000 + "1" + "}" * 3001
    for raw in (deep, "{", "\xff", ""):
        answer = Client().put(
            f"/api/evaluations/{finished.pk}", raw, "application/json", headers={"Authorization": f"Bearer {call.key}"}
        )
        assert answer.status_code == 400, raw[:20]


def test_ended_and_expired_tokens_open_nothing(call, who, site):
    assert call("get", "/evaluations").status_code == 200
    people.end_token(who("manager"), Token.objects.get().pk)

    assert call("get", "/evaluations").status_code == 401


def test_token_cannot_approve_or_manage(who, office):
    from jixiao.web.refusals import BadForm

    for roles in (["approve"], ["manage"], [], ["fill", "publish"]):
        with pytest.raises(BadForm):
            people.add_token(who("manager"), office("某县医疗"), "程序", roles, 30)


def test_sign_in_of_a_browser_is_no_token(browser_of, finished):
    assert browser_of("filler").get("/api/evaluations").status_code == 401


def test_openapi_document_describes_every_address(site):
    document = Client().get("/api/openapi.json").json()

    assert document["openapi"].startswith("3.")
    assert {(way, at) for at, ways in document["paths"].items() for way in ways} == {
        ("get", "/api/evaluations"), ("post", "/api/evaluations"), ("get", "/api/evaluations/{number}"),
        ("put", "/api/evaluations/{number}"), ("get", "/api/evaluations/{number}/scorecard"),
        ("get", "/api/evaluations/{number}/findings"), ("post", "/api/evaluations/{number}/form"),
        ("post", "/api/evaluations/{number}/evidence"), ("post", "/api/evaluations/{number}/results"),
        ("get", "/api/data"), ("post", "/api/data"), ("get", "/api/comparisons"), ("post", "/api/comparisons"),
        ("get", "/api/comparisons/{number}"), ("post", "/api/comparisons/{number}/cancel"),
        ("get", "/api/comparisons/{number}/files/{name}"), ("post", "/api/evaluations/{number}/comparison"),
    }  # fmt: skip
    assert document["components"]["securitySchemes"]


def test_key_is_shown_once_and_kept_as_a_hash(browser_of, office, site):
    answer = browser_of("manager").post(
        "/people/tokens/add", {"office": office("某县医疗").pk, "name": "程序", "days": "30", "role": ["fill"]}
    )
    page = answer.content.decode()

    key = page.partition('<code class="secret" data-copyable>')[2].partition("<")[0]
    assert key.startswith("jx_") and Token.objects.get().key_hash != key
    assert not Entry.objects.filter(details__contains=key).exists()
    assert not Dossier.objects.exists()
