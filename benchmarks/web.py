"""网页工作区: how long each page takes while many people work at once, and the highest rate at which that still holds.

    python benchmarks/web.py                              300 offices, 1,500 people, 3,000 evaluations on SQLite
    python tools/postgres.py benchmarks/web.py --full     3,000, 15,000 and 30,000 on a PostgreSQL of its own

Fifty people click and pause five seconds, ten requests a second in all; server, database and clients share the machine.
No two evaluations have the same content, so that nothing that is kept for one serves another. Where DATABASE_URL names
a database it must be empty; it is filled, and left as it is.
"""

from __future__ import annotations

import argparse
import fcntl
import gzip
import http.client
import os
import random
import re
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))
LIMIT = 0.2  # seconds that 95 of 100 requests for a page may take at most
_SERVE = (
    "import sys; from jixiao.web import serving; serving.prepare(); "
    "serving.serve('127.0.0.1', int(sys.argv[1]), workers=2, said=print)"
)
# how often each page is asked for, of a hundred clicks
PAGES = {
    "home": 16, "list": 6, "search": 4, "overview": 12, "fill": 10, "type a cell": 10, "results": 6, "derivation": 3,
    "charts": 2, "findings": 4, "evidence": 3, "revisions": 2, "difference": 2, "compare": 2, "indicators": 2,
    "files": 2, "create": 2, "reviews": 2, "jobs": 2, "me": 2, "people": 3, "audit": 3, "registers": 2, "in project": 2,
}  # fmt: skip
MANAGED = ("people", "audit")


class Person(NamedTuple):
    """Whoever clicks: the key of the session, that of the office's manager, and the evaluations of the office."""

    key: str
    manager: str
    dossiers: tuple[int, ...]


class Size(NamedTuple):
    """How much there is: offices, people of each, evaluations."""

    offices: int
    per_office: int
    evaluations: int


def filled(size: Size) -> list[Person]:
    """Fill the database and return fifty people of as many offices, signed in."""
    from django.db import connection

    people(size)
    dossiers(size)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    chosen = [*random.Random(1).sample(range(size.offices), 46), 0, 1, 31, min(size.offices - 1, 331)]
    return [signed_in(office, size) for office in chosen]


def above(number: int, offices: list[Any]) -> Any:
    """Return the office above one: a nation, 30 provinces, ten prefectures each, below them the counties."""
    if number == 0:
        return None
    if number <= 30:
        return offices[0]
    return offices[1 + number % 30] if number <= 330 else offices[31 + number % 300]


