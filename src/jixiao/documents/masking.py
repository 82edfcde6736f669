"""遮盖: a document with something hidden in every text of it, wherever it stands; the rest is as it was.

>>> from jixiao.documents.document import Document, Paragraph
>>> masked(Document((Paragraph("电话 123"),), "电话"), lambda text: text.replace("123", "＊")).blocks[0].text
'电话 ＊'
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from jixiao.documents.document import Chart, Heading, Paragraph, Picture, Table

if TYPE_CHECKING:
    from collections.abc import Callable

    from jixiao.documents.document import Block, Cell, Document

    Hide = Callable[[str], str]


def masked(document: Document, hide: Hide) -> Document:
    """Return the document with every text as `hide` returns it; a paragraph that changes loses its runs."""
    blocks = tuple(_block(block, hide) for block in document.blocks)
    return replace(document, blocks=blocks, title=hide(document.title))


def table(given: Table, hide: Hide) -> Table:
    """Return one table likewise; a cell that changes loses the value behind it."""
    grid = tuple(tuple(cell and _cell(cell, hide) for cell in row) for row in given.grid)
    caption, footer = (text and hide(text) for text in (given.caption, given.footer))
    return replace(given, grid=grid, caption=caption, footer=footer)


def _block(block: Block, hide: Hide) -> Block:
    if isinstance(block, Table):
        return table(block, hide)
    if isinstance(block, Chart):
        return Chart(_spec(block.spec, hide), hide(block.caption), hide(block.says))
    if isinstance(block, Picture):
        return replace(block, caption=hide(block.caption), says=hide(block.says))
    if isinstance(block, Heading):
        return replace(block, text=hide(block.text))
    if isinstance(block, Paragraph):
        text = hide(block.text)
        return block if text == block.text else replace(block, text=text, runs=())
    return block


def _cell(cell: Cell, hide: Hide) -> Cell:
    text = hide(cell.text)
    return cell if text == cell.text else replace(cell, text=text, value=None, hint=None)


def _spec(value: Any, hide: Hide) -> Any:
    if isinstance(value, str):
        return hide(value)
    if isinstance(value, list):
        return [_spec(item, hide) for item in value]
    if isinstance(value, dict):
        return {key: _spec(item, hide) for key, item in value.items()}
    return value
