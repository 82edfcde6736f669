"""版面分列的单元格: what the lines of a laid-out table hold by row and column."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from jixiao.formats.text_shapes import runs
from jixiao.formats.text_shapes.shape import TOTAL, Found, Row
from jixiao.formats.text_shapes.words import LEVELS, is_blank, is_figure, is_year, role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jixiao.formats.text_shapes.places import Column, Line

_DIGIT = re.compile(r"\d")
_MARK = re.compile(r"(?:100|\d{1,2})(?:\.\d+)?\s*[分%]?|[-–/]|—+")
_GROUP_ENDS = re.compile(r"(?:指标|决策|过程|产出|效[益果]|投入|满意度?|成本|管理|绩效)$")
_CODED = re.compile(r"[A-Z]\d{0,2}[\u4e00-\u9fff]")
_FORMS = {"weight": _MARK, "score": _MARK, "sign": re.compile(r"[≥≤=<>＝＞＜≧≦]{1,2}|[^\d≥≤=<>]*")}


def _groups(texts: dict[int, str]) -> list[list[int]]:
    """Return the lines of each name of a group; [] where names do not end as such names do."""
    weighed = any(text.endswith(("）", ")")) for text in texts.values())
    found: list[list[int]] = []
    ended = True
    for line, text in texts.items():
        coded = _CODED.match(text) is not None
        if coded and not ended:
            return []
        if coded or (ended and not text.startswith(("（", "("))):
            found.append([])
        if not found:
            return []
        found[-1].append(line)
        said = "".join(texts[one] for one in found[-1])
        ended = said.endswith(("）", ")")) if weighed else _GROUP_ENDS.search(said) is not None
    return found if ended else []


class Cells:
    """The cells of a table by row and column as they are filled; `extents` are the first and last line of each row.

    `head` is the line of the head, where one stands above the rows.
    """

    def __init__(
        self, region: Sequence[Line], rows: Sequence[Line], columns: Sequence[Column], keys: set[int], head: int | None
    ) -> None:
        self.keys = keys
        self.region = [line for line in region if head is None or line.at > head]
        self.columns, self.head, self.at = columns, head, [row.at for row in rows]
        self.blocks = {line.at: line.block for line in region}
        self.extents = [(line, line) for line in self.at]
        self.levels = [to for to, column in enumerate(columns) if role(column.head) in LEVELS]
        self.totals = [n for n, row in enumerate(rows) if TOTAL.fullmatch(row.words[0].text)]
        self.cells: dict[tuple[int, int], str] = {}
        for n in self.totals:
            own = rows[n].columns[0]
            self.cells[n, self.levels[-1] if own in self.levels else own] = rows[n].words[0].text
        self.spans: dict[tuple[int, int], int] = {}
        self.loose: list[tuple[int, str]] = []
        self.mixed = False

    def fill(self, *, groups: bool) -> None:
        """Fill every column; those of `groups`, over rows that they span, only of a table that is here as a whole."""
        for to in range(len(self.columns)):
            if to not in self.levels[:-1]:
                self._fill(to)
        for to in self.levels[:-1] if groups and self.totals else ():
            self._spread(to)

    def _fill(self, to: int) -> None:
        """Fill a column whose cells belong to one row each; what may belong to two and holds a digit is left loose."""
        texts = {line.at: line.text(to) for line in self.region if line.text(to)}
        owners = self._owners(list(texts))
        joined = {line: owner for line, owner in owners.items() if list(owners.values()).count(owner) > 1}
        counts = sum(1 for text in texts.values() if is_figure(text) or is_blank(text)) * 2 >= len(texts)
        names = not counts and role(self.columns[to].head) not in ("target", "actual")
        self.mixed |= names and any(is_figure(texts[line]) for line in joined)
        if None in owners.values() and to not in self.levels and not counts:
            unsure = [line for line in owners if _DIGIT.search(texts[line])]
            self.loose += [(line, texts[line]) for line in unsure]
            owners = {line: owner for line, owner in owners.items() if line not in unsure}
        if role(self.columns[to].head) == "reason":  # that one is given matters, and to neighbours no less
            near = {line: min(range(len(self.at)), key=lambda n: abs(self.at[n] - line)) for line in owners}
            owners = {line: near[line] if owner is None else owner for line, owner in owners.items()}
        for line, owner in owners.items():
            if owner is None or (owner in self.totals and self.cells.get((owner, to)) == texts[line]):
                continue
            self.cells[owner, to] = self.cells.get((owner, to), "") + texts[line]
            first, end = self.extents[owner]
            self.extents[owner] = (min(first, line), max(end, line))
        if to in self.levels[-1:]:
            self._shorten(to, [line for line, owner in owners.items() if owner is None])

    def _shorten(self, to: int, lines: Sequence[int]) -> None:
        """Mark names that may go on in lines of which it is not clear whose they are, so that they are no others."""
        beside = {bisect_right(self.at, line) + step for line in lines for step in (-1, 0)}
        for row in sorted(beside & {row for row, column in self.cells if column == to}):
            self.cells[row, to] += "…"

    def _owners(self, lines: Sequence[int]) -> dict[int, int | None]:
        """Return the row of each line: within a stretch without an empty line, by where the lines of its rows are."""
        found: dict[int, int | None] = {}
        starts = self.at if self.head is None else [self.head, *self.at]
        for block in sorted({self.blocks[line] for line in lines}):
            inside = [line for line in lines if self.blocks[line] == block]
            rows = [at for at in starts if self.blocks[at] == block]
            for line, owner in runs.attached(inside, rows).items() if rows else dict.fromkeys(inside).items():
                if owner is None or rows[owner] != self.head:
                    found[line] = None if owner is None else self.at.index(rows[owner])
        return found

    def _spread(self, to: int) -> None:
        """Fill a column whose cells span rows, where it is clear which."""
        last = len(self.at) - (len(self.at) - 1 in self.totals)
        within = [line for line in self.region if line.text(to) and line.at <= self.extents[last - 1][1]]
        groups = _groups({line.at: line.text(to) for line in within})
        for lines, (start, count) in zip(groups, runs.spread(groups, self.extents[:last]), strict=False):
            self.cells[start, to] = "".join(line.text(to) for line in within if line.at in lines)
            self.spans |= {(start, to): count} | {(start + down, to): 0 for down in range(1, count)}

    def found(self) -> Found | None:
        """Return the rows as a table, None where one of them is none or a figure stands among the words of a name."""
        if self.mixed or not all(self._is_row(n) for n in range(len(self.at))):
            return None
        rows = [self._row(n, line) for n, line in enumerate(self.at)]
        return Found([rows], max(end for _, end in self.extents) + 1, tuple(sorted(self.loose)))

    def _row(self, n: int, line: int) -> Row:
        there = [to for to in range(len(self.columns)) if self.spans.get((n, to), 1)]
        texts = [self.cells.get((n, to), "") for to in there]
        spans = tuple((self.spans.get((n, to), 1), 1) for to in there) if self.spans else ()
        return Row(texts, [line] * len(there), spans)

    def _is_row(self, n: int) -> bool:
        """Return whether a row has a name, at most one figure where it should have one, and no other marks or signs."""
        row = {to: self.cells.get((n, to), "") for to in range(len(self.columns))}
        names = [
            to for to, text in row.items() if text and not is_blank(text) and (not is_figure(text) or is_year(text))
        ]
        named = n in self.totals or (self.levels[-1] in names if self.levels else bool(names))
        forms = {to: _FORMS.get(role(column.head) or "") for to, column in enumerate(self.columns)}
        fits = all(not row[to] or form is None or form.fullmatch(row[to]) for to, form in forms.items())
        return named and fits and all(is_figure(row[at]) or is_blank(row[at]) for at in self.keys if row[at])
