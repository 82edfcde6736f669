"""文档: a document as a value, the same whether we write it or somebody else wrote it.

A table is a full rectangle: a cell that spans covers the positions it takes, which hold None.

>>> table = Table.of([[Cell("合计", cols=2), Cell("100")]])
>>> [[cell and cell.text for cell in row] for row in table.grid]
[['合计', None, '100']]
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from jixiao.findings import Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Align = Literal["left", "center", "right"]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its printed text, how far it spans, the exact value behind it and the path that the value has.

    `hint` is a number format for spreadsheets (`0.00`), given when `value` is a number to be kept as one.
    """

    text: str
    rows: int = 1
    cols: int = 1
    value: Any = None
    bind: str | None = None
    place: Place | None = None
    head: bool = False
    align: Align = "center"
    hint: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table: a rectangular grid (None where a spanning cell covers), how many rows are its head, its caption.

    `widths` are in millimetres; `keys` is a hidden last column for reading back; `unit` prints above the table.
    """

    grid: tuple[tuple[Cell | None, ...], ...]
    head_rows: int = 0
    caption: str | None = None
    widths: tuple[float, ...] = ()
    keys: tuple[str | None, ...] = ()
    unit: str | None = None
    landscape: bool = False
    name: str | None = None

    @classmethod
    def of(cls, rows: Iterable[Sequence[Cell]], **kwargs: Any) -> Table:
        """Lay rows of cells out from left to right, around what spans from above; short rows are filled with blanks."""
        grid: list[list[Cell | None]] = []
        covered: set[tuple[int, int]] = set()
        for at, row in enumerate(rows):
            line: list[Cell | None] = []
            for cell in row:
                while (at, len(line)) in covered:
                    line.append(None)
                for down in range(cell.rows):
                    covered |= {(at + down, len(line) + right) for right in range(cell.cols) if down or right}
                line.append(cell)
            while (at, len(line)) in covered:
                line.append(None)
            grid.append(line)
        width = max((len(line) for line in grid), default=0)
        for at, line in enumerate(grid):
            line += [None if (at, right) in covered else Cell("") for right in range(len(line), width)]
        return cls(tuple(tuple(line) for line in grid), **kwargs)

    def cells(self) -> Iterator[tuple[int, int, Cell]]:
        """Yield every cell once with its row and column, from 0."""
        for at, row in enumerate(self.grid):
            for right, cell in enumerate(row):
                if cell is not None:
                    yield at, right, cell

    def filled(self) -> list[list[Cell | None]]:
        """Return the grid with spanning cells repeated in every position they cover, for reading."""
        full: list[list[Cell | None]] = [list(row) for row in self.grid]
        for at, right, cell in self.cells():
            for down in range(at, min(at + cell.rows, len(full))):
                for over in range(right, min(right + cell.cols, len(full[down]))):
                    full[down][over] = cell
        return full


@dataclass(frozen=True, slots=True)
class Heading:
    """A chapter or section title: level 0 is the document's title, 1 一、, 2 （一）, 3 1., 4 （1）."""

    text: str
    level: int = 1
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of running text; `kind` names its style (body, note, cover, sign)."""

    text: str
    kind: str = "body"
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart as a Vega-Lite specification, with its caption and the text that says what it shows."""

    spec: dict[str, Any]
    caption: str
    says: str


@dataclass(frozen=True, slots=True)
class PageBreak:
    """A new page; `landscape` turns it."""

    landscape: bool = False


Block: TypeAlias = Heading | Paragraph | Table | Chart | PageBreak


@dataclass(frozen=True, slots=True)
class Document:
    """Blocks in order. `title` names the file's subject; `name` is the file's own, for a document that was read."""

    blocks: tuple[Block, ...]
    title: str = ""
    name: str | None = None

    def tables(self) -> list[Table]:
        """Return the tables in order."""
        return [block for block in self.blocks if isinstance(block, Table)]
