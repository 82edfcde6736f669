"""指标目录: the indicator sets that ship, one YAML file per regulation or local scheme and year under `catalogue/`.

An entry states its authority, how far it is confirmed, the evaluated years it serves and the kinds of evaluation it is
for; its nodes have the form of a bundle's system, and it may extend another entry. Targets that a place sets for itself
are left open.

>>> entry("common-framework-2020").title
'项目支出绩效评价共性指标框架'
>>> [found.id for found in fitting("third-party", 2024)][0]
'common-framework-2020'
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Literal

from jixiao import library

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jixiao.authorities import Mark

FOLDER = "indicators/catalogue"


@dataclass(frozen=True, slots=True)
class Entry:
    """An indicator set: its id (the file name), title, norm, kinds, evaluated years from `since` to `until`.

    `mark` says how far its content is confirmed; `default` that it is what its kinds start from when none is named;
    `bindings` gives the indicators whose actual value is a measure on the funds, those of what it extends included.
    """

    id: str
    title: str
    authority: str
    since: int
    kinds: tuple[str, ...]
    until: int | None = None
    mark: Mark = "unconfirmed"
    extends: str | None = None
    default: bool = False
    bindings: Mapping[str, str] = field(default_factory=dict)

    def serves(self, year: int) -> bool:
        """Return whether the set is valid for an evaluated year."""
        return self.since <= year and (self.until is None or year <= self.until)


@cache
def known() -> tuple[str, ...]:
    """Return the ids of all sets: the file names under `catalogue/`."""
    return tuple(library.names(FOLDER))


@cache
def entry(name: str) -> Entry:
    """Return a set's description; `KeyError` for a name without a file."""
    if name not in known():
        raise KeyError(name)
    raw = library.read(f"{FOLDER}/{name}.yaml")
    above = raw.get("extends")
    return Entry(
        id=name,
        title=raw["title"],
        authority=raw["authority"],
        since=int(raw["since"]),
        kinds=tuple(raw["kinds"]),
        until=int(raw["until"]) if "until" in raw else None,
        mark=_mark(raw["mark"]),
        extends=above,
        default=raw.get("default") == "yes",
        bindings={**(entry(above).bindings if above else {}), **raw.get("bindings", {})},
    )


def fitting(kind: str, year: int) -> list[Entry]:
    """Return the sets for a kind of evaluation and a year, those to start from first."""
    found = [entry(name) for name in known()]
    return sorted(
        (one for one in found if kind in one.kinds and one.serves(year)), key=lambda one: (not one.default, one.id)
    )


def _mark(text: str) -> Literal["confirmed", "seed", "unconfirmed"]:
    assert text in ("confirmed", "seed", "unconfirmed"), text
    return text  # type: ignore[return-value]
