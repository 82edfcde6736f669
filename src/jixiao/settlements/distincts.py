"""不同值: distinct parts (persons, institutions, places) at every printed grouping, none of them ever added up.

Values are first reduced to one row a cell; those that stand in several regions or schemes in a year (movers) are
counted again for every roll-up, the others add up:

    distinct(roll-up) = Σ distinct(cells) − Σ distinct movers(cells) + distinct movers(roll-up)
"""

from __future__ import annotations

import re
from functools import reduce
from itertools import chain
from operator import or_
from typing import TYPE_CHECKING, Any

import narwhals as nw

from jixiao.settlements.cells import PLACE, SCHEME, Cell, cell_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from jixiao.settlements.measure import Part
    from jixiao.settlements.tables import Terms

    Frame = nw.LazyFrame[Any]
    Staged = Callable[[Frame], Frame]


def distincts(
    engine: Any, flagged: Frame, parts: Sequence[Part], terms: Terms, staged: Staged, *, schemes: bool
) -> dict[Cell, dict[Part, int]]:
    """Return distinct parts over one column at every cell and roll-up."""
    column = parts[0].column or ""
    flags = [flag_of(part) for part in parts]
    flagged = flagged.filter(any_of(flags) & ~nw.col(column).is_null())
    counts: dict[Cell, list[int]] = {}
    monthly = terms.period == "month"
    for cell, found in _counted(engine, flagged, tuple(flags), staged, column=column, monthly=monthly, schemes=schemes):
        into = counts.setdefault(cell, [0] * len(parts))
        for at, count in enumerate(found):
            into[at] += count
    return {cell: dict(zip(parts, found, strict=True)) for cell, found in counts.items()}


def flag_of(part: Part) -> str:
    """Return the name of the column that says whether a row is in a distinct part; Spark wants plain names."""
    return re.sub(r"\W", "_", str(part))


def any_of(flags: Iterable[str]) -> nw.Expr:
    """Return whether a row is in any part."""
    return reduce(or_, (nw.col(flag) for flag in flags))


def _counted(
    engine: Any, flagged: Frame, flags: tuple[str, ...], staged: Staged, *, column: str, monthly: bool, schemes: bool
) -> Iterator[tuple[Cell, list[int]]]:
    """Yield counts, some of them negative, whose sums are the distinct values of each cell and roll-up."""
    fine = staged(_reduced(flagged, column, flags))
    tables = [fine]
    if monthly:
        tables.append(staged(_reduced(fine.with_columns(nw.col("_cell") // 100 * 100), column, flags)))
    homes = tables[-1].with_columns(home=nw.col("_cell") // SCHEME, year=nw.col("_cell") % SCHEME)
    ends = homes.group_by(column, "year").agg(nw.col("home").min().alias("first"), nw.col("home").max().alias("last"))
    movers = ends.filter(nw.col("first") != nw.col("last")).select(column).unique()
    moved = [staged(one.join(movers, on=column, how="semi")) for one in tables]
    rolls = [roll for roll in _ROLLS if schemes or roll is _everywhere]
    again = [_reduced(one.with_columns(_cell=roll(nw.col("_cell"))), column, flags) for one in moved for roll in rolls]
    counted = engine.gather([_flag_counts(one, flags) for one in (*tables, *moved, *again)])
    for number, *found in chain(*counted[: len(tables)]):
        for cell in {number, *(roll(number) for roll in rolls)}:
            yield cell_of(cell), found
    for number, *found in chain(*counted[len(tables) : 2 * len(tables)]):
        for cell in {roll(number) for roll in rolls}:
            yield cell_of(cell), [-count for count in found]
    for number, *found in chain(*counted[2 * len(tables) :]):
        yield cell_of(number), found


def _reduced(frame: Frame, column: str, flags: Sequence[str]) -> Frame:
    """Return one row per cell and value, each flag standing where it stood in any row."""
    return frame.group_by("_cell", column).agg(*(nw.col(flag).max() for flag in flags))


def _flag_counts(frame: Frame, flags: Sequence[str]) -> Frame:
    return frame.group_by("_cell").agg(*(nw.col(flag).cast(nw.Int64).sum().alias(flag) for flag in flags))


def _everywhere(cell: Any) -> Any:
    return cell % PLACE


def _any_scheme(cell: Any) -> Any:
    return cell // PLACE * PLACE + cell % SCHEME


def _altogether(cell: Any) -> Any:
    return cell % SCHEME


_ROLLS = (_everywhere, _any_scheme, _altogether)
