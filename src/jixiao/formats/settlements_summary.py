"""汇总文件: the aggregates that a platform has computed by our SQL, checked row by row before they are used."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from io import StringIO
from typing import TYPE_CHECKING, Any

from jixiao.errors import CannotParse
from jixiao.findings import Message, Place
from jixiao.formats.opened import opened
from jixiao.settlements.cells import Cell
from jixiao.settlements.codes import SCHEMES
from jixiao.settlements.gathering import Gathered
from jixiao.settlements.measure import ROWS, parts_of
from jixiao.settlements.sql import SPECIAL, check_code, definition, faults_of, heads

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from jixiao.settlements.tables import Terms


_WIDENED: tuple[Callable[[Cell], Cell], ...] = (
    lambda cell: cell._replace(region=None),
    lambda cell: cell._replace(scheme=None),
    lambda cell: cell._replace(period=cell.period[:4]),
)


def read(path: Path, name: str, terms: Terms) -> Gathered:
    """Return what a summary file says of a table.

    `CannotParse` for another head, for definitions other than those of `terms` (codes, year, level), for a row whose
    check code does not fit, and for rows that are missing (cells that do not add up to their roll-up).
    """
    text = opened(path).decode("utf-8-sig", errors="replace")
    rows = list(csv.reader(StringIO(text)))
    wanted = list(heads(name))
    if not rows or [head.strip().lower() for head in rows[0]] != wanted:
        raise _wrong(path, 1, "head", {"columns": len(wanted)})
    known = {definition(name, terms._replace(period=period, set_aside=False)) for period in ("year", "month")}
    parts: dict[Cell, dict[Any, int]] = {}
    faults: dict[Cell, dict[str, int]] = {}
    special = dict.fromkeys(SPECIAL, (0, 0))
    for line, row in enumerate(rows[1:], start=2):
        if not any(row):
            continue
        cell, (n, bills, *values) = _row(path, line, row, known, len(wanted))
        if cell.region in special:
            special[cell.region] = n, bills
            continue
        count = len(parts_of(name))
        parts[cell] = {ROWS: n, **dict(zip(parts_of(name), values[:count], strict=True))}
        faults[cell] = dict(zip(faults_of(name), values[count:], strict=True))
    _foots(path, parts, name)
    counted = sum(found[ROWS] for cell, found in parts.items() if cell == Cell(None, None, cell.period[:4]))
    lost = {"cell": special["unplaced"][0], "status": special["status"][0]}
    return Gathered(
        counted + sum(n for n, _ in special.values()), counted, parts, faults,
        {why: n for why, n in lost.items() if n}, special["refunds"],
    )  # fmt: skip


def _row(path: Path, line: int, row: list[str], known: set[str], width: int) -> tuple[Cell, list[int]]:
    if len(row) != width:
        raise _wrong(path, line, "fields", {"fields": len(row), "columns": width})
    code, region, scheme, period, *numbers = (cell.strip() for cell in row)
    if code not in known:
        raise _wrong(path, line, "definition", {"found": code, "known": sorted(known)})
    try:
        *values, check = (int(number or 0) for number in numbers)
        place = "0" if region in SPECIAL else region
        fits = check_code(place, SCHEMES.index(scheme) + 1 if scheme in SCHEMES else 0, period, values) == check
    except ValueError:
        fits = False
    if not fits:
        raise _wrong(path, line, "check", {})
    return Cell(region or None, scheme if scheme in SCHEMES else None, period), values


def _foots(path: Path, parts: dict[Cell, dict[Any, int]], name: str) -> None:
    """Refuse a file whose cells do not add up to what they roll up into: a row is missing or stands twice."""
    added = [ROWS, *(part for part in parts_of(name) if part.additive)]
    for widened in _WIDENED:
        sums: dict[Cell, Counter[Any]] = defaultdict(Counter)
        for cell, found in parts.items():
            wider = widened(cell)
            if wider != cell:
                sums[wider].update({part: found[part] for part in added})
        for cell, total in sums.items():
            wrong = [part for part in added if cell not in parts or total[part] != parts[cell][part]]
            if wrong:
                raise _wrong(path, 1, "foot", {"period": cell.period, "part": str(wrong[0])})


def _wrong(path: Path, line: int, name: str, args: dict[str, object]) -> CannotParse:
    said, remedy = Message(f"settlements.summary.{name}", args), Message("settlements.summary.remedy")
    return CannotParse(said, remedy=remedy, place=Place(str(path), line=line))
