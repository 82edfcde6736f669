"""Small tables of settlements on every engine: written in a test, measured, and told as plain dictionaries."""

from __future__ import annotations

import csv
import importlib.util
from fractions import Fraction
from pathlib import Path

import pytest

from jixiao.engines.opening import opened
from jixiao.engines.settlements import held_frame, stager
from jixiao.findings import Message
from jixiao.settlements.cells import Cell
from jixiao.settlements.gathering import gathered
from jixiao.settlements.measure import measures, of_table
from jixiao.settlements.tables import Given, Terms
from jixiao.settlements.values import Computed, value

__all__ = ["Cell", "of_table", "opened"]  # for the tests that load this file by its path

HERE = Path(__file__).parent
COLUMNS = (
    "setl_id", "psn_no", "insutype", "insu_admdvs", "mdtrtarea_admdvs", "med_type", "setl_type", "clr_way", "setl_time",
    "fixmedins_code", "vali_flag", "refd_setl_flag", "medfee_sumamt", "inscp_scp_amt", "hifp_pay", "cvlserv_pay",
    "hifes_pay", "hifmi_pay", "hifob_pay", "hifdm_pay", "maf_pay", "oth_pay", "fund_pay_sumamt",
)  # fmt: skip
ORDINARY = {
    "psn_no": "p1", "insutype": "390", "insu_admdvs": "652801", "mdtrtarea_admdvs": "652801", "med_type": "21",
    "setl_type": "2", "clr_way": "4", "setl_time": "2024-03-15", "fixmedins_code": "H1", "vali_flag": "1",
    "refd_setl_flag": "0", "medfee_sumamt": "1000", "inscp_scp_amt": "800", "hifp_pay": "500", "cvlserv_pay": "0",
    "hifes_pay": "0", "hifmi_pay": "0", "hifob_pay": "0", "hifdm_pay": "0", "maf_pay": "0", "oth_pay": "0",
    "fund_pay_sumamt": "500",
}  # fmt: skip


NUMBER = "11010519491231002X"
# Settlements whose persons go by their identity number under a local name, with lines that an ordinary bill crosses.
RECORDS = """\
schema: settlements/1
year: 2024
settlements: {files: [records.csv], mapping: {证件号码: psn_no}}
alerts:
- {measure: cost_per_visit.inpatient, at_most: 900元/人次}
- {high_cost: 1500元, per: year}
"""


def write(path, rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)


def read(path):
    with path.open(encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def load(path):
    spec = importlib.util.spec_from_file_location(path.stem + "_loaded", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


oracle = load(HERE.parent / "oracles" / "settlements.py")


def settlement(at, **said):
    """Return an ordinary settlement but for what is said."""
    return {"setl_id": f"s{at}", **ORDINARY, **said}


def computed(engine, rows, terms=None, table="settlements", **given):
    """Return what an engine makes of rows of text."""
    terms = terms or Terms(2024)
    columns = tuple(rows[0]) if rows else COLUMNS
    frame = engine.frame(dict.fromkeys(columns, "text"), [tuple(row.get(name) for name in columns) for row in rows])
    held = held_frame(engine, Given(table, (), **given), frame, period=terms.period)
    return Computed(terms, {table: gathered(engine, held, terms, stager(engine))}, {table: held.columns})


def told(made):
    """Return every value in the oracle's shape."""
    found = {}
    for name, measure in measures().items():
        for cell in made.cells(measure.table) if measure.table in made.gathered else ():
            got = value(made, name, cell)
            if isinstance(got, Message):
                assert got.id in ("settlements.why.zero", "settlements.why.faults"), got.text()
                got = oracle.NOTHING if got.id.endswith("zero") else oracle.FAULTY
            else:
                got = Fraction(got.figure.num, got.figure.den)
            found[(name, *cell)] = got
    return found


def answered(rows, table="settlements", *, monthly=False, year=2024):
    """Return the oracle's answer for one year."""
    found = oracle.answer(rows, table=table, monthly=monthly)
    return {key: value for key, value in found.items() if year is None or key[3].startswith(str(year))}


@pytest.fixture(scope="session", params=["polars", "duckdb", pytest.param("spark", marks=pytest.mark.deep)])
def engine(request):
    if request.param == "spark":
        pytest.importorskip("pyspark")
    with opened(request.param, master="local[2]" if request.param == "spark" else None) as machine:
        yield machine
