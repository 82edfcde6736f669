"""去留: for every person with more than one record, which of the own records goes, into which column, by which rule.

Each record falls in exactly one column, because a person is reduced step by step, in the order of the form's
columns: the own records to one, that one against the other register, what is left against the deaths.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Literal, NamedTuple

from jixiao.enrolment.registers import scheme_of
from jixiao.findings import Message

if TYPE_CHECKING:
    from jixiao.enrolment.candidates import Record
    from jixiao.enrolment.persons import Person

Column = Literal["own_same", "own_cross", "other_same", "other_cross", "deceased"]
COLUMNS: tuple[Column, ...] = ("own_same", "own_cross", "other_same", "other_cross", "deceased")


class Case(NamedTuple):
    """What becomes of one own record.

    `column`: the column it goes into, None where it stays or cannot be decided; `decided` False for the latter.
    `against`: the record it gave way to, or the record of death. `rule`: which rule decided, and its authority.
    """

    person: Person
    record: Record
    column: Column | None
    against: Record | None
    rule: Message
    authority: str | None = None
    decided: bool = True


def charged(person: Person, as_of: date) -> list[Case]:
    """Return a case for every own record that goes when every overlap is charged to this side (the mode of 附件7)."""
    stays, *goes = sorted(person.own, key=_staying)
    cases = [
        Case(person, record, column(record, stays, "own"), stays, Message("enrolment.rule.latest")) for record in goes
    ]
    if person.other:
        same = [record for record in person.other if scheme_of(record.insutype) == scheme_of(stays.insutype)]
        against = (same or list(person.other))[0]
        rule = Message("enrolment.rule.charged")
        return [*cases, Case(person, stays, column(stays, against, "other"), against, rule)]
    death = buried(person, as_of)
    if death is not None:
        cases.append(Case(person, stays, "deceased", death, Message("enrolment.rule.deceased")))
    return cases


def _staying(record: Record) -> tuple[object, ...]:
    """Order the record that stays first: the latest to enrol; then employees, then by region and number."""
    enrolled = day(record.psn_insu_date)
    return (
        -(enrolled.toordinal() if enrolled else 0),
        scheme_of(record.insutype) or "",
        record.insu_admdvs or "",
        record.psn_no or "",
        record[1:-1].__repr__(),
    )


def column(record: Record, against: Record, whose: Literal["own", "other"]) -> Column:
    """Return the column of a record that gives way to another."""
    same = scheme_of(record.insutype) == scheme_of(against.insutype)
    if whose == "own":
        return "own_same" if same else "own_cross"
    return "other_same" if same else "other_cross"


def buried(person: Person, as_of: date) -> Record | None:
    """Return the record of a death by the reference date; one without a readable date counts as before it."""
    return next((record for record in person.deaths if (day(record.die_date) or date.min) <= as_of), None)


def day(text: str | None) -> date | None:
    """Return the day that a register's text starts with: 2024-06-30, 20240630, 2024/6/30, with or without a time.

    >>> day("20240630"), day("2024-06-30 12:00:00"), day("2024/6/30"), day("30.6.")
    (datetime.date(2024, 6, 30), datetime.date(2024, 6, 30), datetime.date(2024, 6, 30), None)
    """
    head = (text or "").strip().replace("T", " ").partition(" ")[0]
    parts = head.replace("/", "-").split("-")
    if len(parts) == 1 and len(head) >= 8 and head[:8].isdecimal():
        parts = [head[:4], head[4:6], head[6:8]]
    try:
        return date(*(int(part) for part in parts)) if len(parts) == 3 else None
    except ValueError:
        return None
