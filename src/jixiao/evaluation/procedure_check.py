"""过程检查的约定: a check of the procedure is a file under `procedure_checks/` with `findings(of)`.

A check says what is owed or contradictory in how an evaluation was carried out, answered, followed up and used; its
findings name paths, and their wording is `procedure.check.<id>` with a remedy.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, Protocol

from jixiao import library
from jixiao.evaluation.procedure import Procedure
from jixiao.findings import Finding, Message, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jixiao.evaluation.assess import Assessment


class Check(Protocol):
    """A check of the procedure."""

    def __call__(self, of: Assessment) -> Iterator[Finding]:
        """Yield what is owed or does not fit."""
        ...


@cache
def known() -> tuple[str, ...]:
    """Return the ids of all checks: the file names under `procedure_checks/`."""
    return tuple(library.names("evaluation/procedure_checks", ".py"))


def check(name: str) -> Check:
    """Return a known check."""
    found_check: Check = import_module(f"jixiao.evaluation.procedure_checks.{name}").findings
    return found_check


def findings(of: Assessment) -> list[Finding]:
    """Return the findings of every check, none where nothing is told of the procedure."""
    if of.evaluation.procedure == Procedure():
        return []
    return [finding for name in known() for finding in check(name)(of)]


def found(check_id: str, severity: Severity, path: str, what: str | None = None, /, **args: Any) -> Finding:
    """Return a finding of a check about a path below the procedure; `what` is the rest of the id of its wording."""
    said = Message(f"procedure.check.{what or check_id}", args)
    remedy = Message(f"procedure.check.{check_id}.remedy", args)
    return Finding(f"procedure_{check_id}", severity, said, remedy, paths=(f"procedure/{path}",))
