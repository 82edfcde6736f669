"""JSON 结果: results as the JSON documents that `--json` prints and that are written beside the forms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jixiao.formats import json_write

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jixiao.evaluation.assess import Assessment
    from jixiao.findings import Finding


def scorecard_json(of: Assessment, lang: str = "zh") -> dict[str, Any]:
    """Return `scorecard/1` of an assessed evaluation."""
    return json_write.scorecard(of, lang)


def findings_json(found: Iterable[Finding], lang: str = "zh") -> dict[str, Any]:
    """Return `findings/1` of a list of findings."""
    return json_write.findings(found, lang)
