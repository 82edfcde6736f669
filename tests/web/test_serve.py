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


def test_upload_that_breaks_off_leaves_nothing_behind(stage, serve, tmp_path):
    """A connection is lost in mid-upload: nothing is kept of it, and the server goes on answering."""
    import http.client
    import shutil

    from django.conf import settings
    from django.db import connection, transaction

    from jixiao.web import permissions, signing_in
    from jixiao.web.actions import dossiers
    from jixiao.web.models import Account, File, Office

    data = tmp_path / "data"
    data.mkdir(mode=0o700)
    shutil.copy(stage, data / "jixiao.sqlite3")
    connection.close()
    before = connection.settings_dict["NAME"], settings.DATA
    connection.settings_dict["NAME"], settings.DATA = str(data / "jixiao.sqlite3"), data
    try:
        filler, county = Account.objects.get(name="filler"), Office.objects.get(name__contains="某县医疗")
        evaluation = dossiers.drafted("self-evaluation", 2024, None, None, county)
        one = dossiers.create(permissions.of_account(filler), county, evaluation, title="断线")
        with transaction.atomic():
            key = signing_in.begin(filler, "test")
        connection.close()
        at = serve(data)
        host, port = at.removeprefix("http://").split(":")
        token = "a" * 32
        body = (
            b'--x\r\nContent-Disposition: form-data; name="code"\r\n\r\nP101\r\n'
            b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n%PDF-1.7 half of it'
        )
        with socket.create_connection((host, int(port))) as wire:
            wire.sendall(
                (
                    f"POST /dossiers/{one.pk}/evidence/attach HTTP/1.1\r\nHost: {host}:{port}\r\nContent-Length: 5000000\r\n"
                    f"Content-Type: multipart/form-data; boundary=x\r\nX-CSRFToken: {token}\r\n"
                    f"Cookie: jixiao={key}; jixiao_csrf={token}\r\n\r\n"
                ).encode()
                + body
            )
            time.sleep(0.5)
        wire = http.client.HTTPConnection(host, int(port), timeout=20)
        wire.request(
            "GET", f"/dossiers/{one.pk}/evidence", headers={"Cookie": f"jixiao={key}", "Accept-Language": "zh"}
        )
        answer = wire.getresponse()
        page = answer.read().decode()
        wire.close()

        assert (answer.status, "a.pdf" in page) == (200, False)
        assert not File.objects.exists()
        assert [path for path in (data / "evidence").rglob("*") if path.is_file()] == []
    finally:
        connection.close()
        connection.settings_dict["NAME"], settings.DATA = before
