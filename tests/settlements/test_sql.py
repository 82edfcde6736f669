"""SQL: the statements of each dialect that can run here give the parts that the engines give; summaries are checked."""

from __future__ import annotations

import csv
import io
import shutil
import sqlite3
import subprocess
from pathlib import Path

import duckdb
import polars as pl
import pytest

import jixiao as library
from jixiao.errors import CannotParse, NotKnown
from jixiao.settlements.sql import DIALECTS, heads
from jixiao.settlements.tables import TABLES, table

STORED = {name: name for name in TABLES}


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sample") / "s"
    library.settlements_sample(1500, 2, folder)
    return folder


def stored(sample, name):
    """Return a table as a platform stores it: under the names of its own tables."""
    frame = pl.read_parquet(sample / name / "*.parquet")
    return frame.rename({column: table(name).columns[column].stored for column in frame.columns})


def by_duckdb(sample, statement):
    db = duckdb.connect()
    for name in TABLES:
        read = db.read_parquet(str(sample / name / "*.parquet"))
        names = [table(name).columns[column].stored for column in read.columns]
        read.project(", ".join(map("{} AS {}".format, read.columns, names))).to_view("read_")
        times = {
            "settlements": "setl_time",
            "contributions": "clct_time",
            "payments": "pay_date",
            "supervision": "check_date",
        }
        casts = [f"{column}::TIMESTAMP AS {column}" for column in names if column == times[name]]
        if name == "payments":
            casts.append("(pay_month || '-01')::DATE AS pay_month")
        db.execute(f"CREATE TABLE {name} AS SELECT * REPLACE ({', '.join(casts)}) FROM read_")
        db.execute("DROP VIEW read_")
    return db.execute(statement).fetchall()


def by_sqlite(sample, statement):
    db = sqlite3.connect(":memory:")
    for name in TABLES:
        frame = stored(sample, name).with_columns(
            pl.col(pl.Decimal).cast(pl.Float64), pl.col(pl.Datetime).cast(pl.String)
        )
        if name == "payments":
            frame = frame.with_columns(pl.col("pay_month") + "-01")
        db.execute(f"CREATE TABLE {name} ({', '.join(frame.columns)})")
        db.executemany(f"INSERT INTO {name} VALUES ({', '.join('?' * frame.width)})", frame.rows())
    return db.execute(statement).fetchall()


def as_csv(name, rows, path):
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(heads(name))
        writer.writerows(rows)


@pytest.mark.parametrize("monthly", [False, True])
@pytest.mark.parametrize("run", [by_duckdb, by_sqlite])
def test_the_platforms_own_engine_gives_the_same_measures(sample, tmp_path, run, monthly):
    want = library.settlements_measures(sample, monthly=monthly).value.summary()["values"]
    lines = ["schema: settlements/1", "year: 2024", "summaries:"]
    for name in TABLES:
        dialect = run.__name__.removeprefix("by_")
        statement = library.settlements_sql(sample, dialect, table=name, stored=name, monthly=monthly).value
        as_csv(name, run(sample, statement), tmp_path / f"{name}.csv")
        lines.append(f"  {name}: {name}.csv")
    (tmp_path / "settlements.yaml").write_text("\n".join(lines), encoding="utf-8")

    made = library.settlements_measures(tmp_path, monthly=monthly)

    assert made.exit_code() == 0, [one.because.text() for one in made.findings]
    assert {told(one) for one in made.value.summary()["values"]} == {told(one) for one in want}


def told(one):
    value = one["value"]
    return one["measure"], one["region"], one["scheme"], one["period"], value and value["value"]


@pytest.fixture
def summary(sample, tmp_path):
    statement = library.settlements_sql(sample, "duckdb", stored="settlements").value
    as_csv("settlements", by_duckdb(sample, statement), tmp_path / "settlements.csv")
    (tmp_path / "settlements.yaml").write_text(
        "schema: settlements/1\nyear: 2024\nsummaries: {settlements: settlements.csv}\n", encoding="utf-8"
    )
    return tmp_path


def changed(folder, change):
    path = folder / "settlements.csv"
    rows = list(csv.reader(io.StringIO(path.read_text("utf-8"))))
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(change(rows))


def one_more(rows):
    rows[3][10] = str(int(rows[3][10]) + 1)
    return rows


