"""审计问题未整改: an audit or inspection found something, and neither a measure nor a state says what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao.evaluation.procedure_check import found

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jixiao.evaluation.assess import Assessment
    from jixiao.findings import Finding

NOTHING = ("无", "未发现")


def findings(of: Assessment) -> Iterator[Finding]:
    """Yield a warning for each, and for an audit without the document that says so."""
    for at, one in enumerate(of.evaluation.procedure.audits):
        if one.found and not one.found.startswith(NOTHING) and not (one.measure or one.state):
            yield found("audits", "warning", f"audits/{at}", by=one.by, found=one.found)
        if not one.document:
            yield found("audits", "warning", f"audits/{at}", "audits.document", by=one.by)
