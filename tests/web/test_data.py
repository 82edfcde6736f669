"""登记数据: an office's registers compared in the background: who may, what comes of it, who gets which list, what stays."""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

import openpyxl
import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import jixiao
from jixiao.errors import CannotOpen
from jixiao.formats.opened import opened
from jixiao.indicators.indicator import Binding
from jixiao.operations import enrolment_taken, stored
from jixiao.operations.enrolment_compare import enrolment_compare
from jixiao.web import audit, clock, jobs
from jixiao.web.actions import case_lists, data, dossiers, people
from jixiao.web.models import Account, CaseList, Entry, Job, Office
from jixiao.web.refusals import BadForm, Unseen

PERSONS, SEED = 1500, 5


@pytest.fixture(scope="session")
def registers(tmp_path_factory):
    """Return a folder of registers of invented persons, and what was planted in them."""
    folder = tmp_path_factory.mktemp("registers") / "2024"
    jixiao.enrolment_sample(PERSONS, SEED, folder, kind="csv")
    return folder


@pytest.fixture
def laid(site, registers, office, monkeypatch):
    """Lay the registers for the county's office, and settle who is concerned; return the office and the folder's name."""
    root = site.data.parent / "laid"
    county = office("某县医疗")
    shutil.copytree(registers, root / f"{county.pk}-县" / "2024")
    monkeypatch.setattr(settings, "REGISTERS", root)
    return SimpleNamespace(office=county, name="2024", root=root, at=f"/data/{county.pk}/2024")


@pytest.fixture
def compared(laid, browser_of):
    """Return a comparison of the county's registers that is done."""
    browser_of("filler").post(laid.at, {"work": "registers"})
    jobs.work(once=True)
    return Job.objects.get(kind="registers")


OLE = b"\xd0\xcf\x11\xe0"  # what a workbook under a password begins with


def got(answer):
    assert answer.status_code == 200
    raw = b"".join(answer.streaming_content)
    answer.close()
    return raw


def archive(folder, **others):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                file.write(path, path.relative_to(folder))
        for name, text in others.items():
            file.writestr(name, text)
    return SimpleUploadedFile("登记.zip", out.getvalue())


def test_page_lists_what_was_laid_for_the_office_and_for_no_other(browser_of, laid, office):
    (laid.root / f"{office('邻县').pk}").mkdir()
    shown = browser_of("filler").get("/data").content.decode()

    assert f'href="{laid.at}"' in shown and "2024-06-30" in shown
    assert laid.at not in browser_of("neighbour").get("/data").content.decode()
    assert browser_of("neighbour").get(laid.at).status_code == 404
    assert browser_of("neighbour").get(f"/data/{office('邻县').pk}/2024").status_code == 404


@pytest.mark.parametrize(
    ("name", "status"), [("checker", 404), ("manager", 404), ("overseer", 404), ("neighbour", 404)]
)
def test_only_those_who_fill_or_evaluate_at_the_office_start(browser_of, laid, name, status):
    browser = browser_of(name)

    for answer in (browser.get(laid.at), browser.post(laid.at, {"work": "registers"}),
                   browser.post(f"/data/{laid.office.pk}", {"archive": SimpleUploadedFile("x.zip", b"PK")}),
                   browser.post(f"{laid.at}/remove")):  # fmt: skip
        assert answer.status_code == status
    assert not Job.objects.exists()


def test_table_on_the_page_is_that_of_the_command_and_foots(browser_of, compared, registers, tmp_path):
    planted = json.loads((registers / "planted.json").read_text("utf-8"))["table"]
    rows_ = json.loads((jobs.folder(compared) / "out/enrolment.json").read_bytes())["rows"]
    found = {row["code"]: {scheme: {name: int(row[scheme][name]) for name in of} for scheme, of in planted[row["code"]].items()}
             for row in rows_}  # fmt: skip
    table = enrolment_taken.annex(
        enrolment_taken.summarised((jobs.folder(compared) / "out/enrolment.json").read_bytes())
    )
    (rows, columns) = (len(table.grid), len(table.grid[0]))
    counts = [[int(table.grid[at][right].text) for right in range(3, columns)] for at in range(3, rows)]

    assert compared.state == "done", compared.message
    assert counts[0] == [sum(column) for column in zip(*counts[1:], strict=True)]
    assert all(row[0] - sum(row[1:6]) == row[6] and row[7] - sum(row[8:13]) == row[13] for row in counts)
    own = enrolment_compare(registers, tmp_path / "out")
    assert table == enrolment_taken.annex(enrolment_taken.summarised((tmp_path / "out/enrolment.json").read_bytes()))
    assert found == planted
    page = browser_of("filler").get(f"/data/jobs/{compared.pk}").content.decode()
    assert f"{own.value.comparison.total['resident']['reported']:,}" in page
    assert "<caption>样例地区基本医疗保险参保数据比对情况" in page


