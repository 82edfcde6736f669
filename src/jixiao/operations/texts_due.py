"""文字材料: which free texts the report of an evaluation asks for, each with how people call it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao.findings import Message
from jixiao.reports import report

if TYPE_CHECKING:
    from jixiao.evaluation.assess import Assessment


def texts_due(of: Assessment) -> dict[str, Message]:
    """Return the keys under `texts/` in the order of the report, with those that are there already."""
    kind = report.kind_of(of)
    named = {key: Message(f"report_text.{key}") for key in (kind.texts if kind else ())}
    return {**named, **{key: called(key) for key in of.evaluation.texts if key not in named}}


def called(key: str) -> Message:
    """Return how people call a text by its key."""
    from jixiao import library  # noqa: PLC0415

    known = f"report_text.{key}" in library.read("messages/report_text.yaml")
    return Message(f"report_text.{key}") if known else Message("diff.alone", {"field": key})
