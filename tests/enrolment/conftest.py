"""Small registers on every engine: written as tables in a test, compared, and told as plain dictionaries."""

from __future__ import annotations

from datetime import date

import pytest

from jixiao.engines.opening import opened
from jixiao.engines.polars_engine import PolarsEngine
from jixiao.enrolment.candidates import candidates
from jixiao.enrolment.comparison import compared
from jixiao.enrolment.registers import Held, Register, Terms

AS_OF = date(2024, 6, 30)
COLUMNS = (
    "psn_no", "psn_name", "psn_cert_type", "certno", "insutype", "insu_admdvs", "psn_insu_stas", "psn_insu_date",
    "psn_type", "work_admdvs", "live_admdvs", "school_admdvs", "continuous_months", "accrym_begn", "accrym_end",
)  # fmt: skip
DEATHS = ("psn_name", "certno", "die_date")
DEFAULTS = {"psn_insu_stas": "1", "insutype": "390", "insu_admdvs": "652800"}


def rows(text):
    """Read a small `|`-separated table; an empty cell is None.

    >>> list(rows('''
    ...     person | scheme
    ...     p1     |
    ... '''))
    [{'person': 'p1', 'scheme': None}]
    """
    head, *body = ([c.strip() or None for c in line.split("|")] for line in text.strip().splitlines())
    return (dict(zip(head, cells, strict=True)) for cells in body)


def held(engine, role, columns, records):
    frame = engine.frame(dict.fromkeys(columns, "text"), [tuple(r.get(c) for c in columns) for r in records])
    return Held(Register(role, role, ()), frame, columns)


def comparison(engine, own, other=(), deaths=(), terms=None):
    terms = terms or Terms(AS_OF)
    registers = [
        held(engine, "own", COLUMNS, own),
        held(engine, "other", COLUMNS, other),
        held(engine, "deaths", DEATHS, deaths),
    ]
    return compared(candidates(engine, registers, terms), terms)


def told(made):
    """Return a comparison's table, suspects and unusable own records in the oracle's shape; areas as they come."""
    table = {
        (row.region.code, scheme, name): count
        for row in made.rows
        for scheme, figures in row.figures.items()
        for name, count in figures.items()
        if count and name != "undecided"
    }
    kinds = {kind: sum(1 for one in made.suspects if one.kind == kind) for kind in ("names", "digit")}
    return table, kinds, sum(1 for record in made.unusable if record.side == 0)


@pytest.fixture(scope="session", params=["polars", "capped", "duckdb", pytest.param("spark", marks=pytest.mark.deep)])
def engine(request, tmp_path_factory):
    """Return an engine; `capped` is Polars with so little memory that half a dozen values are a share to be sorted."""
    if request.param == "capped":
        yield PolarsEngine(tmp_path_factory.mktemp("capped"), memory=800)
        return
    if request.param == "spark":
        pytest.importorskip("pyspark")
    with opened(request.param, master="local[2]" if request.param == "spark" else None) as machine:
        yield machine


@pytest.fixture
def compare(engine):
    """Return a function that compares registers written as tables; what a row does not say is ordinary."""

    def run(own, other="", deaths="", **terms):
        own, other = ([{**DEFAULTS, **row} for row in rows(text)] if text else [] for text in (own, other))
        return comparison(engine, own, other, list(rows(deaths)) if deaths else [], Terms(AS_OF, **terms))

    return run
