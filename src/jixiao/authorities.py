"""依据: a norm, or one clause of it, with its number, its dates and how far it is confirmed.

Norms are data: one file each under `norms/`. A clause is named `norm#clause`.

>>> authority("caiyu-2020-10").number
'财预〔2020〕10号'
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

from jixiao import library

Mark = Literal["confirmed", "seed", "unconfirmed"]


@dataclass(frozen=True, slots=True)
class Authority:
    """A norm or a clause of it.

    `mark`: confirmed in a public source, `seed` for one cited by an evaluated report, or unconfirmed, which
    prints as 待核. `since` and `until` are dates as text (YYYY, YYYY-MM or YYYY-MM-DD); until is None while in force.
    """

    id: str
    number: str
    title: str
    since: str
    until: str | None = None
    clause: str | None = None
    mark: Mark = "confirmed"

    def __str__(self) -> str:
        """Return the norm as a report cites it, 待核 included.

        >>> str(authority("caiyu-2020-10"))
        '《项目支出绩效评价管理办法》（财预〔2020〕10号）'
        """
        cited = f"《{self.title}》" + (f"（{self.number}）" if self.number else "")
        return cited + (self.clause or "") + ("（待核）" if self.mark == "unconfirmed" else "")


@cache
def authority(name: str) -> Authority:
    """Return the norm or clause of that name; `KeyError` for a name without a file."""
    norm, _, clause = name.partition("#")
    if norm not in known():
        raise KeyError(name)
    raw = library.read(f"norms/{norm}.yaml")
    part = raw["clauses"][clause] if clause else {}
    return Authority(
        id=name,
        number=raw["number"],
        title=raw["title"],
        since=part.get("since", raw["since"]),
        until=part.get("until", raw.get("until")),
        clause=part.get("at"),
        mark=part.get("mark", raw["mark"]),
    )


@cache
def known() -> tuple[str, ...]:
    """Return the ids of all norms that ship."""
    return tuple(library.names("norms"))


def cited(name: str | None) -> str | None:
    """Return the citation of a known authority, the text itself for one that we do not keep, None for None."""
    if not name:
        return None
    return str(authority(name)) if name.partition("#")[0] in known() else name
