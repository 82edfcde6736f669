"""写回文字: a block of an edited report as the small Markdown that a free text holds, its figures by their paths."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jixiao.documents.document import Heading, Paragraph, Run, Table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jixiao.documents.document import Block

_ITEM = re.compile(r"[（(](\d{1,2})[）)]\s*(.*)", re.DOTALL)
_BULLET = re.compile(r"[•·●]\s*(.*)", re.DOTALL)
_NUMBER = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|\d{1,2}[.．、]|[（(]\d{1,2}[）)])\s*"
)
_MARKS = str.maketrans({"{": "｛", "}": "｝", "*": "＊"})  # what would mean something else in a free text
_FIRST = {"#": "＃", "|": "｜", ">": "＞", "-": "－", "+": "＋"}


def spelt(block: Block, under: int = 0) -> str:
    """Return a block as a free text says it; its heading stands below a heading of level `under`.

    >>> spelt(Paragraph.of([Run("（1）共"), Run("81.35万人", bind="scored/C101/actual"), Run("参保。")]))
    '1. 共{scored/C101/actual}参保。'
    >>> spelt(Heading("（三）其他", 2), 1)
    '# 其他'
    """
    if isinstance(block, Heading):
        return f"{'#' * min(max(block.level - under, 1), 4)} {unnumbered(block).translate(_MARKS)}"
    if isinstance(block, Table):
        return _rows(block)
    assert isinstance(block, Paragraph)
    said = inline(block.runs or (Run(block.text),))
    for form, mark in ((_ITEM, r"\1. \2"), (_BULLET, r"- \1")):
        if form.fullmatch(said):
            return form.sub(mark, said).replace("\n", "")
    return (_FIRST.get(said[:1], said[:1]) + said[1:]).replace("\n", "")


def inline(runs: Iterable[Run]) -> str:
    """Return runs as a free text says them: bold in stars, quoted values by their paths."""
    found, bold = "", False
    for run in runs:
        if run.bold != bold:
            found, bold = f"{found}**", run.bold
        found += f"{{{run.bind}}}" if run.bind else run.text.translate(_MARKS)
    return found + ("**" if bold else "")


def unnumbered(block: Heading) -> str:
    """Return the words of a heading without its number; one in the middle of its line has none."""
    return block.text if block.align != "left" else _NUMBER.sub("", block.text, count=1)


def _rows(table: Table) -> str:
    rows = [[" ".join((cell.text if cell else "").split()).replace("|", "｜").translate(_MARKS) for cell in row]
            for row in table.filled()]  # fmt: skip
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join([lines[0], f"|{'---|' * len(rows[0])}", *lines[1:]]) if rows else ""
