"""身份证号: a certificate number as somebody typed it, to the citizen's number it means or why it means none.

The number has 17 digits (area 6, birth 8, sequence 3) and a check digit, ISO 7064 MOD 11-2 (GB 11643-1999). Here
stands the whole rule, in plain Python, for any spelling; the expressions of `numbers` only recognise numbers that
are spelt plainly and leave the rest to this module.

>>> identity("11010519491231002X").number
11010519491231002
>>> identity(" １１０１０５１９４９１２３１００２ｘ ").number, identity("110105491231002").raised
(11010519491231002, True)
>>> identity("110105194912310021").why
'check_digit'
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from jixiao import library

WEIGHTS = tuple(2 ** (17 - at) % 11 for at in range(17))
CHECKS = "10X98765432"
OLDEST = 1850
# Dashes and invisible marks that people and systems put into a number; whitespace goes as well.
# So do an apostrophe and ="…", by which a spreadsheet is told to leave a number alone.
_DROPPED = dict.fromkeys(map(ord, "-‐‑–—\u200b\u200c\u200d\u2060\ufeff'=\""))
_LONG = re.compile(r"(?<![0-9A-Za-z.])\d{14,24}[\dXxＸｘ](?![0-9A-Za-z])")  # no digest, no decimal

_NUMBER = re.compile(r"(?<![0-9])[1-9][0-9]{14}([0-9]{2}[0-9Xx])?(?![0-9])")

REASONS = ("missing", "scientific", "not_digits", "length", "birth_date", "check_digit")


class Identity(NamedTuple):
    """What a certificate number means.

    `number` is the first 17 digits as an integer wherever there are 17 of them, usable or not (None otherwise);
    `why` is None for a usable number, else one of `REASONS`; `raised` says that it came from 15 digits.
    """

    number: int | None
    why: str | None = None
    raised: bool = False


@cache
def parameters() -> Any:
    """Return the packaged parameters of a comparison."""
    return library.read("enrolment/parameters.yaml")


def identity(text: str | None, *, as_of: date = date.max) -> Identity:
    """Return what a citizen's number as typed means; a birth after `as_of` is no birth date."""
    cleaned = cleaned_number(text)
    if not cleaned:
        return Identity(None, "missing")
    if cleaned.isascii() and cleaned.isdecimal() and len(cleaned) == 15:
        return _checked(int(f"{cleaned[:6]}19{cleaned[6:]}"), None, as_of)
    head, last = cleaned[:17], cleaned[17:]
    digits = head.isascii() and head.isdecimal()
    if not digits or (last and last not in CHECKS):
        return Identity(None, "scientific" if is_scientific(cleaned) else "not_digits")
    if len(cleaned) != 18:
        return Identity(None, "length")
    return _checked(int(head), last, as_of)


def _checked(number: int, last: str | None, as_of: date) -> Identity:
    spelt = f"{number:017d}"
    raised = last is None
    if not is_day(int(spelt[6:10]), int(spelt[10:12]), int(spelt[12:14]), as_of):
        return Identity(number, "birth_date", raised)
    if spelt[0] == "0" or (last is not None and last != check_digit(number)):
        return Identity(number, "check_digit", raised)
    return Identity(number, None, raised)


def cleaned_number(text: str | None) -> str:
    """Return a number without what typing adds: full-width digits, blanks, dashes, a lower-case x."""
    if text is None:
        return ""
    plain = unicodedata.normalize("NFKC", text).translate(_DROPPED)
    return "".join(plain.split()).upper()


def check_digit(number: int) -> str:
    """Return the check digit of 17 digits.

    >>> check_digit(11010519491231002)
    'X'
    """
    return CHECKS[sum(int(digit) * weight for digit, weight in zip(f"{number:017d}", WEIGHTS, strict=True)) % 11]


def full(number: int) -> str:
    """Return the 18 characters of a number."""
    return f"{number:017d}{check_digit(number)}"


def is_day(year: int, month: int, day: int, as_of: date = date.max) -> bool:
    """Return whether there is such a day, and somebody alive can have been born on it by `as_of`."""
    if year < OLDEST:
        return False
    try:
        return date(year, month, day) <= as_of
    except ValueError:
        return False


def is_scientific(text: str) -> bool:
    """Return whether a number was kept by a spreadsheet as 6.5E+17.

    >>> is_scientific("6.50102E+17"), is_scientific("65010219900101001X")
    (True, False)
    """
    mantissa, mark, exponent = text.upper().partition("E")
    plain = mantissa.replace(".", "", 1).isdecimal() and exponent.lstrip("+").isdecimal()
    return bool(mark) and plain


def one_digit_apart(left: int, right: int) -> bool:
    """Return whether two numbers of 17 digits differ in exactly one of them.

    >>> one_digit_apart(65010219900101001, 65010219910101001), one_digit_apart(109, 110)
    (True, False)
    """
    return sum(a != b for a, b in zip(f"{left:017d}", f"{right:017d}", strict=True)) == 1


@cache
def _separators() -> dict[int, None]:
    return dict.fromkeys(ord(mark) for mark in parameters()["name_separators"])


def cleaned_name(text: str | None) -> str | None:
    """Return a name without separators and blanks, which registers spell in a dozen ways; None for none.

    >>> cleaned_name("甲乙 · 丙丁"), cleaned_name("甲乙•丙丁"), cleaned_name(" ")
    ('甲乙丙丁', '甲乙丙丁', None)
    """
    return (text or "").translate(_separators()) or None


def masked(text: str | None) -> str:
    """Return a number as it may be shown outside the case lists: its area and its last character.

    >>> masked("11010519491231002X"), masked("E123")
    ('110105***********X', '****')
    """
    if not text:
        return ""
    return f"{text[:6]}{'*' * (len(text) - 7)}{text[-1]}" if len(text) > 8 else "*" * len(text)


def hidden(text: str) -> str:
    """Return a text as a screen or a log may show it: every usable number in it is masked.

    >>> hidden("heads: 1, 11010519491231002X, 652800"), hidden("330000165412345678")
    ('heads: 1, 110105***********X, 652800', '330000165412345678')
    """
    return _NUMBER.sub(lambda found: masked(found[0]) if identity(found[0]).why is None else found[0], text)


def masked_within(text: str) -> str:
    """Return a text of a register in which every number as long as a person's is masked, usable or not.

    >>> masked_within("P1,甲,11010519491231002X,390"), masked_within("amount: 0.30000000000000004")
    ('P1,甲,110105***********X,390', 'amount: 0.30000000000000004')
    """
    return _LONG.sub(lambda found: masked(found[0]), text)