def test_documents_are_downloaded_and_lists_are_not_among_them(browser_of, compared):
    browser = browser_of("filler")
    found = jobs.result(compared)

    assert found["files"] == ["enrolment.json", "参保数据比对.docx", "参保数据比对.html", "参保数据比对.xlsx"]
    for name in found["files"]:
        assert len(got(browser.get(f"/jobs/{compared.pk}/{name}"))) > 1000
    codes = list(CaseList.objects.values_list("code", flat=True))
    assert codes and (jobs.folder(compared) / "out" / "cases" / f"{codes[0]}.xlsx").is_file()
    for odd in (f"cases/{codes[0]}.xlsx", f"cases%2F{codes[0]}.xlsx", "../out-passwords.csv", "passwords.csv"):
        assert browser.get(f"/jobs/{compared.pk}/{odd}").status_code == 404


def test_nothing_on_pages_and_in_the_database_names_a_person(browser_of, compared, registers):
    lines = [line.split(",") for path in registers.glob("o*/*.csv") for line in path.read_text("utf-8").splitlines()]
    numbers = {cell for line in lines for cell in line if len(cell) == 18 and cell[:17].isdecimal()}
    shown = browser_of("filler").get(f"/data/jobs/{compared.pk}").content.decode()
    shown += "".join(Job.objects.values_list("result", flat=True)) + "".join(
        Entry.objects.values_list("details", flat=True)
    )
    shown += (jobs.folder(compared) / "out" / "enrolment.json").read_text("utf-8")

    assert len(numbers) > 1000
    assert [number for number in numbers if number in shown] == []


def test_list_goes_to_the_office_that_it_concerns_alone(browser_of, laid, office):
    first, second = "650100", "652800"
    county, city = laid.office, office("某市医疗")
    below = Office.objects.create(name="某县某局", kind="bureau", level="county", parent=county, code=first)
    Office.objects.filter(pk=city.pk).update(code=second)  # above the office that compares: nothing goes up
    for name, at in (("theirs", below), ("centre", county)):
        account = Account.objects.create(name=name, full_name=name, password="!", must_change=False)
        people.Duty.objects.create(account=account, office=at, role="check")
    browser_of("filler").post(laid.at, {"work": "registers"})
    jobs.work(once=True)
    lists = {one.code: one for one in CaseList.objects.select_related("office")}
    assert lists[first].office == below
    assert {one.office for code, one in lists.items() if code != first} == {county}

    assert got(browser_of("theirs").get(f"/data/lists/{lists[first].pk}")).startswith(OLE)
    assert browser_of("theirs").get(f"/data/lists/{lists[second].pk}").status_code == 404
    assert browser_of("theirs").get(f"/data/jobs/{lists[first].job_id}").status_code == 404
    assert browser_of("filler").get(f"/data/lists/{lists[first].pk}").status_code == 404
    assert browser_of("filler").post(f"/data/lists/{lists[first].pk}").status_code == 404
    for stranger in ("neighbour", "manager", "overseer", "reviewer"):
        assert browser_of(stranger).get(f"/data/lists/{lists[second].pk}").status_code == 404
        assert browser_of(stranger).post(f"/data/lists/{lists[second].pk}").status_code == 404
    assert lists[first].job.title in browser_of("theirs").get("/data").content.decode()
    assert "收到 1 份核查名单" in browser_of("theirs").get("/").content.decode()
    assert "核查名单" not in browser_of("neighbour").get("/").content.decode()


