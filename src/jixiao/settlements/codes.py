"""代码集: the platform's code sets as a year has them, and the groups of codes that measures ask for, with local ones.

>>> Codes().group("med_type", "inpatient")[:2], Codes().known("refd_setl_flag")
(('21', '2101'), ('0', '1'))
>>> Codes({"med_type": {"inpatient": ("2199",)}}).group("med_type", "inpatient")[-1]
'2199'
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from jixiao import library

if TYPE_CHECKING:
    from collections.abc import Mapping

_FOLDER = "settlements/code_sets"
SCHEMES = ("employee", "resident", "other")


@cache
def sets(year: int | None = None) -> dict[str, Any]:
    """Return the packaged code set of every column as it holds in a year (None: today); before its first, the first."""
    found: dict[str, Any] = {}
    for name in library.names(_FOLDER):  # by date
        for column, entry in library.read(f"{_FOLDER}/{name}.yaml").items():
            if column not in found or year is None or int(entry["since"]) <= year:
                found[column] = entry
    return found


class Codes(NamedTuple):
    """A year's code sets with what a place has added: column → group → codes (group `known` is in none)."""

    local: Mapping[str, Mapping[str, tuple[str, ...]]] = {}
    year: int | None = None

    def group(self, column: str, name: str) -> tuple[str, ...]:
        """Return the codes of a group; `KeyError` for a group that there is not."""
        return (*sets(self.year)[column]["groups"].get(name, ()), *self.local.get(column, {}).get(name, ()))

    def known(self, column: str) -> tuple[str, ...]:
        """Return all codes of a column; an empty set means that any code may stand there."""
        added = [code for codes in self.local.get(column, {}).values() for code in codes]
        return (*sets(self.year).get(column, {"codes": ()})["codes"], *added)

    def schemes(self) -> dict[str, tuple[str, ...]]:
        """Return the insurance types of each scheme."""
        return {name: self.group("insutype", name) for name in SCHEMES}

    def always(self, column: str) -> bool:
        """Return whether every row has to have a code in a column."""
        return "always" in sets(self.year).get(column, {})
