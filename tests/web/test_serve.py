"""jixiao serve: the command: its chains verified, its first key, its troubles as sentences; a worker that survives a restart."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request

import pytest

from jixiao.web import place

_RUN = "import sys; sys.argv[0] = 'jixiao'; from jixiao.cli import main; main()"


def test_verify_says_whether_the_chains_hold(jixiao, site, who, finished):
    from django.db import connection

    good = jixiao("serve", "--verify", "--data", site.data)
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER web_entry_no_UPDATE")
        cursor.execute("UPDATE web_entry SET who = 'nobody' WHERE number = 1")
    bad = jixiao("serve", "--verify", "--data", site.data)

    assert (good.returncode, good.stdout, good.stderr) == (0, "", "审计记录和版本链完整\n")
    assert (bad.returncode, bad.stderr) == (1, "链条断裂：audit 第 1 号（chain）\n")


def test_data_folder_that_cannot_be_made_is_a_sentence(jixiao, tmp_path):
    (tmp_path / "taken").write_text("x")

    done = jixiao("serve", "--verify", "--data", tmp_path / "taken" / "inside")

    assert done.returncode == 13
    assert "不能建立" in done.stderr and "--data" in done.stderr and "Traceback" not in done.stderr


@pytest.mark.parametrize("url", ["mysql://x/y", "nonsense"])
def test_database_that_is_not_supported_is_a_sentence(jixiao, tmp_path, monkeypatch, url):
    monkeypatch.setenv("DATABASE_URL", url)

    done = jixiao("serve", "--verify", "--data", tmp_path / "data")

    assert done.returncode == 11
    assert "不是支持的数据库" in done.stderr and "Traceback" not in done.stderr


def test_database_url_is_taken_apart():
    found = place.database(place.Path("/data"), "postgres://u:p%2Fw@h/name")

    assert (found["USER"], found["PASSWORD"], found["HOST"], found["NAME"]) == ("u", "p/w", "h", "name")
    assert place.database(place.Path("/data"), None)["NAME"] == "/data/jixiao.sqlite3"


@pytest.mark.deep
def test_first_start_prints_the_address_of_the_set_up(tmp_path, stage):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    env = {
        **os.environ,
        "JIXIAO_DATA": "",
        "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
        "LANG": "zh_CN.UTF-8",
    }
    command = [
        sys.executable,
        "-c",
        _RUN,
        "serve",
        "--port",
        str(port),
        "--data",
        str(tmp_path / "data"),
        "--workers",
        "1",
    ]
    server = subprocess.Popen(command, env=env, stderr=subprocess.PIPE, text=True)
    try:
        lines = [server.stderr.readline().strip() for _ in range(2)]
        assert lines[0] == f"http://127.0.0.1:{port}/" and "/setup/" in lines[1]
        for _ in range(100):
            try:
                with urllib.request.urlopen(lines[1], timeout=2) as answer:
                    assert "首次设置" in answer.read().decode() or answer.status == 200
                break
            except OSError:
                time.sleep(0.2)
        else:
            raise AssertionError("the server does not answer")
    finally:
        server.terminate()
        server.wait(20)
        server.stderr.close()
    assert (tmp_path / "data" / "secret.key").stat().st_mode & 0o777 == 0o600


@pytest.mark.deep
def test_job_survives_a_killed_worker(site, who, finished):
    from datetime import timedelta

    from jixiao.web import clock, jobs
    from jixiao.web.models import Account, Job

    account = Account.objects.get(name="filler")
    job = jobs.put(who("filler"), account, "batch", title="成批", args={"dossiers": [finished.pk], "lang": "zh"})
    assert jobs.claim().pk == job.pk  # and its worker dies here
    Job.objects.update(beat=clock.now() - timedelta(minutes=5))
    env = {**os.environ, "JIXIAO_DATA": str(site.data), "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    worker = subprocess.Popen([sys.executable, "-m", "jixiao.web.worker"], env=env)
    try:
        for _ in range(150):
            job.refresh_from_db()
            if job.state == "done":
                break
            time.sleep(0.2)
    finally:
        worker.terminate()
        worker.wait(20)
    assert (job.state, job.tries) == ("done", 2)
    assert (jobs.folder(job) / "out" / "documents.zip").is_file()
