"""资金地区: the regions of a ledger by code and name; packaged names, chosen by the evaluated year.

>>> name_of("654000", 2024), name_of("652100", 2012), name_of("652100", 2024), name_of("999999", 2024) is None
('伊犁州', '吐鲁番地区', '吐鲁番市', True)
>>> renamed("652100", 2024)
'650400'
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from jixiao import library
from jixiao.funds.ledger import KINDS

if TYPE_CHECKING:
    from jixiao.funds.ledger import Ledger


@cache
def _areas() -> dict[str, Any]:
    return dict(library.read("enrolment/regions.yaml")["pooling_areas"])


@cache
def _current(code: str) -> str | None:
    """Return the code that a code has become, itself where it is in force, None for one that is not known."""
    if code in _areas():
        return code
    return next(
        (now for now, entry in _areas().items() for old in entry.get("before", ()) if old["code"] == code), None
    )


def name_of(code: str, year: int) -> str | None:
    """Return the name that tables print for a pooling area in a year, or a province's; None for an unknown code."""
    if len(code) == 6 and code.endswith("0000"):
        province: str | None = library.read("enrolment/regions.yaml")["provinces"].get(code[:2])
        return province
    now = _current(code)
    if now is None:
        return None
    entry = _areas()[now]
    for earlier in entry.get("before", ()):
        if year < int(entry["since"]):
            return str(earlier["name"])
    return str(entry.get("short", entry["name"]))


def renamed(code: str, year: int) -> str | None:
    """Return the code in force in a year where the one given is not, None where it is (or is not known)."""
    now = _current(code)
    if now is None:
        return None
    entry = _areas()[now]
    valid = now
    for earlier in entry.get("before", ()):
        if year < int(entry["since"]):
            valid = earlier["code"]
    return None if valid == code else valid


def missing(codes: list[str], year: int) -> list[str]:
    """Return the names of the pooling areas of a province of which at least two are there and these are not.

    >>> missing(["650100", "654000"], 2024)[:2], missing(["650100"], 2024)
    (['克拉玛依市', '吐鲁番市'], [])
    """
    provinces = [code[:2] for code in codes if _current(code) is not None]
    due = {province for province in provinces if provinces.count(province) > 1}
    present = {_current(code) for code in codes}
    return [
        name_of(code, year) or code
        for code, entry in _areas().items()
        if code[:2] in due and code not in present and not entry.get("insurance_only")
    ]


def label(ledger: Ledger, region: str | None, year: int) -> str:
    """Return what a table prints for a region of the ledger: its own name, the packaged one, else what was typed."""
    code = ledger.code(region)
    own = next((known.name for known in ledger.regions if known.code == code), None)
    return own or (name_of(code, year) if code else None) or region or ""


def listed(ledger: Ledger) -> list[str]:
    """Return the codes of the regions in their order: those declared, those without money too, then any others."""
    used = [line.region for kind in KINDS for line in ledger.lines(kind)]
    codes = [known.code for known in ledger.regions] + [ledger.code(region) or "" for region in used]
    return [code for code in dict.fromkeys(codes) if code]
