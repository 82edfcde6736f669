"""页脚: what stands on every page of a printed document: which state it is of, and a code of the values it holds."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from jixiao.documents.document import Paragraph, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jixiao.documents.document import Block


def footer(state: str, blocks: Iterable[Block]) -> str:
    """Return the footer of a document: the state of its data (a version, or a draft of a day), and the check code.

    >>> from jixiao.documents.document import Cell
    >>> footer("版本 2024年12月31日", [Table.of([[Cell("9.8", bind="scored/O101/score")]])])
    '版本 2024年12月31日  校验码 5AAD-C942'
    """
    return f"{state}  校验码 {check_code(blocks)}"


def check_code(blocks: Iterable[Block]) -> str:
    """Return the short digest by which a printed document shows that it holds these values and no others.

    >>> from jixiao.documents.document import Run
    >>> check_code([Paragraph.of([Run("得"), Run("9.8", bind="scored/O101/score")])])
    '5AAD-C942'
    """
    values = "".join(f"{path}\t{text}\n" for path, text in _values(blocks))
    digest = hashlib.sha256(values.encode()).hexdigest().upper()
    return f"{digest[:4]}-{digest[4:8]}"


def _values(blocks: Iterable[Block]) -> Iterator[tuple[str, str]]:
    """Yield the path and the text of every value that is printed, in order."""
    for block in blocks:
        if isinstance(block, Table):
            yield from ((cell.bind, cell.text) for _, _, cell in block.cells() if cell.bind is not None)
        elif isinstance(block, Paragraph):
            yield from ((run.bind, run.text) for run in block.runs if run.bind is not None)
