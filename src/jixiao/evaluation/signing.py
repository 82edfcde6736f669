"""审签: the steps that are signed on the way of an evaluation, whose they are, and whether one was passed.

>>> step_of("内审").name, step_of("财政部门绩效科终审").name, step_of("会议")
('评价机构内审', '财政终审', None)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jixiao.evaluation.procedure import SignOff

_PASSED = ("同意", "通过", "承诺", "确认", "合格", "已")


class Step(NamedTuple):
    """A step: its place in the order, its name, whose it is, and the words by which it is known."""

    order: int
    name: str
    whose: Literal["unit", "evaluator", "finance"]
    words: tuple[str, ...]
    without: tuple[str, ...] = ()


_FINANCE = ("财政", "绩效科", "业务科")
STEPS = (
    Step(0, "指标体系确认", "unit", ("指标体系确认", "指标确认")),
    Step(1, "真实性声明", "unit", ("真实性", "声明", "承诺")),
    Step(2, "评价机构内审", "evaluator", ("内审", "内部审核")),
    Step(3, "评价机构终审", "evaluator", ("终审",), _FINANCE),
    Step(4, "财政初审", "finance", ("初审",)),
    Step(5, "财政终审", "finance", ("终审", "复审")),
    Step(6, "验收", "finance", ("验收",)),
)


def step_of(text: str) -> Step | None:
    """Return the step that a text names, None for one that is not known."""
    return next((step for step in STEPS if _names(step, text)), None)


def _names(step: Step, text: str) -> bool:
    return any(word in text for word in step.words) and not any(word in text for word in step.without)


def is_passed(one: SignOff) -> bool:
    """Return whether a step was passed; one that says nothing was not."""
    return bool(one.result) and str(one.result).startswith(_PASSED)


def last(sign_offs: Iterable[SignOff], order: int) -> SignOff | None:
    """Return the last signing of the step at a place in the order, None where it was not signed."""
    found = [one for one in sign_offs if (step := step_of(one.step)) is not None and step.order == order]
    return found[-1] if found else None
