"""乱输入: odd values in every field of every form and address, and of the API by its own OpenAPI document.

Whatever is sent, the answer is a page or a sentence, never a failure of ours, and the chains hold.
"""

from __future__ import annotations

import json
import random
import shutil
from pathlib import Path
from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import URLPattern, get_resolver

import jixiao
from jixiao.web import audit, jobs, steps
from jixiao.web.actions import data, people
from jixiao.web.models import Account
from jixiao.web.urls import urlpatterns

TEXTS = [
    "", " ", "0", "-1", "1", "2", "99999999999999999999", "1e9", "NaN", "null", "true", "中文" * 50, "a" * 30_000, "\x00", "\ud7ff\u202e",
    "=HYPERLINK(\"x\")", "'; DROP TABLE web_entry; --", "<script>alert(1)</script>", "{{ settings.SECRET_KEY }}", "../../etc/passwd", "%00%ff",
    "2024-02-30", "2024-01-01", "self-evaluation", "third-party", "fill", "scored/O101/weight", "funds/total/executed", "O101", "submit", "return",
    "small-1", "registers", "profile", "enrolment.json",
]  # fmt: skip
FIELDS = [
    "action", "remark", "head", "path", "text", "reason", "file", "code", "title", "sha256", "office", "kind", "year", "entry", "last", "evaluator",
    "work", "status", "mode", "measure", "base", "scheme", "archive", "own", "other", "as_of", "name_own",
    "deadline", "name", "full_name", "level", "region", "finance", "role", "days", "old", "new", "again", "lang", "next", "q", "do", "group", "rule",
    "weight", "c0", "password", "page", "step", "under", "who", "what", "dossier", "before", "after",
]  # fmt: skip
PAGES = [
    one for one in urlpatterns if isinstance(one, URLPattern) and one.name not in ("signout", "me", "close", "reset")
]
NUMBERS = [1, 2, 0, 999999, 2**31, 2**63, 2**70]


def value(draw):
    if draw.random() < 0.1:
        return SimpleUploadedFile(
            draw.choice(["x.pdf", "...pdf", "=1.xlsx", "a/b\\c.txt"]),
            draw.choice([b"", b"%PDF-1.7", b"PK\x03\x04", b"\xff" * 99]),
        )
    return draw.choice(TEXTS)


def address(page, draw, dossier):
    names = {}
    for name, converter in page.pattern.converters.items():
        number = type(converter).__name__ == "IntConverter"
        names[name] = (dossier.pk if name == "number" and draw.random() < 0.8 else draw.choice(NUMBERS)) if number else (
            draw.choice([text for text in TEXTS if text and "/" not in text and len(text) < 100]))  # fmt: skip
    return get_resolver().reverse(page.name, **names)


@pytest.fixture
def compared(who, office, tmp_path):
    """Return the name of a folder of the county's registers that were compared."""
    county, account = office("某县医疗"), Account.objects.get(name="filler")
    folder = tmp_path / "registers"
    jixiao.enrolment_sample(300, 1, folder)
    raw = Path(shutil.make_archive(f"{tmp_path}/small", "zip", folder)).read_bytes()
    made = data.upload_archive(who("filler"), county, SimpleUploadedFile("small.zip", raw))
    data.start(who("filler"), account, county, made.name, "registers", lang="zh")
    jobs.work(once=True)
    return made.name


@pytest.mark.parametrize("name", ["filler", "checker", "manager"])
def test_pages_answer_odd_input_with_a_sentence(browser_of, finished, compared, name):
    draw, browser = random.Random(f"pages {name}"), browser_of(name)
    for page in PAGES:
        for _ in range(4):
            at = "/" + address(page, draw, finished).lstrip("/")
            fields = {field: value(draw) for field in draw.sample(FIELDS, draw.randint(0, 12))}
            if draw.random() < 0.4:
                answer = browser.get(at, {field: text for field, text in fields.items() if isinstance(text, str)})
            else:
                answer = browser.post(at, fields)

            assert answer.status_code < 500, (at, fields)
            if getattr(answer, "streaming", False):
                list(answer.streaming_content)
    jobs.work(once=True)
    assert list(audit.broken()) == []


