"""开方与对数: exact ratios to 50-digit decimals, where a root or a logarithm leaves the rationals.

>>> root(9, 4), str(published(root(2, 1), 4))
(Decimal('1.5'), '1.4142')
"""

from __future__ import annotations

from decimal import Decimal, localcontext
from typing import TYPE_CHECKING

from jixiao.figures.figure import exactly
from jixiao.figures.units import BARE
from jixiao.surveys.probability import DIGITS

if TYPE_CHECKING:
    from jixiao.figures.figure import Figure
    from jixiao.figures.units import Unit


def ratio(num: int, den: int) -> Decimal:
    """Return num/den to 50 digits."""
    with localcontext() as context:
        context.prec = DIGITS
        return Decimal(num) / Decimal(den)


def decimal_of(figure: Figure) -> Decimal:
    """Return the value of a figure in its base unit to 50 digits."""
    return ratio(figure.num, figure.den)


def root(num: int, den: int) -> Decimal:
    """Return √(num/den) to 50 digits."""
    with localcontext() as context:
        context.prec = 2 * DIGITS
        value = (Decimal(num) / Decimal(den)).sqrt()
    with localcontext() as context:
        context.prec = DIGITS
        return +value


def log(num: int, den: int) -> Decimal:
    """Return ln(num/den) to 50 digits."""
    with localcontext() as context:
        context.prec = 2 * DIGITS
        value = (Decimal(num) / Decimal(den)).ln()
    with localcontext() as context:
        context.prec = DIGITS
        return +value


def as_figure(value: Decimal, unit: Unit = BARE) -> Figure:
    """Return a decimal as a figure of just that value."""
    return exactly(*value.as_integer_ratio(), unit)


def published(value: Decimal, places: int, unit: Unit = BARE) -> Figure:
    """Return a decimal as a reader gets it."""
    return as_figure(value, unit).published(places, strip=False)
