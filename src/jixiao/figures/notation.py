"""数值写法: how real tables write a number, cleaned and read to its meaning, or left as `Unread` with the reason.

>>> figure("≥90%").why.id, figure("１，２３４．５ 万元").spelt
('figures.not_a_number', '１，２３４．５ 万元')
>>> str(figure("31(X)%").why.text("zh"))
'「31(X)%」像是识别受损的数字'
"""

from __future__ import annotations

import re
import unicodedata

from jixiao.figures import exact
from jixiao.figures.figure import Figure
from jixiao.figures.units import BARE, Unit, unit
from jixiao.figures.unread import Unread
from jixiao.findings import Message

_VARIANTS = str.maketrans(
    {
        "≧": "≥", "⩾": "≥", "≦": "≤", "⩽": "≤", "═": "=", "﹦": "=", "−": "-", "–": "-", "﹣": "-",
        "‑": "-", "～": "~", "∼": "~", "〜": "~", "·": "·", "•": "·", "．": ".", "，": ",", "\u3000": " ",
    }
)  # fmt: skip
_LATEX = (
    (r"\geq", "≥"),
    (r"\ge", "≥"),
    (r"\leq", "≤"),
    (r"\le", "≤"),
    (r"\%", "%"),
    (r"\times", "×"),
    ("$", ""),
)
_RESIDUE = re.compile(r"(?<=[\u4e00-\u9fff])\([a-zà-ÿāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]{1,7}\)")
_SPACES = re.compile(r"(?<=[^A-Za-z])\s+|\s+(?=[^A-Za-z])|^\s+|\s+$")
_MARK = re.compile(r"(?<=\d)[¹²³⁰⁴-⁹₀-₉①-⓿⑴-⒛❶-➓]")
_SIZED = re.compile(r"(?P<number>[+-]?(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]+)(?:\.[0-9]+)?)(?P<unit>\D*|m[23])")
_PLACEHOLDERS = {
    "",
    "—",
    "——",
    "-",
    "--",
    "/",
    "\\",
    "……",
    "…",
    "无",
    "暂无",
    "不适用",
    "N/A",
    "n/a",
    "**",
    "×",
}
_HURT = re.compile(r"\d[OIlSB]|[OIlSB]\d")
_DAMAGED = re.compile(r"(?=.*\d)[\dOIlMXSB()|,.]*[OIlMXSB|][\dOIlMXSB()|,.]*%?|[OIl]{2,}%?|\d+\.\d+%\d+|[\d.]+%?\^.*")


def clean(text: str) -> str:
    r"""Return a cell's text with full-width forms, sign variants, LaTeX, phonetic residue and inner spaces settled.

    >>> clean(r"$\geq 85\%$"), clean("項(xiàng)目 名称"), clean("≧ ９０ ％")
    ('≥85%', '項目名称', '≥90%')
    """
    raised = _MARK.sub(r"^\g<0>", text)  # a footnote mark must not become a digit of the number before it
    text = unicodedata.normalize("NFKC", raised.translate(_VARIANTS)).translate(_VARIANTS)
    for written, meant in _LATEX:
        text = text.replace(written, meant)
    text = text.replace(">=", "≥").replace("=>", "≥").replace("<=", "≤").replace("=<", "≤")
    return _SPACES.sub("", _RESIDUE.sub("", text))


def is_placeholder(text: str) -> bool:
    """Return whether a cleaned text only stands for an empty cell, template wildcards included."""
    return text in _PLACEHOLDERS or "**" in text or set(text) <= set("—-….…_*/\\")


def is_damaged(text: str) -> bool:
    """Return whether a cleaned text looks like a number that text recognition has hurt (31(X)%, IO, 100.00%10)."""
    return _DAMAGED.fullmatch(text) is not None


def figure(text: str, *, expected: Unit = BARE) -> Figure | Unread:
    """Return the figure that a text is; a number without a unit, or with only 万 or /人, takes the expected unit.

    >>> figure("3359.62万", expected=unit("万元")).num
    33596200
    >>> figure("300/人", expected=unit("元/人")).unit.name
    '元/人'
    >>> figure("37斛").why.text("zh")
    '「斛」不是已知的计量单位'
    """
    cleaned = clean(text).rstrip("。;；")
    if is_placeholder(cleaned):
        return Unread(text, Message("figures.placeholder", {"spelt": text}))
    if is_damaged(cleaned):
        return Unread(text, Message("figures.damaged", {"spelt": text}))
    match = _SIZED.fullmatch(cleaned)
    read = exact.decimal(match["number"]) if match else None
    if match is None or read is None:
        return Unread(text, Message("figures.not_a_number", {"spelt": text}))
    found = unit(match["unit"])
    if found is None and _HURT.search(cleaned):
        return Unread(text, Message("figures.damaged", {"spelt": text}))
    if found is None:
        return Unread(text, Message("figures.unknown_unit", {"unit": match["unit"]}))
    return of(*read, _completed(found, expected), spelt=text)


def of(digits: int, places: int, measure: Unit, *, spelt: str | None = None) -> Figure:
    """Return the figure of `digits` × 10**-places of a unit, as printed."""
    num, den = exact.reduced(digits * measure.num, exact.POWERS[places] * measure.den)
    return Figure(num, den, measure, places, spelt)


def _completed(found: Unit, expected: Unit) -> Unit:
    """Return the unit that a column or a target gives to a number whose own unit is missing or cut short."""
    if found == BARE or (found.name.startswith("/") and expected.base.endswith(found.base)):
        return expected
    if found.base == "" and found.num > 1 and expected.base:
        return Unit(f"{found.name}{expected.base}", expected.base, found.num)
    return found
