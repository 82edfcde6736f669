"""有线表格: the table that ruled lines make on a page, whether its words were printed or recognised in a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jixiao.documents.document import Cell, Table
from jixiao.findings import Place

if TYPE_CHECKING:
    from collections.abc import Sequence


def laid(found: Any, rows: Sequence[Sequence[str | None]], page: int, part: str, name: str) -> Table:
    """Return a ruled table; how far a cell spans is told by its lines."""
    lefts = sorted({round(box[0]) for box in found.cells})
    tops = sorted({round(box[1]) for box in found.cells})
    grid: list[tuple[Cell | None, ...]] = []
    covered: set[tuple[int, int]] = set()
    for at, (row, ruled) in enumerate(zip(rows, found.rows, strict=True)):
        line: list[Cell | None] = []
        for column, (text, box) in enumerate(zip(row, ruled.cells, strict=True)):
            if box is None or (at, column) in covered:
                line.append(None if (at, column) in covered else Cell(""))
                continue
            over = max(1, sum(1 for left in lefts if box[0] - 1 <= left < box[2] - 1))
            down = max(1, sum(1 for top in tops if box[1] - 1 <= top < box[3] - 1))
            covered |= {(at + d, column + o) for d in range(down) for o in range(over)}
            said = text or ""
            place = Place(name, part, page, row=at + 1, column=column + 1, quote=said[:60])
            line.append(Cell(said, down, over, place=place))
        grid.append(tuple(line))
    return Table(tuple(grid), name=part)


def inside(box: Sequence[float], area: Sequence[float]) -> bool:
    """Return whether the middle of a box (left, top, right, bottom) lies in an area."""
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return area[0] <= x <= area[2] and area[1] <= y <= area[3]
