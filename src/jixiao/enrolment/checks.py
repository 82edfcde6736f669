"""登记表的疑点: what the registers themselves say against a comparison, as findings."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from jixiao.enrolment.candidates import DEAD, OTHER, OWN
from jixiao.enrolment.charging import day
from jixiao.enrolment.codes import MOST, REST, frequent, shown
from jixiao.enrolment.damage import Damage, damage
from jixiao.enrolment.identity import masked_within, parameters
from jixiao.enrolment.registers import scheme_of
from jixiao.findings import Finding, Message
from jixiao.regions import number_area, pooling_area

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from jixiao.enrolment.candidates import Candidates
    from jixiao.enrolment.comparison import Comparison
    from jixiao.enrolment.registers import Register, Terms
    from jixiao.findings import Place, Severity


def before(registers: Sequence[Register], terms: Terms) -> list[Finding]:
    """Return what is wrong with the dates of the registers."""
    found = []
    for register in registers:
        if register.as_of is None or register.as_of == terms.as_of:
            continue
        other_year = register.as_of.year != terms.as_of.year
        args = {"register": register.name, "date": register.as_of, "as_of": terms.as_of}
        found.append(
            _finding(
                "dates", "error" if other_year else "warning", f"enrolment.date.{'year' if other_year else 'day'}", args
            )
        )
    return found


def after(found: Candidates, terms: Terms, locate: Callable[[str, str | None], Place | None]) -> list[Finding]:
    """Return what the tallies and the numbers say; `locate` names the file and row of an own register's value."""
    return [*_regions(found, terms, locate), *_kinds(found, terms), *_numbers(found, terms), *_deaths(found, terms)]


def damaged(found: Candidates, terms: Terms, side: int) -> Damage:
    """Return the damage among the numbers of a whole register."""
    rows = sum(tally.records for tally in found.tallies if tally.side == side and tally.scheme(terms))
    citizens = [r.certno for r in found.odd if r.side == side and r.identity.why != "other_certificate"]
    return damage(citizens, rows or len(citizens))


def counted(found: Candidates, terms: Terms) -> int:
    """Return how many own records count."""
    return sum(tally.records for tally in found.tallies if tally.side == OWN and tally.scheme(terms))


def _regions(found: Candidates, terms: Terms, locate: Callable[[str, str | None], Place | None]) -> Iterable[Finding]:
    year = terms.as_of.year
    regions: Counter[str | None] = Counter()
    for tally in found.tallies:
        if tally.side == OWN and tally.scheme(terms):
            regions[tally.insu_admdvs] += tally.records
    unknown = {code: count for code, count in regions.items() if pooling_area(code or "", year) is None}
    for code, count in frequent(unknown):
        args = {"code": masked_within(code) if code else "—", "count": count}
        yield _finding("region", "error", "enrolment.region.unknown", args, locate("insu_admdvs", code))
    if len(unknown) > MOST:
        rest = sum(unknown.values()) - sum(count for _, count in frequent(unknown))
        yield _finding("region", "error", "enrolment.region.unknown", {"code": REST, "count": rest})
    for code, count in sorted((code, count) for code, count in regions.items() if code and code not in unknown):
        region = pooling_area(code, year)
        if region is not None and region.outdated:
            args = {"code": code, "now": region.code, "count": count}
            yield _finding("region", "note", "enrolment.region.outdated", args)


def _kinds(found: Candidates, terms: Terms) -> Iterable[Finding]:
    """Yield what does not count for its status, its fee or its insurance, by side."""
    for side, whose in ((OWN, "own"), (OTHER, "other")):
        tallies = [tally for tally in found.tallies if tally.side == side]
        strange: Counter[str | None] = Counter()
        aside: Counter[str | None] = Counter()
        for tally in tallies:
            if tally.psn_insu_stas not in parameters()["known_statuses"]:
                strange[tally.psn_insu_stas] += tally.records
            if scheme_of(tally.insutype) is None:
                aside[tally.insutype] += tally.records
        for code, count in shown(strange).items():
            yield _finding("status", "warning", f"enrolment.status.{whose}", {"code": code, "count": count})
        for code, count in shown(aside).items():
            yield _finding("insutype", "note", f"enrolment.insutype.{whose}", {"code": code, "count": count})
        unpaid = sum(tally.records for tally in tallies if not tally.paid)
        if unpaid:
            args = {"count": unpaid, "month": terms.as_of.strftime("%Y%m")}
            yield _finding("unpaid", "note", f"enrolment.unpaid.{whose}", args)


def _numbers(found: Candidates, terms: Terms) -> Iterable[Finding]:
    why = Counter(
        record.identity.why for record in found.odd if record.side == OWN and record.identity.why != "other_certificate"
    )
    for reason, count in sorted((reason, count) for reason, count in why.items() if reason):
        yield _finding(
            "number",
            "warning",
            "enrolment.number.unusable",
            {"why": Message(f"enrolment.why.{reason}"), "count": count},
        )
    if found.raised:
        yield _finding("number", "note", "enrolment.number.raised", {"count": found.raised})
    areas: Counter[tuple[str, int]] = Counter()
    for area, born, count in found.areas:
        odd = number_area(area, born)
        if odd:
            areas[odd, area] += count
    for (odd, area), count in sorted(areas.items())[:20]:
        yield _finding(
            "area",
            "warning" if odd == "unknown" else "note",
            f"enrolment.area.{odd}",
            {"code": f"{area:06d}", "count": count},
        )


def _deaths(found: Candidates, terms: Terms) -> Iterable[Finding]:
    dead = [record for record in (*found.records, *found.odd) if record.side == DEAD]
    undated = sum(1 for record in dead if day(record.die_date) is None)
    later = sum(1 for record in dead if (when := day(record.die_date)) is not None and when > terms.as_of)
    if undated:
        yield _finding("death", "warning", "enrolment.death.undated", {"count": undated})
    if later:
        yield _finding("death", "note", "enrolment.death.later", {"count": later, "as_of": terms.as_of})


def suspects(of: Comparison) -> list[Finding]:
    """Return how many suspects there are, by kind."""
    kinds = Counter(suspect.kind for suspect in of.suspects)
    return [
        _finding(
            "suspect", "warning", "enrolment.suspects", {"kind": Message(f"enrolment.suspect.{kind}"), "count": count}
        )
        for kind, count in sorted(kinds.items())
    ]


def _finding(name: str, severity: Severity, said: str, args: dict[str, object], place: Place | None = None) -> Finding:
    remedy = Message(f"{said}.remedy")
    return Finding(f"enrolment_{name}", severity, Message(said, args), remedy, places=(place,) if place else ())
