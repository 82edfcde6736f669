"""读入: the value that a text means at a path; the same for bundles, filled forms and edited reports."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from jixiao.evaluation.paths import get
from jixiao.evaluation.procedure import VALUES
from jixiao.figures import exact
from jixiao.figures.actual_notation import actual as read_actual
from jixiao.figures.notation import clean, figure
from jixiao.figures.target_notation import target as read_target
from jixiao.figures.unread import Unread
from jixiao.findings import Message
from jixiao.indicators.indicator import Actual, Typed

if TYPE_CHECKING:
    from jixiao.evaluation.model import Evaluation


def weight(text: str) -> Decimal | Unread:
    """Return the points that a weight cell states; `(4)` and `4分` are 4."""
    cleaned = clean(text).removesuffix("分").strip("()")
    read = exact.decimal(cleaned)
    if read is None or read[0] < 0:
        return Unread(text, Message("reading.weight", {"spelt": text}))
    return exact.awarded(*read)


def value_at(evaluation: Evaluation, path: str, text: str) -> Any:
    """Return what `text` means at a path of this evaluation: a target, a weight, an actual value, or plain text."""
    last = path.rpartition("/")[2]
    if last == "weight" and not path.startswith("procedure/"):
        return weight(text)
    if last == "target":
        return read_target(text)
    if path.startswith("actuals/"):
        return Actual(read_actual(text, _goal(evaluation, path.split("/")[1])), Typed())
    if path.startswith(("procedure/", "monitoring/indicators/")) and last in (*VALUES, "so_far", "expected"):
        return read_actual(text, _goal(evaluation, path.split("/")[2]) if path.startswith("monitoring/") else None)
    if last == "last_year" or path.startswith(("funds/", "monitoring/money/")):
        return figure(text)
    return text


def _goal(evaluation: Evaluation, code: str) -> Any:
    for role in ("scored", "declared"):
        try:
            return get(evaluation, f"{role}/{code}/target")
        except KeyError:
            continue
    return None
