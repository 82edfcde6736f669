"""区划代码: region codes with their eras, as registers and certificate numbers bear them.

>>> pooling_area("652801", 2024)
Region(code='652800', name='巴音郭楞蒙古自治州', outdated=False)
>>> pooling_area("652100", 2024)
Region(code='650400', name='吐鲁番市', outdated=True)
>>> pooling_area("652100", 2012)
Region(code='652100', name='吐鲁番地区', outdated=False)
>>> pooling_area("997700", 2024) is None
True
"""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

from jixiao import library


class Region(NamedTuple):
    """A pooling area in one year: its code and name then; `outdated` where it was written with another year's code."""

    code: str
    name: str
    outdated: bool = False


class Era(NamedTuple):
    """A four-digit prefix with the years in which it was in force and the region it belongs to."""

    since: int | None
    until: int | None
    region: str


@cache
def _data() -> Any:
    return library.read("enrolment/regions.yaml")


@cache
def _eras() -> dict[str, Era]:
    """Return the eras of all prefixes of pooling areas."""
    found = {}
    for code, entry in _data()["pooling_areas"].items():
        found[code[:4]] = Era(int(entry["since"]) if "since" in entry else None, None, code)
        for earlier in entry.get("before", ()):
            found[earlier["code"][:4]] = Era(None, int(earlier["until"]), code)
    return found


@cache
def pooling_area(code: str, year: int) -> Region | None:
    """Return the pooling area that a six-digit insurance region belongs to in `year`; None for an unknown code."""
    if not (len(code) == 6 and code.isascii() and code.isdecimal()) or code[:2] not in _data()["provinces"]:
        return None
    era = _eras().get(code[:4])
    if era is None:
        return None if _detailed(code[:2]) else Region(f"{code[:4]}00", f"{_data()['provinces'][code[:2]]}{code[:4]}00")
    entry = _data()["pooling_areas"][era.region]
    for earlier in entry.get("before", ()):
        if year < int(entry["since"]):
            return Region(earlier["code"], earlier["name"], outdated=code[:4] != earlier["code"][:4])
    return Region(era.region, entry["name"], outdated=code[:4] != era.region[:4])


@cache
def _detailed(province: str) -> bool:
    return any(code.startswith(province) for code in _data()["pooling_areas"])


@cache
def number_area(area: int, born: int) -> str | None:
    """Return what is odd about the first six digits of a number of somebody born in that year, or None.

    `unknown`: no such province or prefecture; `abolished`: the code was out of force before the birth; a number
    keeps the code it was first given, so a newer code on an older person is ordinary.
    """
    code = f"{area:06d}"
    if code[0] == "9":
        return None  # permanent residence permits of foreigners
    if code[:2] not in _data()["provinces"]:
        return "unknown"
    if code[:4] in _data()["direct"] or code[:2] in _data()["beyond_gbt_2260"]:
        return None
    era = _eras().get(code[:4])
    if era is None or _data()["pooling_areas"][era.region].get("insurance_only"):
        return "unknown" if _detailed(code[:2]) else None
    return "abolished" if era.until is not None and born > era.until else None