def test_password_opens_the_list_and_is_shown_once(browser_of, who, compared, tmp_path):
    listed = CaseList.objects.order_by("-count").first()
    page = browser_of("filler").post(f"/data/lists/{listed.pk}").content.decode()
    password = page.partition("data-copyable>")[2].partition("<")[0]
    path = tmp_path / "list.xlsx"
    path.write_bytes(got(browser_of("filler").get(f"/data/lists/{listed.pk}")))

    lines = case_lists_numbers(path, password)

    assert len(lines) == listed.count > 0
    with pytest.raises(CannotOpen):
        case_lists_numbers(path, "wrong")
    again = browser_of("filler").post(f"/data/lists/{listed.pk}")
    assert (again.status_code, password in again.content.decode()) == (400, False)
    assert CaseList.objects.get(pk=listed.pk).password == ""
    said = list(Entry.objects.filter(what="password_shown").values_list("who", "office", "details"))
    assert [(who_, office) for who_, office, _ in said] == [("Filler（filler）", listed.office_id)]
    assert password not in "".join(details for *_, details in said)
    with pytest.raises(BadForm):
        case_lists.password(who("checker"), listed.pk)


def case_lists_numbers(path, password):
    from jixiao.formats.case_lists import numbers

    return numbers(path, password)


def test_no_password_lies_in_the_job_s_folder(compared):
    folder = jobs.folder(compared)

    assert sorted(path.name for path in folder.iterdir()) == ["out"]
    assert folder.stat().st_mode & 0o077 == folder.parent.stat().st_mode & 0o077 == 0
    for one in CaseList.objects.all():
        assert len(one.password) > 40


def test_result_is_taken_into_an_evaluation_as_a_version(browser_of, laid, finished, again, registers):
    browser = browser_of("filler")
    browser.post(laid.at, {"work": "registers", "dossier": finished.pk})
    jobs.work(once=True)
    job = Job.objects.get()
    assert job.dossier == finished
    assert "取入评价项目" in browser.get(f"/data/jobs/{job.pk}").content.decode()

    said = {"base": 1, "code": "O101", "measure": "duplicates", "scheme": "resident", "dossier": finished.pk}
    answer = browser.post(f"/data/jobs/{job.pk}/take", said)

    assert (answer.status_code, again(finished).head) == (302, 2)
    revision = dossiers.revision(again(finished), 2)
    assert revision.reason == f"取入参保数据比对：{job.title}（任务 {job.pk}）"
    evaluation = stored.read(bytes(revision.content)).value
    assert evaluation.actuals["O101"] == Binding("enrolment", "duplicates", {"scheme": "resident"})
    total = enrolment_compare(registers).value.comparison.total["resident"]
    value = evaluation.results["O101"]
    assert value.value.num == sum(total[name] for name in ("own_same", "own_cross", "other_same", "other_cross"))
    assert set(value.origin.digests) and all(name.startswith("external:") for name in value.origin.digests)
    assert "O101" in browser.get(f"/dossiers/{finished.pk}/data").content.decode()
    stale = browser.post(f"/data/jobs/{job.pk}/take", said)
    assert (stale.status_code, again(finished).head) == (409, 2)


@pytest.mark.parametrize(
    ("said", "word"),
    [({"code": "X999", "measure": "duplicates"}, "X999"), ({"code": "O101", "measure": "nonsense"}, "nonsense"),
     ({"code": "O101", "measure": "insured", "region": "999999"}, "没有取入"), ({}, "没有改动")],
)  # fmt: skip
def test_what_cannot_be_taken_is_a_sentence_and_changes_nothing(browser_of, compared, finished, again, *, said, word):
    answer = browser_of("filler").post(f"/data/jobs/{compared.pk}/take", {"base": 1, "dossier": finished.pk, **said})

    assert (answer.status_code, again(finished).head) == (400, 1)
    assert word in answer.content.decode()


def test_result_is_not_taken_by_who_may_not_fill(browser_of, compared, finished, again):
    said = {"base": 1, "dossier": finished.pk, "code": "O101", "measure": "insured"}

    assert browser_of("checker").post(f"/data/jobs/{compared.pk}/take", said).status_code == 403
    assert browser_of("neighbour").post(f"/data/jobs/{compared.pk}/take", said).status_code == 404
    assert again(finished).head == 1


def test_work_is_seen_by_the_office_and_those_above_and_stopped_by_data_officers(browser_of, laid):
    browser_of("filler").post(laid.at, {"work": "registers"})
    job = Job.objects.get()

    for name, status in (("filler2", 200), ("checker", 200), ("overseer", 200), ("neighbour", 404), ("reviewer", 404)):
        assert (name, browser_of(name).get(f"/data/jobs/{job.pk}").status_code) == (name, status)
        assert (name, browser_of(name).get(f"/jobs/{job.pk}").status_code) == (name, status)
    for name, status in (("checker", 403), ("overseer", 403), ("neighbour", 404), ("filler2", 302)):
        assert (name, browser_of(name).post(f"/jobs/{job.pk}/cancel").status_code) == (name, status)
    job.refresh_from_db()
    assert job.state == "cancelled"


