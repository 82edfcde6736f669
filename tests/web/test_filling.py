"""填报: cells as they look on paper, kept as they are typed, with what stands against them beside; forms by Excel."""

from __future__ import annotations

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from jixiao.forms.form import form
from jixiao.operations.enter import enter
from jixiao.operations.evaluate import documents
from jixiao.web.actions import drafts, moving
from jixiao.web.models import Draft, Entry
from jixiao.web.standing import of_revision

FORM = "self_evaluation_table"


def cells(browser, dossier, sheet=FORM, **texts):
    said = {path.replace("__", "/"): text for path, text in texts.items()}
    body = {"path": list(said), "text": list(said.values())}
    return browser.post(f"/dossiers/{dossier.pk}/fill/{sheet}/cells", body, headers={"HX-Request": "true"})


def standing(who, dossier, name="filler"):
    return drafts.working(who(name), dossier).standing


def test_form_looks_as_on_paper(browser_of, finished):
    page = browser_of("filler").get(f"/dossiers/{finished.pk}/fill/{FORM}").content.decode()

    assert "部门单位项目支出绩效自评表" in page
    assert "年度资金总额" in page and "偏差原因分析" in page
    typed = dict(re.findall(r'<textarea rows="1" data-path="([^"]+)"[^>]*>\n([^<]*)</textarea>', page))
    assert typed["scored/O101/actual"] == "409.07万人"
    assert typed["funds/sources/当年财政拨款/executed"] == "367065.00"
    assert "scored/O101/score" not in typed and "funds/total/executed" not in typed
    assert "scored/O201/actual" not in typed  # computed from the money


def test_typed_cell_is_kept_and_scores_follow(browser_of, who, finished):
    answer = cells(browser_of("filler"), finished, scored__O102__actual="719.81万人次")

    assert answer.status_code == 200
    assert standing(who, finished).total == "97.96"
    shown = answer.content.decode()
    assert 'id="standing"' in shown and "97.96" in shown
    assert of_revision(finished.revisions.get()).total == "96.85"


@pytest.mark.parametrize(
    ("path", "text", "said"),
    [
        ("scored/O101/weight", "六", "六"),
        ("scored/O101/weight", "6", "下级相加为"),  # the weights of the group no longer add up
        ("scored/O101/actual", "409.07公里", "公里"),
        ("scored/O101/actual", "≥407.62万人", "照抄了指标值"),
        ("funds/sources/当年财政拨款/executed", "三十六万", "三十六万"),
        ("scored/O101/actual", "4090万人", "偏差"),
        ("scored/O101/actual", "409.07人", "单位可能写错了"),
    ],
)
def test_what_does_not_fit_is_said_beside_the_cell(browser_of, finished, path, text, said):
    notes = cells(browser_of("filler"), finished, **{path.replace("/", "__"): text}).content.decode()

    shown = re.findall(r'<span class="note" id="n\d+" hx-swap-oob="true">(.+?)</span>\s*<', notes)
    assert any(said in note for note in shown), shown


def test_blank_erases(browser_of, who, finished):
    cells(
        browser_of("filler"),
        finished,
        scored__O102__actual="",
        head__department="",
        reasons__O102="",
        scored__O101__name="",
    )

    evaluation = standing(who, finished).of.evaluation
    assert "O102" not in evaluation.actuals and "O102" not in evaluation.reasons
    assert evaluation.head.department is None
    assert evaluation.system("scored").find("O101").name == ""


def test_reason_keeps_its_measure(browser_of, who, finished):
    cells(browser_of("filler"), finished, reasons__O102="偏差原因：疫情\n改进措施：调整目标")

    reason = standing(who, finished).of.evaluation.reasons["O102"]
    assert (reason.why, reason.measure) == ("疫情", "调整目标")


@pytest.mark.parametrize(
    "path", ["scored/O101/score", "scored/weight", "funds/total/executed", "nonsense", "schema", "scored/O201/actual"]
)
def test_computed_cells_take_nothing(browser_of, who, finished, path):
    cells(browser_of("filler"), finished, **{path.replace("/", "__"): "999"})

    assert not Draft.objects.exists()


def test_cell_too_long_is_refused_and_keeps_what_stood(browser_of, who, finished):
    answer = cells(browser_of("filler"), finished, head__project="很长" * 20_000)

    assert answer.status_code == 200 and not Draft.objects.exists()


@pytest.mark.parametrize("body", [{}, {"path": ["a"]}, {"path": ["a", "b"], "text": ["x"]}])
def test_broken_requests_are_refused(browser_of, finished, body):
    answer = browser_of("filler").post(f"/dossiers/{finished.pk}/fill/{FORM}/cells", body)

    assert answer.status_code == 400


