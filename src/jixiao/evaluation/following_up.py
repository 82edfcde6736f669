"""整改: whether a problem is closed, by what its state says.

>>> from jixiao.evaluation.procedure import Problem
>>> is_closed(Problem("未达标", state="已完成")), is_closed(Problem("未达标", state="整改中"))
(True, False)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jixiao.evaluation.procedure import Problem

_CLOSED = ("已完成", "完成", "已办结", "办结", "已整改", "已销号", "销号", "已关闭", "closed")


def is_closed(problem: Problem) -> bool:
    """Return whether a problem is said to be closed: by its state, or by the day on which it was."""
    return bool(problem.closed) or bool(problem.state and problem.state.strip().startswith(_CLOSED))