def odd_json(draw, depth=0):
    kind = draw.randint(0, 7 if depth < 4 else 4)
    if kind < 3:
        return draw.choice(TEXTS)
    if kind == 3:
        return draw.choice([None, True, 0, -1, 1.5, 10**30])
    if kind == 4:
        return draw.choice(["evaluation", "schema", "kind", "year", "systems", "actuals", "value", "funds"])
    if kind == 5:
        return [odd_json(draw, depth + 1) for _ in range(draw.randint(0, 3))]
    names = [
        "evaluation",
        "results",
        "schema",
        "kind",
        "year",
        "head",
        "systems",
        "scored",
        "indicators",
        "actuals",
        "base",
        "content",
        "title",
        "\x00",
        "a/b",
    ]
    return {draw.choice(names): odd_json(draw, depth + 1) for _ in range(draw.randint(0, 4))}


def spoilt(tree, draw):
    """Return a good tree with one of its parts replaced by something odd."""
    if draw.random() < 0.3 or not isinstance(tree, dict | list) or not tree:
        return odd_json(draw, 3)
    if isinstance(tree, list):
        at = draw.randrange(len(tree))
        return [spoilt(item, draw) if number == at else item for number, item in enumerate(tree)]
    key = draw.choice(list(tree))
    return {name: spoilt(item, draw) if name == key else item for name, item in tree.items()}


def test_api_answers_as_its_document_says(who, office, finished, again, compared):
    draw = random.Random("api")
    key = people.add_token(who("manager"), office("某县医疗"), "程序", ["fill"], 30)
    browser, headers = Client(), {"Authorization": f"Bearer {key}"}
    document = browser.get("/api/openapi.json").json()
    good = browser.get(f"/api/evaluations/{finished.pk}", headers=headers).json()["content"]
    for at, ways in document["paths"].items():
        for way, said in ways.items():
            known = {int(status) for status in said["responses"]}
            for turn in range(60 if way == "put" else 25):
                number = finished.pk if turn % 3 else draw.choice(NUMBERS)
                asked = {
                    one["name"]: draw.choice(TEXTS)
                    for one in said.get("parameters", ())
                    if one["in"] == "query" and draw.random() < 0.5
                }
                body = (
                    odd_json(draw)
                    if turn % 4 == 0
                    else {"base": again(finished).head, "reason": draw.choice(TEXTS), "content": spoilt(good, draw)}
                )
                if way == "post" and "comparison" in at and turn % 2:
                    body = {
                        "folder": draw.choice([compared, *TEXTS]), "work": draw.choice(["registers", "pensions", *TEXTS]),
                        "status": draw.choice(["normal", *TEXTS]), "comparison": draw.choice([1, *NUMBERS]),
                        "base": again(finished).head, "code": draw.choice(["O101", *TEXTS]),
                        "measure": draw.choice(["insured", *TEXTS]), "where": {draw.choice(["scheme", *TEXTS]): draw.choice(TEXTS)},
                    }  # fmt: skip
                elif way == "post" and turn % 2:
                    body = {
                        "title": draw.choice(TEXTS),
                        "kind": draw.choice(["fund", "transfer", *TEXTS]),
                        "year": draw.choice([2024, 1999, "2024", None]),
                    }
                kinds = said.get("requestBody", {}).get("content", {})
                if "multipart/form-data" in kinds:
                    fields = kinds["multipart/form-data"]["schema"]["properties"]
                    sent = {"data": {name: value(draw) for name in fields if draw.random() < 0.8}}
                elif way == "get":
                    sent = {"query_params": asked}
                else:
                    sent = {"data": json.dumps(body), "content_type": "application/json"}

                place = at.replace("{number}", str(number)).replace("{name}", quote(draw.choice(TEXTS), safe=""))

                answer = getattr(browser, way)(place, headers=headers, **sent)

                assert answer.status_code in known, (way, at, answer.status_code, answer.content.decode()[:300])
                if getattr(answer, "streaming", False):
                    list(answer.streaming_content)
                    answer.close()
                if answer.status_code >= 400:
                    assert set(answer.json()) == {"error", "what", "remedy"}
    assert again(finished).step in steps.STEPS
    assert list(audit.broken()) == []
