"""汇总文件: the aggregates that a platform has computed by our SQL, checked row by row before they are used."""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING

from jixiao.errors import CannotParse
from jixiao.findings import Message, Place
from jixiao.formats.opened import opened
from jixiao.settlements.codes import SCHEMES
from jixiao.settlements.gathering import Cell, Gathered
from jixiao.settlements.measure import ROWS, parts_of
from jixiao.settlements.sql import UNPLACED, check_code, definition, faults_of, heads

if TYPE_CHECKING:
    from pathlib import Path

    from jixiao.settlements.tables import Terms


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
    parts: dict[Cell, dict[object, int]] = {}
    faults: dict[Cell, dict[str, int]] = {}
    unplaced = 0
    for line, row in enumerate(rows[1:], start=2):
        if not any(row):
            continue
        cell, values = _row(path, line, row, known, len(wanted))
        if cell.region == UNPLACED:
            unplaced += values[0]
        else:
            count = 1 + len(parts_of(name))
            parts[cell] = {ROWS: values[0], **dict(zip(parts_of(name), values[1:count], strict=True))}
            faults[cell] = dict(zip(faults_of(name), values[count:], strict=True))
    _foots(path, parts, name)
    whole = [cell for cell in parts if cell.region is None and cell.scheme is None and len(cell.period) == 4]
    counted = sum(parts[cell][ROWS] for cell in whole)
    unknown = {
        fault.partition(".")[2]: sum(faults[cell][fault] for cell in whole)
        for fault in faults_of(name)
        if fault.startswith("unknown.")
    }
    kept = {
        cell: {one: n for one, n in found.items() if not one.startswith("unknown.")} for cell, found in faults.items()
    }
    return Gathered(
        counted + unplaced, counted, parts, kept, {"region": unplaced} if unplaced else {},  # type: ignore[arg-type]
        {column: n for column, n in unknown.items() if n}, (0, 0),
    )  # fmt: skip


def _row(path: Path, line: int, row: list[str], known: set[str], width: int) -> tuple[Cell, list[int]]:
    if len(row) != width:
        raise _wrong(path, line, "fields", {"fields": len(row), "columns": width})
    code, region, scheme, period, *numbers = (cell.strip() for cell in row)
    if code not in known:
        raise _wrong(path, line, "definition", {"found": code, "known": sorted(known)})
    try:
        *values, check = (int(number or 0) for number in numbers)
        place = "0" if region == UNPLACED else region
        fits = check_code(place, SCHEMES.index(scheme) + 1 if scheme in SCHEMES else 0, period, values) == check
    except ValueError:
        fits = False
    if not fits:
        raise _wrong(path, line, "check", {})
    return Cell(region or None, scheme if scheme in SCHEMES else None, period), values


def _foots(path: Path, parts: dict[Cell, dict[object, int]], name: str) -> None:
    """Refuse a file whose cells do not add up: a row is missing or stands twice."""
    for cell, found in parts.items():
        if cell.region is not None or cell.scheme is not None:
            continue
        regions = [one for at, one in parts.items() if at.period == cell.period and at.region and at.scheme is None]
        for part in (ROWS, *(part for part in parts_of(name) if part.additive)):
            if sum(one[part] for one in regions) != found[part]:
                raise _wrong(path, 1, "foot", {"period": cell.period, "part": str(part)})


def _wrong(path: Path, line: int, name: str, args: dict[str, object]) -> CannotParse:
    said, remedy = Message(f"settlements.summary.{name}", args), Message("settlements.summary.remedy")
    return CannotParse(said, remedy=remedy, place=Place(str(path), line=line))
