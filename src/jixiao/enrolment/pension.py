"""养老金发放核查: paid after death, paid twice, paid to persons not entitled, each with its months and amounts.

Reads    payments(certno, pay_month YYYYMM, pay_amount in yuan, pay_kind), deaths, barred(certno, why)
Gives    one `Paid` per person and check, payments in the order of their months
Nulls    a payment without a usable number is counted in `unusable` and left out
Source   死亡冒领、重复领取、不符合条件人员领取 (三项核查)
"""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import narwhals as nw

from jixiao.enrolment import numbers
from jixiao.enrolment.charging import day
from jixiao.enrolment.identity import cleaned_name, full, identity
from jixiao.enrolment.recognising import recognised

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from jixiao.enrolment.engine import Engine
    from jixiao.enrolment.registers import Held

Check = Literal["after_death", "twice", "not_entitled"]
CHECKS: tuple[Check, ...] = ("after_death", "twice", "not_entitled")
_COLUMNS = ("certno", "psn_name", "insu_admdvs", "pay_month", "pay_amount", "pay_kind", "die_date", "why")


class Payment(NamedTuple):
    """A payment: month YYYYMM, amount in yuan (None where it cannot be read), kind and region as they were read."""

    month: str
    amount: Decimal | None
    kind: str | None
    region: str | None


class Paid(NamedTuple):
    """One person under one check: the payments concerned, what of them was too much, in yuan, and what it rests on."""

    check: Check
    number: int
    name: str | None
    payments: tuple[Payment, ...]
    excess: Decimal
    months: int
    ground: str


class Checked(NamedTuple):
    """The three checks: the persons found, payment rows in all, rows without a usable number, amounts not readable."""

    found: tuple[Paid, ...]
    rows: int
    unusable: int
    unread: int


class _Row(NamedTuple):
    number: int
    name: str | None
    payment: Payment


def checked(engine: Engine, payments: Held, deaths: Held | None, barred: Held | None, as_of: date) -> Checked:
    """Return what the three checks find among payments."""
    paid = _keyed(engine, payments, as_of)
    twice = paid.staged.group_by("number", "pay_month").agg(nw.len().alias("times"))
    wanted = {row[0] for row in engine.gather([twice.filter(nw.col("times") > 1).select("number").unique()])[0]}
    dead, out = (_rows(engine, one, as_of) if one is not None else {} for one in (deaths, barred))
    wanted |= dead.keys() | out.keys()
    by_number: dict[int, list[_Row]] = defaultdict(list)
    for number, raw in paid.fetched(wanted):
        by_number[number].append(_Row(number, cleaned_name(raw["psn_name"]), _payment(raw)))
    found: list[Paid] = []
    for number in sorted(by_number):
        found += _of_person(number, by_number[number], dead.get(number, []), out.get(number, []))
    rows = engine.gather([payments.frame.select(nw.len().cast(nw.Int64).alias("count"))])[0][0][0]
    unread = sum(1 for rows_ in by_number.values() for row in rows_ if row.payment.amount is None)
    return Checked(tuple(found), rows, paid.unusable, unread)


class _Keyed:
    """A register by number: numbers that an engine reads staged, the others read one by one."""

    def __init__(self, engine: Engine, frame: nw.LazyFrame[Any], as_of: date) -> None:
        kept = {"number": numbers.number(), "pay_month": nw.col("pay_month")}
        read = recognised(engine, frame, as_of, kept, _COLUMNS)
        rest = [(identity(row[0], as_of=as_of), dict(zip(_COLUMNS, row, strict=True))) for row in read.rest]
        self._engine, self._frame, self._read = engine, frame, read
        self._odd = [(found.number, raw) for found, raw in rest if found.why is None and found.number is not None]
        self.unusable = len(rest) - len(self._odd)
        more = engine.frame({"number": "integer", "pay_month": "text"}, [(n, raw["pay_month"]) for n, raw in self._odd])
        staged = read.both(engine, kept)
        self.staged = engine.union([staged, more]) if self._odd else staged

    def numbers(self) -> set[int]:
        """Return the numbers of all rows; for lists, not for payments."""
        return {row[0] for row in self._engine.gather([self.staged.select("number").unique()])[0]}

    def fetched(self, wanted: set[int]) -> Iterable[tuple[int, dict[str, str | None]]]:
        """Yield the rows of the wanted numbers; of a plain number the text finds them."""
        odd = {raw["certno"] for _, raw in self._odd}
        spelt = [(text,) for number in sorted(wanted) if (text := full(number)) not in odd]
        texts = self._engine.frame({"certno": "text"}, spelt)
        asked = self._engine.frame({"number": "integer"}, [(number,) for number in sorted(wanted)])
        for batch in self._engine.batches(self._frame.join(texts, on="certno", how="semi").select(*_COLUMNS)):
            for row in batch:
                yield int(row[0][:17]), dict(zip(_COLUMNS, row, strict=True))
        found = self._read.mended.join(asked, on="number", how="semi").select("number", *_COLUMNS)
        for batch in self._engine.batches(found):
            for row in batch:
                yield row[0], dict(zip(_COLUMNS, row[1:], strict=True))
        yield from ((number, raw) for number, raw in self._odd if number in wanted)


