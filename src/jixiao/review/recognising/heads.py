"""表头: what the columns of an indicator table are, by heads of every registered form and of `heads.yaml`."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from jixiao import library
from jixiao.figures.notation import clean
from jixiao.forms.form import forms
from jixiao.review.recognising.material import Grid

_ROLES = {
    "group": "level1",
    "leaf": "level3",
    "weight": "weight",
    "score": "score",
    "score_rate": "score_rate",
    "target": "target",
    "actual": "actual",
    "process": "process",
    "criteria": "criteria",
    "why": "reason",
    "completion": "completion",
    "deviation": "deviation",
}
_NEEDED = ("target", "score", "weight", "actual")
_LEAVES = ("三级指标", "四级指标", "三级指标名称", "具体指标")


@cache
def heads() -> dict[str, str]:
    """Return the role of every known head."""
    found = {head: role for role, names in library.read("review/heads.yaml").items() for head in names}
    for form in forms():
        block = form.block()
        for column in block.columns if block and block.of_system() else ():
            if column.piece in ("sign", "unit"):
                continue  # only the middle of a target that is split over columns can be read as one
            name = column.path.rpartition("/")[2]
            role = _ROLES.get(column.kind if column.kind in ("leaf",) else name)
            for head in (column.head, *column.aliases):
                if role is not None:
                    found.setdefault(head_text(head), role)
    return found


@lru_cache(maxsize=8192)
def head_text(text: str) -> str:
    """Return a head without blanks, brackets and what they hold.

    >>> head_text("预期指标值（包含数字 及文字描述）"), head_text("指标 分值 权重")
    ('预期指标值', '指标分值权重')
    """
    return re.sub(r"[（(].*?[）)]|\s|[:：]", "", clean(text).replace("\n", ""))


def turned_down(grid: Grid) -> Grid | None:
    """Return a summary that runs across (指标 决策 过程 …; 得分 …; 得分率 …) turned to run down, or None."""
    for row in range(len(grid.rows) - 1):
        for column in range(min(3, grid.width())):
            if head_text(grid.text(row, column)) not in ("指标", "一级指标", "评价内容", "指标名称", "评价指标"):
                continue
            below = [head_text(grid.text(at, column)) for at in range(row + 1, len(grid.rows))]
            roles = {heads().get(name) for name in below}
            if "score" not in roles or not {"score_rate", "weight"} & roles:
                continue
            lines = [grid.rows[at][column:] for at in range(row, len(grid.rows))]
            width = max(len(line) for line in lines)
            rows = [[line[at] if at < len(line) else None for line in lines] for at in range(width)]
            return Grid(rows, grid.number, grid.block, grid.caption, grid.unit, grid.above)
    return None


def roles_of(grid: Grid, row: int) -> dict[str, int] | None:
    """Return the columns of a head row by their role, None for a row that is no head."""
    roles: dict[str, int] = {}
    for column in range(grid.width()):
        name = head_text(grid.text(row, column))
        role = heads().get(name)
        if role is None:
            continue
        if (
            role == "weight"
            and "level3" not in roles
            and {"level1", "level2"} & roles.keys()
            and not _last(grid, row, column)
        ):
            roles["weight2" if "level2" in roles else "weight1"] = column
        elif role not in roles or (role == "level3" and name in _LEAVES):
            roles[role] = column
    if "level3" not in roles:
        lower = [roles[name] for name in ("level2", "level1") if name in roles]
        if not lower or "score" not in roles or "weight" not in roles:
            return None
        roles["level3"] = lower[0]
        roles = {role: at for role, at in roles.items() if role not in ("level1", "level2") or at != lower[0]}
    listed = {"level3", "actual"} <= roles.keys() or {"level3", "completion"} <= roles.keys()
    if not any(name in roles for name in (*_NEEDED, "completion")) or len(roles) < (2 if listed else 3):
        return None
    return roles


def _last(grid: Grid, row: int, column: int) -> bool:
    """Return whether no indicator column stands right of a weight column: then the weight is that of the rows."""
    return all(
        heads().get(head_text(grid.text(row, at))) not in ("level2", "level3") for at in range(column + 1, grid.width())
    )
