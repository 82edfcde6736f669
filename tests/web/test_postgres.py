"""PostgreSQL: the same rules where DATABASE_URL names a database: only growing, one chain, one job at a time."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

pytestmark = pytest.mark.postgres

_RUN = """
from jixiao.web import serving
serving.prepare()
import threading
from pathlib import Path
from django.db import DatabaseError, connection, transaction
from jixiao.operations.check import check
from jixiao.web import audit, jobs, permissions
from jixiao.web.actions import dossiers, drafts, moving, people
from jixiao.web.models import Account, Duty, Entry, Job, Office
from jixiao.operations.enter import enter
from jixiao.web import sheets

chief = people.found(name="chief", full_name="C", password="Long-enough-1", office="局", kind="bureau", level="county")
office = Office.objects.get()
Duty.objects.create(account=chief, office=office, role="fill")
viewer = permissions.of_account(chief)
evaluation = check(Path("EXAMPLE")).value.evaluation
own = dossiers.create(viewer, office, evaluation, title="自评")

for table in ("web_entry", "web_revision"):
    for statement in (f"UPDATE {table} SET hash = 'x'", f"DELETE FROM {table}", f"TRUNCATE {table} CASCADE"):
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)
            raise SystemExit(f"{statement} went through")
        except DatabaseError as problem:
            assert "only grows" in str(problem), problem

def look(number):
    for _ in range(20):
        audit.saw(viewer, "seen", own, page=str(number))
    connection.close()

threads = [threading.Thread(target=look, args=(n,)) for n in range(8)]
[one.start() for one in threads]; [one.join() for one in threads]
form = sheets.basics(drafts.working(viewer, own).standing.of, "zh")
drafts.change(viewer, own, lambda one: enter(one, form, {"head/region": "某县"}))
drafts.save(viewer, own, "")
moving.take(viewer, own.pk, "submit")
job = jobs.put(viewer, chief, "batch", title="成批", args={"dossiers": [own.pk], "lang": "zh"})
taken = []
def claim():
    taken.append(jobs.claim()); connection.close()
threads = [threading.Thread(target=claim) for _ in range(4)]
[one.start() for one in threads]; [one.join() for one in threads]
assert [one.pk for one in taken if one] == [job.pk]
jobs.run(next(one for one in taken if one))
assert Job.objects.get().state == "done", Job.objects.get().message
assert Entry.objects.filter(what="seen").count() == 160
assert list(audit.broken()) == []
print("held")
"""


def test_rules_hold_on_postgres(examples, tmp_path, cluster):
    env = {
        **os.environ,
        "DATABASE_URL": cluster.database(),
        "JIXIAO_DATA": str(tmp_path),
        "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
    }
    code = _RUN.replace("EXAMPLE", str(examples / "kashgar-2022-resident-medical"))

    done = subprocess.run(
        [sys.executable, "-c", code], env=env, capture_output=True, text=True, check=False, timeout=120
    )

    assert done.stdout.endswith("held\n"), done.stderr