def test_nul_and_odd_signs_do_no_harm(browser_of, who, finished):
    answer = cells(browser_of("filler"), finished, head__department="\x00=HYPERLINK(1)\u202e<b>")

    assert answer.status_code == 200
    page = browser_of("filler").get(f"/dossiers/{finished.pk}/fill/{FORM}").content.decode()
    assert "<b>" not in page.partition("<textarea")[2]


@pytest.mark.parametrize(
    "said",
    [
        {"scored/O102/actual": "719.81万人次"},
        {"scored/O101/weight": "六", "scored/O101/score": "9", "reasons/O102": ""},
        {"funds/sources/当年财政拨款/executed": "367000"},
    ],
)
def test_assessment_at_hand_changes_nothing_of_what_is_entered(who, finished, said):
    of = standing(who, finished).of
    known = form(FORM)

    assert enter(of.evaluation, known, said, of) == enter(of.evaluation, known, said)
    assert enter(of.evaluation, known, said, of).value != of.evaluation


def test_whole_row_pasted_at_once(browser_of, who, dossier):
    answer = cells(
        browser_of("filler"), dossier, scored__P101__name="参保人数", scored__P101__target="≥40万人",
        scored__P101__actual="41万人", scored__P101__weight="15",
    )  # fmt: skip

    assert answer.status_code == 200
    assert standing(who, dossier).of.card.scores["P101"].awarded == 15


def test_checklist_is_filled_by_its_elements(browser_of, who, office, examples):
    from jixiao.operations.check import check
    from jixiao.web.actions import dossiers

    evaluation = check(examples / "bazhou-2024").value.evaluation
    own = dossiers.create(who("filler"), office("某县医疗"), evaluation, title="三方", evaluator=office("评价机构"))
    code = next(node.code for node in evaluation.system("scored").indicators() if node.rule.id == "checklist")

    cells(browser_of("evaluator"), own, "score_details", **{f"scored__{code}__actual": "1、2"})

    assert standing(who, own, "evaluator").of.evaluation.actuals[code].value.met == (1, 2)


def test_form_is_handed_back_as_excel(browser_of, who, finished):
    of = of_revision(finished.revisions.get()).of
    (name,) = [name for name in documents(of) if name == "部门单位项目支出绩效自评表.xlsx"]
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(documents(of)[name]))
    sheet = book.active
    (cell,) = [cell for row in sheet.iter_rows() for cell in row if cell.value == "559.55万人次"]
    cell.value = "719.81万人次"
    out = io.BytesIO()
    book.save(out)

    answer = browser_of("filler").post(
        f"/dossiers/{finished.pk}/upload", {"file": SimpleUploadedFile("填好.xlsx", out.getvalue())}
    )

    assert answer.status_code == 200, answer.content.decode()
    assert "已读入草稿" in answer.content.decode()
    assert str(standing(who, finished).of.evaluation.actuals["O102"]) == "719.81万人次"
    assert "=" not in str(standing(who, finished).of.evaluation.head.project)[:1]


@pytest.mark.parametrize(("name", "raw"), [("x.xlsx", b"PK\x03\x04junk"), ("x.pdf", b"%PDF-1.7"), ("x.xlsx", b"")])
def test_file_that_is_no_form_is_refused(browser_of, finished, name, raw):
    answer = browser_of("filler").post(f"/dossiers/{finished.pk}/upload", {"file": SimpleUploadedFile(name, raw)})

    assert answer.status_code == 400
    assert 'role="alert"' in answer.content.decode() or "<h1>" in answer.content.decode()
    assert not Draft.objects.exists()


def test_nothing_is_typed_after_handing_in(browser_of, who, finished):
    moving.take(who("filler"), finished.pk, "submit")

    answer = cells(browser_of("filler"), finished, head__project="改")

    assert answer.status_code == 403
    assert "这个项目已提交，不能修改" in answer.content.decode()
    assert "<textarea" not in browser_of("filler").get(f"/dossiers/{finished.pk}/fill/{FORM}").content.decode()


def test_last_year_stands_beside(browser_of, who, office, finished):
    from jixiao.web.actions import dossiers

    last = of_revision(finished.revisions.get()).of.evaluation
    this = dossiers.create(
        who("filler"), office("某县医疗"), dossiers.drafted("self-evaluation", 2023, None, last, office("某县医疗")),
        title="下一年", last=finished,
    )  # fmt: skip

    page = browser_of("filler").get(f"/dossiers/{this.pk}/fill/{FORM}").content.decode()

    assert "上年：409.07万人" in page
    assert "上年：432620.00" in page


