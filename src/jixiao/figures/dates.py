"""日期: a day, month or year as reports write it, and deadlines of them, compared as dates and never as numbers.

>>> day("2024年12月31日"), day("2024.9"), day("12月底之前")
(When(year=2024, month=12, day=31), When(year=2024, month=9, day=None), When(year=None, month=12, day=None))
>>> str(day("2024-12-31"))
'2024年12月31日'
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_YEAR = r"(?:(?P<year>(?:19|20)\d\d)\s*(?:年度?|[-./]))"
_MONTH = r"(?:(?P<month>1[0-2]|0?[1-9])\s*(?:月份?底?|[-./]|$))"
_DAY = r"(?:(?P<day>3[01]|[12]\d|0?[1-9])\s*[日号]?)"
_FORMS = [
    re.compile(rf"{_YEAR}\s*{_MONTH}\s*{_DAY}"),
    re.compile(rf"{_YEAR}\s*{_MONTH}"),
    re.compile(r"(?P<month>1[0-2]|0?[1-9])月份?底?\s*(?:(?P<day>3[01]|[12]\d|0?[1-9])[日号])?"),
    re.compile(r"(?P<year>(?:19|20)\d\d)年度?底?"),
    re.compile(r"(?P<day>3[01]|[12]\d|0?[1-9])[日号]"),
]
_DEADLINE = re.compile(
    r"(?:截至|截止)?(?P<core>.*?)(?:以前|之前|前|底前|底之前)?(?:完成|办结|到位|发放|支付|拨付|开工|竣工|验收|报送)?(?:完毕)?"
)
_PARTS = ("year", "month", "day")


@dataclass(frozen=True, slots=True)
class When:
    """A date as far as it is said: any of year, month and day may be missing; `spelt` is the text it came from."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    spelt: str | None = field(default=None, compare=False, repr=False)

    def after(self, deadline: When) -> bool | None:
        """Return whether this lies after the end of `deadline`; a missing year is the same year.

        None when this is said less finely than the deadline (12月 against 12月5日).
        """
        ours, others = (self.year, self.month, self.day), (deadline.year, deadline.month, deadline.day)
        for name, mine, theirs in zip(_PARTS, ours, others, strict=True):
            if theirs is None or (mine is None and name == "year"):
                continue
            if mine is None:
                return None
            if mine != theirs:
                return mine > theirs
        return False

    def __str__(self) -> str:
        """Return the text it came from, else the date as Chinese official documents print it."""
        if self.spelt is not None:
            return self.spelt
        parts = ((self.year, "年"), (self.month, "月"), (self.day, "日"))
        return "".join(f"{part}{name}" for part, name in parts if part is not None)


def day(text: str) -> When | None:
    """Return the date that a text is, its deadline words (前, 之前, 完成) left aside, or None."""
    deadline = _DEADLINE.fullmatch(text.strip())
    core = deadline["core"] if deadline else text
    for form in _FORMS:
        match = form.fullmatch(core)
        if match:
            said = match.groupdict()
            year, month, day_ = (int(said[part]) if said.get(part) else None for part in _PARTS)
            return When(year, month, day_)
    return None
