"""身份证号的表达式: plainly spelt numbers recognised in bulk, with keys that bring suspects together.

Every column here is below 2^53 or only added and multiplied: `//` on 17 digits is floating-point division on some
engines. Digits are taken by flooring doubles: of x + ½, so that a multiple of ten never falls below itself, exact
for 11 digits whether an engine divides or multiplies by a reciprocal.

What is not plain stays out, without a verdict: 29 February, a number with blanks, 15 digits. `identity` has it.
"""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

import narwhals as nw

from jixiao.enrolment.identity import OLDEST

if TYPE_CHECKING:
    from datetime import date

# A fingerprint times 10^10 plus ten digits stays below 2^63.
FINGERPRINTS = 900_000_000


_PLACES = {"area": range(1, 6), "rest": range(1, 11)}


def split(frame: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """Add what the expressions are made of: `half_area` and `half_rest`, the parts of a number as doubles, plus ½."""
    halves = {f"half_{name}": nw.col(name).cast(nw.Float64) + 0.5 for name in _PLACES}
    return frame.with_columns(**halves)


def without(name: str, k: int) -> nw.Expr:
    """Return a part of the number without its last k digits."""
    return (nw.col(f"half_{name}") / float(10**k)).floor()


def weighed(name: str) -> nw.Expr:
    """Return Σ digit × 2^place of a part, the last digit's place being 0, and ½.

    With q(k) the part without its last k digits this is n − Σ 2^(k+2)·q(k): one division for each digit.
    """
    half = nw.col(f"half_{name}")
    return reduce(lambda rest, k: rest - without(name, k) * float(2 ** (k + 2)), _PLACES[name], half)


def plain(as_of: date) -> nw.Expr:
    """Return whether the parts are a usable number; null or False leaves the verdict to `identity`."""
    return dated(as_of) & checked()


def dated(as_of: date) -> nw.Expr:
    """Return whether the parts hold a day on which somebody alive can have been born; False for any 29 February."""
    day_number, month_number, year = without("rest", 3), without("rest", 5), without("rest", 7)
    month, day = month_number - year * 100.0, day_number - month_number * 100.0
    long = reduce(or_, [month == m for m in (1.0, 3.0, 5.0, 7.0, 8.0, 10.0, 12.0)])
    is_day = (month >= 1.0) & (month <= 12.0) & (day >= 1.0)
    is_day &= (day <= 28.0) | ((day <= 30.0) & (month != 2.0)) | ((day == 31.0) & long)
    return is_day & (year >= float(OLDEST)) & (day_number <= float(as_of.strftime("%Y%m%d")))


def checked() -> nw.Expr:
    """Return whether the last character is the check digit of the others."""
    # Both halves bring a ½ too many; 1 is what a right number leaves, so what remains below is a multiple of 11 and ½.
    left = weighed("area") * 4096.0 + weighed("rest") * 2.0 + nw.col("last") - (2048.0 + 1.0 + 1.0 - 0.5)
    return (left / 11.0).floor() * 11.0 == left - 0.5


def number() -> nw.Expr:
    """Return the 17 digits as one integer."""
    return nw.col("area") * 10**11 + nw.col("rest")


def born() -> nw.Expr:
    """Return the year of birth."""
    return without("rest", 7).cast(nw.Int64)


def near_keys(fingerprint: str) -> dict[str, nw.Expr]:
    """Return two keys of which numbers one digit apart share one, provided their names are the same.

    The digits fall into two parts, area with day and year with sequence: one wrong digit leaves the other part
    whole. (Halves by place would put namesakes of a county and a decade together: ten times the work.)
    """
    day_number, year = without("rest", 3), without("rest", 7)
    day = (day_number - year * 10_000.0).cast(nw.Int64)
    year_and_sequence = nw.col("rest") - day_number.cast(nw.Int64) * 1000 + year.cast(nw.Int64) * 1000
    return {
        "near_place": nw.col(fingerprint) * 10**10 + nw.col("area") * 10**4 + day,
        "near_year": nw.col(fingerprint) * 10**10 + year_and_sequence,
    }
