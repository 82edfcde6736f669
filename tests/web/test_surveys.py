"""问卷: a respondent answers on a page without signing in, once; the answers are counted, analysed and bound to a score."""

from __future__ import annotations

import csv
import io
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from jixiao.web import clock, jobs
from jixiao.web.actions import drafts, surveys
from jixiao.web.models import Answer, Entry, Job, Survey

FORM = """
schema: questionnaire/1
id: satisfaction
title: 参保人员满意度问卷
version: "1"
minutes: 2
sections:
  - title: 基本情况
    questions:
      - {code: C, kind: consent, text: 是否同意作答}
      - code: Q1
        kind: multiple
        text: 最该改进哪些方面
        options: {A: 提高补助标准, B: 简化流程}
  - title: 满意度
    questions:
      - {code: S1, kind: scale, text: 报销是否及时}
      - {code: S2, kind: scale, text: 服务态度}
      - code: T1
        kind: text
        text: 请说明原因
        shown_when: {questions: [S1, S2], at_most: 2}
satisfaction: {items: [S1, S2], formula: mean}
"""
GOOD = {"q-C": "1", "q-Q1": ["A", "B"], "q-S1": "5", "q-S2": "4"}


def file(text=FORM, name="问卷.yaml"):
    return SimpleUploadedFile(name, text.encode())


@pytest.fixture
def survey(who, dossier):
    made, found = surveys.put_up(who("filler"), dossier, file())
    assert found == ()
    return made


def begun(survey):
    page = Client().get(f"/s/{survey.key}").content.decode()
    return page.partition('name="begun" value="')[2].partition('"')[0]


def send(survey, said=None, at="", **kwargs):
    data = {"begun": begun(survey), **(GOOD if said is None else said), **kwargs}
    return Client(HTTP_ACCEPT_LANGUAGE="zh").post(f"/s/{survey.key}{at}", data)


def test_questionnaire_is_put_up_through_the_page(browser_of, dossier):
    browser = browser_of("filler")

    answer = browser.post(f"/dossiers/{dossier.pk}/surveys", {"file": file()})

    made = Survey.objects.get()
    assert (answer.status_code, made.title, made.version) == (302, "参保人员满意度问卷", "1")
    assert f"/s/{made.key}" in browser.get(f"/dossiers/{dossier.pk}/surveys").content.decode()
    assert browser.get(f"/dossiers/{dossier.pk}/surveys/{made.pk}/paper").content.startswith(b"schema: questionnaire/1")
    assert Entry.objects.filter(what="survey_put_up").count() == 1


@pytest.mark.parametrize(
    ("text", "name"),
    [(FORM.replace("kind: scale", "kind: odd"), "a.yaml"), ("nonsense", "a.yaml"), (FORM, "a.exe"), ("x", "a.xlsx"),
     (FORM.replace("code: S2", "code: S1"), "a.yaml")],
)  # fmt: skip
def test_questionnaire_that_does_not_hold_is_refused_with_a_sentence(browser_of, dossier, text, name):
    answer = browser_of("filler").post(f"/dossiers/{dossier.pk}/surveys", {"file": file(text, name)})

    assert answer.status_code == 400
    assert any("\u4e00" <= sign <= "\u9fff" for sign in answer.content.decode().partition("<main")[2])
    assert not Survey.objects.exists()


def test_respondent_answers_without_signing_in(survey):
    page = Client().get(f"/s/{survey.key}", headers={"Accept-Language": "zh"}).content.decode()
    assert "参保人员满意度问卷" in page and "约需 2 分钟" in page

    thanked = send(survey)

    assert (thanked.status_code, "答卷已收到" in thanked.content.decode()) == (200, True)
    kept = Answer.objects.get()
    assert json.loads(kept.said) == {"C": "1", "Q1": "A|B", "S1": "5", "S2": "4"}
    survey.refresh_from_db()
    assert survey.count == 1
    assert {field.name for field in Answer._meta.fields} == {"id", "survey", "token", "at", "seconds", "said"}


def test_what_is_missing_is_named_and_nothing_chosen_is_lost(survey):
    answer = send(survey, {"q-C": "1", "q-Q1": ["B"], "q-S1": "2"})

    page = answer.content.decode()
    assert answer.status_code == 400
    assert "还有 2 题需要处理" in page  # S2, and the reason for two points
    assert 'name="q-Q1" value="B" checked' in page and 'name="q-S1" value="2" checked' in page
    assert not Answer.objects.exists()


@pytest.mark.parametrize(
    "said",
    [{"q-S1": "9"}, {"q-S1": ["4", "5"]}, {"q-Q1": "Z"}, {"q-C": ""}, {"q-S1": "1", "q-T1": "字" * 501}],
    ids=["points", "two-points", "option", "no-consent", "long"],
)
def test_answer_that_does_not_fit_is_refused(survey, said):
    assert send(survey, {**GOOD, **said}).status_code == 400
    assert not Answer.objects.exists()


def test_what_was_not_asked_is_not_kept(survey):
    send(survey, {**GOOD, "q-T1": "没有被问到", "q-XX": "1"})

    assert set(json.loads(Answer.objects.get().said)) == {"C", "Q1", "S1", "S2"}


def test_form_sent_twice_counts_once(survey):
    own = begun(survey)

    first, second = send(survey, begun=own), send(survey, begun=own)

    assert (first.status_code, second.status_code, Answer.objects.count()) == (200, 200, 1)
    survey.refresh_from_db()
    assert survey.count == 1


