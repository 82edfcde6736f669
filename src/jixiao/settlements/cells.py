"""分组单元: a printed grouping, region × scheme × period, as a person reads it and as the number that engines group by.

    number = place × 10^7 + scheme × 10^6 + year × 100 + month: below 2^53, exact on every engine

>>> cell_of(6528001202403), unplaced(9202400)
(Cell(region='652800', scheme='employee', period='2024-03'), 'region')
"""

from __future__ import annotations

from typing import NamedTuple

from jixiao.settlements.codes import SCHEMES

PLACE, SCHEME, NO_SCHEME = 10**7, 10**6, 9


class Cell(NamedTuple):
    """A printed grouping: six digits of a region or None for all, a scheme or None for all, `2024` or `2024-03`."""

    region: str | None
    scheme: str | None
    period: str


def cell_of(number: int) -> Cell:
    """Return the cell that a number stands for.

    >>> cell_of(6528001202403), cell_of(2202400)
    (Cell(region='652800', scheme='employee', period='2024-03'), Cell(region=None, scheme='resident', period='2024'))
    """
    place, rest = divmod(number, PLACE)
    scheme, period = divmod(rest, SCHEME)
    year, month = divmod(period, 100)
    spelt = f"{year}-{month:02d}" if month else f"{year}"
    return Cell(f"{place:06d}" if place else None, SCHEMES[scheme - 1] if scheme else None, spelt)


def groupings(cell: Cell) -> set[Cell]:
    """Return the cell with every roll-up that it belongs to."""
    periods = {cell.period, cell.period[:4]}
    return {
        Cell(region, scheme, period)
        for region in {cell.region, None}
        for scheme in {cell.scheme, None}
        for period in periods
    }


def unplaced(cell: int) -> str:
    """Return what a number leaves untold: period, region or scheme; empty where it is a cell."""
    place, rest = divmod(cell, PLACE)
    scheme, period = divmod(rest, SCHEME)
    return "period" if not period else "region" if not place else "scheme" if scheme == NO_SCHEME else ""
