"""等级: the grade of a total, by the bands of a scheme.

>>> grade(Decimal("93.7"), Decimal(100)), grade(Decimal("89.5"), Decimal(100))
('优', '良')
"""

from __future__ import annotations

from decimal import Decimal

from jixiao import library

DEFAULT = "caiyu-2020-10"


def grade(total: Decimal, full: Decimal, scheme: str = DEFAULT) -> str:
    """Return the grade of a total out of `full`, whose bands are stated out of 100."""
    bands = library.read("scoring/grades.yaml")[scheme]["bands"]
    return next(
        (str(band["grade"]) for band in bands if total * 100 >= Decimal(band["from"]) * full),
        str(bands[-1]["grade"]),
    )


def bands(scheme: str = DEFAULT) -> list[tuple[Decimal, str]]:
    """Return (floor, grade) of a scheme, highest first."""
    return [(Decimal(band["from"]), band["grade"]) for band in library.read("scoring/grades.yaml")[scheme]["bands"]]