def test_cancelled_work_is_started_again(browser_of, laid):
    browser = browser_of("filler")
    browser.post(laid.at, {"work": "registers"})
    job = Job.objects.get()
    browser.post(f"/jobs/{job.pk}/cancel")

    assert browser_of("checker").post(f"/jobs/{job.pk}/again").status_code == 403
    assert browser.post(f"/jobs/{job.pk}/again").status_code == 302
    jobs.work(once=True)

    job.refresh_from_db()
    assert job.state == "done"
    assert browser.post(f"/jobs/{job.pk}/again").status_code == 400
    told = list(Entry.objects.filter(what__startswith="job_").order_by("number").values_list("what", flat=True))
    assert told == ["job_asked", "job_cancelled", "job_again", "job_done"]


def test_who_did_and_saw_and_downloaded_what_is_recorded_at_the_office(browser_of, compared, laid):
    browser = browser_of("filler")
    browser.get(f"/data/jobs/{compared.pk}")
    got(browser.get(f"/jobs/{compared.pk}/enrolment.json"))
    got(browser.get(f"/data/lists/{CaseList.objects.first().pk}"))

    told = list(Entry.objects.filter(office=laid.office.pk).order_by("number").values_list("what", flat=True))
    told = [what for what in told if what != "signed_in"]
    assert told[-5:] == ["job_asked", "job_done", "seen", "downloaded", "downloaded"]
    assert list(audit.broken()) == []
    assert "比对结果" in browser_of("manager").get("/audit").content.decode()


def test_archive_and_files_are_uploaded_compared_and_removed(browser_of, laid, registers):
    browser = browser_of("filler")

    whole = browser.post(f"/data/{laid.office.pk}", {"archive": archive(registers)})
    assert whole.status_code == 302, whole.content.decode()
    parts = {role: sorted((registers / role).iterdir()) for role in ("own", "other")}
    own, other = (
        [SimpleUploadedFile(f"{number}.csv", path.read_bytes()) for number, path in enumerate(paths)]
        for paths in parts.values()
    )
    typed = browser.post(f"/data/{laid.office.pk}", {
        "title": "某县 [甲]", "as_of": "2024-06-30", "name_own": "某县: \"甲\"", "name_other": "邻县",
        "own": own, "other": other,
    })  # fmt: skip
    assert typed.status_code == 302, typed.content.decode()
    for answer in (whole, typed):
        browser.post(answer["Location"], {"work": "registers"})
    jobs.work(once=True)

    assert [job.state for job in Job.objects.all()] == ["done", "done"]
    totals = [json.loads((jobs.folder(job) / "out/enrolment.json").read_bytes())["total"] for job in Job.objects.all()]
    assert totals[0]["resident"]["reported"] == totals[1]["resident"]["reported"]
    assert browser.post(f"{whole['Location']}/remove").status_code == 302
    assert browser.get(whole["Location"]).status_code == 404
    assert browser.post(f"{laid.at}/remove").status_code == 400
    assert browser.get(laid.at).status_code == 200


def test_link_to_another_office_s_folder_is_no_folder_of_one_s_own(browser_of, laid, office):
    theirs = laid.root / f"{office('邻县').pk}"
    theirs.mkdir()
    (theirs / "mine").symlink_to(laid.root / f"{laid.office.pk}-县" / "2024")
    (theirs / "2024").mkdir()
    (theirs / "2024" / "registers.yaml").symlink_to(laid.root / f"{laid.office.pk}-县" / "2024" / "registers.yaml")

    shown = browser_of("neighbour").get("/data").content.decode()

    assert ">mine<" not in shown and "样例地区" not in shown
    assert browser_of("neighbour").get(f"/data/{office('邻县').pk}/mine").status_code == 404


REGISTERS = "schema: registers/1\nas_of: 2024-06-30\nown: {files: [%s]}\n"


