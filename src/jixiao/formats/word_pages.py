"""Word 的页码: on which page a paragraph or a row of a table begins, by the breaks that Word recorded in the file.

Word leaves a mark at the start of every page when it lays a file out; other programs leave none, and then pages are
not known from the file itself.
"""

from __future__ import annotations

from typing import Any

from docx.oxml.ns import qn

_MARK, _TEXT, _CELL, _ROW = (qn(name) for name in ("w:lastRenderedPageBreak", "w:t", "w:tc", "w:tr"))


class Pages:
    """Counts pages from 1 as a body is gone through; `at` stays None where no page was recorded."""

    def __init__(self, body: Any) -> None:
        """Look whether the file was ever laid out."""
        self.at = None if next(body.iter(_MARK), None) is None else 1

    def enter(self, node: Any) -> int | None:
        """Return the page on which a paragraph or row begins, and go to the page on which it ends."""
        if self.at is None:
            return None
        # cells of one row that go over to the next page each carry the mark of the same page
        counted = [_marks(cell) for cell in (node.iterchildren(_CELL) if node.tag == _ROW else (node,))]
        begins = self.at + max((leading for leading, _ in counted), default=0)
        self.at += max((marks for _, marks in counted), default=0)
        return begins


def _marks(node: Any) -> tuple[int, int]:
    """Return how many marks stand before the first text of an element, and how many in all."""
    leading = marks = 0
    written = False
    for inner in node.iter(_MARK, _TEXT):
        if inner.tag == _MARK:
            marks += 1
            leading += not written
        elif (inner.text or "").strip():
            written = True
    return leading, marks
