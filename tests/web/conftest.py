"""网页的公共部分: a cast of offices and people, each test with a database of its own, and a browser for each of them."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from types import SimpleNamespace

import pytest

_HOME = Path(tempfile.mkdtemp(prefix="jixiao-web-"))
os.environ["JIXIAO_DATA"] = str(_HOME)
os.environ["DJANGO_SETTINGS_MODULE"] = "jixiao.web.settings"
os.environ.pop("DATABASE_URL", None)

import django

django.setup()

from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import setup_test_environment

setup_test_environment()
settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]

from jixiao.web import passwords, permissions, signing_in
from jixiao.web.actions import dossiers
from jixiao.web.models import Account, Dossier, Duty, Office

passwords.Argon2.memory_cost, passwords.Argon2.time_cost = 64, 1  # what it guards is not worth waiting for here
PASSWORD = "Cast-of-2024"
# who, at which office, in which roles
CAST = {
    "filler": ("county", ["fill"]),
    "filler2": ("county", ["fill"]),
    "checker": ("county", ["check"]),
    "approver": ("county", ["approve"]),
    "both": ("county", ["fill", "check", "approve"]),
    "publisher": ("county", ["publish"]),
    "manager": ("county", ["manage"]),
    "overseer": ("city", ["check", "manage"]),
    "neighbour": ("neighbour", ["fill", "check", "approve", "manage"]),
    "reviewer": ("finance", ["review"]),
    "finalreviewer": ("finance", ["final_review"]),
    "evaluator": ("agency", ["evaluate"]),
    "agencychecker": ("agency", ["check"]),
}


def pytest_unconfigure(config):
    connection.close()
    shutil.rmtree(_HOME, ignore_errors=True)


@pytest.fixture(scope="session")
def stage():
    """Return the folder of a database in which the cast stands, and nothing else."""
    from django.contrib.auth.hashers import make_password

    call_command("migrate", verbosity=0)
    city = Office.objects.create(name="某市医疗保障局", kind="bureau", level="prefecture")
    finance = Office.objects.create(name="某县财政局", kind="finance", level="county")
    offices = {
        "city": city,
        "finance": finance,
        "county": Office.objects.create(
            name="某县医疗保障局", kind="bureau", level="county", parent=city, finance=finance
        ),
        "neighbour": Office.objects.create(name="邻县医疗保障局", kind="bureau", level="county", parent=city),
        "agency": Office.objects.create(name="某评价机构", kind="agency", level="prefecture"),
    }
    hashed = make_password(PASSWORD)
    for name, (office, roles) in CAST.items():
        account = Account.objects.create(name=name, full_name=name.title(), password=hashed, must_change=False)
        for role in roles:
            Duty.objects.create(account=account, office=offices[office], role=role)
    connection.close()
    kept = _HOME / "stage.sqlite3"
    shutil.copy(_HOME / "jixiao.sqlite3", kept)
    return kept


_SERVE = (
    "import sys; from jixiao.web import serving; serving.prepare(); "
    "serving.serve('127.0.0.1', int(sys.argv[1]), workers=1, said=print)"
)


@pytest.fixture(scope="module")
def serve(tmp_path_factory):
    """Return a function that serves a data folder, with a worker for long work beside, and gives its address."""
    servers = []

    def start(data):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        env = {**os.environ, "JIXIAO_DATA": str(data), "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
        with (tmp_path_factory.mktemp("served") / "server.log").open("wb") as log:
            servers.append(subprocess.Popen([sys.executable, "-c", _SERVE, str(port)], env=env, stdout=log, stderr=log))
        for _ in range(150):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/alive", timeout=2).close()
                break
            except OSError:
                time.sleep(0.2)
        return f"http://127.0.0.1:{port}"

    def stop():
        while servers:
            server = servers.pop()
            server.terminate()
            server.wait(20)

    start.stop = stop
    yield start
    stop()


@pytest.fixture(scope="module")
def chromium():
    """Return a browser for all tests of a file."""
    from playwright import sync_api

    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def site(stage, tmp_path):
    """Give a test its own copy of the stage: database and data folder."""
    connection.close()
    path = tmp_path / "data" / "jixiao.sqlite3"
    path.parent.mkdir(mode=0o700)
    shutil.copy(stage, path)
    before = connection.settings_dict["NAME"], settings.DATA
    connection.settings_dict["NAME"], settings.DATA = str(path), path.parent
    cache.clear()
    yield SimpleNamespace(data=path.parent, database=path)
    connection.close()
    connection.settings_dict["NAME"], settings.DATA = before


@pytest.fixture
def who(site):
    """Return a function from a name of the cast to that person as a viewer."""
    return lambda name: permissions.of_account(Account.objects.get(name=name))


@pytest.fixture
def office(site):
    """Return a function from a part of an office's name to the office."""
    return lambda part: Office.objects.get(name__contains=part)


@pytest.fixture
def browser_of(site):
    """Return a function from a name of the cast to a client in which that person has signed in."""

    def open_for(name, **kwargs):
        client = Client(HTTP_ACCEPT_LANGUAGE="zh-CN", **kwargs)
        if name is not None:
            from django.db import transaction

            with transaction.atomic():
                client.cookies[signing_in.COOKIE] = signing_in.begin(Account.objects.get(name=name), "test")
        return client

    return open_for


@pytest.fixture
def dossier(who, office):
    """Return a new self-evaluation of the county's, revision 1."""
    county = office("某县医疗")
    evaluation = dossiers.drafted("self-evaluation", 2024, None, None, county)
    return dossiers.create(who("filler"), county, evaluation, title="2024年度医疗救助补助资金绩效自评")


@pytest.fixture
def finished(who, office, examples):
    """Return a dossier of the county's that nothing stands against: a self-evaluation with total and grade."""
    from jixiao.operations.check import check

    evaluation = check(examples / "kashgar-2022-resident-medical").value.evaluation
    return dossiers.create(who("filler"), office("某县医疗"), evaluation, title="居民医保绩效自评")


@pytest.fixture
def again():
    """Return a function that reads a dossier anew."""
    return lambda one: Dossier.objects.get(pk=one.pk)
