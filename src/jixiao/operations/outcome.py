"""结果: what every operation returns: a value, and what was found on the way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from jixiao.errors import FINDINGS, FINE
from jixiao.findings import worst

if TYPE_CHECKING:
    from jixiao.findings import Finding

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Outcome(Generic[Value]):
    """A value with its findings, the gravest first."""

    value: Value
    findings: tuple[Finding, ...] = ()

    def exit_code(self) -> int:
        """Return 1 where an error-level finding stands, else 0."""
        return FINDINGS if worst(self.findings) == "error" else FINE
