"""参保数据比对: the comparison of registers as one value whose table foots, or an error."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from jixiao.enrolment.candidates import OTHER, OWN, Candidates, Record
from jixiao.enrolment.charging import COLUMNS, Case, charged
from jixiao.enrolment.identity import masked_within
from jixiao.enrolment.keeping import decided
from jixiao.enrolment.persons import Suspect, persons
from jixiao.enrolment.registers import scheme_of
from jixiao.errors import DoesNotFoot
from jixiao.findings import Message
from jixiao.regions import Region, pooling_area

if TYPE_CHECKING:
    from jixiao.enrolment.registers import Terms

SCHEMES = ("employee", "resident")


class Row(NamedTuple):
    """A pooling area and what is counted of it, by scheme and column."""

    region: Region
    figures: dict[str, dict[str, int]]


@dataclass(frozen=True, slots=True)
class Comparison:
    """A finished comparison: its rows with a total, its cases, suspects and unusable records."""

    terms: Terms
    rows: tuple[Row, ...]
    total: dict[str, dict[str, int]]
    cases: tuple[Case, ...]
    suspects: tuple[Suspect, ...]
    unusable: tuple[Record, ...]
    found: Candidates


def compared(found: Candidates, terms: Terms) -> Comparison:
    """Return the comparison of what the engines have found; `DoesNotFoot` rather than a table that does not foot."""
    people, suspects = persons(found)
    judge = charged if terms.mode == "charge" else decided
    cases = tuple(case for person in people for case in judge(person, terms.as_of))
    rows = _rows(found, cases, terms)
    total = {scheme: {name: sum(row.figures[scheme][name] for row in rows) for name in _names()} for scheme in SCHEMES}
    unusable = tuple(
        record
        for record in found.odd
        if record.side in (OWN, OTHER) and record.identity.why not in (None, "other_certificate")
    )
    made = Comparison(terms, rows, total, cases, tuple(suspects), unusable, found)
    check_footing(made)
    return made


def _names() -> tuple[str, ...]:
    return ("reported", *COLUMNS, "left", "undecided")


def region_of(code: str | None, year: int) -> Region:
    """Return the pooling area of a register's code; an unknown code stands for itself, a person's number masked."""
    return pooling_area(code or "", year) or Region(masked_within(code or ""), "")


def _rows(found: Candidates, cases: tuple[Case, ...], terms: Terms) -> tuple[Row, ...]:
    year = terms.as_of.year
    reported: Counter[tuple[str, str]] = Counter()
    regions: dict[str, Region] = {}
    for tally in found.tallies:
        scheme = tally.scheme(terms)
        if tally.side == OWN and scheme is not None:
            region = region_of(tally.insu_admdvs, year)
            regions[region.code] = region._replace(outdated=False)
            reported[region.code, scheme] += tally.records
    gone: Counter[tuple[str, str, str]] = Counter()
    for case in cases:
        name = case.column or ("" if case.decided else "undecided")
        scheme = scheme_of(case.record.insutype)
        if name and scheme:
            gone[region_of(case.record.insu_admdvs, year).code, scheme, name] += 1
    rows = []
    for code in sorted(regions):
        figures = {}
        for scheme in SCHEMES:
            counts: dict[str, int] = {name: gone[code, scheme, name] for name in COLUMNS}
            left = reported[code, scheme] - sum(counts.values())
            undecided = gone[code, scheme, "undecided"]
            figures[scheme] = {"reported": reported[code, scheme], **counts, "left": left, "undecided": undecided}
        rows.append(Row(regions[code], figures))
    return tuple(rows)


def check_footing(made: Comparison) -> None:
    """Hold the table against what it was made of: rows, columns, records counted apart, and no record twice.

    Raises `DoesNotFoot` with the place where it does not.
    """
    terms = made.terms
    counted = {
        scheme: sum(
            tally.records for tally in made.found.tallies if tally.side == OWN and tally.scheme(terms) == scheme
        )
        for scheme in SCHEMES
    }
    removed = Counter(scheme_of(case.record.insutype) for case in made.cases if case.column)
    for scheme in SCHEMES:
        for row in (*made.rows, Row(Region("", ""), made.total)):
            figures = row.figures[scheme]
            gone = sum(figures[name] for name in COLUMNS)
            if figures["left"] + gone != figures["reported"] or min(figures.values()) < 0:
                raise _broken(row.region.name, scheme, figures["reported"], figures["left"] + gone)
        for name in _names():
            if sum(row.figures[scheme][name] for row in made.rows) != made.total[scheme][name]:
                raise _broken(
                    name, scheme, sum(row.figures[scheme][name] for row in made.rows), made.total[scheme][name]
                )
        if made.total[scheme]["reported"] != counted[scheme]:
            raise _broken("reported", scheme, counted[scheme], made.total[scheme]["reported"])
        left = counted[scheme] - removed[scheme]
        if made.total[scheme]["left"] != left:
            raise _broken("left", scheme, left, made.total[scheme]["left"])


def _broken(where: str, scheme: str, expected: int, found: int) -> DoesNotFoot:
    args = {
        "where": where or "合计",
        "scheme": Message(f"enrolment.scheme.{scheme}"),
        "expected": expected,
        "found": found,
    }
    return DoesNotFoot(Message("enrolment.footing", args), remedy=Message("enrolment.footing.remedy"))