def test_indicators_are_added_ruled_and_removed(browser_of, who, dossier):
    browser, at = browser_of("filler"), f"/dossiers/{dossier.pk}/indicators"
    browser.post(at, {"do": "add", "group": "P1", "name": "资助参保人数", "rule": "proportional"})
    browser.post(at, {"do": "weight", "code": "P102", "weight": "5"})
    browser.post(at, {"do": "weight", "code": "P101", "weight": "10"})
    browser.post(at, {"do": "rule", "code": "P101", "rule": "all_or_nothing"})
    browser.post(at, {"do": "remove", "code": "P401"})

    system = standing(who, dossier).of.evaluation.system("scored")
    assert (system.find("P102").name, str(system.find("P102").weight)) == ("资助参保人数", "5")
    assert system.find("P101").rule.id == "all_or_nothing"
    assert system.find("P401") is None


@pytest.mark.parametrize(
    "said",
    [
        {"do": "remove", "code": "X9"},
        {"do": "add", "group": "P1", "name": "x", "rule": "magic"},
        {"do": "rule", "code": "P1", "rule": "proportional"},
    ],
)
def test_unknown_indicators_and_rules_are_refused(browser_of, dossier, said):
    assert browser_of("filler").post(f"/dossiers/{dossier.pk}/indicators", said).status_code == 400
    assert not Draft.objects.exists()


def test_stale_draft_leads_to_both_versions(browser_of, who, dossier, again):
    one, two = browser_of("filler"), browser_of("filler2")
    cells(one, dossier, "basics", head__project="甲")
    cells(two, dossier, "basics", head__project="乙", head__region="某县")
    assert one.post(f"/dossiers/{dossier.pk}/save", {"reason": "先"})["Location"] == f"/dossiers/{dossier.pk}"

    saved = two.post(f"/dossiers/{dossier.pk}/save", {"reason": "后"})
    assert saved["Location"] == f"/dossiers/{dossier.pk}/merge"
    page = two.get(saved["Location"]).content.decode()
    assert "甲" in page and "乙" in page and "某县" in page

    assert two.post(saved["Location"], {"head": "2"}).status_code == 400
    number = re.search(r'type="radio" name="c(\d+)" value="mine"', page)[1]
    assert two.post(saved["Location"], {"head": "2", f"c{number}": "mine"}).status_code == 302
    assert two.post(f"/dossiers/{dossier.pk}/save", {"reason": "合并"}).status_code == 302

    head = standing(who, again(dossier), "filler").of.evaluation.head
    assert (head.project, head.region) == ("乙", "某县")
    assert Entry.objects.filter(what="saved").count() == 3


def test_double_save_makes_one_version(browser_of, dossier, again):
    browser = browser_of("filler")
    cells(browser, dossier, "basics", head__project="甲")

    first, second = (browser.post(f"/dossiers/{dossier.pk}/save", {"reason": ""}) for _ in range(2))

    assert (first.status_code, second.status_code, again(dossier).head) == (302, 400, 2)
    assert "没有改动，不必保存" in second.content.decode()


def test_typed_score_needs_its_reason_and_can_be_taken_back(browser_of, who, finished):
    browser, at = browser_of("filler"), f"/dossiers/{finished.pk}/override"

    assert browser.post(at, {"code": "O102", "score": "4.5", "reason": " "}).status_code == 400
    assert browser.post(at, {"code": "O102", "score": "四", "reason": "x"}).status_code == 400
    assert browser.post(at, {"code": "X9", "score": "4", "reason": "x"}).status_code == 400
    browser.post(at, {"code": "O102", "score": "4.5", "reason": "疫情期间不可比"})
    assert standing(who, finished).total == "97.46"

    browser.post(at, {"code": "O102", "score": "", "reason": ""})

    assert standing(who, finished).total == "96.85"


def test_form_is_downloaded_to_fill_in_even_while_errors_stand(browser_of, dossier):
    browser = browser_of("filler")

    answer = browser.get(f"/dossiers/{dossier.pk}/fill/{FORM}/excel")

    assert (answer.status_code, answer.content[:2]) == (200, b"PK")
    assert browser.get(f"/dossiers/{dossier.pk}/fill/basics/excel").status_code == 404
    assert Entry.objects.filter(what="downloaded").count() == 1


def row_forms(page):
    """Return what each button of a list sends."""
    forms = re.findall(r'<form class="rows".*?</form>', page)
    return [dict(re.findall(r'name="(\w+)" value="([^"]*)"', form)) for form in forms]


