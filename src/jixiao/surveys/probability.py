"""概率: the normal and the χ² distribution to 50 digits, for intervals and p-values.

    P(χ² with k degrees > x) = Q(k/2, x/2), the upper regularised gamma function
    Φ(z) = 1 − ½ Q(½, z²/2) for z ≥ 0

Series below a + 1, continued fraction above (Abramowitz & Stegun 6.5.29, 6.5.31).

>>> normal_quantile(Decimal("0.975")).quantize(Decimal("1e-15"))
Decimal('1.959963984540054')
>>> chi_square_tail(Decimal("3.841458820694124"), 1).quantize(Decimal("1e-12"))
Decimal('0.050000000000')
"""

from __future__ import annotations

from decimal import Decimal, localcontext
from functools import cache

DIGITS = 50
_GUARD = 15
_MOST = 100_000


def chi_square_tail(x: Decimal, degrees: int) -> Decimal:
    """Return the probability that χ² with so many degrees of freedom exceeds x ≥ 0, to 50 digits."""
    with localcontext() as context:
        context.prec = DIGITS + _GUARD
        context.Emin = -(10**9)
        tail = _upper(degrees, x / 2)
    with localcontext() as context:
        context.prec = DIGITS
        context.Emin = -(10**9)
        return +tail


@cache
def normal_quantile(p: Decimal) -> Decimal:
    """Return z with Φ(z) = p for ½ ≤ p < 1, by Newton's steps."""
    if not Decimal("0.5") <= p < 1:
        raise ValueError(p)
    with localcontext() as context:
        context.prec = DIGITS + _GUARD
        z, density = Decimal(0), 1 / (2 * _pi()).sqrt()
        for _ in range(200):
            below = 1 - _upper(1, z * z / 2) / 2
            step = (below - p) / (density * (-z * z / 2).exp())
            z -= step.max(-1).min(1)
            if abs(step) < Decimal(10) ** -(DIGITS + 5):
                break
    with localcontext() as context:
        context.prec = DIGITS
        return +z


def _upper(degrees: int, x: Decimal) -> Decimal:
    """Return Q(degrees/2, x)."""
    if x <= 0:
        return Decimal(1)
    a = Decimal(degrees) / 2
    front = (a * x.ln() - x).exp() / _gamma(degrees)
    return 1 - front * _series(a, x) if x < a + 1 else front * _fraction(a, x)


def _series(a: Decimal, x: Decimal) -> Decimal:
    term = whole = 1 / a
    for n in range(1, _MOST):
        term *= x / (a + n)
        whole += term
        if term < whole * Decimal(10) ** -(DIGITS + _GUARD):
            break
    return whole


def _fraction(a: Decimal, x: Decimal) -> Decimal:
    """Return Γ(a, x) eˣ x⁻ᵃ by Lentz's method."""
    b = x + 1 - a
    c, d = Decimal(10) ** 300, 1 / b
    found = d
    for n in range(1, _MOST):
        step = -n * (n - a)
        b += 2
        d = 1 / (step * d + b)
        c = b + step / c
        found *= c * d
        if abs(c * d - 1) < Decimal(10) ** -(DIGITS + _GUARD - 3):
            break
    return found


def _gamma(degrees: int) -> Decimal:
    """Return Γ(degrees/2)."""
    value = Decimal(1) if degrees % 2 == 0 else _pi().sqrt()
    at = Decimal(1) if degrees % 2 == 0 else Decimal("0.5")
    while at < Decimal(degrees) / 2:
        value *= at
        at += 1
    return value


@cache
def _pi() -> Decimal:
    """Return π by Machin's formula: π/4 = 4 arctan 1/5 − arctan 1/239."""
    with localcontext() as context:
        context.prec = DIGITS + 2 * _GUARD
        return 4 * (4 * _arctan(5) - _arctan(239))


def _arctan(inverse: int) -> Decimal:
    power = whole = Decimal(1) / inverse
    n, sign = 1, 1
    while abs(power) > Decimal(10) ** -(DIGITS + 2 * _GUARD):
        power /= inverse * inverse
        n, sign = n + 2, -sign
        whole += sign * power / n
    return whole
