"""人员归集: records of one number gathered to persons; what only looks like a person becomes a suspect, never a match.

A person is a number and a name. A record without a name belongs to the one name its number bears; where a number
bears several names, all of them are suspects of one another.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Literal, NamedTuple

from jixiao.enrolment.candidates import DEAD, OTHER, OWN
from jixiao.enrolment.identity import cleaned_name, cleaned_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from jixiao.enrolment.candidates import Candidates, Record


class Person(NamedTuple):
    """All records of one person, by side; `key` orders and names persons inside one comparison."""

    key: str
    own: tuple[Record, ...]
    other: tuple[Record, ...]
    deaths: tuple[Record, ...]


class Suspect(NamedTuple):
    """Records that may be one person or two: one number under several names, or one name on two near numbers."""

    kind: Literal["names", "digit"]
    records: tuple[Record, ...]


def key_of(record: Record) -> str | None:
    """Return what records of one person share: number, token, or another certificate's type and text; or None."""
    found = record.identity
    if found.why is None:
        return record.certno if found.number is None else f"{found.number:017d}"
    if found.why == "other_certificate" and (text := cleaned_number(record.certno)):
        return f"{record.psn_cert_type}:{text}"
    return None


def persons(found: Candidates) -> tuple[list[Person], list[Suspect]]:
    """Return the persons with an own record who have more than that one, and the suspects; each in a fixed order."""
    by_key: dict[str, list[Record]] = defaultdict(list)
    for record in (*found.records, *found.odd):
        key = key_of(record)
        if key is not None:
            by_key[key].append(record)
    people: list[Person] = []
    suspects: list[Suspect] = []
    for key in sorted(by_key):
        named, ambiguous = _by_name(by_key[key])
        people += [person for records in named if (person := _person(key, records)).own and len(records) > 1]
        if ambiguous and any(record.side == OWN for record in by_key[key]):
            suspects.append(Suspect("names", _ordered(by_key[key])))
    return people, suspects + _near(found)


def _by_name(records: Iterable[Record]) -> tuple[list[list[Record]], bool]:
    """Return the records by name, and whether there are several names."""
    named: dict[str | None, list[Record]] = defaultdict(list)
    for record in records:
        named[cleaned_name(record.psn_name)].append(record)
    nameless = named.pop(None, [])
    if len(named) <= 1:
        return [[*next(iter(named.values()), []), *nameless]], False
    return [named[name] for name in sorted(name for name in named if name is not None)], True


def _person(key: str, records: Sequence[Record]) -> Person:
    ordered = _ordered(records)
    return Person(key, *(tuple(record for record in ordered if record.side == side) for side in (OWN, OTHER, DEAD)))


def _ordered(records: Iterable[Record]) -> tuple[Record, ...]:
    return tuple(sorted(records, key=_order))


def _order(record: Record) -> tuple[object, ...]:
    """Return what records are ordered by wherever order shows: everything they hold, so that no engine decides it."""
    return (record.side, *((value is not None, value or "") for value in record[1:-1]))


def _near(found: Candidates) -> list[Suspect]:
    """Return the pairs whose names are the same in full, with the records on both numbers."""
    by_number: dict[int, list[Record]] = defaultdict(list)
    for record in (*found.records, *found.odd):
        if record.identity.number is not None:
            by_number[record.identity.number].append(record)
    suspects = []
    for left, right in found.near:
        names = {cleaned_name(record.psn_name) for record in by_number[left]} - {None}
        names &= {cleaned_name(record.psn_name) for record in by_number[right]}
        for name in sorted(name for name in names if name):
            records = [
                record
                for number in (left, right)
                for record in by_number[number]
                if cleaned_name(record.psn_name) == name
            ]
            if any(record.side == OWN for record in records):
                suspects.append(Suspect("digit", _ordered(records)))
    return suspects
