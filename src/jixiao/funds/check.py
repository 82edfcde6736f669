"""资金检查的约定: a check is one file under `checks/` with a title, an `AUTHORITY` and `findings(case)`.

Nothing registers it. Checks are pure and name the paths of what they are about. Figures that were printed disagree
only when no value could print as both.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from jixiao import library
from jixiao.figures.figure import Figure
from jixiao.findings import Finding, Message, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jixiao.funds.ledger import Amount, Ledger
    from jixiao.funds.money import Funds


class Case(NamedTuple):
    """What is checked: the funds with their ledger, the evaluated year, the kind of evaluation, the reference date."""

    funds: Funds
    ledger: Ledger
    year: int
    kind: str
    as_of: str | None = None


class Check(Protocol):
    """A check of a ledger."""

    def __call__(self, case: Case) -> Iterator[Finding]:
        """Yield what does not add up."""
        ...


@cache
def known() -> tuple[str, ...]:
    """Return the ids of all checks: the file names under `checks/`."""
    return tuple(library.names("funds/checks", ".py"))


def check(name: str) -> Check:
    """Return a known check."""
    found_check: Check = import_module(f"jixiao.funds.checks.{name}").findings
    return found_check


def findings(funds: Funds, year: int, kind: str, as_of: str | None = None) -> list[Finding]:
    """Return the findings of every check, none where the funds have no ledger."""
    if funds.ledger is None:
        return []
    case = Case(funds, funds.ledger, year, kind, as_of)
    return [finding for name in known() for finding in check(name)(case)]


def found(
    check_id: str,
    severity: Severity,
    paths: Iterable[str],
    /,
    *,
    what: str | None = None,
    printed: str | None = None,
    expected: str | None = None,
    authority: str | None = None,
    **args: Any,
) -> Finding:
    """Return a finding of a check; `what` is the rest of the id of its wording. Paths are those below the ledger."""
    spoken = {name: _with_unit(value) for name, value in args.items()}
    said = Message(f"funds.check.{what or check_id}", spoken)
    advice = Message(f"funds.check.{check_id}.remedy", spoken)
    at = tuple(f"funds/ledger/{path}" for path in paths)
    return Finding(f"funds_{check_id}", severity, said, advice, at, (), printed, expected, authority)


def _with_unit(value: Any) -> Any:
    """Return an amount that took its unit from its column with that unit, anything else as it is."""
    lent = isinstance(value, Figure) and value.spelt is not None and value.spelt[-1:].isdecimal()
    return value.text() if lent else value


def differ(stated: Amount, parts: Iterable[Amount]) -> bool:
    """Return whether a stated amount cannot be the sum of amounts, however it and they were rounded to be printed.

    False where one of them is missing or was not read: that is somebody else's finding.
    """
    listed = list(parts)
    known_parts = [part for part in listed if isinstance(part, Figure)]
    if not isinstance(stated, Figure) or not listed or len(known_parts) < len(listed):
        return False
    if any(part.unit.base != stated.unit.base for part in known_parts):
        return False
    span = known_parts[0].interval()
    for part in known_parts[1:]:
        span = span.plus(part.interval())
    return not stated.interval().meets(span)
