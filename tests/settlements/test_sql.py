"""SQL: on every engine that can run here a statement gives the oracle's answer; summaries are checked, and bind."""

from __future__ import annotations

import csv
import importlib.util
from pathlib import Path

import polars as pl
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

import jixiao as library
from jixiao.errors import NotKnown
from jixiao.formats import settlements_summary
from jixiao.settlements.measure import measures
from jixiao.settlements.sql import DIALECTS, heads, query, statement
from jixiao.settlements.tables import TABLES, Terms, table
from jixiao.settlements.values import Computed

spec = importlib.util.spec_from_file_location("settlements_small", Path(__file__).parent / "conftest.py")
small = importlib.util.module_from_spec(spec)
spec.loader.exec_module(small)
drawn = small.load(Path(__file__).parent / "drawn.py")
platforms = small.load(Path(__file__).parent / "platforms.py")
# A platform's share of the examples: a few start a process for every one.
SHARE = {"duckdb": 4, "sqlite": 2, "postgresql": 8, "oracle": 8, "mysql": 8, "hive": 20}


@pytest.fixture(
    scope="module",
    params=[
        "duckdb",
        "sqlite",
        pytest.param("postgresql", marks=pytest.mark.postgres),
        pytest.param("oracle", marks=pytest.mark.postgres),
        pytest.param("mysql", marks=pytest.mark.mariadb),
        pytest.param("hive", marks=pytest.mark.deep),
    ],
)
def platform(request):
    """Give a dialect and what answers it: (name of a table, rows of text, statement) → rows."""
    name = request.param
    if name in ("duckdb", "sqlite"):
        yield name, getattr(platforms, f"{name}_platform")
    elif name in ("postgresql", "oracle"):
        yield name, getattr(platforms, f"{name}_platform")(request.getfixturevalue("cluster").database())
    elif name == "mysql":
        with platforms.mariadb() as run:
            yield name, run
    else:
        pytest.importorskip("pyspark")
        from jixiao.engines.opening import opened

        with opened("spark", master="local[2]") as engine:
            yield name, platforms.hive_platform(engine)


def as_csv(name, rows, path):
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(heads(name))
        writer.writerows(rows)


def summed(platform, name, rows, terms, folder):
    """Return what the summary file says that a platform makes of rows."""
    dialect, run = platform
    as_csv(name, run(name, rows, statement(name, dialect, terms, name)), folder / "summary.csv")
    found = settlements_summary.read(folder / "summary.csv", name, terms)
    return Computed(terms, {name: found}, {name: tuple(table(name).columns)})


