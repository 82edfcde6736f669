"""指标值写法: a target as a table prints it, read to its kind and bounds.

>>> str(target("105%≤≥95%").low), str(target("105%≤≥95%").high), target("105%≤≥95%").kind
('95%', '105%', 'between')
>>> target("上访率控制在0.1%以内").kind, target("每月25日前").when
('at_most', When(year=None, month=None, day=25))
>>> target("完成1部宣传片,2套方案").why.id
'figures.several_numbers'
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jixiao.figures import dates
from jixiao.figures.figure import Figure, compared
from jixiao.figures.notation import clean, figure, is_damaged, is_placeholder
from jixiao.figures.target import Kind, Target
from jixiao.figures.units import BARE, Unit
from jixiao.figures.unread import Unread
from jixiao.findings import Message

if TYPE_CHECKING:
    from collections.abc import Iterator

_AMOUNT = r"[+-]?[\d,]+(?:\.\d+)?[^\d≥≤=<>~,，;；。至且-]*"
_RANGES = [
    re.compile(rf"(?P<a>{_AMOUNT})≤[xX]?≥(?P<b>{_AMOUNT})"),
    re.compile(rf"(?P<a>{_AMOUNT})[≤<]?[xX~]?[≤<](?P<b>{_AMOUNT})"),
    re.compile(rf"≥(?P<a>{_AMOUNT})[,，;；且]?≤(?P<b>{_AMOUNT})"),
    re.compile(rf"≤(?P<a>{_AMOUNT})[,，;；且]?≥(?P<b>{_AMOUNT})"),
    re.compile(rf"(?P<a>{_AMOUNT})(?:~|-|—|至)(?P<b>{_AMOUNT})"),
]
_WORDS_BEFORE: dict[Kind, str] = {
    "at_least": "≥ 大于等于 大于或等于 不少于 不低于 不小于 不短于 至少 达到 达",
    "at_most": "≤ 小于等于 小于或等于 不超过 不多于 不高于 不大于 控制在 至多",
    "above": "> 大于 高于 超过",
    "below": "< 小于 低于 少于",
    "equal": "= 等于",
}
_WORDS_BEHIND: dict[Kind, str] = {"at_least": "及以上 (含)以上 以上", "at_most": "及以下 以下 以内 之内"}


def _longest_first(words: dict[Kind, str]) -> list[tuple[str, Kind]]:
    pairs = [(word, kind) for kind, line in words.items() for word in line.split()]
    return sorted(pairs, key=lambda pair: -len(pair[0]))


_BEFORE, _BEHIND = _longest_first(_WORDS_BEFORE), _longest_first(_WORDS_BEHIND)
_LAST_YEAR: tuple[tuple[str, Kind], ...] = (
    (r"(不低于|不少于|不小于|≥)(上年|上一年|去年)(度|水平|同期)?\D*", "not_below_last"),
    (r"(与)?(上年|去年)(度)?(持平|基本持平)\D*", "not_below_last"),
    (
        r"(逐年|较上年|比上年)(有所)?(提升|提高|增长|上升|增加)\D*|(高于|超过|>)(上年|去年)\D*",
        "above_last",
    ),
)
_RELATIVE = re.compile(r".*(上年|上一年|去年|逐年).*\d.*")
_SCALE = re.compile(r"(定性)?(优良中低?差|优秀?[、/]?良好?[、/]?中[、/]?差|好坏|好中差|高中低)")
_YEARS = re.compile(r"(19|20)\d\d\D+(19|20)\d\d年?度?")
_NUMBER = re.compile(r"\d")
_NUMBERS = re.compile(r"[\d,]+(?:\.\d+)?")


def target(text: str, *, expected: Unit = BARE) -> Target | Unread:
    """Return the target that a cell's text is; `expected` is the unit of a unit column, if there is one."""
    cleaned = clean(text).rstrip("。;；")
    if is_placeholder(cleaned):
        return Unread(text, Message("figures.placeholder", {"spelt": text}))
    if is_damaged(cleaned):
        return Unread(text, Message("figures.damaged", {"spelt": text}))
    for reader in (_last_year, _scale, _range, _date, _signed):
        read = reader(cleaned, text, expected)
        if read is not None:
            return read
    if _RELATIVE.fullmatch(cleaned):
        return Unread(text, Message("figures.relative", {"spelt": text}))
    if not _NUMBER.search(cleaned):
        return Target("level", word=cleaned, spelt=text)
    return _sentence(cleaned, text, expected)


