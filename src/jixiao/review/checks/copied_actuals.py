"""照抄的完成情况: what was done is not told in the very words of what was to be done.

A form's 实际完成情况 that repeats its 预期目标 word for word measures nothing: a note asks for the facts.

Source: 财预〔2020〕10号 第十四条 (自评应如实反映绩效目标实现情况).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jixiao.review.check import found
from jixiao.review.recognising.heads import head_text
from jixiao.review.said import Claim

if TYPE_CHECKING:
    from jixiao.findings import Finding
    from jixiao.review.recognising.material import Grid
    from jixiao.review.said import Said

_GOAL = re.compile(r"预期目标|总体目标|年初设定目标|年度目标|绩效目标")
_DONE = re.compile(r"实际完成(?:情况|目标)|完成情况|目标完成")
_TELLING = 30  # letters from which on words are more than a phrase


def findings(said: Said) -> list[Finding]:
    """Return a note for every goal whose account of what was done repeats it."""
    material = said.facts.get("material")
    return [finding for grid in (material.grids if material is not None else ()) for finding in _of(grid)]


def _of(grid: Grid) -> list[Finding]:
    result = []
    for row in range(len(grid.rows) - 1):
        heads = [head_text(grid.text(row, column)) for column in range(grid.width())]
        goal = next((at for at, head in enumerate(heads) if _GOAL.search(head) and not _DONE.search(head)), None)
        done = next((at for at, head in enumerate(heads) if _DONE.search(head)), None)
        for at in range(grid.width()) if goal is not None and done is not None else ():
            text, cell = grid.text(row + 1, at), grid.cell(row + 1, at)
            again = next((n for n in range(at + 1, grid.width()) if grid.text(row + 1, n) == text), None)
            other = grid.cell(row + 1, again) if again is not None else None
            if len(text) < _TELLING or cell is None or other is None or other is cell:
                continue
            claims = [Claim("actual", "goal", None, (text,), None, text, each.place) for each in (other, cell)]
            result.append(found("copied_actuals", "note", claims, printed=text[:30], cause=f"copied{grid.number}"))
            break
    return result
