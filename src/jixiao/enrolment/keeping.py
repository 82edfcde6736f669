"""保留规则: which record stays, by dated rules with their sources; undecidable where their data is missing."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from jixiao import library
from jixiao.enrolment.charging import Case, buried, column, day
from jixiao.enrolment.identity import parameters
from jixiao.enrolment.registers import scheme_of
from jixiao.findings import Message
from jixiao.regions import pooling_area

if TYPE_CHECKING:
    from jixiao.enrolment.candidates import Record
    from jixiao.enrolment.persons import Person


class Kept(NamedTuple):
    """Which record stays (None: undecidable), by which rule, under which authority."""

    record: Record | None
    rule: Message
    authority: str | None


@cache
def rules() -> Any:
    """Return the packaged rules with their authorities and dates."""
    return library.read("enrolment/which_record_stays.yaml")


def decided(person: Person, as_of: date) -> list[Case]:
    """Return a case for every own record of a person: it stays, goes, or cannot be decided; the dead keep none."""
    death = buried(person, as_of)
    if death is not None:
        return [Case(person, record, "deceased", death, Message("enrolment.rule.deceased")) for record in person.own]
    records = (*person.own, *person.other)
    if len(records) < 2:
        return []
    kept = stays(records, as_of)
    if kept.record is None:
        return [Case(person, record, None, None, kept.rule, kept.authority, decided=False) for record in person.own]
    cases = []
    for record in person.own:
        if record is kept.record:
            cases.append(Case(person, record, None, None, kept.rule, kept.authority))
        else:
            at = column(record, kept.record, "own" if kept.record in person.own else "other")
            cases.append(Case(person, record, at, kept.record, kept.rule, kept.authority))
    return cases


def stays(records: tuple[Record, ...], as_of: date) -> Kept:
    """Return which of several records of one living person stays."""
    in_force = [rule for rule in rules() if rule["since"] <= as_of.isoformat() <= rule.get("until", "9999")]
    schemes = {scheme_of(record.insutype) for record in records}
    if len(schemes) > 1:
        rule = _named(in_force, "across")
        if rule is None:
            return _undecided("no_rule", None)
        employee = [record for record in records if scheme_of(record.insutype) == "employee"]
        lasting = [_lasting(record, as_of) for record in employee]
        if any(lasted is None for lasted in lasting) and True not in lasting:
            return _undecided("continuous_months", rule["authority"])
        if True not in lasting:
            return _undecided("short", rule["authority"])
        if len(employee) == 1:
            return Kept(employee[0], Message("enrolment.rule.across"), rule["authority"])
        return _where(tuple(employee), in_force, as_of)
    return _where(records, in_force, as_of)


def _where(records: tuple[Record, ...], in_force: list[Any], as_of: date) -> Kept:
    """Decide within one scheme by the place that its rule looks to: work, school or residence."""
    if any(scheme_of(record.insutype) == "employee" for record in records):
        name, place = "employees", "work_admdvs"
    elif any(record.psn_type in parameters()["student_types"] for record in records):
        name, place = "students", "school_admdvs"
    else:
        name, place = "residents", "live_admdvs"
    rule = _named(in_force, name)
    if rule is None:
        return _undecided("no_rule", None)
    places = {
        region.code
        for record in records
        if (told := getattr(record, place)) and (region := pooling_area(told, as_of.year))
    }
    if not places:
        return _undecided(place, rule["authority"])
    there = [
        record
        for record in records
        if (region := pooling_area(record.insu_admdvs or "", as_of.year)) and region.code in places
    ]
    if len(places) > 1 or len(there) != 1:
        return _undecided("places", rule["authority"])
    return Kept(there[0], Message(f"enrolment.rule.{name}"), rule["authority"])


def _named(in_force: list[Any], name: str) -> Any:
    return next((rule for rule in in_force if rule["name"] == name), None)


def _lasting(record: Record, as_of: date) -> bool | None:
    """Return whether cover has been continuous for a year: by its months where told, else by the day it began."""
    months = record.continuous_months
    if months is not None and months.strip().isdecimal():
        return int(months) >= int(parameters()["continuous_months"])
    began = day(record.psn_insu_date)
    if began is None:
        return None
    try:
        a_year_on = began.replace(year=began.year + 1)
    except ValueError:
        a_year_on = began.replace(year=began.year + 1, day=28) + timedelta(days=1)
    return a_year_on <= as_of


def _undecided(why: str, authority: str | None) -> Kept:
    return Kept(None, Message("enrolment.rule.undecided", {"why": Message(f"enrolment.undecided.{why}")}), authority)
