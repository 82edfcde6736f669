"""数字的出现: every figure in running text with the words before it, and none of the numbers that are no figures.

Dates, document numbers, numbering, table and annex numbers, ordinals and telephone numbers are not figures.

>>> [(m.label, m.claim.text) for m in mentions(passage("全年预算数51253万元，其中，中央资金42433万元，执行率100%。"))]
[('全年预算数', '51253万元'), ('中央资金', '42433万元'), ('执行率', '100%')]
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from jixiao.figures import exact
from jixiao.figures.figure import Figure
from jixiao.figures.notation import of
from jixiao.figures.units import Unit, unit
from jixiao.findings import Place
from jixiao.review.recognising.material import Passage
from jixiao.review.said import Claim

_NOT = re.compile(
    r"《[^》]{2,120}》|[\u4e00-\u9fff]{1,12}[〔\[【(（](?:19|20)\d\d[〕\]】)）]?第?\d+号|[〔\[【(（](?:19|20)\d\d[〕\]】)）]\s*第?\d*号?|"
    r"(?:19|20)\d\d[-.／/]\d{1,2}[-.／/]\d{1,2}日?|(?:19|20)\d\d年(?:度|初|末|底)?(?:\d{1,2}月(?:份|底|末)?(?:\d{1,2}[日号])?)?|\d{1,2}月(?:份|底|末)?\d{1,2}[日号]|"
    r"每月\d{1,2}日|\d{1,2}月(?:份|底|末|以前|之前|前)|第\d+[次届期轮季个]|(?:附件|附表|表|图|第)\s*\d+(?:-\d+)?|"
    r"[（(]\d{1,2}[）)]|^\d{1,2}[.、．](?!\d)|(?<=[。；;])\d{1,2}[.、．](?!\d)|[①-⑩]|\d{2,4}-\d{7,8}|1\d{10}|(?:19|20)\d\d[—-](?:19|20)\d\d|[A-Z]\d{1,4}"
)
_NUMBER = re.compile(r"(?<![\d.A-Za-z])[-+]?(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?(?![\d.]*[A-Za-z])")
_AFTER = re.compile(r"^\D*")  # what is quoted after a figure holds no other one
_BREAK = re.compile(r"[，,；;。：:（(）)！!？?、“”\"》《]")
_LEAD = re.compile(
    r"^(?:其中|分别为|分别是|以及|并且|同时|且|和|及(?!时)|与|或|约|共(?!同|性|享)|合计|总计|到(?!位|账)|至|的|为|是|有(?!效|关)|达|占|由(?!于))+"
)
_TAIL = re.compile(
    r"(?:分别为|分别是|分别达到|为|是|有|约为|约|共计|共|合计|总计|达到|(?<!下)达|(?<!预)(?<!会)(?<!统)(?<!累)计|在|到|至|即|约占|占|≥|≤|=|＝|大于等于|小于等于|仅|各)+$"
)
_SIGNS = re.compile(r"[≥≤=＝为是约达\s]")
_LONGEST = 6
SENTENCE = re.compile(r"[^。；;！!？?]*[。；;！!？?]?")


@dataclass(eq=False)
class Mention:
    """A figure in text: the words before it back to the last stop, its claim, and where it begins and ends.

    `sign` is the sign of a target, `operand` says that arithmetic goes on with the figure (63%÷70%=90%).
    """

    label: str
    claim: Claim
    start: int
    end: int
    sign: str = ""
    operand: bool = False

    @property
    def figure(self) -> Figure:
        """Return the figure."""
        assert self.claim.figure is not None
        return self.claim.figure

    @property
    def base(self) -> str:
        """Return what is counted: 元, 人, …; % for percentages."""
        return "%" if self.figure.unit.name in ("%", "个百分点") else self.figure.unit.base

    def percent(self) -> bool:
        """Return whether it is a percentage."""
        return self.base == "%"


def passage(text: str) -> Passage:
    """Return a text as a passage of its own."""
    return Passage(text, 0, [0], [Place()])


def masked(text: str) -> str:
    """Return the text with numbers that are no figures blanked out, letter by letter."""
    return _NOT.sub(lambda match: "\0" * len(match[0]), text)


@lru_cache(maxsize=4096)
def _unit_at(text: str) -> tuple[Unit, int] | None:
    if text[1:2] in ("余", "多") and text[:1] in ("万", "亿"):
        sized = _unit_at(text[0] + text[2:])
        return (sized[0], sized[1] + 1) if sized else None
    for length in range(min(_LONGEST, len(text)), 0, -1):
        found = unit(text[:length]) if text[:length].strip() == text[:length] else None
        if found is not None and found.name:
            return found, length
    return None


@lru_cache(maxsize=4096)
def mentions(of_passage: Passage) -> list[Mention]:
    """Return the figures of a passage in their order, the same ones each time."""
    text = of_passage.text
    hidden = masked(text)
    found: list[Mention] = []
    last = 0
    for match in _NUMBER.finditer(hidden):
        read = exact.decimal(match[0])
        if read is None:
            continue
        tail = hidden[match.end() : match.end() + _LONGEST].replace("％", "%").split("\0")[0]
        sized = _unit_at(tail)
        if sized is not None and sized[0].name == "年" and len(match[0]) == 4:
            continue
        end = match.end() + (sized[1] if sized else 0)
        measure = sized[0] if sized else Unit("", "")
        spelt = text[match.start() : end]
        figure = of(*read, measure, spelt=spelt)
        raw = _before(text, last, match.start())
        sign = re.search(r"[≥≤=＝]$", raw)
        label = _TAIL.sub("", _LEAD.sub("", raw.strip()))
        around = text[max(0, match.start() - 16) : end] + _AFTER.findall(text[end : end + 6])[0]
        place = of_passage.place(match.start(), around)
        claim = Claim("mention", label, None, (figure.num, figure.den, figure.unit.base), figure, spelt, place, label)
        operand = text[end : end + 1] in tuple("÷×*/+")
        found.append(Mention(label, claim, match.start(), end, sign[0] if sign else "", operand))
        last = end
    return found


def _before(text: str, last: int, at: int) -> str:
    """Return the words that name a figure: back to the last stop, over brackets and the quotes of a value."""
    start = max([last, *(b.end() for b in _BREAK.finditer(text, max(0, at - 60), at))], default=0)
    raw = text[start:at]
    if start - 1 <= last or _SIGNS.sub("", raw):
        return raw
    opened = text[start - 1]
    if opened in "）)":
        upto = _opening(text, start - 1)
    elif opened in '：:（(“"':
        upto = start - 1
    else:
        return raw
    if upto <= last:
        return raw
    before = max([last, *(b.end() for b in _BREAK.finditer(text, max(0, upto - 40), upto))], default=0)
    return text[before:upto] + raw


def _opening(text: str, close: int) -> int:
    """Return where the bracket opens that closes at a letter, 0 where it does not."""
    depth = 0
    for at in range(close, max(-1, close - 60), -1):
        depth += (text[at] in "）)") - (text[at] in "（(")
        if depth == 0:
            return at
    return 0


def sentences(text: str) -> list[tuple[int, int]]:
    """Return where each sentence begins and ends."""
    return [(match.start(), match.end()) for match in SENTENCE.finditer(text) if match[0].strip()]
