"""图的样式: colours and data shared by the charts."""

from __future__ import annotations

from typing import Any

BLUE, PALE, GREEN, GREY = "#2f5d8a", "#e8edf2", "#6d9f71", "#b7c3cf"


def values(rows: list[dict[str, str]], *numbers: str) -> dict[str, Any]:
    """Return the data of a chart: rows of text, of which these fields are read as numbers."""
    return {"values": rows, "format": {"type": "json", "parse": dict.fromkeys(numbers, "number")}}
