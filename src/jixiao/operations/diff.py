"""对比: what changed between two bundles, folders or workbooks, as a table of values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jixiao.evaluation.diff import Difference, differences
from jixiao.formats import bundle
from jixiao.operations.outcome import Outcome

if TYPE_CHECKING:
    from pathlib import Path


def diff(before: Path, after: Path) -> Outcome[tuple[Difference, ...]]:
    """Return what changed from one bundle to another, in the order of the document.

    Raises `CannotOpen` or `CannotParse` for a bundle that cannot be read.
    """
    return Outcome(differences(bundle.read(before).evaluation, bundle.read(after).evaluation))


def diff_json(found: tuple[Difference, ...], lang: str = "zh") -> dict[str, Any]:
    """Return `diff/1`: every difference with its path, label, both texts and kind."""
    return {
        "schema": "diff/1",
        "differences": [
            {
                "path": one.path,
                "label": one.label.text(lang),
                "before": one.before,
                "after": one.after,
                "change": one.change,
            }
            for one in found
        ],
    }
