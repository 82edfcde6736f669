"""区划代码: region codes with their eras, as registers, ledgers and certificate numbers bear them.

>>> pooling_area("652801", 2024)
Region(code='652800', name='巴音郭楞蒙古自治州', outdated=False)
>>> pooling_area("652100", 2024)
Region(code='650400', name='吐鲁番市', outdated=True)
>>> pooling_area("652100", 2012)
Region(code='652100', name='吐鲁番地区', outdated=False)
>>> pooling_area("420106", 2024).name, pooling_area("310115", 2024), pooling_area("522401", 2010).name
('武汉市', Region(code='310000', name='上海市', outdated=False), '毕节地区')
>>> pooling_area("997700", 2024) is None
True
>>> short_name("654000", 2024), short_name("652100", 2012), short_name("650000", 2024), short_name("999999", 2024)
('伊犁州', '吐鲁番地区', '新疆维吾尔自治区', None)
>>> renamed("652100", 2024), renamed("652100", 2012)
('650400', None)
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
    return library.read("regions.yaml")


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
    province = _data()["provinces"][code[:2]]
    if code[:2] in _data()["whole"]:
        return Region(f"{code[:2]}0000", province)
    era = _eras().get(code[:4])
    if era is None:
        return None if code[:2] in _data()["eras_complete"] else Region(f"{code[:4]}00", f"{province}{code[:4]}00")
    entry = _data()["pooling_areas"][era.region]
    for earlier in entry.get("before", ()):
        if year < int(entry["since"]):
            return Region(earlier["code"], earlier["name"], outdated=code[:4] != earlier["code"][:4])
    return Region(era.region, entry["name"], outdated=code[:4] != era.region[:4])


@cache
def present_code(code: str) -> str | None:
    """Return the code that a pooling area's own code has become by now, None where it is none that is known."""
    return next(
        (now for now, entry in _data()["pooling_areas"].items()
         if code == now or any(code == earlier["code"] for earlier in entry.get("before", ()))), None
    )  # fmt: skip


def short_name(code: str, year: int) -> str | None:
    """Return the name that tables print for a pooling area in a year, or a province's; None for any other code."""
    if len(code) == 6 and code.endswith("0000"):
        province: str | None = _data()["provinces"].get(code[:2])
        return province
    area = pooling_area(code, year) if present_code(code) else None
    return None if area is None else str(_data()["pooling_areas"].get(area.code, {}).get("short", area.name))


def renamed(code: str, year: int) -> str | None:
    """Return the code in force in a year where the one given is not, None where it is (or is not known)."""
    area = pooling_area(code, year) if present_code(code) else None
    return area.code if area is not None and area.outdated else None


@cache
def renamed_prefixes(year: int | None) -> dict[str, str]:
    """Return the prefix to count under where it differs: of codes no longer in force in `year`, and of municipalities.

    >>> renamed_prefixes(2024)["6521"], "6521" in renamed_prefixes(2012), renamed_prefixes(2024)["5002"]
    ('6504', False, '5000')
    """
    whole = {part: f"{province}00" for province, parts in _data()["whole"].items() for part in parts}
    return whole | {
        former["code"][:4]: code[:4]
        for code, area in _data()["pooling_areas"].items()
        for former in area.get("before", ())
        if year is None or year >= int(area["since"])
    }


def missing(codes: list[str], year: int) -> list[str]:
    """Return the names of the pooling areas of a province of which at least two are there and these are not.

    >>> missing(["650100", "654000"], 2024)[:2], missing(["650100"], 2024)
    (['克拉玛依市', '吐鲁番市'], [])
    """
    provinces = [code[:2] for code in codes if present_code(code) is not None]
    due = {province for province in provinces if provinces.count(province) > 1}
    present = {present_code(code) for code in codes}
    return [
        short_name(code, year) or code
        for code, entry in _data()["pooling_areas"].items()
        if code[:2] in due and code not in present and not entry.get("insurance_only")
    ]


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
        return "unknown" if code[:2] in _data()["eras_complete"] else None
    return "abolished" if era.until is not None and born > era.until else None