@pytest.mark.parametrize("named", ["/etc/passwd", "../../secret.key", "postgresql://db/x?table=y", "link.csv", "*.csv"])
def test_nothing_outside_the_folder_is_read(browser_of, laid, site, named):
    browser, folder = browser_of("filler"), laid.root / f"{laid.office.pk}-县" / "odd"
    folder.mkdir()
    (folder / "registers.yaml").write_text(REGISTERS % f'"{named}"', encoding="utf-8")
    (folder / "link.csv").symlink_to(site.data / "jixiao.sqlite3")

    page = browser.get(f"/data/{laid.office.pk}/odd").content.decode()

    assert "这个文件夹里" in page or "不存在" in page or "没有找到" in page, page
    assert str(site.data) not in page and "SQLite" not in page
    assert browser.post(f"/data/{laid.office.pk}/odd", {"work": "registers"}).status_code == 400
    assert not Job.objects.exists()


@pytest.mark.parametrize(
    "names",
    [{"../../evil.csv": "x"}, {"/abs.csv": "x"}, {"a\\..\\..\\b.csv": "x"}, {"run.sh": "x"}, {".hidden.csv": "x"}],
)
def test_archive_writes_nowhere_but_into_its_folder(browser_of, laid, site, registers, names):
    before = {path for path in site.data.parent.rglob("*") if "registers" not in path.parts}

    answer = browser_of("filler").post(f"/data/{laid.office.pk}", {"archive": archive(registers, **names)})

    assert answer.status_code == 302
    assert {path for path in site.data.parent.rglob("*") if "registers" not in path.parts} == before
    placed = site.data / "registers" / f"{laid.office.pk}"
    assert not any(path.name in ("run.sh", ".hidden.csv", "evil.csv") for path in placed.rglob("*"))
    assert placed.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("sent", "word"),
    [({}, "选择文件"), ({"archive": SimpleUploadedFile("x.zip", b"junk")}, "压缩"), ({"archive": SimpleUploadedFile("x.csv", b"a")}, "类型"),
     ({"title": "x", "as_of": "2024-02-30"}, "日期"), ({"title": "x", "as_of": "2024-06-30"}, "本方"),
     ({"title": "x", "as_of": "2024-06-30", "own": SimpleUploadedFile("x.exe", b"MZ")}, "类型"),
     ({"title": "x", "as_of": "2024-06-30", "own": SimpleUploadedFile("x.csv", b"")}, "空")],
)  # fmt: skip
def test_upload_that_does_not_fit_is_a_sentence_and_leaves_nothing(browser_of, laid, site, sent, word):
    answer = browser_of("filler").post(f"/data/{laid.office.pk}", sent)

    assert (answer.status_code, word in answer.content.decode()) == (400, True), answer.content.decode()
    placed = site.data / "registers" / f"{laid.office.pk}"
    assert not placed.exists() or list(placed.iterdir()) == []


def test_damaged_register_fails_with_its_reason_and_leaves_no_list(browser_of, laid, site):
    browser = browser_of("filler")
    folder = laid.root / f"{laid.office.pk}-县" / "bad"
    folder.mkdir()
    (folder / "registers.yaml").write_text(REGISTERS % "own.csv", encoding="utf-8")
    (folder / "own.csv").write_text("certno,psn_name\n1,甲\n", encoding="utf-8")
    browser.post(f"/data/{laid.office.pk}/bad", {"work": "registers"})

    jobs.work(once=True)

    job = Job.objects.get()
    page = browser.get(f"/data/jobs/{job.pk}").content.decode()
    assert (job.state, CaseList.objects.count()) == ("failed", 0)
    assert "insutype" in page and str(site.data.parent) not in page


def test_profile_says_what_lies_in_a_folder(browser_of, laid):
    browser = browser_of("filler")
    browser.post(laid.at, {"work": "profile"})

    jobs.work(once=True)

    job = Job.objects.get()
    assert job.state == "done", job.message
    for page in (browser.get(laid.at), browser.get(f"/data/jobs/{job.pk}")):
        assert "certno" in page.content.decode() and "可用" in page.content.decode()


