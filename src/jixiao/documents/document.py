"""文档: a document as a value, the same whether we write it or somebody else wrote it.

A table is a full rectangle: a cell that spans covers the positions it takes, which hold None.

>>> table = Table.of([[Cell("合计", cols=2), Cell("100")]])
>>> [[cell and cell.text for cell in row] for row in table.grid]
[['合计', None, '100']]
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias

from jixiao.findings import Message, Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Align = Literal["left", "center", "right"]


class Origin(NamedTuple):
    """Where the words of a block were written: the key of a text, the entry and the piece of it, counted from 0.

    `under` is the level of the heading that the text stands below. A piece of -1 is not in the text yet. `itself`: the
    piece only stands for what the report writes by itself.
    """

    text: str
    piece: int
    under: int
    entry: int = 0
    itself: bool = False


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
    `heights` are the lowest heights of rows in millimetres, 0 for one that follows its text; `footer` stands on every
    page; `form` is the id and version of the form that the table is. `cut_above` and `cut_below` say of one that was
    read that rows may stand there which were not: on another page, where the table could not be read as one.
    """

    grid: tuple[tuple[Cell | None, ...], ...]
    head_rows: int = 0
    caption: str | None = None
    widths: tuple[float, ...] = ()
    keys: tuple[str | None, ...] = ()
    unit: str | None = None
    landscape: bool = False
    name: str | None = None
    heights: tuple[float, ...] = ()
    footer: str | None = None
    form: str | None = None
    origin: Origin | None = field(default=None, compare=False)
    cut_above: bool = False
    cut_below: bool = False

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

    def turned(self) -> Table:
        """Return the table with its columns as rows, as one that was laid on its side is read or written.

        >>> table = Table.of([[Cell("收入", cols=2)], [Cell("1"), Cell("2")]]).turned()
        >>> [[cell and cell.text for cell in row] for row in table.grid]
        [['收入', '1'], [None, '2']]
        """
        swapped = [[cell and replace(cell, rows=cell.cols, cols=cell.rows) for cell in row] for row in self.grid]
        return replace(self, grid=tuple(zip(*swapped, strict=True)), keys=(), heights=(), widths=())

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
    """A chapter or section title: level 0 is the document's title, 1 一、, 2 （一）, 3 1., 4 （1）.

    A heading in the middle of its line (摘要, 附件1) carries no number.
    """

    text: str
    level: int = 1
    place: Place | None = None
    align: Align = "left"
    origin: Origin | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a paragraph: its text, and for a figure the exact value behind it and the path that it has."""

    text: str
    bold: bool = False
    value: Any = None
    bind: str | None = None

    def __str__(self) -> str:
        """Return the text, so that a run can fill a message."""
        return self.text


LOOSE, ASIDE = "loose", "aside"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of running text; `kind` names its style (body, note, item, cover, date, sign).

    One of kind `LOOSE` was read as a piece of a table whose columns could not be told, one of kind `ASIDE` as what a
    cell may hold, of which it could not be told which: their words follow no sentence.

    `runs` are the stretches the text consists of, or nothing where it is all of one kind.
    """

    text: str
    kind: str = "body"
    place: Place | None = None
    runs: tuple[Run, ...] = ()
    origin: Origin | None = field(default=None, compare=False)

    @classmethod
    def of(cls, runs: Iterable[Run], kind: str = "body") -> Paragraph:
        """Return the paragraph that these runs make.

        >>> Paragraph.of([Run("得"), Run("93.7", bind="scored/score"), Run("分")]).text
        '得93.7分'
        """
        kept = tuple(run for run in runs if run.text)
        return cls("".join(run.text for run in kept), kind, None, kept)


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart as a Vega-Lite specification, with its caption and the text that says what it shows."""

    spec: dict[str, Any]
    caption: str
    says: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as PNG or JPEG, its size in pixels, its caption and the text that says what it shows."""

    raw: bytes
    width: int
    height: int
    caption: str
    says: str


@dataclass(frozen=True, slots=True)
class Contents:
    """The contents list: the document's headings that follow it, down to a level."""

    levels: int = 2


@dataclass(frozen=True, slots=True)
class PageBreak:
    """A new page; `landscape` turns it. Unless `numbers` is continue, page numbers begin anew with 1 (or i), or stop.

    A `narrow` one has the margins of a form instead of those of a text. At the very start of a document a break only
    says how the first page is.
    """

    landscape: bool = False
    numbers: Literal["continue", "arabic", "roman", "none"] = "continue"
    narrow: bool = False


Block: TypeAlias = Heading | Paragraph | Table | Chart | Picture | Contents | PageBreak


@dataclass(frozen=True, slots=True)
class Document:
    """Blocks in order. `title` says what it is about; `name` is its file's, of one that was read or will be written.

    `footer` stands on every page; a table that is a document by itself brings its own.
    `remarks` say what a reader should know of how it was read: another kind than its name says, pictures recognised.
    """

    blocks: tuple[Block, ...]
    title: str = ""
    name: str | None = None
    footer: str | None = None
    remarks: tuple[Message, ...] = field(default=(), compare=False)

    def tables(self) -> list[Table]:
        """Return the tables in order."""
        return [block for block in self.blocks if isinstance(block, Table)]

    def listed(self) -> list[tuple[int, Heading]]:
        """Return what the contents list lists, each heading with its position among the blocks."""
        found: list[tuple[int, Heading]] = []
        levels = 0
        for at, block in enumerate(self.blocks):
            if isinstance(block, Contents):
                levels = block.levels
            elif isinstance(block, Heading) and 0 < block.level <= levels:
                found.append((at, block))
        return found
