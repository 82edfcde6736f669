"""汇集: every part of every measure of a table, gathered in one pass; distinct parts counted at every printed grouping.

A cell is region × scheme × period; roll-ups leave region or scheme out, and months roll up into their year. Sums of
cells are made in Python; distinct parts are the matter of `distincts`. There is no join of rows to rows: an
amount is read once from the one row that states it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import reduce
from operator import and_
from typing import TYPE_CHECKING, Any, NamedTuple

import narwhals as nw

from jixiao.settlements.cells import NO_SCHEME, PLACE, SCHEME, Cell, cell_of, groupings, unplaced
from jixiao.settlements.conditions import Among, all_met, among
from jixiao.settlements.distincts import any_of, distincts, flag_of
from jixiao.settlements.faults import fault_conditions, faultless
from jixiao.settlements.measure import ROWS, parts_of
from jixiao.settlements.tables import table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from jixiao.settlements.conditions import Condition
    from jixiao.settlements.measure import How, Part
    from jixiao.settlements.tables import Held, Terms

    Staged = Callable[[nw.LazyFrame[Any]], nw.LazyFrame[Any]]
    Frame = nw.LazyFrame[Any]

# Rows whose persons Polars, which keeps them in memory, reduces at a time; more are taken in shares of the persons.
_MOST = {"year": 60_000_000, "month": 20_000_000}
_PERSON, _ODD = "psn_no", "no_number"


class Gathered(NamedTuple):
    """What a table gives: rows in all and counted, parts and faults by cell and roll-up, and rows that have no cell.

    `faults` are those of `faults.py` and, as `unknown.<column>`, codes in no code set. `unplaced` counts rows without a
    readable period, region or scheme, or with an unknown status; `refunds` are left out: how many rows, and the sum of
    their bills in 分.
    """

    rows: int
    counted: int
    parts: Mapping[Cell, Mapping[Part, int]]
    faults: Mapping[Cell, Mapping[str, int]]
    unplaced: Mapping[str, int]
    refunds: tuple[int, int]


def wanted_parts(held: Held) -> tuple[Part, ...]:
    """Return the number of rows and the parts of all measures of a table whose columns are there, each once."""
    parts = dict.fromkeys([ROWS])
    parts |= dict.fromkeys(parts_of(held.given.table))
    return tuple(part for part in parts if set(part.columns()) <= set(held.columns))


def celled(held: Held, terms: Terms) -> Frame:
    """Return all rows under present region codes, with `_cell`; what cannot be told is 0 in it (a scheme: 9)."""
    of = table(held.given.table)
    places = [name for name in held.columns if of.columns[name].kind == "region"]
    present = {name: _present(nw.col(name), terms) for name in places}
    place = present["insu_admdvs"]
    if terms.level == "prefecture":
        place = place // 100 * 100
    period = nw.col(of.period).fill_null(0)
    if terms.period == "year":
        period = period // 100 * 100
    cell = place.fill_null(0) * PLACE + period
    if "insutype" in held.columns:
        scheme = nw.lit(NO_SCHEME)
        for number, codes in reversed(list(enumerate(terms.codes.schemes().values(), start=1))):
            scheme = nw.when(among("insutype", codes)).then(nw.lit(number)).otherwise(scheme)
        cell = cell + scheme * SCHEME
    return held.frame.with_columns(_cell=cell, **(present if terms.renamed else {}))


def _present(place: nw.Expr, terms: Terms) -> nw.Expr:
    """Return the code that a region bears now."""
    found = place
    for former, now in terms.renamed.items():
        found = nw.when(place // 100 == int(former)).then(place % 100 + int(now) * 100).otherwise(found)
    return found


def counting(held: Held) -> nw.Expr:
    """Return whether a row counts: valid and not refunded."""
    kept = nw.lit(True)
    for column, codes in table(held.given.table).counted.items():
        kept = kept & _among(column, codes)
    return kept


def placed_rows(held: Held, terms: Terms) -> Frame:
    """Return the rows that count and have a cell."""
    cell = nw.col("_cell")
    kept = counting(held) & (cell >= PLACE) & (cell % SCHEME > 0)
    if "insutype" in held.columns:
        kept = kept & (cell % PLACE < NO_SCHEME * SCHEME)
    if terms.set_aside:
        kept = kept & faultless(fault_conditions(held))
    return celled(held, terms).filter(kept)


def _among(column: str, codes: Sequence[str]) -> nw.Expr:
    return among(column, codes).fill_null(False)


def gathered(engine: Any, held: Held, terms: Terms, staged: Staged) -> Gathered:
    """Return the parts of a table; `staged` computes a frame once, to be read several times."""
    parts, faults = wanted_parts(held), fault_conditions(held)
    if _PERSON in held.numbered:
        faults[_ODD] = ~nw.col(_PERSON).is_null() & nw.col(f"{_PERSON}#").is_null()
    sums = _summed(engine, held, terms, [part for part in parts if part.additive], faults)
    odd = sum([found.pop(_ODD, 0) for found in sums.faults.values()])  # type: ignore[attr-defined]
    by_column = _by_column(part for part in parts if not part.additive)
    few = [column for column in by_column if column != _PERSON]
    rows = placed_rows(held, terms)
    flags = {
        column: {flag_of(part): all_met(part.where, terms.codes) for part in of_column}
        for column, of_column in by_column.items()
    }
    small = None
    if len(few) > 1:  # institutions and places are few: one pass brings them all down to a small table
        of_few = {flag: met for column in few for flag, met in flags[column].items()}
        small = rows.select("_cell", *few, **of_few).filter(any_of(of_few))
        small = staged(small.group_by("_cell", *few).agg(*(nw.col(flag).max() for flag in of_few)))
    shares = 1 + sums.counted // _MOST[terms.period] if engine.name == "polars" else 1
    for column, of_column in by_column.items():
        pieces = (
            _pieces(engine, rows, column, numbered=column in held.numbered, odd=odd > 0, shares=shares)
            if small is None or column not in few
            else [(small, nw.col(column))]
        )
        for piece, value in pieces:
            met = {flag: nw.col(flag) for flag in flags[column]} if piece is small else flags[column]
            flagged = piece.select("_cell", **{column: value}, **met)
            found = distincts(engine, flagged, of_column, terms, staged, schemes="insutype" in held.columns)
            _enter(sums, of_column, found)
    return sums


def _enter(sums: Gathered, parts: Sequence[Part], found: Mapping[Cell, Mapping[Part, int]]) -> None:
    """Add what a piece gave to the distinct parts; a cell without any has none."""
    for cell, values in sums.parts.items():
        for part in parts:
            values[part] = values.get(part, 0) + found.get(cell, {}).get(part, 0)  # type: ignore[index]


def _pieces(
    engine: Any, rows: Frame, column: str, *, numbered: bool, odd: bool, shares: int
) -> Iterator[tuple[Frame, nw.Expr]]:
    """Yield rows a piece at a time, no value of the column in two of them, and what to count by.

    That is the plain numbers, then the other texts, if there are any; each in shares where memory would not suffice.
    """
    number, text = nw.col(f"{column}#"), nw.col(column)
    if numbered and column == _PERSON:
        for share in range(shares):
            yield rows.filter(number % shares == share) if shares > 1 else rows, number
        if not odd:
            return
        rows = rows.filter(number.is_null())
    if column != _PERSON or shares == 1:
        yield rows, text
        return
    marked = engine.fingerprint(rows, column, "_share", "", shares)
    for share in range(shares):
        yield marked.filter(nw.col("_share") == share), text


# ── additive parts ───────────────────────────────────────────────────────────────────────────────────────────────────


class _Sums(NamedTuple):
    """What one pass adds up: conditions on codes are bits of the key, so that each amount is added once."""

    bits: dict[Any, nw.Expr]
    added: dict[tuple[How, str | None, tuple[Condition, ...]], nw.Expr]
    faults: dict[str, nw.Expr]


def _summed(engine: Any, held: Held, terms: Terms, parts: Sequence[Part], faults: Mapping[str, nw.Expr]) -> Gathered:
    """Return everything that adds up, from one pass: rows are added by cell and by what their codes say."""
    wanted = _sums(held, terms, parts, faults)
    key = nw.col("_cell") * 2 ** len(wanted.bits)
    for at, bit in enumerate(wanted.bits.values()):
        key = key + nw.when(bit).then(nw.lit(2**at)).otherwise(nw.lit(0))
    values = [*wanted.added.values(), *(_count(fault) for fault in wanted.faults.values())]
    grouped = celled(held, terms).with_columns(_key=key).group_by("_key")
    rows = engine.gather([grouped.agg(*(value.alias(f"v{at}") for at, value in enumerate(values)))])[0]
    return _collected(wanted, parts, rows)


def _sums(held: Held, terms: Terms, parts: Sequence[Part], faults: Mapping[str, nw.Expr]) -> _Sums:
    of = table(held.given.table)
    bits: dict[Any, nw.Expr] = {"counted": counting(held)}
    if "refd_setl_flag" in of.counted:
        bits["refund"] = _among("refd_setl_flag", ["1"]) & _among("vali_flag", of.counted["vali_flag"])
    if of.counted:
        known = (_among(column, terms.codes.known(column)) for column in of.counted)
        bits["status"] = ~reduce(and_, known)
    if terms.set_aside:
        bits["faulty"] = ~faultless(faults)
    groups = dict.fromkeys(one for part in parts for one in _coded(part))
    bits |= {one: one.expression(terms.codes).fill_null(False) for one in groups}
    for column in dict.fromkeys(one.column for one in groups):
        odd = ~_among(column, terms.codes.known(column))
        bits[f"unknown.{column}"] = odd if terms.codes.always(column) else odd & ~nw.col(column).is_null()
    added: dict[Any, nw.Expr] = {("count", None, ()): nw.len()}
    if "medfee_sumamt" in held.columns:
        added["sum", "medfee_sumamt", ()] = nw.col("medfee_sumamt").sum()
    for part in parts:
        rest = _rest(part)[2]
        met, amount = all_met(rest, terms.codes), nw.col(part.column or "")
        value = _count(met) if part.how == "count" else (nw.when(met).then(amount) if rest else amount).sum()
        added.setdefault(_rest(part), value)
    return _Sums(bits, added, dict(faults))


def _collected(wanted: _Sums, parts: Sequence[Part], rows: Iterable[tuple[Any, ...]]) -> Gathered:
    """Return what the rows of the pass say, rolled up."""
    places = {name: at for at, name in enumerate(wanted.bits)}
    at_value = {name: at for at, name in enumerate(wanted.added, start=1)}
    needs = {part: (sum(2 ** places[one] for one in _coded(part)), at_value[_rest(part)]) for part in parts}
    at_count, at_bill = at_value["count", None, ()], at_value.get(("sum", "medfee_sumamt", ()), 0)
    cells: dict[int, dict[Part, int]] = {}
    faults: dict[int, dict[str, int]] = {}
    totals: Counter[str] = Counter()
    unknown = {name for name in places if isinstance(name, str) and name.startswith("unknown.")}
    for row in rows:
        cell, bits = divmod(row[0], 2 ** len(places))
        said = {name for name, at in places.items() if bits >> at & 1}
        n = row[at_count]
        why = "status" if "status" in said else unplaced(cell) if "counted" in said else ""
        totals.update({"rows": n, f"unplaced.{why}": n if why else 0})
        if "refund" in said:
            totals.update({"refund": n, "refund_sum": row[at_bill] or 0})
        if why or "counted" not in said:
            continue
        totals["counted"] += n
        wrong = faults.setdefault(cell, dict.fromkeys(wanted.faults, 0))
        for at, name in enumerate(wanted.faults, start=1 + len(wanted.added)):
            wrong[name] += row[at] or 0
        for name in unknown & said:
            wrong[name] = wrong.get(name, 0) + n
        if "faulty" in said:
            continue
        values = cells.setdefault(cell, dict.fromkeys(parts, 0))
        for part, (mask, at) in needs.items():
            values[part] += (row[at] or 0) if bits & mask == mask else 0
    return Gathered(
        totals["rows"], totals["counted"], _rolled_up(cells), _rolled_up(faults), _under(totals, "unplaced."),
        (totals["refund"], totals["refund_sum"]),
    )  # fmt: skip


def _coded(part: Part) -> tuple[Among, ...]:
    """Return the conditions on codes: they are bits of the key."""
    return tuple(one for one in part.where if isinstance(one, Among))


def _rest(part: Part) -> tuple[How, str | None, tuple[Condition, ...]]:
    """Return what is added for a part, by the conditions that are not on codes."""
    return part.how, part.column, tuple(one for one in part.where if not isinstance(one, Among))


def _under(totals: Mapping[str, int], prefix: str) -> dict[str, int]:
    return {name.removeprefix(prefix): n for name, n in totals.items() if name.startswith(prefix) and n}


def _count(met: nw.Expr) -> nw.Expr:
    return met.cast(nw.Int64).sum()


def _by_column(parts: Iterable[Part]) -> dict[str, list[Part]]:
    found: dict[str, list[Part]] = defaultdict(list)
    for part in parts:
        found[part.column or ""].append(part)
    return found


def _rolled_up(cells: Mapping[int, Mapping[Any, int]]) -> dict[Cell, dict[Any, int]]:
    """Return the sums of additive values at every cell and roll-up."""
    found: dict[Cell, dict[Any, int]] = {}
    for number, values in cells.items():
        for cell in groupings(cell_of(number)):
            into = found.setdefault(cell, {})
            for name, value in values.items():
                into[name] = into.get(name, 0) + value
    return found
