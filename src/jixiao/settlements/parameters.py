"""待遇参数: what benefits are computed with, by region and year; each value with its source and how sure it is.

A section (资助参保、大病保险、医疗救助) is taken from the narrowest region that states it for the year: the county, its
prefecture, its province; what an office gives itself comes before all.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from jixiao import library
from jixiao.figures.figure import Figure
from jixiao.figures.notation import figure
from jixiao.findings import Message

if TYPE_CHECKING:
    from collections.abc import Mapping

_FOLDER = "settlements/parameters"
_NOT_SAID: Mapping[str, Any] = {}


class Parameter(NamedTuple):
    """A value in 分, or in 1/10000 for a rate, with what a person reads, its source and its mark."""

    value: int
    spelt: str
    source: str
    mark: str

    def __str__(self) -> str:
        """Return the value as a derivation shows it: 3350元（喀署办规〔2022〕1号）."""
        return f"{self.spelt}（{self.source}{'，待核' if self.mark == 'unconfirmed' else ''}）"


class Terms(NamedTuple):
    """The parameters of one group; None where nobody states one. `full`: the whole contribution is paid."""

    group: str
    standard: Parameter | None
    subsidy: Parameter | None
    deductible: Parameter | None
    rate: Parameter | None
    aid_rate: Parameter | None
    aid_limit: Parameter | None


@cache
def groups() -> dict[str, Any]:
    """Return the known groups of persons."""
    found: dict[str, Any] = library.read("settlements/groups.yaml")
    return found


def group_of(text: str | None) -> str | None:
    """Return the group that a list spells, or None.

    >>> group_of("低保"), group_of("minimum_living"), group_of("其他")
    ('minimum_living', 'minimum_living', None)
    """
    return spellings().get((text or "").strip())


@cache
def spellings() -> dict[str, str]:
    """Return the group of every spelling."""
    return {said: name for name, entry in groups().items() for said in (name, entry["zh"], *entry["also"])}


def sections(region: str, year: int, own: Mapping[str, Any] = _NOT_SAID) -> dict[str, Any]:
    """Return the sections that hold for a region and year; `own` is a file of an office's in the same form."""
    found: dict[str, Any] = {}
    wanted = [region, f"{region[:4]}00", f"{region[:2]}0000"]
    packaged = [library.read(f"{_FOLDER}/{name}.yaml") for name in library.names(_FOLDER)]
    inside = [one for one in packaged if int(one["since"]) <= year <= int(one.get("until", "9999"))]
    for raw in [own, *(one for code in wanted for one in inside if one["region"] == code)]:
        for name, section in raw.items():
            if isinstance(section, dict):
                found[name] = {**section, **found.get(name, {})}
    return found


def terms(group: str, region: str, year: int, own: Mapping[str, Any] = _NOT_SAID) -> Terms:
    """Return the parameters of a group in a region and year."""
    found = sections(region, year, own)
    enrolment = found.get("subsidised_enrolment", {})
    standard = _parameter(enrolment.get("standard"))
    subsidy = enrolment.get("groups", {}).get(group)
    if subsidy is not None and subsidy["value"] == "full" and standard is not None:
        whole = Parameter(standard.value, standard.spelt, subsidy["source"], subsidy["mark"])
    else:
        whole = _parameter(subsidy)  # type: ignore[assignment]
    illness = found.get("critical_illness", {}).get("groups", {}).get(group, {})
    aid = found.get("medical_aid", {})
    return Terms(
        group, standard, whole, _parameter(illness.get("deductible")), _parameter(illness.get("rate")),
        _parameter(aid.get("groups", {}).get(group)), _parameter(aid.get("limit")),
    )  # fmt: skip


def _parameter(raw: Mapping[str, str] | None) -> Parameter | None:
    if raw is None or raw["value"] == "full":
        return None
    read = figure(raw["value"])
    assert isinstance(read, Figure), raw["value"]
    whole, rest = divmod(read.num * (10_000 if read.unit.base == "" else 100), read.den)
    assert rest == 0, raw["value"]
    return Parameter(whole, raw["value"], raw.get("source", "—"), raw.get("mark", "unconfirmed"))


def lacking(of: Terms, *names: str) -> Message | None:
    """Return which parameters nobody states, as the reason why a benefit is not computable."""
    missing = [Message(f"settlements.parameter.{name}") for name in names if getattr(of, name) is None]
    return (
        Message("settlements.parameter.lacking", {"names": missing, "group": groups()[of.group]["zh"]})
        if missing
        else None
    )