def _keyed(engine: Engine, held: Held, as_of: date) -> _Keyed:
    missing = [nw.lit(None, dtype=nw.String).alias(name) for name in _COLUMNS if name not in held.columns]
    return _Keyed(engine, held.frame.with_columns(*missing).select(*_COLUMNS), as_of)


def _rows(engine: Engine, held: Held, as_of: date) -> dict[int, list[dict[str, str | None]]]:
    """Return all rows of a list by number."""
    keyed = _keyed(engine, held, as_of)
    found: dict[int, list[dict[str, str | None]]] = defaultdict(list)
    for number, raw in keyed.fetched(keyed.numbers()):
        found[number].append(raw)
    return found


def _payment(raw: dict[str, str | None]) -> Payment:
    try:
        amount = Decimal((raw["pay_amount"] or "").replace(",", ""))
    except InvalidOperation:
        amount = None
    month = "".join(c for c in raw["pay_month"] or "" if c.isdecimal())[:6]
    return Payment(
        month, amount if amount is not None and amount.is_finite() else None, raw["pay_kind"], raw["insu_admdvs"]
    )


def _of_person(number: int, rows: list[_Row], dead: list[Any], out: list[Any]) -> Iterable[Paid]:
    """Yield what the checks find for one number; a list that bears another name says nothing about this person."""
    payments = sorted(
        (row.payment for row in rows), key=lambda one: (one.month, str(one.kind), str(one.amount), str(one.region))
    )
    names = {row.name for row in rows if row.name}
    person = _Row(number, next(iter(sorted(names)), None), payments[0])
    days = [when for raw in dead if _same(raw, names) and (when := day(raw["die_date"])) is not None]
    late = [one for one in payments if days and one.month > min(days).strftime("%Y%m")]
    if late:
        yield _paid("after_death", person, late, sum_of(late), min(days).isoformat())
    by_month: dict[str, list[Payment]] = defaultdict(list)
    for one in payments:
        by_month[one.month].append(one)
    double = [one for month in sorted(by_month) if len(by_month[month]) > 1 for one in by_month[month]]
    if double:
        months = {one.month for one in double}
        kept = sum((max(one.amount or Decimal(0) for one in by_month[month]) for month in months), Decimal(0))
        kinds = "、".join(sorted({one.kind or "—" for one in double}))
        yield _paid("twice", person, double, sum_of(double) - kept, kinds)
    grounds = [raw for raw in out if _same(raw, names)]
    if grounds:
        yield _paid("not_entitled", person, payments, sum_of(payments), grounds[0]["why"] or "—")


def _paid(check: Check, row: _Row, payments: list[Payment], excess: Decimal, ground: str) -> Paid:
    months = len({one.month for one in payments})
    return Paid(check, row.number, row.name, tuple(payments), excess, months, ground)


def sum_of(payments: Iterable[Payment]) -> Decimal:
    """Return the exact sum of the amounts that could be read."""
    return sum((one.amount for one in payments if one.amount is not None), Decimal(0))


def _same(raw: dict[str, str | None], names: set[str]) -> bool:
    name = cleaned_name(raw["psn_name"])
    return name is None or not names or name in names
