"""标题: the headings of a report by their message."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao.documents.document import Heading
from jixiao.findings import Message

if TYPE_CHECKING:
    from jixiao.documents.document import Align


def heading(name: str, level: int, *, align: Align = "left") -> Heading:
    """Return the heading whose wording is `report_title.<name>`."""
    return Heading(Message(f"report_title.{name}").text("zh"), level, align=align)
