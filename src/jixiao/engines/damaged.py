"""损坏的登记表: registers refused because a column of numbers is ruined, as a whole or in one of its files."""

from __future__ import annotations

from glob import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import narwhals as nw

from jixiao.enrolment import checks
from jixiao.enrolment.candidates import SIDES
from jixiao.enrolment.damage import Damage, damage
from jixiao.enrolment.identity import parameters
from jixiao.errors import CannotParse
from jixiao.findings import Message, Place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from jixiao.enrolment.candidates import Candidates
    from jixiao.enrolment.registers import Held, Terms

_SAMPLE = 5_000


def refuse_at_once(engine: Any, registers: Iterable[Held]) -> None:
    """Refuse a register at its first rows where they show a ruined column, before the whole of it is read."""
    for one in registers:
        head = engine.gather([_numbers(one).head(_SAMPLE)])[0]
        if not head and one.register.role == "own":
            raise _no_rows(one)
        verdict = _damage(head, len(head)).verdict()
        if verdict:
            raise _damaged(one, verdict)


def refuse(
    engine: Any, found: Candidates, main: Sequence[Held], terms: Terms, opened: Callable[[Held, str], Held]
) -> None:
    """Refuse registers with ruined numbers, and an own register without a record that counts.

    One ruined file among many is a small part of a register: where there are enough such numbers every file is looked
    at by itself; `opened` gives one of a register's files.
    """
    for one in main:
        told = checks.damaged(found, terms, SIDES[one.register.role])
        verdict = told.verdict()
        if verdict:
            raise _damaged(one, verdict)
        if len(one.files) > 1 and told.scientific + told.thousands >= int(parameters()["damage"]["at_least"]):
            for name in one.files:
                _refuse_file(engine, opened(one, escape(str(Path(name).absolute()))))
    if not checks.counted(found, terms):
        raise _no_rows(main[0])


def _refuse_file(engine: Any, one: Held) -> None:
    """Refuse a register of one file; only numbers that look damaged are brought over."""
    strange = nw.col("certno").str.ends_with("000") | nw.col("certno").str.contains("[eE]")
    count = one.frame.select(nw.len().cast(nw.Int64).alias("count"))
    ((rows,),), numbers = engine.gather([count, _numbers(one).filter(strange)])
    verdict = _damage(numbers, rows).verdict()
    if verdict in ("scientific", "thousands"):
        raise _damaged(one, verdict)


def _numbers(one: Held) -> nw.LazyFrame[Any]:
    columns = [name for name in ("certno", "psn_cert_type") if name in one.columns]
    return one.frame.select(*columns)


def _damage(rows: Iterable[tuple[Any, ...]], of: int) -> Damage:
    """Return the damage among rows of (number, type of certificate where there is one)."""
    cards = (None, *parameters()["identity_certificates"])
    return damage([row[0] for row in rows if len(row) == 1 or row[1] in cards], of)


def _no_rows(one: Held) -> CannotParse:
    said = Message("enrolment.no_rows", {"register": one.register.name})
    return CannotParse(said, remedy=Message("enrolment.no_rows.remedy"), place=_place(one))


def _damaged(one: Held, verdict: str) -> CannotParse:
    said = Message(f"enrolment.damaged.{verdict}")
    return CannotParse(said, remedy=Message("enrolment.damaged.remedy"), place=_place(one))


def _place(one: Held) -> Place:
    return Place("、".join(one.files or (one.register.name,)))
