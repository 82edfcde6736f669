"""后台任务: progress, cancelling, a worker that died, batches and reviews; what is made appears whole or not at all."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from jixiao.web import clock, jobs
from jixiao.web.models import Account, Entry, Job
from jixiao.web.refusals import BadForm
from jixiao.web.work import batch


@pytest.fixture
def ask(who, site):
    """Return a function that puts a batch over some dossiers into the queue."""

    def put(*dossiers, name="filler"):
        account = Account.objects.get(name=name)
        args = {"dossiers": [one.pk for one in dossiers], "lang": "zh"}
        return jobs.put(who(name), account, "batch", title="成批", args=args)

    return put


def test_batch_holds_forms_and_reports_and_names_what_was_left_out(ask, browser_of, finished, dossier):
    job = ask(finished, dossier)

    jobs.work(once=True)

    job.refresh_from_db()
    assert (job.state, job.done, job.of) == ("done", 2, 2)
    assert jobs.result(job)["left_out"] == ["2024年度医疗救助补助资金绩效自评"]
    answer = browser_of("filler").get(f"/jobs/{job.pk}/documents.zip")
    names = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))).namelist()
    assert any(name.endswith("部门单位项目支出绩效自评表.xlsx") for name in names)
    assert any(name.endswith("绩效自评报告.docx") for name in names)
    assert {name.partition("/")[0] for name in names} == {f"{finished.pk}-居民医保绩效自评"}
    told = list(Entry.objects.order_by("number").values_list("what", flat=True))
    assert told.index("job_asked") < told.index("job_done") < len(told) - 1


def test_batch_writes_nothing_that_its_owner_does_not_see(ask, finished):
    job = ask(finished, name="neighbour")

    jobs.work(once=True)

    job.refresh_from_db()
    assert jobs.result(job) == {"files": ["documents.zip"], "written": 0, "left_out": []}


def test_waiting_job_is_cancelled_at_once(ask, browser_of, finished):
    job = ask(finished)

    browser_of("filler").post(f"/jobs/{job.pk}/cancel")
    jobs.work(once=True)

    job.refresh_from_db()
    assert job.state == "cancelled" and not (jobs.folder(job) / "out").exists()


def test_running_job_stops_at_its_next_word(ask, finished, who, monkeypatch):
    job = ask(finished)

    def run(job, progress):
        (jobs.folder(job) / "out" / "half.txt").write_text("half")
        jobs.cancel(who("filler"), job.pk)
        progress(1, 1)

    monkeypatch.setattr(batch, "run", run)
    jobs.work(once=True)

    job.refresh_from_db()
    assert job.state == "cancelled" and not (jobs.folder(job) / "out").exists()


def test_job_of_a_worker_that_died_is_taken_up_again(ask, finished):
    job = ask(finished)
    taken = jobs.claim()
    assert taken.pk == job.pk and jobs.claim() is None

    Job.objects.update(beat=clock.now() - timedelta(minutes=5))
    jobs.work(once=True)

    job.refresh_from_db()
    assert (job.state, job.tries) == ("done", 2)


def test_job_that_kills_its_worker_is_given_up(ask, finished):
    job = ask(finished)
    for _ in range(jobs.MOST_TRIES + 1):
        jobs.claim()
        Job.objects.update(beat=clock.now() - timedelta(minutes=5))

    job.refresh_from_db()
    assert (job.state, jobs.message_of(job).text("zh")) == ("failed", "三次中断，已放弃")


def test_job_that_breaks_says_so(ask, finished, browser_of, monkeypatch, caplog):
    job = ask(finished)
    monkeypatch.setattr(batch, "run", lambda job, progress: 1 / 0)

    jobs.work(once=True)

    job.refresh_from_db()
    assert job.state == "failed" and "ZeroDivisionError" in caplog.text
    assert "任务出错中断" in browser_of("filler").get("/jobs").content.decode()


def test_nobody_fills_the_queue(ask, finished):
    for _ in range(jobs.MOST_WAITING):
        ask(finished)

    with pytest.raises(BadForm):
        ask(finished)


def test_uploaded_report_is_reviewed_with_marks_in_place(browser_of, site):
    browser = browser_of("filler")
    text = "# 某县绩效自评报告\n\n全年预算数100万元，全年执行数80万元，预算执行率90%。\n"
    answer = browser.post("/reviews", {"file": SimpleUploadedFile("报告.md", text.encode())})
    assert answer.status_code == 302

    jobs.work(once=True)

    page = browser.get("/reviews").content.decode()
    job = Job.objects.get()
    assert job.state == "done", job.message
    assert "审核意见.xlsx" in page
    (name,) = [name for name in jobs.result(job)["files"] if name.endswith(".html")]
    shown = browser.get(f"/jobs/{job.pk}/{name}")
    said = b"".join(shown.streaming_content).decode()
    shown.close()
    assert "预算执行率" in said and "sandbox" in shown["Content-Security-Policy"]
    for odd in ("../in/报告.md", "..%2f..%2fsecret.key", "no.html"):
        assert browser.get(f"/jobs/{job.pk}/{odd}").status_code == 404
    assert browser_of("filler2").get(f"/jobs/{job.pk}/{name}").status_code == 404


@pytest.mark.parametrize(
    ("name", "raw", "said"),
    [
        ("x.exe", b"MZ", "的类型不能上传"),
        ("x.docx", b"PK\x03\x04junk", "未完成"),
        ("x.docx", b"junk", "没有审核：文件名以 .docx 结尾，实为纯文本，已照此读、没有读到一个数"),
    ],
)
def test_report_that_cannot_be_read_is_answered_with_a_sentence(browser_of, site, name, raw, said):
    browser = browser_of("filler")

    answer = browser.post("/reviews", {"file": SimpleUploadedFile(name, raw)})
    jobs.work(once=True)

    page = answer.content.decode() if answer.status_code == 400 else browser.get("/reviews").content.decode()
    assert said in page


def test_owner_removes_the_files_of_a_job_that_has_ended(ask, browser_of, finished):
    job = ask(finished)
    assert browser_of("filler").post(f"/jobs/{job.pk}/clear").status_code == 404
    jobs.work(once=True)

    assert browser_of("filler2").post(f"/jobs/{job.pk}/clear").status_code == 404
    assert browser_of("filler").post(f"/jobs/{job.pk}/clear").status_code == 302

    job.refresh_from_db()
    assert job.cleared is not None and not jobs.folder(job).exists()
    assert "文件已于" in browser_of("filler").get("/jobs").content.decode()
    assert browser_of("filler").get(f"/jobs/{job.pk}/documents.zip").status_code == 404
    assert Entry.objects.filter(what="job_cleared", who="Filler（filler）").count() == 1


def test_failed_job_of_one_s_own_is_started_again(ask, browser_of, finished, monkeypatch, caplog):
    job = ask(finished)
    with monkeypatch.context() as broken:
        broken.setattr(batch, "run", lambda job, progress: 1 / 0)
        jobs.work(once=True)

    assert browser_of("filler2").post(f"/jobs/{job.pk}/again").status_code == 404
    assert browser_of("filler").post(f"/jobs/{job.pk}/again").status_code == 302
    jobs.work(once=True)

    job.refresh_from_db()
    assert (job.state, job.tries, jobs.message_of(job)) == ("done", 1, None)


def test_line_of_a_job_asks_again_while_it_goes_on(ask, browser_of, finished):
    job = ask(finished)
    line = browser_of("filler").get(f"/jobs/{job.pk}").content.decode()
    assert 'hx-trigger="every 1s"' in line

    jobs.work(once=True)

    assert "hx-trigger" not in browser_of("filler").get(f"/jobs/{job.pk}").content.decode()
    assert json.loads(Job.objects.get().args)["lang"] == "zh"
