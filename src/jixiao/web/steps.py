"""步骤: the way an evaluation goes, as a plain table: from which step, by which action, in which role, to which step.

>>> [move.action for move in moves("checking")]
['withdraw', 'pass', 'return']
>>> move("checking", "pass").after
'approving'
"""

from __future__ import annotations

from typing import NamedTuple

FIRST = "filling"
STEPS = ("filling", "checking", "approving", "approved", "finalising", "settled", "published")
WAITING = ("checking", "approving", "approved", "finalising", "settled")
OPEN = STEPS[:5]


class Way(NamedTuple):
    """One line of the table; `whose` says at which office the role is held: the own one or the finance office.

    `reason`: the action needs a remark.
    """

    before: str
    action: str
    roles: tuple[str, ...]
    after: str
    whose: str = "own"
    reason: bool = False


WAYS = (
    Way("filling", "submit", ("fill", "evaluate"), "checking"),
    Way("checking", "withdraw", ("fill", "evaluate"), "filling"),
    Way("checking", "pass", ("check",), "approving"),
    Way("checking", "return", ("check",), "filling", reason=True),
    Way("approving", "approve", ("approve",), "approved"),
    Way("approving", "return", ("approve",), "filling", reason=True),
    Way("approved", "pass", ("review",), "finalising", "finance"),
    Way("approved", "return", ("review",), "filling", "finance", reason=True),
    Way("finalising", "pass", ("final_review",), "settled", "finance"),
    Way("finalising", "return", ("final_review",), "filling", "finance", reason=True),
    Way("settled", "publish", ("publish",), "published"),
    Way("published", "unpublish", ("publish",), "settled", reason=True),
)

# Who has done the first on an evaluation does not do the second.
INCOMPATIBLE = (
    ("fill", "check"),
    ("fill", "approve"),
    ("fill", "review"),
    ("fill", "final_review"),
    ("check", "approve"),
    ("check", "review"),
    ("check", "final_review"),
    ("approve", "review"),
    ("approve", "final_review"),
    ("review", "final_review"),
)


def moves(step: str) -> tuple[Way, ...]:
    """Return what can be done at a step."""
    return tuple(way for way in WAYS if way.before == step)


def move(step: str, action: str) -> Way | None:
    """Return the line for an action at a step, or None where there is none."""
    return next((way for way in moves(step) if way.action == action), None)


def done_as(role: str) -> str:
    """Return the duty that acting in a role counts as: an evaluator fills."""
    return "fill" if role == "evaluate" else role


def clash(role: str, done: set[str]) -> str | None:
    """Return the duty a person has already done that forbids acting in a role, or None.

    >>> clash("approve", {"fill"}), clash("check", {"review"}), clash("fill", {"fill"})
    ('fill', 'review', None)
    """
    wanted = done_as(role)
    pairs = {frozenset(pair) for pair in INCOMPATIBLE}
    return next((one for one in sorted(done) if one != wanted and frozenset((one, wanted)) in pairs), None)
