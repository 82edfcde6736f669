"""精确数: the one door for a number in text and the one place where a number is rounded.

Inside, a number is a pair of integers. Binary floats are refused. Rounding is half up, away from zero.

>>> decimal("1,234.50")
(123450, 2)
>>> decimal("1,2") is None and decimal("1e5") is None
True
>>> half_up(8485, 1000, 2), half_up(-5, 1000, 2)
(849, -1)
>>> spelt(849, 2)
'8.49'
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from math import gcd

_NUMBER = re.compile(r"([+-]?)((?:\d{1,3}(?:,\d{3})+|\d+))(?:\.(\d+))?")
POWERS: tuple[int, ...] = tuple(10**n for n in range(40))
_MOST_DIGITS = 30


def decimal(text: str) -> tuple[int, int] | None:
    """Return the digits of a decimal number as one integer and how many of them are decimals, or None.

    Commas are taken only where they part thousands. No figure of a report has more than 30 digits.
    """
    if not isinstance(text, str):
        raise TypeError(f"a number enters as text, not as {type(text).__name__}")
    match = _NUMBER.fullmatch(text)
    if not match or not text.isascii():
        return None
    sign, whole, decimals = match[1], match[2].replace(",", ""), match[3] or ""
    if len(whole) + len(decimals) > _MOST_DIGITS:
        return None
    return int(f"{sign}{whole}{decimals}"), len(decimals)


def reduced(num: int, den: int) -> tuple[int, int]:
    """Return the same ratio in lowest terms with a positive denominator.

    >>> reduced(4, -6)
    (-2, 3)
    """
    shared = gcd(num, den)
    if den < 0:
        shared = -shared
    return num // shared, den // shared


def half_up(num: int, den: int, places: int) -> int:
    """Return num/den rounded half up (away from zero) as a whole number of 10**-places; den is positive."""
    if num >= 0:
        return (2 * num * POWERS[places] + den) // (2 * den)
    return -((-2 * num * POWERS[places] + den) // (2 * den))


def ceiling(num: int, den: int) -> int:
    """Return the smallest whole number not below num/den.

    >>> ceiling(79, 100), ceiling(-1, 2)
    (1, 0)
    """
    return -(-num // den)


def spelt(units: int, places: int, *, thousands: bool = False, strip: bool = False) -> str:
    """Return a whole number of 10**-places as decimal text.

    >>> spelt(1234500, 2, thousands=True), spelt(1234500, 2, strip=True), spelt(-5, 2)
    ('12,345.00', '12345', '-0.05')
    """
    sign, digits = ("-" if units < 0 else ""), str(abs(units)).rjust(places + 1, "0")
    whole, decimals = (digits[:-places], digits[-places:]) if places else (digits, "")
    if strip:
        decimals = decimals.rstrip("0")
    if thousands:
        whole = f"{int(whole):,}"
    return f"{sign}{whole}.{decimals}" if decimals else f"{sign}{whole}"


@lru_cache(maxsize=65536)
def awarded(units: int, places: int) -> Decimal:
    """Return a whole number of 10**-places as the Decimal that a score is kept in.

    >>> awarded(849, 2)
    Decimal('8.49')
    """
    return Decimal(units).scaleb(-places)


def exactly(num: int, den: int) -> tuple[int, int] | None:
    """Return num/den as (digits, places) when it is a finite decimal, else None.

    >>> exactly(1, 8), exactly(1, 3)
    ((125, 3), None)
    """
    rest, places = den, 0
    for prime in (2, 5):
        count = 0
        while rest % prime == 0:
            rest //= prime
            count += 1
        places = max(places, count)
    return None if rest != 1 or places >= len(POWERS) else (num * POWERS[places] // den, places)
