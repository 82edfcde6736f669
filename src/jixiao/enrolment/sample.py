"""样例登记表: registers of invented persons with planted, known overlaps, for demos, tests and benchmarks.

Person number i is a function of i and the seed: a counter taken through a permutation of all numbers there can be, so
two persons never share a number; a name belongs to a residue of the number, so numbers one digit apart never share a
name by accident. What is planted on top stands in `Plan.truth`, record by record.
"""

from __future__ import annotations

from functools import cache, reduce
from math import gcd
from operator import add
from typing import TYPE_CHECKING, Any, NamedTuple

import narwhals as nw

from jixiao import library
from jixiao.enrolment.identity import CHECKS, check_digit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

COLUMNS = ("psn_no", "psn_name", "psn_cert_type", "certno", "insutype", "insu_admdvs", "psn_insu_stas", "psn_insu_date")
DEATHS = ("psn_name", "certno", "die_date")
AS_OF = "2024-06-30"
INSUTYPES = ("310", "390")
_COUNTIES, _YEARS, _DAYS, _SEQUENCES = 10, 80, 336, 999
_STEP = 100_000_007  # a prime; times the largest counter it stays below 2^53
_NAMES = 499_979  # a prime, so that one changed digit changes the name


class Block(NamedTuple):
    """Persons `first` to `last` (not included) who share a register, a scheme and a region."""

    register: str
    first: int
    last: int
    insutype: str
    region: str


class Plan(NamedTuple):
    """What to write: blocks of persons, single rows by register, and what a right comparison must say of them."""

    seed: int
    blocks: tuple[Block, ...]
    rows: Mapping[str, list[tuple[str | None, ...]]]
    truth: dict[str, Any]


@cache
def spec() -> Any:
    """Return what samples are made of."""
    return library.read("enrolment/sample.yaml")


def capacity() -> int:
    """Return how many different numbers there can be."""
    return len(spec()["number_areas"]) * _COUNTIES * _YEARS * _DAYS * _SEQUENCES


def number_of(i: int, seed: int) -> int:
    """Return the 17 digits of person i."""
    assert gcd(_STEP, capacity()) == 1
    left, sequence = divmod((i * _STEP + seed) % capacity(), _SEQUENCES)
    left, day = divmod(left, _DAYS)
    left, year = divmod(left, _YEARS)
    county, area = left % _COUNTIES, left // _COUNTIES
    code = int(spec()["number_areas"][area]) * 100 + county + 1
    birth = (1935 + year) * 10_000 + (day // 28 + 1) * 100 + day % 28 + 1
    return code * 10**11 + birth * 1000 + sequence + 1


def name_of(number: int) -> str:
    """Return the name that goes with a number."""
    left, last = divmod((number // 10**11 + number % 10**11) % _NAMES, len(spec()["second"]))
    surname, middle = divmod(left, len(spec()["first"]))
    dot = "·" if last % 4 == 0 else ""
    return f"{spec()['surnames'][surname]}{spec()['first'][middle]}{dot}{spec()['second'][last]}"


def enrolled(i: int) -> str:
    """Return the day on which person i enrolled; what is planted is older, so that it goes."""
    return f"{2012 + i % 10}-01-01"


def rows_of(block: Block, counter: nw.LazyFrame[Any], seed: int) -> nw.LazyFrame[Any]:
    """Return the persons of a block as rows of a register; `counter` holds their numbers i in a column `i`.

    The same functions as above, said as expressions; a test holds one against the other.
    """
    left = (nw.col("i") * _STEP + seed) % capacity()
    frame = counter.select("i", left.alias("x"))
    frame = frame.with_columns((nw.col("x") % _SEQUENCES).alias("sequence"), (nw.col("x") // _SEQUENCES).alias("x"))
    frame = frame.with_columns((nw.col("x") % _DAYS).alias("day"), (nw.col("x") // _DAYS).alias("x"))
    frame = frame.with_columns((nw.col("x") % _YEARS).alias("year"), (nw.col("x") // _YEARS).alias("x"))
    areas = spec()["number_areas"]
    area = (
        _chosen(nw.col("x") // _COUNTIES, [int(code) * 100 for code in areas], nw.Int64) + nw.col("x") % _COUNTIES + 1
    )
    birth = (nw.col("year") + 1935) * 10_000 + (nw.col("day") // 28 + 1) * 100 + nw.col("day") % 28 + 1
    frame = frame.select("i", area.alias("area"), (birth * 1000 + nw.col("sequence") + 1).alias("rest"))
    frame = frame.with_columns(
        ((nw.col("area") + nw.col("rest")) % _NAMES).alias("name"), _check_number().alias("check")
    )
    second, first = len(spec()["second"]), len(spec()["first"])
    last, middle, surname = (
        nw.col("name") % second,
        nw.col("name") // second % first,
        nw.col("name") // (second * first),
    )
    dot = nw.when(last % 4 == 0).then(nw.lit("·")).otherwise(nw.lit(""))
    name = nw.concat_str(
        _chosen(surname, spec()["surnames"]), _chosen(middle, spec()["first"]), dot, _chosen(last, spec()["second"])
    )
    certno = nw.concat_str(_text("area"), _text("rest"), _chosen(nw.col("check"), CHECKS))
    if block.register == "deaths":
        return frame.select(name.alias("psn_name"), certno.alias("certno"), nw.lit("2023-05-01").alias("die_date"))
    since = nw.concat_str((nw.col("i") % 10 + 2012).cast(nw.String), nw.lit("-01-01"))
    return frame.select(
        nw.concat_str(nw.lit("P"), _text("i")).alias("psn_no"), name.alias("psn_name"),
        nw.lit("01").alias("psn_cert_type"), certno.alias("certno"), nw.lit(block.insutype).alias("insutype"),
        nw.lit(block.region).alias("insu_admdvs"), nw.lit("1").alias("psn_insu_stas"), since.alias("psn_insu_date"),
    )  # fmt: skip


def _text(column: str) -> nw.Expr:
    return nw.col(column).cast(nw.String)


def _chosen(at: nw.Expr, values: Any, kind: Any = nw.String) -> nw.Expr:
    """Return the value at a place of a list."""
    found: nw.Expr = at.replace_strict(list(range(len(values))), list(values), default=None, return_dtype=kind)
    return found


def _check_number() -> nw.Expr:
    """Return the weighed sum of the digits modulo 11, which picks the check digit."""
    digits = [nw.col("area") // 10 ** (5 - at) % 10 * (2 ** (17 - at) % 11) for at in range(6)]
    digits += [nw.col("rest") // 10 ** (16 - at) % 10 * (2 ** (17 - at) % 11) for at in range(6, 17)]
    total: nw.Expr = reduce(add, digits)
    return total % 11


def spelt(number: int) -> str:
    """Return a number as it is written."""
    return f"{number}{check_digit(number)}"


def shares(total: int) -> Iterator[tuple[str, str, int]]:
    """Yield region, insurance type and how many of `total` persons fall to it; they add up to the total."""
    weights = [
        (code, insutype, int(weight))
        for code, pair in spec()["regions"].items()
        for insutype, weight in zip(INSUTYPES, pair, strict=True)
        if int(weight)
    ]
    whole, done, passed = sum(weight for _, _, weight in weights), 0, 0
    for code, insutype, weight in weights:
        passed += weight
        upto = total * passed // whole
        yield code, insutype, upto - done
        done = upto