def test_pensions_and_settlements_are_worked_on_as_well(browser_of, laid, registers, tmp_path):
    browser = browser_of("filler")
    drop = laid.root / f"{laid.office.pk}-县"
    jixiao.settlements_sample(2000, 3, drop / "settlements")
    (drop / "pensions").mkdir()
    (drop / "pensions" / "registers.yaml").write_text(
        "schema: registers/1\ntitle: 某县\nas_of: 2024-06-30\nown: {files: [own.csv]}\npayments: {files: [paid.csv]}\n", encoding="utf-8"
    )  # fmt: skip
    (drop / "pensions" / "own.csv").write_bytes(next((registers / "own").iterdir()).read_bytes())
    paid = "certno,psn_name,pay_month,pay_amount,pay_kind\n11010519491231002X,甲,202401,130.00,1\n11010519491231002X,甲,202401,130.00,1\n"
    (drop / "pensions" / "paid.csv").write_text(paid, encoding="utf-8")
    browser.post(f"/data/{laid.office.pk}/settlements", {"work": "settlements"})
    browser.post(f"/data/{laid.office.pk}/pensions", {"work": "pensions"})

    jobs.work(once=True)

    measured, pensions = Job.objects.order_by("pk")
    assert [(job.state, jobs.message_of(job)) for job in (measured, pensions)] == [("done", None)] * 2
    assert "measures.csv" in browser.get(f"/data/jobs/{measured.pk}").content.decode()
    page = browser.get(f"/data/jobs/{pensions.pk}").content.decode()
    assert "11010519491231002X" not in page
    listed = CaseList.objects.get()
    assert (listed.code, listed.office) == ("pensions", laid.office)
    assert got(browser.get(f"/data/lists/{listed.pk}")).startswith(OLE)
    assert browser.get(f"/jobs/{pensions.pk}/pensions.xlsx").status_code == 404


def test_files_of_jobs_go_after_the_time_that_is_set(browser_of, compared, who, monkeypatch):
    monkeypatch.setattr(settings, "KEEP_DAYS", 3)
    other = data.start(who("filler"), Account.objects.get(name="filler"), compared.office, "2024", "profile", lang="zh")
    Job.objects.filter(pk=compared.pk).update(ended=clock.now() - timedelta(days=2, hours=23))
    jobs.work(once=True)
    assert jobs.folder(compared).exists()

    Job.objects.filter(pk=compared.pk).update(ended=clock.now() - timedelta(days=3, hours=1))
    jobs.work(once=True)

    compared.refresh_from_db()
    assert not jobs.folder(compared).exists() and jobs.folder(other).exists()
    assert (compared.state, CaseList.objects.count()) == ("done", 0)
    page = browser_of("filler").get(f"/data/jobs/{compared.pk}")
    assert (page.status_code, "文件已于" in page.content.decode()) == (200, True)
    assert browser_of("filler").get(f"/jobs/{compared.pk}/enrolment.json").status_code == 404


def test_uploads_go_after_the_time_that_is_set(who, laid, registers, monkeypatch):
    made = data.upload_archive(who("filler"), laid.office, archive(registers))
    data.clear()
    assert made.path.exists()

    monkeypatch.setattr(settings, "KEEP_DAYS", -1)
    data.clear()

    assert not made.path.exists()
    with pytest.raises(Unseen):
        data.folder(laid.office, made.name)


def test_office_s_region_code_is_set_by_its_manager(browser_of, office, site):
    county = office("某县医疗")
    at, good = f"/people/offices/{county.pk}", {"active": "1", "finance": county.finance_id, "code": "650100"}

    assert browser_of("filler").post(at, good).status_code == 404
    assert browser_of("manager").post(at, {**good, "code": "65"}).status_code == 400
    assert browser_of("manager").post(at, good).status_code == 302

    assert office("某县医疗").code == "650100"
    assert Entry.objects.filter(what="code_set").count() == 1


@pytest.fixture
def call(who, office):
    """Return a function that calls the API with a token of the county's, or of another office."""
    keys = {
        name: people.add_token(who(by), office(part), "程序", [role], 30)
        for name, by, part, role in (("county", "manager", "某县医疗", "fill"), ("checks", "manager", "某县医疗", "check"),
                                     ("neighbour", "neighbour", "邻县", "fill"))
    }  # fmt: skip

    def ask(method, path, body=None, of="county", **sent):
        kwargs = {"data": json.dumps(body), "content_type": "application/json"} if body is not None else sent
        headers = {"Authorization": f"Bearer {keys[of]}", "Accept-Language": "zh"}
        return getattr(Client(), method)(f"/api{path}", headers=headers, **kwargs)

    return ask