def one_row_less(rows):
    return [row for row in rows if not (row[1] == "652800" and row[2] == "")]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (one_more, "settlements.summary.check"),
        (one_row_less, "settlements.summary.foot"),
        (lambda rows: [row[:-1] for row in rows], "settlements.summary.head"),
        (lambda rows: [rows[0], rows[1][:-2], *rows[2:]], "settlements.summary.fields"),
        (lambda rows: [rows[0], ["00000000", *rows[1][1:]], *rows[2:]], "settlements.summary.definition"),
    ],
)
def test_a_summary_that_was_changed_is_refused(summary, change, why):
    changed(summary, change)

    with pytest.raises(CannotParse) as problem:
        library.settlements_measures(summary)

    assert problem.value.what.id == why


def test_a_summary_of_other_code_sets_is_refused(summary):
    path = summary / "settlements.yaml"
    path.write_text(path.read_text("utf-8") + "codes: {med_type: {inpatient: ['2199']}}\n", "utf-8")

    with pytest.raises(CannotParse) as problem:
        library.settlements_measures(summary)

    assert problem.value.what.id == "settlements.summary.definition"


def test_a_summary_binds_into_a_bundle(summary, tmp_path):
    bundle = tmp_path / "bundle"
    bundle.mkdir()
    (bundle / "evaluation.yaml").write_text(
        """\
schema: evaluation/1
kind: self-evaluation
year: 2024
head: {project: 示例项目, unit: 示例医保局}
systems:
  scored:
    full: 10
    indicators:
      - code: A
        name: 产出
        weight: 10
        children:
          - {code: A1, name: 享受待遇人数, weight: 10, target: ≥1人, rule: {id: proportional}}
actuals:
  A1: {from: settlements, measure: beneficiaries.persons}
""",
        encoding="utf-8",
    )

    outcome = library.settlements_measures(summary, bundle=bundle)

    assert outcome.value.written == ("A1",)
    assert "settlements.csv" in (bundle / "data/results/A1.json").read_text("utf-8")


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("name", TABLES)
def test_every_dialect_has_a_statement_with_balanced_brackets(sample, dialect, name):
    statement = library.settlements_sql(sample, dialect, table=name).value

    assert statement.count("(") == statement.count(")")
    assert table(name).stored in statement


def test_an_unknown_dialect_is_refused(sample):
    with pytest.raises(NotKnown):
        library.settlements_sql(sample, "abacus")


@pytest.fixture
def server(tmp_path):
    """Start a PostgreSQL of its own on a socket in a temporary folder; skip where there is none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not found:
        pytest.skip("needs PostgreSQL")
    programs, root = found[-1].parent, Path("/tmp") / f"jixiao-pgs-{tmp_path.name}"
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir(mode=0o777)
    root.chmod(0o777)
    as_user = ["runuser", "-u", "postgres", "--"] if Path("/proc/self").owner() == "root" else []
    done = subprocess.run([*as_user, programs / "initdb", "-D", root / "data", "-A", "trust", "-U", "jixiao"], capture_output=True, check=False)  # fmt: skip
    if done.returncode:
        pytest.skip("PostgreSQL cannot be started here")
    options = f"-c listen_addresses= -c unix_socket_directories={root}"
    subprocess.run([*as_user, programs / "pg_ctl", "-D", root / "data", "-w", "-o", options, "-l", root / "log", "start"], check=True, capture_output=True)  # fmt: skip
    yield f"postgresql://jixiao@/postgres?host={root}"
    subprocess.run([*as_user, programs / "pg_ctl", "-D", root / "data", "-m", "immediate", "stop"], check=True, capture_output=True)  # fmt: skip
    shutil.rmtree(root, ignore_errors=True)


def test_postgresql_gives_the_same_measures_by_statement_and_by_table(sample, server, tmp_path):
    dbapi = pytest.importorskip("adbc_driver_postgresql.dbapi")
    stored(sample, "settlements").write_database("settlements", server, engine="adbc")
    statement = library.settlements_sql(sample, "postgresql", stored="settlements").value
    with dbapi.connect(server) as connection, connection.cursor() as cursor:
        cursor.execute(statement)
        as_csv("settlements", cursor.fetchall(), tmp_path / "settlements.csv")
    want = [
        one for one in library.settlements_measures(sample).value.summary()["values"] if table_of(one) == "settlements"
    ]
    for tables in (
        "summaries: {settlements: settlements.csv}",
        f'settlements: {{files: ["{server}&table=settlements"]}}',
    ):
        (tmp_path / "settlements.yaml").write_text(f"schema: settlements/1\nyear: 2024\n{tables}\n", encoding="utf-8")

        made = library.settlements_measures(tmp_path)

        assert {told(one) for one in made.value.summary()["values"]} == {told(one) for one in want}


def table_of(one):
    from jixiao.settlements.measure import measures

    return measures()[one["measure"]].table