def people(size: Size) -> None:
    """Make offices, accounts and duties."""
    from jixiao.web.models import Account, Duty, Office

    offices: list[Office] = []
    for number in range(size.offices):
        parent = above(number, offices)
        path = f"{parent.path if parent else ''}{number + 1:06d}/"
        level = ("nation", "province", "prefecture", "county")[(number > 0) + (number > 30) + (number > 330)]
        name = f"第{number}医疗保障局"
        offices.append(Office(pk=number + 1, name=name, kind="bureau", level=level, parent=parent, path=path))
    Office.objects.bulk_create(offices, 2000)
    count = size.offices * size.per_office
    Account.objects.bulk_create(
        (Account(pk=n + 1, name=f"p{n}", full_name=f"第{n}人", password="!", must_change=False) for n in range(count)),
        2000,
    )
    roles = ("fill", "check", "approve", "publish", "manage")
    held = (
        Duty(account_id=n + 1, office_id=n // size.per_office + 1, role=roles[n % size.per_office])
        for n in range(count)
    )
    Duty.objects.bulk_create(held, 2000)


def dossiers(size: Size) -> None:
    """Make evaluations of two versions each, one a year; this year's is open, and last year's stands beside it."""
    from django.db.models import F

    from jixiao.operations.check import check
    from jixiao.operations.stored import written
    from jixiao.web import audit, clock
    from jixiao.web.models import Dossier, Revision
    from jixiao.web.standing import standing
    from jixiao.web.steps import STEPS

    evaluation = check(ROOT / "examples/kashgar-2022-resident-medical").value.evaluation
    content, unit = written(evaluation), evaluation.head.unit.encode()
    found, now = standing(content), clock.now()
    shown = {"total": found.total, "grade": found.grade, "due": len(found.due), "filled": found.filled}
    for start in range(0, size.evaluations, 2000):
        numbers = range(start, min(start + 2000, size.evaluations))
        Dossier.objects.bulk_create(
            Dossier(
                pk=n + 1, office_id=n % size.offices + 1, title=f"居民医保补助资金绩效自评{n}", kind="self-evaluation",
                year=2024 - n // size.offices, step="filling" if n < size.offices else STEPS[n % 7], head=2,
                changed=now, deadline=now.date(), **shown,
            )
            for n in numbers
        )  # fmt: skip
        Revision.objects.bulk_create(
            (
                Revision(
                    dossier_id=n + 1, number=number, content=content.replace(unit, f"第{n}单位{number}".encode()),
                    by="—", at=now, reason="—", previous=audit.NOTHING, hash=audit.NOTHING,
                )
                for n in numbers
                for number in (1, 2)
            ),
            500,
        )  # fmt: skip
    last = Dossier.objects.filter(pk__lte=size.evaluations - size.offices)
    last.update(last_id=F("pk") + size.offices)


def signed_in(office: int, size: Size) -> Person:
    """Return the filler of an office with a session, and its manager's."""
    from django.db import transaction

    from jixiao.web import signing_in
    from jixiao.web.models import Account

    keys = []
    for number in (1, size.per_office):
        with transaction.atomic():
            account = Account.objects.get(pk=office * size.per_office + number)
            keys.append(signing_in.begin(account, "benchmark"))
    return Person(*keys, tuple(range(office + 1, size.evaluations + 1, size.offices))[:10])


def request_of(page: str, person: Person, draw: random.Random) -> tuple[str, str, str | None]:
    """Return method, address and body of a click."""
    at = f"/dossiers/{draw.choice(person.dossiers)}"
    own = f"/dossiers/{person.dossiers[0]}"
    body = urlencode({"path": "scored/O102/actual", "text": f"{draw.randint(500, 719)}.{draw.randint(10, 99)}万人次"})
    return {
        "home": ("GET", "/", None), "list": ("GET", f"/dossiers?page={draw.randint(1, 3)}", None),
        "search": ("GET", f"/dossiers?q={draw.randint(1, 99)}", None), "overview": ("GET", at, None),
        "fill": ("GET", f"{own}/fill/self_evaluation_table", None),
        "type a cell": ("POST", f"{own}/fill/self_evaluation_table/cells", body),
        "results": ("GET", f"{at}/results", None),
        "findings": ("GET", f"{at}/findings", None), "evidence": ("GET", f"{at}/evidence", None),
        "revisions": ("GET", f"{at}/revisions", None), "compare": ("GET", f"{at}/compare", None),
        "difference": ("GET", f"{at}/revisions/1/2", None), "derivation": ("GET", f"{at}/results/O102", None),
        "charts": ("GET", f"{at}/charts", None), "indicators": ("GET", f"{own}/indicators", None),
        "files": ("GET", f"{at}/files", None), "create": ("GET", "/dossiers/new", None), "me": ("GET", "/me", None),
        "reviews": ("GET", "/reviews", None), "jobs": ("GET", "/jobs", None), "people": ("GET", "/people", None),
        "audit": ("GET", f"/audit?page={draw.randint(1, 3)}", None), "registers": ("GET", "/data", None),
        "in project": ("GET", f"{own}/data", None),
    }[page]  # fmt: skip


class Hour(NamedTuple):
    """What the clickers share: the port, the pause between clicks, when to stop, times by page, what went wrong."""

    port: int
    pause: float
    until: float
    taken: dict[str, list[float]]
    wrong: list[str]


def click(hour: Hour, person: Person, seed: int) -> None:
    """Click until the time is over; a slow answer shortens the pause that follows it."""
    draw = random.Random(seed)
    connection = http.client.HTTPConnection("127.0.0.1", hour.port, timeout=30)
    token = "a" * 32
    headers = {
        "X-CSRFToken": token, "Accept-Encoding": "gzip", "HX-Request": "true",
        "Content-Type": "application/x-www-form-urlencoded",
    }  # fmt: skip
    at = time.monotonic() + draw.random() * hour.pause
    while at < hour.until:
        time.sleep(max(0, at - time.monotonic()))
        page = draw.choices(list(PAGES), list(PAGES.values()))[0]
        method, address, body = request_of(page, person, draw)
        headers["Cookie"] = f"jixiao={person.manager if page in MANAGED else person.key}; jixiao_csrf={token}"
        start = time.perf_counter()
        try:
            connection.request(method, address, body, headers)
            answer = connection.getresponse()
            answer.read()
            if answer.status != 200:
                hour.wrong.append(f"{address} {answer.status}")
        except OSError as problem:
            hour.wrong.append(f"{address} {problem!r}")
            connection.close()
        hour.taken[page].append(time.perf_counter() - start)
        at += hour.pause * draw.uniform(0.8, 1.2)
    connection.close()


def measured(port: int, people: list[Person], pause: float, seconds: float) -> tuple[Hour, float]:
    """Return the times of every page with what went wrong, and how many requests a second were answered."""
    hour = Hour(port, pause, time.monotonic() + seconds, {page: [] for page in PAGES}, [])
    clickers = [threading.Thread(target=click, args=(hour, person, seed)) for seed, person in enumerate(people)]
    for one in clickers:
        one.start()
    for one in clickers:
        one.join()
    return hour, sum(map(len, hour.taken.values())) / seconds


def first_load(port: int, person: Person) -> int:
    """Return the bytes that a browser gets for the home page when it has nothing yet: page, style, scripts."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    headers = {"Accept-Encoding": "gzip", "Cookie": f"jixiao={person.key}"}

    def fetched(address: str) -> bytes:
        connection.request("GET", address, headers=headers)
        return connection.getresponse().read()

    page = fetched("/")
    assets = sorted(set(re.findall(r'(?:href|src)="(/static/[^"]+)"', gzip.decompress(page).decode())))
    assert len(assets) > 3, assets
    return len(page) + sum(len(fetched(address)) for address in assets)


def p(times: list[float], share: float) -> float:
    """Return the time that a share of the requests did not exceed."""
    return sorted(times)[min(len(times) - 1, int(share * len(times)))] if times else 0.0


def shown(port: int, people: list[Person], seconds: float) -> None:
    """Click and print: each page at ten requests a second, then the highest rate that holds."""
    print(f"first load of the home page: {first_load(port, people[0]) / 1024:.0f} KB of 150 KB")
    measured(port, people, 2, 8)  # warm
    hour, rate = measured(port, people, 5, seconds)
    print(f"\n50 people, a click every 5 s: {rate:.1f} requests/s, {len(hour.wrong)} wrong {hour.wrong[:3]}")
    print(f"{'page':<14}{'requests':>9}{'p50 ms':>9}{'p95 ms':>9}{'max ms':>9}   p95 / {LIMIT * 1000:.0f} ms")
    for page, times in hour.taken.items():
        each = "".join(f"{p(times, share) * 1000:>9.0f}" for share in (0.5, 0.95, 1))
        print(f"{page:<14}{len(times):>9}{each}{p(times, 0.95) / LIMIT:>9.2f}")
    print("\nfaster and faster, until one page's p95 is above the limit:")
    for pause in (2.5, 1.7, 1.25, 1.0, 0.8, 0.65, 0.5, 0.4):
        hour, rate = measured(port, people, pause, seconds / 2)
        slowest = max(hour.taken, key=lambda page: p(hour.taken[page], 0.95))
        worst = p(hour.taken[slowest], 0.95)
        told = f"slowest page {slowest}, p95 {worst * 1000:.0f} ms, {len(hour.wrong)} wrong"
        print(f"  {rate:6.1f} requests/s: {told}")
        if worst > LIMIT or hour.wrong:
            break


def main() -> None:
    """Fill, serve, click, print."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--full", action="store_true", help="3,000 offices, 15,000 people, 30,000 evaluations")
    asked.add_argument("--seconds", type=float, default=60)
    asked.add_argument("--port", type=int, default=8799)
    asked.add_argument("--lock", type=Path, default=Path(os.devnull), help="a file to hold while it is measured")
    said = asked.parse_args()
    size = Size(3000, 5, 30_000) if said.full else Size(300, 5, 3000)
    with tempfile.TemporaryDirectory(prefix="jixiao-bench-") as data:
        os.environ["JIXIAO_DATA"] = data
        from jixiao.web import serving

        serving.prepare()
        start = time.perf_counter()
        people = filled(size)
        store = "PostgreSQL" if os.environ.get("DATABASE_URL") else "SQLite"
        told = f"{size.offices:,} offices, {size.offices * size.per_office:,} people, {size.evaluations:,} evaluations"
        print(f"{store}: {told}, filled in {time.perf_counter() - start:.0f} s", flush=True)
        env = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
        server = subprocess.Popen([sys.executable, "-c", _SERVE, str(said.port)], env=env, stdout=subprocess.DEVNULL)
        try:
            time.sleep(6)
            with said.lock.open("r") as alone:
                if alone.name != os.devnull:
                    fcntl.flock(alone, fcntl.LOCK_EX)
                shown(said.port, people, said.seconds)
        finally:
            server.terminate()
            server.wait(20)


if __name__ == "__main__":
    main()
