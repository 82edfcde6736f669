"""表头所指: what a cell below a head can hold, by the head alone.

>>> [kind(head) for head in ("三级指标", "分值", "执行率", "年初预算数", "偏差原因分析", "第三方")]
['name', 'mark', 'rate', 'number', 'words', None]
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from jixiao.formats.text_shapes.shape import Row
from jixiao.formats.text_shapes.words import is_blank, is_figure, role

if TYPE_CHECKING:
    from collections.abc import Sequence

Cell: TypeAlias = tuple[str, int]  # a text and its line
Kind: TypeAlias = Literal["name", "mark", "rate", "number", "value", "sign", "unit", "words"]

_OF_ROLE: dict[str, Kind] = {
    "level1": "name",
    "level2": "name",
    "level3": "name",
    "weight": "mark",
    "score": "mark",
    "deduction": "mark",
    "score_rate": "rate",
    "completion": "rate",
    "deviation": "rate",
    "target": "value",
    "actual": "value",
    "last_year": "value",
    "sign": "sign",
    "unit": "unit",
    "reason": "words",
    "process": "words",
    "criteria": "words",
}
_TOLD = ("mark", "rate", "number", "value")
_RATE = re.compile(r".*(?:率|占比|比重|比例|进度|增幅|增长)(?:[（(].*)?")
_NUMBER = re.compile(
    r".*(?:预算|执行|支出|收入|下达|到位|结余|分配|拨付|金额|资金|合计|小计|人数|人次|批|年|分)数?额?(?:[（(].*)?"
)
_NAME = re.compile(r".*情况(?:[（(].*)?|(?:序号|地区|县区|区县|项目|单位|名称|险种|科目|类别|部门|资金来源)(?:名称)?")
_MARK = re.compile(r"(?:100|\d{1,2})(?:\.\d+)?分?")
_SIGN = re.compile(r"[≥≤=<>＝＞＜≧≦]{1,2}|定[性量]|[正负反]向|[\u4e00-\u9fff]{1,4}")


class Heads(NamedTuple):
    """The heads of a table, the kind below each, and the line after them."""

    texts: list[str]
    kinds: list[Kind | None]
    end: int

    @property
    def names(self) -> int:
        """Return how many columns name a row: up to the last of names, with what groups weigh among them."""
        last = max((n for n, one in enumerate(self.kinds) if one == "name"), default=0)
        return last + 1 if any(one in _TOLD for one in self.kinds[last + 1 :]) else 1


def kind(head: str) -> Kind | None:
    """Return what stands below a head, None for one that tells nothing."""
    text = head.replace(" ", "")
    known = role(text)
    if known is not None:
        return _OF_ROLE.get(known, "words")
    if _NAME.fullmatch(text):
        return "name"
    return "rate" if _RATE.fullmatch(text) else "number" if _NUMBER.fullmatch(text) else None


def fits(text: str, below: Kind | None) -> bool:
    """Return whether a word can be a whole cell of a kind.

    >>> fits("4.91", "mark"), fits("120", "mark"), fits("92.1%", "rate"), fits("40.28万人", "number")
    (True, False, True, True)
    """
    if below in ("mark", "rate", "number"):
        if is_blank(text):
            return True
        return _MARK.fullmatch(text) is not None if below == "mark" else is_figure(text)
    if below in ("name", "unit"):
        return not is_figure(text) or (below == "unit" and text == "%")
    return _SIGN.fullmatch(text) is not None if below == "sign" else True


def total(cells: Sequence[Cell], heads: Heads) -> Row | None:
    """Return a total: its figures in the columns that can have one, in their order, where there are as many."""
    (name, at), figures = cells[0], cells[1:]
    if not figures or not all(is_figure(text) or is_blank(text) for text, _ in figures):
        return None
    wanted = [n for n, one in enumerate(heads.kinds) if one in ("mark", "rate", "number")]
    marks = [n for n in wanted if heads.kinds[n] == "mark" or role(heads.texts[n]) == "score_rate"]
    columns = next((columns for columns in (wanted, marks) if len(columns) == len(figures)), None)
    if columns is None or not all(fits(text, heads.kinds[n]) for (text, _), n in zip(figures, columns, strict=True)):
        return None
    row = Row([name, *[""] * (len(heads.texts) - 1)], [at] * len(heads.texts))
    for (text, line), n in zip(figures, columns, strict=True):
        row.texts[n], row.lines[n] = text, line
    return row
