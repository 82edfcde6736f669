"""审核 JSON: review/1: the findings of one or many reports, how much was checked, and what was not read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jixiao.formats import json_write
from jixiao.formats.json_write import finding, place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jixiao.review.report import Reviewed


def review(reports: Sequence[Reviewed], lang: str = "zh") -> dict[str, Any]:
    """Return `review/1`: all findings in order, `checked` and `not_read` over all, and one entry a report."""
    entries = [report(one, lang) for one in reports]
    return {
        "schema": "review/1",
        "findings": [found for entry in entries for found in entry["findings"]],
        "checked": sum(entry["checked"] for entry in entries),
        "not_read": [hole for entry in entries for hole in entry["not_read"]],
        "reports": [
            {name: value for name, value in entry.items() if name not in ("findings", "not_read")} for entry in entries
        ],
    }


def report(one: Reviewed, lang: str = "zh") -> dict[str, Any]:
    """Return one report's findings, coverage and totals."""
    holes = [
        {"place": place(hole.place) if hole.place else {}, "text": hole.text, "why": hole.why.text(lang)}
        for hole in one.coverage.not_read
    ]
    if one.problem is not None:
        where = place(one.problem.place) if one.problem.place else {"file": one.name}
        holes.append({"place": where, "text": "", "why": one.problem.what.text(lang)})
    return {
        "file": one.name,
        "title": one.title,
        "errors": one.count("error"),
        "warnings": one.count("warning"),
        "notes": one.count("note"),
        "read": one.coverage.read,
        "checked": one.coverage.checked,
        "unchecked": one.coverage.unchecked,
        "unread": len(holes),
        "remarks": [remark.text(lang) for remark in one.remarks],
        "totals": [{"printed": total.printed, "recomputed": total.recomputed} for total in one.totals],
        "findings": [finding(found, lang) for found in one.findings],
        "not_read": holes,
    }


def dumped(reports: Sequence[Reviewed], lang: str = "zh") -> bytes:
    """Return `review/1` as UTF-8."""
    return json_write.dumped(review(reports, lang))
