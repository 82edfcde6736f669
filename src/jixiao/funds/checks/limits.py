"""预警线: a key figure of the funds inside the floor and the ceiling that the office set for it.

A figure is a cell of a fund table (`accounts/合计/expenditure/growth`) or a measure of the funds (`reserve_months`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao.figures import notation
from jixiao.figures.figure import Figure, compared
from jixiao.findings import Message
from jixiao.funds import tables
from jixiao.funds.check import found
from jixiao.funds.measures import NAMES, measure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jixiao.findings import Finding
    from jixiao.funds.check import Case

AUTHORITY = "caishe-2017-144#watched"


def findings(case: Case) -> Iterator[Finding]:
    """Yield figures that nobody knows, bounds that cannot be compared with them, and figures outside their bounds."""
    for number, limit in enumerate(case.ledger.limits):
        try:
            value = _figure(case, limit.figure)
        except KeyError:
            yield found("limits", "error", [f"limits/{number}/figure"], what="limits.unknown", printed=limit.figure,
                        authority=AUTHORITY, figure=limit.figure or "—", known=list(NAMES))  # fmt: skip
            continue
        for end, spelt, sign in (("floor", limit.floor, -1), ("ceiling", limit.ceiling, 1)):
            bound = _bound(spelt, value) if value is not None and spelt is not None else None
            if value is None or spelt is None:
                continue
            at = [f"limits/{number}/{end}"]
            if bound is None:
                yield found("limits", "error", at, what="limits.unread", printed=spelt, authority=AUTHORITY,
                            figure=limit.figure, spelt=spelt, value=value.published(2))  # fmt: skip
            elif compared(value, bound) == sign:
                yield found("limits", "warning", at, what=f"limits.{end}", printed=str(value.published(2)),
                            expected=spelt, authority=AUTHORITY, figure=limit.figure, value=value.published(2),
                            bound=spelt)  # fmt: skip


def _figure(case: Case, name: str) -> Figure | None:
    if name in NAMES:
        told = measure(case.funds, name)
        return None if isinstance(told, Message) else told[0]
    return tables.at(case.funds, case.year, name)


def _bound(spelt: str, value: Figure) -> Figure | None:
    read = notation.figure(spelt, expected=value.unit)
    return read if isinstance(read, Figure) and read.unit.base == value.unit.base else None
