"""检查: what is missing or contradictory in a bundle, each with file and line, what it is, and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao.evaluation.assess import Assessment, assess
from jixiao.findings import ordered
from jixiao.formats import bundle
from jixiao.forms import signed, variant
from jixiao.operations import goals
from jixiao.operations.outcome import Outcome
from jixiao.reports import report

if TYPE_CHECKING:
    from pathlib import Path


def check(folder: Path) -> Outcome[Assessment]:
    """Return the assessment of the bundle in a folder with every finding placed in its file.

    Raises `CannotOpen` or `CannotParse` where there is nothing to check.
    """
    read = bundle.read(folder)
    assessed = assess(read.evaluation)
    said = [*assessed.findings, *variant.findings(read.evaluation), *signed.findings(assessed)]
    said += report.findings(assessed)
    said += goals.findings(folder, read.evaluation)
    findings = ordered([*read.findings, *read.located(said)])
    return Outcome(assessed, tuple(findings))
