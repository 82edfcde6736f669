"""个人信息: telephone numbers, identity numbers, bank cards and persons' names in a text, found and masked.

A number counts only if it can be one: an identity number by its birth date and check digit, a bank card by its Luhn
digit. A name is known by the word before it (联系人：…) or because the office lists it; nothing else tells a name
from other words, and nothing is guessed.

>>> masked("联系人：张三，电话13800138000，身份证11010519491231002X。")
'联系人：＊＊＊，电话＊＊＊，身份证＊＊＊。'
>>> masked("资金48636万元，文号财社〔2024〕12号，李四参会", names=["李四"])
'资金48636万元，文号财社〔2024〕12号，＊＊＊参会'
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MASK = "＊＊＊"
Kind = Literal["name", "telephone", "identity", "card"]
_TITLES = "姓名|联系人|经办人|填报人|填表人|填写人|负责人|主评人|签字人|访谈人|被访谈人|复核人|记录人|法定代表人"
_NAME = re.compile(
    rf"(?:{_TITLES})(?:（签[字名]）|\(签[字名]\))?\s*[:：]\s*([\u4e00-\u9fff]{{2,3}}(?:·[\u4e00-\u9fff]{{2,8}})*)(?![\u4e00-\u9fff])"
)
_TELEPHONE = re.compile(r"(?<![\d.])(?:1[3-9]\d{9}|0\d{2,3}-?\d{7,8})(?![\d.])")
_IDENTITY = re.compile(r"(?<!\d)\d{17}[\dXx](?![\dA-Za-z])")
_CARD = re.compile(r"(?<!\d)(?:62|4\d|5[1-5])\d{14,17}(?!\d)")
_WEIGHTS = tuple(2 ** (17 - at) % 11 for at in range(17))
_CHECKS = "10X98765432"


class Found(NamedTuple):
    """A piece of personal data: of what kind, from where to where in the text."""

    kind: Kind
    start: int
    end: int


def found(text: str, names: Iterable[str] = ()) -> list[Found]:
    """Return the personal data in a text in their order, none overlapping another."""
    taken: list[Found] = []
    for one in sorted(_all(text, names), key=lambda one: (one.start, -one.end)):
        if not taken or one.start >= taken[-1].end:
            taken.append(one)
    return taken


def masked(text: str, names: Iterable[str] = ()) -> str:
    """Return the text with every piece of personal data replaced by stars; all else stays as it is."""
    parts, at = [], 0
    for one in found(text, names):
        parts += [text[at : one.start], MASK]
        at = one.end
    return "".join([*parts, text[at:]])


def _all(text: str, names: Iterable[str]) -> Iterator[Found]:
    for match in _NAME.finditer(text):
        yield Found("name", *match.span(1))
    for name in names:
        for match in re.finditer(re.escape(name), text) if name.strip() else ():
            yield Found("name", *match.span())
    for match in _TELEPHONE.finditer(text):
        yield Found("telephone", *match.span())
    for match in _IDENTITY.finditer(text):
        if _is_identity(match[0]):
            yield Found("identity", *match.span())
    for match in _CARD.finditer(text):
        if _is_card(match[0]):
            yield Found("card", *match.span())


def _is_identity(text: str) -> bool:
    try:
        date(int(text[6:10]), int(text[10:12]), int(text[12:14]))
    except ValueError:
        return False
    weighed = sum(int(digit) * weight for digit, weight in zip(text, _WEIGHTS, strict=False))
    return _CHECKS[weighed % 11] == text[17].upper()


def _is_card(text: str) -> bool:
    doubled = [int(digit) * (2 if at % 2 else 1) for at, digit in enumerate(reversed(text))]
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0
