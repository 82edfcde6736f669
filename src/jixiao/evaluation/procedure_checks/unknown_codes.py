"""编码不存在: a list of the procedure names an indicator that no system has."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

from jixiao.evaluation.procedure import ENTRIES
from jixiao.evaluation.procedure_check import found

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jixiao.evaluation.assess import Assessment
    from jixiao.findings import Finding


def findings(of: Assessment) -> Iterator[Finding]:
    """Yield a warning for every such entry."""
    known = {node.code for system in of.evaluation.systems for node, _ in system.walk()}
    for name, record in ENTRIES.items():
        if all(spec.name != "indicator" for spec in fields(record)):
            continue
        for at, entry in enumerate(getattr(of.evaluation.procedure, name)):
            if entry.indicator and entry.indicator not in known:
                yield found("unknown_codes", "warning", f"{name}/{at}/indicator", code=entry.indicator)
