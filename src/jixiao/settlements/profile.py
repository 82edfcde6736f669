"""结算数据概况: what a table holds before anything is computed: columns, codes, nulls, dates, doubles, faulty rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import narwhals as nw

from jixiao.figures.exact import spelt
from jixiao.settlements.faults import fault_conditions, touched
from jixiao.settlements.gathering import counting
from jixiao.settlements.tables import recognised, table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jixiao.settlements.gathering import Gathered
    from jixiao.settlements.tables import Held, Terms

_SHOWN = 5
_MARKS = 1 << 62


class Profile(NamedTuple):
    """What one table holds.

    `columns`: every head with the column it is taken for, or None; `codes` by column with their counts, of which
    `unknown` are in no code set; `nulls` by column; `unread` by column: how many cells and some of them; `dates`: first
    and last; `repeated`: how many keys stand more than once and some of them; `faults` of rows that count: how many and
    some of them, as the key with the columns concerned.
    """

    table: str
    files: tuple[str, ...]
    rows: int
    columns: Mapping[str, str | None]
    codes: Mapping[str, Mapping[str, int]]
    unknown: Mapping[str, Mapping[str, int]]
    nulls: Mapping[str, int]
    unread: Mapping[str, tuple[int, tuple[str, ...]]]
    dates: tuple[str | None, str | None]
    repeated: tuple[int, tuple[str, ...]]
    faults: Mapping[str, tuple[int, tuple[str, ...]]]


def profiled(engine: Any, held: Held, terms: Terms) -> Profile:
    """Return the profile of an opened table."""
    of, faults = table(held.given.table), fault_conditions(held)
    coded = [name for name in held.columns if of.columns[name].kind == "code"]
    one: dict[str, nw.Expr] = {"n": nw.len(), "first": nw.col(of.period).min(), "last": nw.col(of.period).max()}
    one |= {f"null {name}": nw.col(name).is_null().cast(nw.Int64).sum() for name in held.columns}
    one |= {f"unread {name}": nw.col(f"{name}!").cast(nw.Int64).sum() for name in held.unread}
    rows = held.frame.filter(counting(held)) if of.counted else held.frame
    kept = {f"fault {name}": fault.cast(nw.Int64).sum() for name, fault in faults.items()}
    tallies = [held.frame.group_by(name).agg(nw.len().alias("n")) for name in coded]
    overall, wrong = held.frame.select(**one), rows.select(**kept) if kept else None
    first, second, *tallied = engine.gather([overall, wrong if wrong is not None else overall, *tallies])
    said = dict(zip(one, first[0], strict=True)) | (dict(zip(kept, second[0], strict=True)) if kept else {})
    codes = {
        name: {str(code or "—"): n for code, n in sorted(t, key=str)} for name, t in zip(coded, tallied, strict=True)
    }
    names = recognised(of, held.heads, held.given.mapping)
    return Profile(
        of.name,
        held.given.files,
        said["n"],
        {head: names.get(head) for head in held.heads},
        codes,
        {name: odd for name, found in codes.items() if (odd := _unknown(name, found, terms))},
        {name: said[f"null {name}"] or 0 for name in held.columns},
        {
            name: (n, _examples(engine, held.frame.filter(nw.col(f"{name}!")), [f"{name}?"]))
            for name in held.unread if (n := said[f"unread {name}"])
        },
        (_date(said["first"]), _date(said["last"])),
        repeated_keys(engine, held),
        {
            name: (n, _examples(engine, rows.filter(fault), _shown(held, of.key, name)))
            for name, fault in faults.items() if (n := said[f"fault {name}"])
        },
    )  # fmt: skip


def examples(engine: Any, held: Held, found: Gathered, terms: Terms) -> dict[str, tuple[str, ...]]:
    """Return some rows or codes of everything that is wrong in what was gathered, by the name of the fault."""
    of, conditions = table(held.given.table), fault_conditions(held)
    faults = {fault for cell in found.faults.values() for fault, n in cell.items() if n}
    rows = held.frame.filter(counting(held)) if of.counted else held.frame
    made = {
        fault: _examples(engine, rows.filter(conditions[fault]), _shown(held, of.key, fault))
        for fault in sorted(faults & conditions.keys())
    }
    coded = {fault.removeprefix("unknown."): None for fault in sorted(faults - conditions.keys())}
    coded |= {"insutype": None} if "scheme" in found.unplaced else {}
    coded |= dict.fromkeys(of.counted if "status" in found.unplaced else ())
    for column in coded:
        (tally,) = engine.gather([held.frame.group_by(column).agg(nw.len().alias("n"))])
        odd = _unknown(column, {str(code or "—"): n for code, n in sorted(tally, key=str)}, terms)
        made[column] = tuple(f"{code} × {n}" for code, n in list(odd.items())[:_SHOWN])
    for why, column in (("period", of.period), ("region", "insu_admdvs")):
        if why in found.unplaced and column in held.unread:
            made[why] = _examples(engine, rows.filter(nw.col(f"{column}!")), [f"{column}?"])
    return made


def _unknown(name: str, found: Mapping[str, int], terms: Terms) -> dict[str, int]:
    known = terms.codes.known(name)
    return {
        code: n
        for code, n in found.items()
        if known and code not in known and (code != "—" or terms.codes.always(name))
    }


def _date(number: int | None) -> str | None:
    return None if number is None else f"{number // 100}-{number % 100:02d}"


def _shown(held: Held, key: str | None, fault: str) -> list[str]:
    concerned = [name for name in touched(fault) if name in held.columns][:2]
    return [name for name in (key, *(f"{name}?" if name in held.unread else name for name in concerned)) if name]


def _examples(engine: Any, frame: nw.LazyFrame[Any], columns: list[str]) -> tuple[str, ...]:
    rows = engine.gather([frame.select(*columns).sort(columns[0]).head(_SHOWN)])[0]
    return tuple(sorted(" ".join(map(_cell, row)) for row in rows))


def _cell(cell: Any) -> str:
    """Return a cell as a person reads it: what is a number here is an amount in 分."""
    return "—" if cell is None else spelt(cell, 2) if isinstance(cell, int) else str(cell)


def repeated_keys(engine: Any, held: Held) -> tuple[int, tuple[str, ...]]:
    """Return how many keys stand more than once, and some: equal fingerprints first, then the keys themselves."""
    key = table(held.given.table).key
    if key is None or key not in held.columns:
        return 0, ()
    marked = engine.fingerprint(held.frame.select(key), key, "_mark", "", _MARKS)
    again = engine.repeated(marked.select("_mark"), "_mark")
    suspects = marked.join(again, on="_mark", how="semi").group_by(key).agg(nw.len().alias("n"))
    (found,) = engine.gather([suspects.filter(nw.col("n") > 1)])
    return len(found), tuple(sorted(str(row[0]) for row in found)[:_SHOWN])