@pytest.mark.parametrize("name", TABLES)
def test_every_platform_answers_as_the_oracle_when_tables_are_random(platform, tmp_path_factory, name):
    folder = tmp_path_factory.mktemp("summary")

    @settings(
        max_examples=max(2, settings.default.max_examples // SHARE[platform[0]]),
        phases=[Phase.explicit, Phase.generate],
        deadline=None,
    )
    @given(drawn.TABLES[name], st.booleans())
    def run(rows, monthly):
        terms = Terms(2024, "month" if monthly else "year")

        made = summed(platform, name, drawn.keyed(name, rows), terms, folder)

        assert small.told(made) == small.answered(drawn.keyed(name, rows), name, monthly=monthly)

    run()


ODD = [
    small.settlement(1),
    small.settlement(2, refd_setl_flag="1", medfee_sumamt="70"),
    small.settlement(3, refd_setl_flag="1", medfee_sumamt="-69.99"),
    small.settlement(4, vali_flag="9"),
    small.settlement(5, insu_admdvs="6528"),
    small.settlement(6, insutype="777"),
    small.settlement(7, setl_time=None),
    small.settlement(8, mdtrtarea_admdvs="652"),
    small.settlement(9, medfee_sumamt="-1", inscp_scp_amt="-2"),
    small.settlement(10, insu_admdvs="652122", mdtrtarea_admdvs="650422", maf_pay="5"),
    small.settlement(11, insu_admdvs="650422", mdtrtarea_admdvs="652801", maf_pay="5"),
    small.settlement(12, vali_flag="0"),
]


def test_what_does_not_count_and_what_is_odd_is_told_as_the_engines_tell_it(platform, tmp_path):
    terms = Terms(2024, "month", renamed={"6521": "6504"})
    with small.opened("polars") as engine:
        want = small.computed(engine, ODD, terms)

    made = summed(platform, "settlements", ODD, terms, tmp_path)

    found, wanted = made.gathered["settlements"], want.gathered["settlements"]
    assert (found.counted, found.refunds) == (wanted.counted, wanted.refunds) == (5, (2, 1))
    assert found.unplaced == {"cell": 3, "status": 1}
    assert wanted.unplaced == {"region": 1, "scheme": 1, "period": 1, "status": 1}
    assert small.told(made) == small.told(want)
    assert made.gathered["settlements"].parts.keys() == wanted.parts.keys()


def test_a_former_code_and_the_present_one_are_one_region(platform, tmp_path):
    rows = [row for row in ODD if row["setl_id"] in ("s10", "s11")]
    terms = Terms(2024, renamed={"6521": "6504"})

    made = summed(platform, "settlements", rows, terms, tmp_path)
    with small.opened("polars") as engine:
        ours = small.computed(engine, rows, terms)

    for one in (made, ours):
        told = small.told(one)
        assert told["out_of_region.visits", None, None, "2024"] == 1
        assert told["one_stop.regions", None, None, "2024"] == 1


def test_the_query_of_a_value_gives_its_numerator_and_denominator(platform):
    rows = [
        small.settlement(1),
        small.settlement(2, insu_admdvs="653101", hifp_pay="12.34"),
        small.settlement(3, insutype="310"),
    ]
    dialect, run = platform
    with small.opened("polars") as engine:
        made = small.computed(engine, rows)

    for name, measure in small.of_table("settlements").items():
        for cell in made.cells("settlements"):
            asked = query(measure, made.terms, cell, dialect).replace(table("settlements").stored, "settlements")
            (got,) = run("settlements", rows, asked)
            parts = made.gathered["settlements"].parts[cell]
            assert [int(float(one or 0)) for one in got] == [
                sum(parts[part] for part in side) for side in (measure.above, measure.below) if side
            ], (name, cell)


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sample") / "s"
    library.settlements_sample(1500, 2, folder)
    return folder


def read_as_text(sample, name):
    return pl.read_parquet(sample / name / "*.parquet").select(pl.all().cast(pl.String)).to_dicts()


def told(one):
    value = one["value"]
    return one["measure"], one["region"], one["scheme"], one["period"], value and value["value"]


@pytest.mark.parametrize("monthly", [False, True])
def test_the_commands_statement_exported_as_csv_gives_the_same_measures(jixiao, sample, tmp_path, monthly):
    want = library.settlements_measures(sample, monthly=monthly).value.summary()["values"]
    lines = ["schema: settlements/1", "year: 2024", "summaries:"]
    for name in TABLES:
        words = ["sql", sample, "--dialect", "duckdb", "--table", name, "--stored", name, *["--monthly"] * monthly]
        printed = jixiao("settlements", *words)
        assert (printed.returncode, printed.stderr) == (0, "")
        as_csv(
            name, platforms.duckdb_platform(name, read_as_text(sample, name), printed.stdout), tmp_path / f"{name}.csv"
        )
        lines.append(f"  {name}: {name}.csv")
    (tmp_path / "settlements.yaml").write_text("\n".join(lines), encoding="utf-8")

    made = library.settlements_measures(tmp_path, monthly=monthly)

    assert made.exit_code() == 0, [one.because.text() for one in made.findings]
    assert {told(one) for one in made.value.summary()["values"]} == {told(one) for one in want}


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("name", TABLES)
def test_every_dialect_has_a_statement_with_balanced_brackets(sample, dialect, name):
    statement = library.settlements_sql(sample, dialect, table=name).value

    assert statement.count("(") == statement.count(")")
    assert table(name).stored in statement


def test_an_unknown_dialect_is_refused(sample):
    with pytest.raises(NotKnown):
        library.settlements_sql(sample, "abacus")


@pytest.mark.postgres
def test_a_table_in_postgresql_is_read_as_it_stands(cluster, sample, tmp_path):
    address = cluster.database()
    frame = pl.read_parquet(sample / "settlements" / "*.parquet")
    stored = frame.rename({column: table("settlements").columns[column].stored for column in frame.columns})
    stored.write_database("settlements", address, engine="adbc")
    want = [one for one in library.settlements_measures(sample).value.summary()["values"] if of_settlements(one)]
    (tmp_path / "settlements.yaml").write_text(
        f'schema: settlements/1\nyear: 2024\nsettlements: {{files: ["{address}?table=public.settlements"]}}\n',
        encoding="utf-8",
    )

    made = library.settlements_measures(tmp_path)

    assert {told(one) for one in made.value.summary()["values"]} == {told(one) for one in want}


def of_settlements(one):
    return measures()[one["measure"]].table == "settlements"
