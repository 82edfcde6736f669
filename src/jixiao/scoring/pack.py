"""规则包: what one finance office has settled where the norm leaves a choice, as dated data.

A pack lends parameters to rules, caps the total by the execution rate, says from which deviation a reason is owed and
in how many decimals score rates print. Packs are files under `packs/`; each holds versions by the years evaluated.

>>> usual = pack("default", 2024)
>>> usual.params("over_fulfilment")["bands"], str(usual.reason_above)
([], '30%')
>>> pack("default", 2011).text("zh")
'规则包 default 不适用于 2011 年，适用年度：2020 年起'
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from jixiao import library
from jixiao.figures.figure import Figure, compared, figure
from jixiao.findings import Message
from jixiao.scoring.rule import Award, Step, awarded

if TYPE_CHECKING:
    from collections.abc import Mapping

DEFAULT = "default"
FIRST_YEAR = 2020


class Cap(NamedTuple):
    """The most that a total out of 100 can be while the execution rate is below a mark."""

    below: Figure
    total: Decimal


@dataclass(frozen=True, slots=True)
class Pack:
    """One version of a pack: `title` by language, the years evaluated it holds for (`until` None while it stands).

    A deviation above `reason_above` owes a reason. `item_places` and `section_places` are the decimals of printed score
    rates. `caps` stand lowest mark first. `rules` holds the parameters lent, as a bundle would write them, by rule.
    `budget_shares` say by grade which share of this year's budget is proposed for the next; an office that has settled
    none proposes in words only.
    """

    name: str
    title: Mapping[str, str]
    since: int
    until: int | None
    authority: str
    reason_above: Figure
    item_places: int
    section_places: int
    caps: tuple[Cap, ...]
    rules: Mapping[str, Mapping[str, Any]]
    budget_shares: Mapping[str, Figure] = field(default_factory=dict)

    def params(self, rule_id: str, own: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Return the parameters of a rule: those that the indicator states itself, else those that the pack lends."""
        return {**self.rules.get(rule_id, {}), **(own or {})}

    def capped(self, total: Decimal, rate: Figure, *, full: Decimal = Decimal(100), places: int = 2) -> Award:
        """Return the total that an execution rate leaves, with the step that says so if it lowers anything.

        The rate counts as printed, rounded to 0.01%, so that 80.00% on paper is never capped as less.
        """
        printed = rate.published(2)
        cap = next((cap for cap in self.caps if compared(printed, cap.below) == -1), None)
        if cap is None:
            return Award(total, ())
        top, bottom = cap.total.as_integer_ratio()
        most = awarded(full, top, bottom * 100, places)
        if total <= most:
            return Award(total, ())
        named = {"rate": printed, "below": cap.below, "total": total, "most": most}
        return Award(most, (Step(Message("pack.capped", named), printed),))


@cache
def pack(name: str, year: int) -> Pack | Message:
    """Return the version of a pack that holds for the evaluated year, or why there is none."""
    if name not in known():
        return Message("pack.unknown", {"name": name, "known": known()})
    versions = [_read(name, index) for index in range(len(library.read(f"scoring/packs/{name}.yaml")["versions"]))]
    found = next((one for one in versions if one.since <= year and (one.until is None or year <= one.until)), None)
    if found is not None:
        return found
    return Message("pack.not_valid", {"name": name, "year": year, "spans": [_span(one) for one in versions]})


@cache
def known() -> tuple[str, ...]:
    """Return the names of all packs: the file names under `packs/`."""
    return tuple(library.names("scoring/packs"))


def _read(name: str, index: int) -> Pack:
    file = library.read(f"scoring/packs/{name}.yaml")
    raw = file["versions"][index]
    caps = sorted((Cap(figure(cap["below"]), Decimal(cap["total"])) for cap in raw["caps"]), key=lambda cap: cap.total)
    return Pack(
        name=name,
        title=file["title"],
        since=int(raw["since"]),
        until=int(raw["until"]) if "until" in raw else None,
        authority=raw["authority"],
        reason_above=figure(raw["reason_above"]),
        item_places=int(raw["rates"]["items"]),
        section_places=int(raw["rates"]["sections"]),
        caps=tuple(caps),
        rules=raw["rules"],
        budget_shares={grade: figure(share) for grade, share in raw.get("budget_shares", {}).items()},
    )


def _span(version: Pack) -> Message:
    named = {"since": version.since, "until": version.until}
    return Message("pack.since" if version.until is None else "pack.between", named)