def _last_year(cleaned: str, text: str, _: Unit) -> Target | None:
    kind = next((kind for form, kind in _LAST_YEAR if re.fullmatch(form, cleaned)), None)
    return Target(kind, word=cleaned, spelt=text) if kind else None


def _scale(cleaned: str, text: str, _: Unit) -> Target | None:
    return Target("scale", word=cleaned, spelt=text) if _SCALE.fullmatch(cleaned) else None


def _range(cleaned: str, text: str, expected: Unit) -> Target | None:
    for form in _RANGES:
        match = form.fullmatch(cleaned)
        if match and dates.day(cleaned) is None:
            right = figure(match["b"], expected=expected)
            left = figure(match["a"], expected=right.unit if isinstance(right, Figure) else expected)
            if isinstance(left, Figure) and isinstance(right, Figure):
                order = compared(left, right)
                if order is not None and not _YEARS.fullmatch(cleaned):
                    low, high = (left, right) if order <= 0 else (right, left)
                    return Target("between", low, high, spelt=text)
    return None


def _date(cleaned: str, text: str, _: Unit) -> Target | None:
    every = re.fullmatch(r"(?P<each>每(?:年|半年|季度?|月)|按(?:年|季度?|月))(?P<rest>.*\d.*)", cleaned)
    when = dates.day(every["rest"] if every else cleaned)
    if when is None or not re.search(r"[年月日号底前/.-]", cleaned):
        return None
    if re.fullmatch(r"\d+(\.\d+)?", cleaned):
        return None
    return Target("every" if every else "by_date", when=when, word=cleaned, spelt=text)


def _signed(cleaned: str, text: str, expected: Unit) -> Target | None:
    for sign, kind, rest in _signs(cleaned):
        read = figure(rest, expected=expected)
        if isinstance(read, Figure):
            return _bounded(kind, read, sign, text)
    return None


def _signs(cleaned: str) -> Iterator[tuple[str, Kind, str]]:
    """Yield what could be the sign and what would be left: both ends, then the start, the end, and no sign."""
    for before, kind in _BEFORE:
        if cleaned.startswith(before):
            for behind, _ in _BEHIND:
                if cleaned.endswith(behind):
                    yield before, kind, cleaned[len(before) : -len(behind)]
            yield before, kind, cleaned[len(before) :]
    for behind, kind in _BEHIND:
        if cleaned.endswith(behind):
            yield behind, kind, cleaned[: -len(behind)]
    yield "", "stated", cleaned


def _bounded(kind: Kind, read: Figure, sign: str, text: str) -> Target:
    bare = Figure(read.num, read.den, read.unit, read.places, None) if sign else read
    low = bare if kind in ("at_least", "above", "equal", "stated") else None
    high = bare if kind in ("at_most", "below", "equal") else None
    return Target(kind, low, high, spelt=text)


def _sentence(cleaned: str, text: str, expected: Unit) -> Target | Unread:
    """Read a sentence that holds exactly one number (上访率控制在0.1%以内, 实施…机构37个, ≥360天服务读者)."""
    numbers = list(_NUMBERS.finditer(cleaned))
    if len(numbers) > 1:
        return Unread(text, Message("figures.several_numbers", {"spelt": text}))
    start, end = numbers[0].span()
    head, tail = cleaned[:start], cleaned[end:]
    sign = next((sign for sign, _ in _BEFORE if head.endswith(sign)), "")
    for cut in range(len(tail), -1, -1):
        read = _signed(f"{sign}{cleaned[start:end]}{tail[:cut]}", text, expected)
        if read is not None and (cut or not tail):
            return Target(read.kind, read.low, read.high, word=cleaned, spelt=text)
    return _why_not(cleaned[start:], text, expected)


def _why_not(cleaned: str, text: str, expected: Unit) -> Unread:
    """Return why the number of a text could not be read."""
    read = figure(cleaned, expected=expected)
    return Unread(
        text,
        read.why if isinstance(read, Unread) else Message("figures.not_a_number", {"spelt": text}),
    )


def measure_of(read: Target | Unread | None) -> Unit:
    """Return the unit that an actual value under this target may leave out; the bare number when it has none."""
    number = read.figure() if isinstance(read, Target) else None
    return number.unit if number is not None else BARE
