"""写出的算式: arithmetic that a text writes out, with its result and the figures that it copies from the text."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from jixiao.figures.figure import figure
from jixiao.review.recognising.mentions import mentions
from jixiao.review.recognising.slips import slipped
from jixiao.review.said import Relation
from jixiao.review.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jixiao.review.recognising.material import Passage

_EXPRESSION = re.compile(
    r"(?P<left>[\d.,()（）+\-－×xX*÷/\s%万亿元人分]*[+\-－×xX*÷/][\d.,()（）+\-－×xX*÷/\s%万亿元人分]*)[=＝](?P<right>-?\d[\d,]*(?:\.\d+)?%?)"
)
_TOKEN = re.compile(r"\d[\d,]*(?:\.\d+)?%?|[()+\-*/]")


def expressions(passage: Passage) -> Iterator[Relation]:
    """Yield arithmetic that the text writes out: (93119.7384/102840.5687)×12=10.87."""
    for match in _EXPRESSION.finditer(passage.text):
        left = re.sub(r"[万亿元人分\s]", "", match["left"])
        for sign, plain in (("（", "("), ("）", ")"), ("×", "*"), ("x", "*"), ("X", "*"), ("÷", "/"), ("－", "-")):
            left = left.replace(sign, plain)
        value = evaluated(left)
        result = next((m for m in mentions(passage) if m.start == match.start("right")), None)
        yield from _copied(match, passage)
        if value is not None and result is not None and re.search(r"[+\-*/]", left.lstrip("(-")):
            yield Relation("expression", (result.claim,), match[0], {"value": value})


def _copied(match: re.Match[str], passage: Passage) -> Iterator[Relation]:
    """Yield operands that are a slip of a figure which the passage names before."""
    found = mentions(passage)
    operands = [m for m in found if match.start() <= m.start < match.start("right")]
    named = [m for m in found if m.end <= match.start() and len(re.sub(r"[^\d]", "", m.claim.text)) > 3]
    numbers = {re.sub(r"[^\d.]", "", m.claim.text) for m in named}
    for operand in operands:
        text = re.sub(r"[^\d.]", "", operand.claim.text)
        if text in numbers or len(text) < 4:
            continue
        for m in named:
            other = re.sub(r"[^\d.]", "", m.claim.text)
            if slipped(text, other) and text.replace(".", "") != other.replace(".", ""):
                bare = replace(
                    m.claim,
                    figure=replace(
                        m.figure,
                        num=m.figure.num * m.figure.unit.den,
                        den=m.figure.den * m.figure.unit.num,
                        unit=operand.figure.unit,
                    ),
                )
                yield Relation("same", (operand.claim, bare), m.label)
                break


def evaluated(text: str) -> Span | None:
    """Return the values that an expression of printed numbers can have, None for one that is none.

    >>> str(evaluated("(3/4)*8"))
    '[6, 6]'
    """
    tokens = _TOKEN.findall(text)
    if "".join(tokens) != text or not tokens:
        return None
    value, rest = _sum(tokens)
    return value if not rest else None


def _sum(tokens: list[str]) -> tuple[Span | None, list[str]]:
    value, rest = _product(tokens)
    while value is not None and rest and rest[0] in "+-":
        sign, (other, rest) = rest[0], _product(rest[1:])
        if other is None:
            return None, rest
        value = value.plus(other) if sign == "+" else value.minus(other)
    return value, rest


def _product(tokens: list[str]) -> tuple[Span | None, list[str]]:
    value, rest = _atom(tokens)
    while value is not None and rest and rest[0] in "*/":
        sign, (other, rest) = rest[0], _atom(rest[1:])
        if other is None:
            return None, rest
        value = value.times(other) if sign == "*" else value.over(other)
    return value, rest


def _atom(tokens: list[str]) -> tuple[Span | None, list[str]]:
    if not tokens:
        return None, []
    if tokens[0] == "(":
        value, rest = _sum(tokens[1:])
        return (value, rest[1:]) if rest and rest[0] == ")" else (None, rest)
    if tokens[0][0].isdigit():
        try:
            read = figure(tokens[0])
        except ValueError:
            return None, tokens
        whole = read.places == 0 and read.unit.name != "%"
        return (Span.value(read) if whole else Span.of(read)), tokens[1:]
    return None, tokens
