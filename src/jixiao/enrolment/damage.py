"""损坏的号码列: whether a column of numbers was ruined by a spreadsheet, or is no column of numbers at all.

A spreadsheet keeps 15 digits: it shows 6.5E+17 or ends 18 digits in 000. One such number is a record to correct; a
column of them is a file to refuse, because listing every person in it would help nobody.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from jixiao.enrolment.identity import cleaned_number, identity, is_scientific, parameters

if TYPE_CHECKING:
    from collections.abc import Iterable


class Damage(NamedTuple):
    """How many numbers were looked at and how many of them show each kind of damage."""

    rows: int
    scientific: int
    thousands: int
    unusable: int

    def plus(self, more: Damage) -> Damage:
        """Return the same with what some of the rows showed."""
        shown = (more.scientific, more.thousands, more.unusable)
        return Damage(self.rows, *(mine + its for mine, its in zip(self[1:], shown, strict=True)))

    def verdict(self) -> str | None:
        """Return what is wrong with the column as a whole: scientific, thousands, none_usable; or None."""
        share = parameters()["damage"]
        if self.scientific * 10_000 >= self.rows * int(share["scientific"]) and self.scientific:
            return "scientific"
        if self.thousands * 10_000 >= self.rows * int(share["thousands"]) and self.thousands >= int(share["at_least"]):
            return "thousands"
        return "none_usable" if self.rows >= int(share["at_least"]) and self.unusable == self.rows else None


def damage(numbers: Iterable[str | None], rows: int | None = None) -> Damage:
    """Return the damage among citizens' numbers, of which `rows` were looked at (all that are given, by default).

    >>> damage(["6.50102E+17", "11010519491231002X"]).verdict()
    'scientific'
    """
    seen = scientific = thousands = unusable = 0
    for text in numbers:
        seen += 1
        cleaned = cleaned_number(text)
        scientific += is_scientific(cleaned)
        wrong = identity(text).why is not None
        unusable += wrong
        thousands += wrong and len(cleaned) == 18 and cleaned.endswith("000")
    return Damage(seen if rows is None else rows, scientific, thousands, unusable)
