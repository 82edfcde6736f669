"""行列: a row or column of a table of numbers, with its label and its figures across."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from jixiao.review.recognising.material import Grid
    from jixiao.review.said import Claim

TOTAL = re.compile(r"合计|总计|小计|总额|共计|总数|年度金额|资金总计|总分|总得分|(?:^|/)全[区省市州县国盟]$|^合$")
DIFFERENCE = re.compile(
    r"增长额|增加额|增减|增长$|增幅额|差额|差异|结余|余额|结转|未(执行|支出|使用|完成|拨付)|净|清查后|剩余|缺口|变动|减少额|偏差$|节约"
)
RATE = re.compile(r"率|%|％|占比|比重|比例|百分比|增幅|进度|增速|执行预算|构成|同比")
NOT_ADDED = re.compile(
    r"平均|均值|人均|次均|均|标准|单价|率$|排名|名次|排序|年份|代码|编码|编号|序号|电话|邮编|日期|年度$|权重系数|系数|天数|月数"
)


@dataclass(eq=False)
class Line:
    """A row or column: its label, its claims across, and whether its figures may be added."""

    label: str
    parent: str
    claims: list[Claim | None]
    index: int

    def rates(self) -> bool:
        """Return whether most figures here are percentages."""
        known = [claim for claim in self.claims if claim is not None]
        return bool(known) and sum(is_percent(claim) for claim in known) * 2 > len(known)


class Block(NamedTuple):
    """Rows of numbers under their heads."""

    columns: list[Line]
    rows: list[Line]


def is_percent(claim: Claim) -> bool:
    """Return whether a figure is a percentage."""
    return claim.figure is not None and claim.figure.unit.name in ("%", "‰")


def is_rate(line: Line) -> bool:
    """Return whether a line is called a rate and holds one."""
    return bool(RATE.search(line.label)) and any(claim is not None and is_percent(claim) for claim in line.claims)


def about(line: Line, across: Line, grid: Grid) -> str:
    """Return what a figure is about: the table, the line across and the line."""
    names = [name for name in (grid.caption, across.parent, across.label, line.parent, line.label) if name]
    return " ".join(dict.fromkeys(names[-3:]))
