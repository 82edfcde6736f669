"""政策登记: the policies that hold in a place on a day, or all there ever were, from packaged and own registers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from jixiao.errors import NotKnown
from jixiao.findings import Message
from jixiao.formats import settlements_policies as register
from jixiao.operations.outcome import Outcome
from jixiao.settlements.policies import Policy, in_force, over

if TYPE_CHECKING:
    from pathlib import Path

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def settlements_policies(region: str, day: str | None = None, own: Path | None = None) -> Outcome[tuple[Policy, ...]]:
    """Return the policies in force on a day such as 2022-07-01, or without one all; `own` is an office's own register.

    Raises `NotKnown` for a day that is none, `CannotParse` for a register that cannot be understood.
    """
    if day is not None and not _DAY.fullmatch(day):
        raise NotKnown(
            Message("settlements.policy.day", {"found": day}), remedy=Message("settlements.policy.day.remedy")
        )
    added = [] if own is None else register.read(own)
    return Outcome(tuple(over(region, added) if day is None else in_force(region, day, added)))


def settlements_policies_json(of: tuple[Policy, ...]) -> dict[str, Any]:
    """Return `policies/1`."""
    return {"schema": "policies/1", "policies": [policy._asdict() for policy in of]}
