"""笔误之差: whether two figures are one slip of the hand apart: one digit, two neighbours swapped, a point moved.

A list of parts need not be the whole. Where its sum misses the whole by just what one slip makes, it was meant to be.

>>> slipped("42433", "42343"), slipped("93.7", "9.37"), slipped("51253", "48636")
(True, True, False)
>>> by_one_digit(3000, 1), by_one_digit(2700, 1), by_one_digit(4470, 1)
(True, True, False)
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jixiao.figures import exact

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jixiao.figures.figure import Figure
    from jixiao.review.said import Claim

LEAST_DIGITS = 3
_TELLING = 4  # significant digits that a figure must have before a difference of one digit means anything


def slipped(one: str, other: str) -> bool:
    """Return whether two numbers as printed differ by one slip."""
    a, b = re.sub(r"[^\d]", "", one), re.sub(r"[^\d]", "", other)
    if one.strip() == other.strip() or min(len(a), len(b)) < LEAST_DIGITS:
        return False
    if a == b:
        return True
    if len(a) != len(b) or _whole(one) != _whole(other):
        return False
    differ = [n for n, (x, y) in enumerate(zip(a, b, strict=True)) if x != y]
    if len(differ) == 1:
        return True
    return (
        len(differ) == 2
        and differ[1] == differ[0] + 1
        and a[differ[0]] == b[differ[1]]
        and a[differ[1]] == b[differ[0]]
    )


def _whole(text: str) -> int:
    return len(re.sub(r"[^\d.]", "", text).partition(".")[0])


def slips(number: str) -> list[str]:
    """Return every number that is one slip of a printed one: one digit changed, or two neighbours swapped.

    >>> slips("59")[:3], "95" in slips("59")
    (['19', '29', '39'], True)
    """
    at = [n for n, letter in enumerate(number) if letter.isdigit()]
    changed = [number[:n] + digit + number[n + 1 :] for n in at for digit in "0123456789" if digit != number[n]]
    swapped = [
        number[:n] + number[n + 1] + number[n] + number[n + 2 :]
        for n in at
        if n + 1 in at and number[n] != number[n + 1]
    ]
    return [one for one in (*changed, *swapped) if not (one.startswith("0") and one[1:2].isdigit())]


def sum_slipped(whole: Claim, parts: Sequence[Claim], signs: Sequence[int] | None = None, *, telling: int = 2) -> bool:
    """Return whether a whole and the sum of its parts are one slip apart, `telling` of them with digits enough."""
    figures = [figure for claim in (whole, *parts) if (figure := claim.figure) is not None]
    if len(figures) != len(parts) + 1 or any(figure.num <= 0 for figure in figures):
        return False
    if sum(significant(figure) >= _TELLING for figure in figures) < telling:
        return False
    step = min((_step(figure) for figure in figures), key=lambda pair: pair[0] / pair[1])
    num, den = figures[0].num, figures[0].den
    for figure, sign in zip(figures[1:], signs or (1,) * len(parts), strict=True):
        num, den = exact.reduced(num * figure.den - sign * figure.num * den, den * figure.den)
    return by_one_digit(num * step[1], den * step[0])


def by_one_digit(num: int, den: int) -> bool:
    """Return whether a difference in units of the last place is what one changed digit or one swap makes."""
    if not num or num % den:
        return False
    left = str(abs(num // den)).rstrip("0")
    return len(left) == 1 or (len(left) == 2 and int(left) % 9 == 0)


def significant(figure: Figure) -> int:
    """Return how many digits a figure has without the zeros at its end."""
    return len(str(abs(figure.num * _step(figure)[1]) // (figure.den * _step(figure)[0])).rstrip("0"))


def _step(figure: Figure) -> tuple[int, int]:
    """Return the last printed place of a figure, in the base unit."""
    return exact.reduced(figure.unit.num, figure.unit.den * 10 ** (figure.places or 0))
