"""Engines that stand for a platform's: each takes rows of text into its own types and answers a statement there.

`oracle` is PostgreSQL with the one function that Oracle has under another name; that an empty text is a null there is
told by `nulls_for_empty`, everything else in the statement is the same in both.
"""

from __future__ import annotations

import csv
import io
import shutil
import sqlite3
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

from jixiao.settlements.tables import table

TYPES = {"amount": "DECIMAL(16,2)", "day": "DATE", "month": "TIMESTAMP"}


def literal(text):
    return "NULL" if text is None else "'" + text.replace("'", "''") + "'"


def loaded(name, rows, types, temporary):
    """Return the statements that make a table under its stored names and fill it."""
    of = table(name)
    columns = [column for column in of.columns if any(column in row for row in rows)]
    spelt = ", ".join(f"{of.columns[one].stored} {types.get(of.columns[one].kind, 'VARCHAR(40)')}" for one in columns)
    values = ",\n".join(f"({', '.join(literal(_day(of, one, row[one])) for one in columns)})" for row in rows)
    return f"CREATE {temporary} TABLE {name} ({spelt});\nINSERT INTO {name} VALUES {values};\n"


def _day(of, column, text):
    """Return a month as the first of it: platforms store days and times."""
    short = text is not None and of.columns[column].kind == "month" and len(text) == 7
    return f"{text}-01" if short else text


def duckdb_platform(name, rows, statement):
    import duckdb

    db = duckdb.connect()
    db.execute(loaded(name, rows, TYPES, ""))
    return db.execute(statement).fetchall()


def sqlite_platform(name, rows, statement):
    db = sqlite3.connect(":memory:")
    db.executescript(loaded(name, rows, {"amount": "DECIMAL(16,2)"}, ""))
    return db.execute(statement).fetchall()


def postgresql_platform(address):
    def run(name, rows, statement, before=""):
        done = subprocess.run(
            ["psql", address, "-X", "-q", "--csv", "-t", "-v", "ON_ERROR_STOP=1"], capture_output=True, text=True, check=False,
            input=before + loaded(name, rows, TYPES, "TEMP") + statement,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return list(csv.reader(io.StringIO(done.stdout)))

    return run


ORACLE_NAMES = "CREATE OR REPLACE FUNCTION to_number(text) RETURNS numeric LANGUAGE sql AS 'SELECT $1::numeric';\n"


def oracle_platform(address):
    run = postgresql_platform(address)
    return lambda name, rows, statement: run(name, rows, nulls_for_empty(statement), ORACLE_NAMES)


def nulls_for_empty(statement):
    """Return a statement as Oracle understands it: '' is a null there."""
    return statement.replace("''", "CAST(NULL AS VARCHAR(6))")


def hive_platform(engine):
    session = engine._session

    def run(name, rows, statement):
        of = table(name)
        columns = [column for column in of.columns if any(column in row for row in rows)]
        types = {**TYPES, "id": "STRING", "code": "STRING", "region": "STRING"}
        casts = ", ".join(
            f"CAST(c{at} AS {types[of.columns[one].kind]}) AS {of.columns[one].stored}"
            for at, one in enumerate(columns)
        )
        values = ", ".join(f"({', '.join(literal(_day(of, one, row[one])) for one in columns)})" for row in rows)
        heads = ", ".join(f"c{at}" for at in range(len(columns)))
        session.sql(f"CREATE OR REPLACE TEMP VIEW {name} AS SELECT {casts} FROM VALUES {values} AS t({heads})")
        return [tuple(row) for row in session.sql(statement).collect()]

    return run


@contextmanager
def mariadb():
    """Give the platform of a MariaDB of its own, which is gone when the test ends."""
    root = Path(tempfile.mkdtemp(prefix="jixiao-mariadb-"))
    data, socket = root / "data", root / "socket"
    own = ["--no-defaults", f"--datadir={data}"]
    as_root = ["--user=root"] if Path("/proc/self").owner() == "root" else []
    made = ["mariadb-install-db", *own, *as_root, "--auth-root-authentication-method=normal", "--skip-test-db"]
    subprocess.run(made, check=True, capture_output=True)
    program = shutil.which("mariadbd") or "/usr/sbin/mariadbd"
    with (root / "log").open("wb") as log:
        started = [program, *own, *as_root, f"--socket={socket}", "--skip-networking"]
        server = subprocess.Popen(started, stdout=subprocess.DEVNULL, stderr=log)
    client = [
        "mariadb",
        "--no-defaults",
        f"--socket={socket}",
        "--user=root",
        "--batch",
        "--skip-column-names",
        "--raw",
    ]
    try:
        deadline = time.monotonic() + 60
        while subprocess.run([*client, "-e", "CREATE DATABASE records"], capture_output=True, check=False).returncode:
            assert time.monotonic() < deadline, (root / "log").read_text("utf-8", errors="replace")[-2000:]
            time.sleep(0.2)
        yield lambda name, rows, statement: _by_mariadb(client, name, rows, statement)
    finally:
        server.terminate()
        server.wait(30)
        shutil.rmtree(root, ignore_errors=True)


def _by_mariadb(client, name, rows, statement):
    types = {**TYPES, "month": "DATETIME"}
    script = f"DROP TABLE IF EXISTS {name};\n" + loaded(name, rows, types, "") + statement + ";\n"
    done = subprocess.run([*client, "records"], input=script, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return [["" if cell == "NULL" else cell for cell in line.split("\t")] for line in done.stdout.splitlines()]