def test_program_starts_asks_fetches_and_takes(call, laid, finished, again):
    (folder,) = call("get", "/data").json()
    assert (folder["name"], folder["works"], folder["uploaded"]) == ("2024", ["registers"], False)
    started = call("post", "/comparisons", {"folder": "2024", "evaluation": finished.pk})
    assert (started.status_code, started.json()["state"]) == (201, "waiting")
    number = started.json()["number"]

    jobs.work(once=True)

    done = call("get", f"/comparisons/{number}").json()
    assert (done["state"], done["done"], done["message"]) == ("done", 3, None)
    summary = got(call("get", f"/comparisons/{number}/files/enrolment.json"))
    assert json.loads(summary)["schema"] == "enrolment/1"
    raw = got(call("get", f"/comparisons/{number}/files/参保数据比对.xlsx"))
    assert openpyxl.load_workbook(io.BytesIO(raw)).sheetnames == ["参保数据比对"]
    taken = call(
        "post", f"/evaluations/{finished.pk}/comparison",
        {"comparison": number, "base": 1, "code": "O101", "measure": "insured"},
    )  # fmt: skip
    assert (taken.status_code, taken.json()["revision"], again(finished).head) == (200, 2, 2)
    assert [one["number"] for one in call("get", "/comparisons").json()] == [number]
    assert Entry.objects.filter(what="job_asked", who="程序@某县医疗保障局").count() == 1


def test_program_of_another_office_or_role_starts_and_sees_nothing(call, laid, finished):
    number = call("post", "/comparisons", {"folder": "2024"}).json()["number"]

    assert call("get", "/data", of="neighbour").json() == []
    assert call("get", "/data", of="checks").status_code == 404
    assert call("post", "/comparisons", {"folder": "2024"}, of="neighbour").status_code == 404
    assert call("post", "/comparisons", {"folder": "2024"}, of="checks").status_code == 404
    assert call("get", "/comparisons", of="neighbour").json() == []
    for path in (f"/comparisons/{number}", f"/comparisons/{number}/files/enrolment.json"):
        assert call("get", path, of="neighbour").status_code == 404
    assert call("post", f"/comparisons/{number}/cancel", of="neighbour").status_code == 404
    assert call("post", f"/comparisons/{number}/cancel", of="checks").status_code == 403
    body = {"comparison": number, "base": 1, "code": "O101", "measure": "insured"}
    assert call("post", f"/evaluations/{finished.pk}/comparison", body, of="checks").status_code == 403
    assert call("post", f"/evaluations/{finished.pk}/comparison", body, of="neighbour").status_code == 404
    assert call("post", f"/comparisons/{number}/cancel").json()["state"] == "cancelled"


def test_program_uploads_a_small_archive(call, laid, registers):
    sent = call("post", "/data", data={"file": archive(registers)})

    assert (sent.status_code, sent.json()["uploaded"], sent.json()["works"]) == (201, True, ["registers"])
    assert call("post", "/data", data={"file": SimpleUploadedFile("x.zip", b"junk")}).status_code == 400


def test_summary_read_back_measures_what_was_compared(registers, tmp_path):
    from jixiao.enrolment import measures

    made = enrolment_compare(registers, tmp_path / "out").value
    read = enrolment_taken.summarised(opened(tmp_path / "out" / "enrolment.json"))

    regions = [row.region.code for row in made.comparison.rows]
    for name in measures.COUNTS:
        for where in ({}, {"scheme": "employee"}, *({"region": code} for code in regions)):
            ours = measures.measure(read.comparison, read.covered, name, where)
            assert ours == measures.measure(made.comparison, made.covered, name, where)
    assert replace(read.comparison, rows=()) != made.comparison and read.digests == made.digests


def test_lists_take_no_query_for_each_line(browser_of, compared, django_queries):
    browser, at = browser_of("filler"), f"/data/jobs/{compared.pk}"
    before = [django_queries(browser, page) for page in ("/data", at)]
    for number in range(30):
        job = Job.objects.create(
            kind="registers", title="x", account=compared.account, office=compared.office, at=clock.now(), state="done"
        )
        CaseList.objects.create(job=job, office=compared.office, code="650100", count=1, password="x")
        CaseList.objects.create(job=compared, office=compared.office, code=f"{number}", count=1, password="x")

    assert [django_queries(browser, page) for page in ("/data", at)] == before
    assert max(before) <= 25


@pytest.fixture
def django_queries():
    """Return a function that counts the queries of a page."""

    def count(browser, at):
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(at).status_code == 200
        return len(asked)

    return count