def test_one_time_link_is_good_once_and_another_s_not_at_all(browser_of, survey, dossier):
    lines = (
        browser_of("filler").get(f"/dossiers/{dossier.pk}/surveys/{survey.pk}/links?count=3").content.decode().split()
    )
    token = lines[0].partition("?t=")[2]
    browser_of("filler").post(f"/dossiers/{dossier.pk}/surveys/{survey.pk}", {"only_links": "1", "issued": "3"})

    assert len(set(lines)) == 3
    assert send(survey).status_code == 400  # without a link
    assert send(survey, at="?t=1-0000000000000000").status_code == 404
    assert [send(survey, at=f"?t={token}").status_code for _ in range(2)] == [200, 200]
    assert Answer.objects.get().token == token


def test_closed_questionnaire_takes_no_more(browser_of, survey, dossier):
    own = begun(survey)
    browser_of("filler").post(f"/dossiers/{dossier.pk}/surveys/{survey.pk}", {"closed": "1"})

    assert send(survey, begun=own).status_code == 400
    assert "已经截止" in Client(HTTP_ACCEPT_LANGUAGE="zh").get(f"/s/{survey.key}").content.decode()
    Survey.objects.update(closed=None, until=clock.today().replace(year=2020, day=1))
    assert send(survey, begun=own).status_code == 400
    assert not Answer.objects.exists()


def test_stale_or_forged_pass_is_refused_and_the_answers_stand_again(survey):
    answer = send(survey, begun="forged")

    assert answer.status_code == 400
    assert 'name="q-S1" value="5" checked' in answer.content.decode()


def test_answers_come_as_the_file_of_the_command_line(browser_of, survey, dossier):
    send(survey, {**GOOD, "q-S1": "2", "q-T1": "=HYPERLINK(1)"})

    raw = browser_of("filler").get(f"/dossiers/{dossier.pk}/surveys/{survey.pk}/answers").content

    rows = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"))))
    assert rows[0] == ["token", "seconds", "C", "Q1", "S1", "S2", "T1"]
    assert rows[1][2:] == ["1", "A|B", "2", "4", "'=HYPERLINK(1)"]


def test_analysis_reaches_the_indicator_in_the_draft(browser_of, survey, dossier, who):
    for points in ("5", "4", "4"):
        send(survey, {**GOOD, "q-S1": points})

    browser_of("filler").post(
        f"/dossiers/{dossier.pk}/surveys/{survey.pk}/analyse", {"code": "S101", "measure": "satisfaction"}
    )
    jobs.work(once=True)

    job = Job.objects.get()
    assert (job.state, jobs.message_of(job)) == ("done", None)
    of = drafts.working(who("filler"), dossier).standing.of
    assert str(of.actuals["S101"]) == "83.33%"  # (13/15 + 12/15) / 2
    assert of.actuals["S101"].origin.parts
    page = browser_of("filler").get(f"/dossiers/{dossier.pk}/surveys").content.decode()
    assert f"/jobs/{job.pk}/survey-report.docx" in page
    answer = browser_of("filler").get(f"/jobs/{job.pk}/survey-report.docx")
    assert b"".join(answer.streaming_content).startswith(b"PK")
    answer.close()
    assert browser_of("filler2").get(f"/jobs/{job.pk}/survey-report.docx").status_code == 404


def test_nothing_to_analyse_is_a_sentence(browser_of, survey, dossier):
    answer = browser_of("filler").post(f"/dossiers/{dossier.pk}/surveys/{survey.pk}/analyse", {})

    assert (answer.status_code, "还没有答卷" in answer.content.decode()) == (400, True)


@pytest.mark.parametrize("person", ["checker", "publisher", "overseer"])
def test_only_who_fills_arranges(browser_of, survey, dossier, person):
    browser, at = browser_of(person), f"/dossiers/{dossier.pk}/surveys"

    assert browser.get(at).status_code == 200
    assert browser.post(f"{at}/{survey.pk}", {"closed": "1"}).status_code == 403
    assert browser.post(at, {"file": file()}).status_code == 403
    assert browser.get(f"{at}/{survey.pk}/links?count=1").status_code == 403
    assert Survey.objects.get().closed is None


TYPED = """1. 您从哪里得知医保政策 [单选]
A. 政府网站
B. 社区宣传

最该改进哪些方面【多选】
提高补助标准
简化流程

报销是否及时 [量表]

服务态度 [量表]

请说明原因 [低分原因]

其他意见
"""


def test_questionnaire_is_typed_as_plain_text(browser_of, dossier):
    at = f"/dossiers/{dossier.pk}/surveys"
    assert browser_of("filler").post(at, {"title": "满意度问卷", "text": TYPED}).status_code == 302

    form = surveys.form_of(Survey.objects.get())

    assert [(one.kind, one.text, one.required) for one in form.questions()] == [
        ("single", "您从哪里得知医保政策", True), ("multiple", "最该改进哪些方面", True), ("scale", "报销是否及时", True),
        ("scale", "服务态度", True), ("text", "请说明原因", True), ("text", "其他意见", False),
    ]  # fmt: skip
    assert [option.text for option in form.question("Q1").options] == ["政府网站", "社区宣传"]
    assert form.satisfaction.items == ("Q3", "Q4") and form.question("Q5").shown_when.at_most == 2
    said = {"q-Q1": "1", "q-Q2": ["1", "2"], "q-Q3": "5", "q-Q4": "4"}
    assert send(Survey.objects.get(), said).status_code == 200


@pytest.mark.parametrize(
    ("title", "text"), [("", "题"), ("问卷", " "), ("问卷", "字" * 20_001), ("问卷", "选一个 [单选]")]
)
def test_typed_questionnaire_that_does_not_hold_is_refused_and_kept(browser_of, dossier, title, text):
    answer = browser_of("filler").post(f"/dossiers/{dossier.pk}/surveys", {"title": title, "text": text})

    assert answer.status_code == 400 and text.strip()[:50] in answer.content.decode()
    assert not Survey.objects.exists()
