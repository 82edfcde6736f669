"""补助清算: the subsidies by head that a ledger states, settled region by region, read from the texts it holds.

over = prepaid − due (多拨; below nought 少拨)        deduction = over, if it is above nought, + what came late
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from jixiao.figures import notation
from jixiao.figures.figure import Figure, total
from jixiao.figures.units import Unit
from jixiao.findings import Finding, Message
from jixiao.funds import regions, subsidies
from jixiao.funds.check import found
from jixiao.funds.ledger import WHOLE
from jixiao.funds.subsidies import Settlement, settled
from jixiao.funds.tables import FundTable, Key, Row

if TYPE_CHECKING:
    from jixiao.funds.ledger import Amount, Ledger

ID = "final_settlement"
PEOPLE = Unit("人", "人")
PER_HEAD = Unit("元/人", "元/人")
AUTHORITY = "caishe-2022-1#prepaid"
SETTLED = ("prepaid", "due", "over", "deduction")  # columns that a total can be typed of
COLUMNS = ("expected", "prepaid", "actual", "due", "over", "deduction")


class Line(NamedTuple):
    """A region's settlement: where it stands in the ledger, its heads, what comes of them."""

    number: int
    code: str
    expected: Figure | None
    actual: Figure | None
    insured: Figure | None
    settlement: Settlement


class FinalSettlement(NamedTuple):
    """A ledger's settlement with what is wrong in its texts; without an amount for a head it has no lines."""

    per_head: Figure | None
    lines: tuple[Line, ...]
    steps: tuple[Message, ...] = ()
    findings: tuple[Finding, ...] = ()

    def sum_of(self, column: str, code: str | None = None) -> Figure | None:
        """Return the exact sum of a column, or a region's; None where a part of it is not known."""
        parts = [_cell(line, column) for line in self.lines if code in (None, line.code)]
        known = [part for part in parts if part is not None]
        return total(known) if known and len(known) == len(parts) else None


def final_settlement(ledger: Ledger, year: int) -> FinalSettlement | None:
    """Return the settlement of the ledger's heads, None where it states neither heads nor a subsidy."""
    if not (ledger.subsidies or ledger.heads):
        return None
    wrong: list[Finding] = []
    per_head, steps = _per_head(ledger, year, wrong)
    lines: list[Line] = []
    for number, heads in enumerate(ledger.heads):
        code = ledger.code(heads.region)
        if code is None or code in {line.code for line in lines}:
            _say(wrong, f"heads/{number}", "twice" if code else "nowhere", region=heads.region or "—")
            continue
        expected, actual, insured = (
            _people(text, f"heads/{number}/{name}", wrong)
            for name, text in (("expected", heads.expected), ("actual", heads.actual), ("insured", heads.insured))
        )
        if per_head is not None:
            given, late = _money(heads.prepaid), _money(heads.late)
            done = settled(expected, actual, per_head, given=given, late=late)
            lines.append(Line(number, code, expected, actual, insured, done))
    forgotten = [known.code for known in ledger.regions if known.code not in {line.code for line in lines}]
    if lines and forgotten:
        names = [regions.label(ledger, code, year) for code in forgotten]
        _say(wrong, "heads", "forgotten", severe=False, regions=names)
    return FinalSettlement(per_head, tuple(lines), steps, tuple(wrong))


def table(ledger: Ledger, year: int) -> FundTable | None:
    """Return the settlement as a fund table, a row for each region with its derivation, then the whole."""
    known = final_settlement(ledger, year)
    if known is None or not known.lines:
        return None
    columns: tuple[Key, ...] = tuple((name,) for name in COLUMNS)
    rows = [
        Row(
            (regions.label(ledger, line.code, year),),
            {(name,): _cell(line, name) for name in COLUMNS},
            steps=(*known.steps, *line.settlement.steps),
        )
        for line in known.lines
    ]
    rows.append(Row((WHOLE,), {(name,): known.sum_of(name) for name in COLUMNS}))
    return FundTable(ID, columns, tuple(rows))


def contradicted(typed: Amount, heads: Figure | None, per_head: Figure) -> Figure | None:
    """Return the amount that heads stand for, if a typed one cannot be it however both were rounded."""
    if not isinstance(typed, Figure) or heads is None or typed.unit.base != "元":
        return None
    meant = subsidies.span(heads, per_head)
    return None if typed.interval().meets(meant) else subsidies.prepaid(heads, per_head).in_unit(typed.unit)


def _cell(line: Line, column: str) -> Figure | None:
    if column in ("expected", "actual"):
        heads: Figure | None = getattr(line, column)
        return heads.in_unit(PEOPLE) if heads is not None else None
    found_amount: Figure | None = getattr(line.settlement, column)
    return found_amount


def _per_head(ledger: Ledger, year: int, wrong: list[Finding]) -> tuple[Figure | None, tuple[Message, ...]]:
    """Return what is paid for a head and how that came about."""
    if not ledger.subsidies:
        if not ledger.duties:  # by which heads are paid for level by level, and nothing is settled
            _say(wrong, "heads", "no_subsidy")
        return None, ()
    if len(ledger.subsidies) > 1:
        _say(wrong, "subsidies/1", "several", count=len(ledger.subsidies))
        return None, ()
    stated = ledger.subsidies[0]
    if stated.per_head is not None:
        typed = notation.figure(stated.per_head, expected=PER_HEAD)
        if not isinstance(typed, Figure) or typed.unit.base != PER_HEAD.base or typed.num <= 0:
            _say(wrong, "subsidies/0/per_head", "per_head", spelt=stated.per_head)
            return None, ()
        if stated.document is None:
            _say(wrong, "subsidies/0/per_head", "no_document", severe=False, spelt=stated.per_head)
        said = {"per_head": typed.text(), "document": stated.document or "—"}
        return typed, (Message("funds.subsidy.typed", said),)
    when = year if stated.year is None else int(stated.year) if stated.year.isdecimal() else 0
    known = subsidies.standard(when, stated.tier or "")
    if known is None:
        _say(wrong, "subsidies/0", "no_standard", year=stated.year or year, tier=stated.tier or "—")
        return None, ()
    part = {"local": known.local, "all": known.whole}.get(stated.paid_by or "", known.central)
    if known.mark == "unconfirmed":
        _say(wrong, "subsidies/0", "unconfirmed", severe=False, year=when, per_head=part)
    args = {"year": when, "whole": known.whole, "central": known.central, "local": known.local, "per_head": part,
            "authority": known.authority}  # fmt: skip
    return part, (Message("funds.subsidy.standard", args),)


def _people(text: str | None, at: str, wrong: list[Finding]) -> Figure | None:
    """Return a count of persons; anything else is found, and None."""
    if text is None:
        return None
    read = notation.figure(text, expected=PEOPLE)
    if isinstance(read, Figure) and read.unit.base == PEOPLE.base and read.den == 1 and read.num >= 0:
        return read
    _say(wrong, at, "people", spelt=text)
    return None


def _money(amount: Amount) -> Figure | None:
    return amount if isinstance(amount, Figure) and amount.unit.base == "元" else None


def _say(wrong: list[Finding], at: str, what: str, *, severe: bool = True, **args: Any) -> None:
    wrong.append(
        found(ID, "error" if severe else "warning", [at], what=f"{ID}.{what}", authority=AUTHORITY, **args)
    )  # fmt: skip
