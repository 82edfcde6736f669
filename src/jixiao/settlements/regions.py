"""区划变更: former region codes that records still bear, by the year that is evaluated."""

from __future__ import annotations

from functools import cache

from jixiao import library


@cache
def renamed(year: int | None) -> dict[str, str]:
    """Return the present four-digit prefix of every former one; none that was still in force in `year`.

    >>> renamed(2024)["6521"], "6521" in renamed(2012)
    ('6504', False)
    """
    areas = library.read("enrolment/regions.yaml")["pooling_areas"]
    return {
        former["code"][:4]: code[:4]
        for code, area in areas.items()
        for former in area.get("before", ())
        if year is None or year >= int(area["since"])
    }
