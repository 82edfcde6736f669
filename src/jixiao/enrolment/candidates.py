"""比对的表达式: millions of records to the few that can matter: numbers that repeat, numbers one digit apart.

Reads    registers of role own, other and deaths, all columns text (`registers.DETAIL`)
Gives    tallies, records whose number is not plain, and every record of a number that repeats or is a suspect
Nulls    a record without a usable number takes part in suspects only, if it has 17 digits
Source   the clauses of 附件7; see `charging` for what becomes of the records

Engines count and add here; who goes and who stays is decided in plain Python, on what is left.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

import narwhals as nw

from jixiao.enrolment import numbers
from jixiao.enrolment.identity import Identity, full, identity, one_digit_apart, parameters
from jixiao.enrolment.recognising import citizens, recognised
from jixiao.enrolment.registers import DETAIL, detailed, paid, scheme_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from jixiao.enrolment.engine import Engine
    from jixiao.enrolment.registers import Held, Terms

OWN, OTHER, DEAD = 0, 1, 2
SIDES = {"own": OWN, "other": OTHER, "deaths": DEAD}
_KEYED = {"side": "integer", "area": "integer", "rest": "integer", "psn_name": "text", "usable": "integer"}
_NEAR = ("near_place", "near_year")


class Record(NamedTuple):
    """A record of a register with what its number means; the columns after `side` are as they were read."""

    side: int
    psn_no: str | None
    psn_name: str | None
    psn_cert_type: str | None
    certno: str | None
    insutype: str | None
    insu_admdvs: str | None
    psn_insu_date: str | None
    psn_type: str | None
    work_admdvs: str | None
    live_admdvs: str | None
    school_admdvs: str | None
    continuous_months: str | None
    die_date: str | None
    identity: Identity

    @classmethod
    def of(cls, row: Sequence[Any], identity: Identity) -> Record:
        """Return the record of a row that starts with its side and goes on with `DETAIL`."""
        return cls(*row, identity)  # type: ignore[call-arg]  # as many as there are fields


class Tally(NamedTuple):
    """How many records of a register have one insurance type, region and status; codes are as they were read.

    `paid` is 0 where the status rule asks for a fee paid for the month and it is not.
    """

    side: int
    insutype: str | None
    insu_admdvs: str | None
    psn_insu_stas: str | None
    paid: int
    records: int

    def scheme(self, terms: Terms) -> str | None:
        """Return the scheme in which the records count on the reference date, None if they do not."""
        return scheme_of(self.insutype) if self.paid and self.psn_insu_stas in terms.codes() else None


class Candidates(NamedTuple):
    """What the engines leave to be decided.

    `records`: every counted record of a number that repeats or is a suspect, of any side; `odd`: those whose number
    no engine could read, usable or not; `near`: pairs of numbers one digit apart under one name; `areas`: persons by
    the first six digits of a number that an engine has read and year of birth; `raised`: usable numbers of 15 digits.
    """

    tallies: tuple[Tally, ...]
    records: tuple[Record, ...]
    odd: tuple[Record, ...]
    near: tuple[tuple[int, int], ...]
    areas: tuple[tuple[int, int, int], ...]
    raised: int = 0


def candidates(engine: Engine, held: Sequence[Held], terms: Terms) -> Candidates:
    """Return what has to be looked at one by one."""
    all_records = engine.union([detailed(one, terms, SIDES[one.register.role]) for one in held])
    tallied = [_tally(one, terms) for one in held if one.register.role in ("own", "other")]
    read = recognised(
        engine, all_records, terms.as_of, _keys(nw.lit(1).cast(nw.Int64)), ("side", *DETAIL), beside=tallied,
        also=lambda frame: _marked(engine, frame),
    )  # fmt: skip
    odd = tuple(
        Record.of(row, identity(row[4], as_of=terms.as_of) if _citizen(row[3]) else Identity(None, "other_certificate"))
        for row in read.rest
    )
    staged = read.both(engine, _keys(nw.lit(1)))
    both = engine.union([staged, _odd_keys(engine, odd)]) if odd else staged
    repeated, near, areas = _repeated_and_near(engine, both, staged)
    wanted = {*repeated, *(number for pair in near for number in pair)}
    spelt = {full(number) for number in wanted}
    spelt -= {record.certno for record in odd if record.identity.why != "other_certificate" and record.certno}
    return Candidates(
        tuple(Tally(*row) for rows in read.beside for row in rows),
        (*_fetched(engine, all_records, spelt), *_fetched_mended(engine, read.mended, wanted, terms.as_of)),
        odd,
        near,
        areas,
        _raised(engine, read.mended) + sum(one.identity.raised and one.identity.why is None for one in odd),
    )


def candidates_of_tokens(engine: Engine, held: Sequence[Held], terms: Terms) -> Candidates:
    """Return the same of registers whose numbers and names are keyed tokens; nothing is near a token."""
    marked = engine.fingerprint(
        engine.union([detailed(one, terms, SIDES[one.register.role]) for one in held]), "certno", "number", "", 2**62
    )
    tallied = [_tally(one, terms) for one in held if one.register.role in ("own", "other")]
    staged, bare, tallies = engine.divided(
        marked.with_columns((~nw.col("certno").is_null()).alias("given")),
        "given",
        {"number": nw.col("number")},
        ("side", *DETAIL),
        tallied,
    )
    found = marked.join(engine.repeated(staged, "number"), on="number", how="semi").select("side", *DETAIL)
    records = tuple(Record.of(row, Identity(None)) for batch in engine.batches(found) for row in batch)
    bare_records = tuple(Record.of(row, Identity(None, "missing")) for row in engine.gather([bare])[0])
    return Candidates(tuple(Tally(*row) for rows in tallies for row in rows), records, bare_records, (), ())


def _marked(engine: Engine, records: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """Add the fingerprint of the name."""
    separators = "".join(parameters()["name_separators"])
    return engine.fingerprint(records, "psn_name", "mark", separators, numbers.FINGERPRINTS)


def _keys(usable: nw.Expr) -> dict[str, nw.Expr]:
    """Return only what repetition and nearness are found by."""
    return {
        "side": nw.col("side"),
        "number": numbers.number(),
        "area": nw.col("area"),
        "born": numbers.born(),
        "usable": usable,
        **numbers.near_keys("mark"),
    }


def _odd_keys(engine: Engine, odd: Iterable[Record]) -> nw.LazyFrame[Any]:
    """Return the same columns for records whose number was read in plain Python."""
    rows = [
        (record.side, found.number // 10**11, found.number % 10**11, record.psn_name, int(found.why is None))
        for record in odd
        if (found := record.identity).number is not None
    ]
    frame = _marked(engine, numbers.split(engine.frame(_KEYED, rows)))
    return frame.select(**_keys(nw.col("usable")))


def _tally(held: Held, terms: Terms) -> nw.LazyFrame[Any]:
    """Count all records of a register, those that do not count included, by what decides whether they do."""
    side = nw.lit(SIDES[held.register.role]).cast(nw.Int64).alias("side")
    absent = [
        nw.lit(None, dtype=nw.String).alias(name)
        for name in ("insutype", "insu_admdvs", "psn_insu_stas")
        if name not in held.columns
    ]
    fee = paid(held, terms) if terms.paid() else nw.lit(True)
    frame = held.frame.with_columns(side, fee.cast(nw.Int64).alias("paid"), *absent)
    keys = ("side", "insutype", "insu_admdvs", "psn_insu_stas", "paid")
    return frame.group_by(*keys).agg(nw.len().cast(nw.Int64).alias("count")).select(*keys, "count")


def _repeated_and_near(
    engine: Engine, both: nw.LazyFrame[Any], staged: nw.LazyFrame[Any]
) -> tuple[set[int], tuple[tuple[int, int], ...], tuple[tuple[int, int, int], ...]]:
    usable = both.filter(nw.col("usable") == 1)
    groups = [
        both.join(engine.repeated(both, key), on=key, how="semi").select(key, "number", "side").unique()
        for key in _NEAR
    ]
    areas = staged.group_by("area", "born").agg(nw.len().cast(nw.Int64).alias("count")).select("area", "born", "count")
    numbers_found, *near, area_rows = engine.gather([engine.repeated(usable, "number"), *groups, areas])
    pairs = {pair for rows in near for pair in near_pairs(rows)}
    return {row[0] for row in numbers_found}, tuple(sorted(pairs)), tuple(sorted(area_rows))


def near_pairs(rows: Iterable[tuple[Any, ...]]) -> set[tuple[int, int]]:
    """Return the pairs of numbers one digit apart among rows of (key, number, side) that share a key.

    One of each pair stands in the own register.

    >>> sorted(near_pairs([(7, 1001, 0), (7, 1002, 1), (7, 1013, 0), (8, 1003, 0)]))
    [(1001, 1002)]
    """
    groups: dict[int, dict[int, bool]] = defaultdict(dict)
    for key, number, side in rows:
        groups[key][number] = groups[key].get(number, False) or side == OWN
    found = set()
    for members in groups.values():
        ordered = sorted(members)
        for at, left in enumerate(ordered):
            for right in ordered[at + 1 :]:
                if (members[left] or members[right]) and one_digit_apart(left, right):
                    found.add((left, right))
    return found


def _fetched(engine: Engine, records: nw.LazyFrame[Any], wanted: set[str]) -> Iterable[Record]:
    """Return all records whose number is spelt so; a plain number is spelt in one way only, so text finds it."""
    if not wanted:
        return
    asked = engine.frame({"certno": "text"}, [(text,) for text in sorted(wanted)])
    found = records.filter(citizens()).join(asked, on="certno", how="semi").select("side", *DETAIL)
    for batch in engine.batches(found):
        for row in batch:
            yield Record.of(row, Identity(int(row[4][:17])))


def _fetched_mended(engine: Engine, mended: nw.LazyFrame[Any], wanted: set[int], as_of: date) -> Iterable[Record]:
    """Return the records of these numbers among those that an engine has mended; what they mean is read once more."""
    asked = engine.frame({"number": "integer"}, [(number,) for number in sorted(wanted)])
    for batch in engine.batches(mended.join(asked, on="number", how="semi").select("side", *DETAIL)):
        for row in batch:
            yield Record.of(row, identity(row[4], as_of=as_of))


def _raised(engine: Engine, mended: nw.LazyFrame[Any]) -> int:
    (rows,) = engine.gather([mended.select(nw.col("raised").sum().cast(nw.Int64).alias("raised"))])
    return rows[0][0] or 0


def _citizen(certificate: str | None) -> bool:
    return certificate is None or certificate in parameters()["identity_certificates"]
