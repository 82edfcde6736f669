"""排版估算: how wide a text is and how many lines it takes, with full-width characters counted double.

>>> width("81.35万人"), lines("参保人政策范围内住院费用报销比例", 10)
(9, 4)
"""

from __future__ import annotations

import unicodedata

MM_PER_CHARACTER = 1.95


def width(text: str) -> int:
    """Return the width of a text in half-width characters."""
    return sum(2 if unicodedata.east_asian_width(character) in "WFA" else 1 for character in text)


def lines(text: str, columns: float) -> int:
    """Return how many lines a text takes in a cell of so many half-width characters."""
    usable = max(2, int(columns))
    return sum(max(1, -(-width(line) // usable)) for line in text.split("\n"))
