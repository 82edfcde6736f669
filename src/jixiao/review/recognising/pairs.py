"""对照格: labels with their figure in the next cell (预算数：| 1031 | 执行数：| 1031), as forms print them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jixiao.review.recognising.heads import head_text
from jixiao.review.said import Relation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jixiao.review.recognising.material import Grid
    from jixiao.review.said import Claim

_KINDS = (
    ("execution_rate", re.compile(r"^(预算|资金)?(执行|支出)率$")),
    ("score", re.compile(r"^(评价|自评|综合|绩效评价)(总)?得分$|^总得分$")),
    ("score_rate", re.compile(r"^得分率$")),
    ("receipt_rate", re.compile(r"^(资金)?到位率$")),
    ("balance", re.compile(r"^(结余|结转|未支出|剩余)(资金|金额)?$")),
    (
        "executed",
        re.compile(
            r"^(项目)?(全年)?(预算)?(资金)?(实际)?(执行数|支出资金|支出金额|实际支出|支出|执行金额)$|^资金执行(数|金额)$|^实际支出资金$|^项目资金执行数$"
        ),
    ),
    ("received", re.compile(r"^(实际)?到位(资金|金额|数)(总额)?$")),
    (
        "budget",
        re.compile(
            r"^(全年|调整后)?(预算数|预算安排资金|预算安排|预算金额|预算资金)$|^项目资金投入总额$|^资金投入总额$"
        ),
    ),
)
_WITHIN = re.compile(r"^其中|资金$|拨款$|基金$")


def recognise(grid: Grid) -> Iterator[Relation]:
    """Yield rates, balances and parts among labelled cells of a form; a second block starts over."""
    found: dict[str, Claim] = {}
    for row in range(len(grid.rows)):
        for column in range(grid.width() - 1):
            kind = _kind(head_text(grid.text(row, column)))
            if kind is None or (column and grid.cell(row, column) is grid.cell(row, column - 1)):
                continue
            claim = _beside(grid, row, column)
            if claim is None:
                continue
            if kind == "budget" and kind in found:
                yield from _relations(found)
                found = {}
            found.setdefault(kind, claim)
            if kind in ("budget", "executed", "received"):
                yield from _parts(grid, row, column, claim)
    yield from _relations(found)


def _kind(label: str) -> str | None:
    return next((kind for kind, form in _KINDS if form.match(label)), None)


def _beside(grid: Grid, row: int, column: int) -> Claim | None:
    """Return the figure right of a label, blanks and the label's own span left out."""
    for at in range(column + 1, grid.width()):
        cell = grid.cell(row, at)
        if cell is grid.cell(row, column) or not grid.text(row, at):
            continue
        return grid.figure(row, at, "amount")
    return None


def _parts(grid: Grid, row: int, column: int, whole: Claim) -> Iterator[Relation]:
    parts = []
    for below in range(row + 1, min(row + 6, len(grid.rows))):
        label = head_text(grid.text(below, column))
        if not label or not _WITHIN.search(label) or _kind(label):
            break
        claim = _beside(grid, below, column)
        if claim is not None and claim is not whole:
            parts.append(claim)
    if parts and any(part.figure is not None and part.figure.num for part in parts):
        yield Relation("footing", (whole, *parts), grid.text(row, column))


def _relations(found: dict[str, Claim]) -> Iterator[Relation]:
    rate, executed = found.get("execution_rate"), found.get("executed")
    wholes = [found[kind] for kind in ("received", "budget") if kind in found]
    if rate is not None and executed is not None and wholes:
        sets = [(executed, whole) for whole in wholes]
        yield Relation("rate", (rate, *sets[0]), "预算执行率", {"instead": tuple(sets[1:])})
    if "balance" in found and executed is not None and wholes:
        sets = [(whole, executed) for whole in wholes]
        yield Relation(
            "balance", (found["balance"], *sets[0]), "结余资金", {"signs": (1, -1), "instead": tuple(sets[1:])}
        )
    if {"score", "score_rate"} <= found.keys():
        yield Relation("key_score", (found["score"], found["score_rate"]), "得分")
    if "receipt_rate" in found and {"received", "budget"} <= found.keys():
        yield Relation("rate", (found["receipt_rate"], found["received"], found["budget"]), "资金到位率")