def team(who, dossier):
    return [member.role for member in standing(who, dossier).of.evaluation.procedure.team]


def test_rows_are_added_filled_and_taken_out(browser_of, who, dossier):
    browser, at = browser_of("filler"), f"/dossiers/{dossier.pk}/fill/evaluation_team"
    (add,) = row_forms(browser.get(at).content.decode())

    for role in ("主评人", "财务专家", "医保专家"):
        page = browser.post(f"{at}/rows", add, headers={"HX-Request": "true"}).content.decode()
        assert 'id="standing"' in page and "autofocus" in page
        *_, add = row_forms(page)
        last = int(add["rows"]) - 1
        assert cells(browser, dossier, "evaluation_team", **{f"procedure__team__{last}__role": role}).status_code == 200
    assert team(who, dossier) == ["主评人", "财务专家", "医保专家"]

    page = browser.get(at).content.decode()
    assert "删去第 2 行" in page
    second = row_forms(page)[1]
    assert browser.post(f"{at}/rows", second)["Location"] == at  # without a script: the page again
    assert team(who, dossier) == ["主评人", "医保专家"]

    twice = browser.post(f"{at}/rows", second, headers={"HX-Request": "true"})
    assert twice.status_code == 400 and "行已在别处增减" in twice.content.decode()
    assert team(who, dossier) == ["主评人", "医保专家"]


def test_cell_of_a_row_that_has_moved_is_refused(browser_of, who, dossier):
    browser, at = browser_of("filler"), f"/dossiers/{dossier.pk}/fill/problem_list"
    browser.post(f"{at}/rows", {"do": "add", "rows": "0"})

    body = {"path": "procedure/problems/0/problem", "text": "资料不全"}
    assert browser.post(f"{at}/cells", {**body, "rows": "2"}).status_code == 400
    assert browser.post(f"{at}/cells", {**body, "rows": "1"}).status_code == 200

    (problem,) = standing(who, dossier).of.evaluation.procedure.problems
    assert problem.problem == "资料不全"


@pytest.mark.parametrize("sheet", ["interview_record", "problem_list", "data_list", "basic_data_form"])
def test_every_list_starts_empty_and_takes_a_row(browser_of, who, dossier, sheet):
    browser, at = browser_of("filler"), f"/dossiers/{dossier.pk}/fill/{sheet}"
    assert 'data-path="procedure/' not in browser.get(at).content.decode()

    browser.post(f"{at}/rows", {"do": "add", "rows": "0"})

    assert browser.get(at).content.decode().count('data-path="procedure/') > 1


@pytest.mark.parametrize(
    ("sheet", "said", "status"),
    [
        ("evaluation_team", {"do": "remove", "rows": "0", "row": "0"}, 400),
        ("evaluation_team", {"do": "remove", "rows": "0", "row": "x"}, 400),
        ("evaluation_team", {"do": "add"}, 400),
        (FORM, {"do": "add", "rows": "0"}, 400),
        ("nonsense", {"do": "add", "rows": "0"}, 404),
    ],
)
def test_rows_that_are_not_there_are_refused(browser_of, dossier, sheet, said, status):
    answer = browser_of("filler").post(f"/dossiers/{dossier.pk}/fill/{sheet}/rows", said)

    assert answer.status_code == status and not Draft.objects.exists()


def test_rows_are_for_whoever_fills(browser_of, dossier):
    at = f"/dossiers/{dossier.pk}/fill/evaluation_team"

    assert 'class="rows"' not in browser_of("checker").get(at).content.decode()
    assert browser_of("checker").post(f"{at}/rows", {"do": "add", "rows": "0"}).status_code == 403
    assert browser_of("neighbour").post(f"{at}/rows", {"do": "add", "rows": "0"}).status_code == 404
    assert not Draft.objects.exists()


def test_lists_of_the_procedure_stand_together_in_their_order(browser_of, dossier):
    page = browser_of("filler").get(f"/dossiers/{dossier.pk}/fill/evaluation_team").content.decode()
    menu, _, listed = page.partition("<details open>")
    titles = [
        "绩效评价进度安排表",
        "绩效评价工作组成员表",
        "绩效评价访谈记录表",
        "问题和整改措施清单",
        "评价结果公开登记表",
    ]

    assert "部门单位项目支出绩效自评表" in menu and not any(title in menu.partition("<main")[2] for title in titles[:1])
    assert sorted(titles, key=listed.index) == titles
    assert "<details >" in browser_of("filler").get(f"/dossiers/{dossier.pk}/fill/basics").content.decode()
