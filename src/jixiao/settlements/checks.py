"""结算数据核对: what is wrong in records, from what was gathered: each finding with its count and what to do."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from jixiao.findings import Finding, Message
from jixiao.settlements.measure import ROWS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from jixiao.findings import Severity
    from jixiao.settlements.cells import Cell
    from jixiao.settlements.gathering import Gathered
    from jixiao.settlements.tables import Table, Terms
    from jixiao.settlements.values import Computed

_NOTED = ("no_institution",)


def after(of: Table, found: Gathered, terms: Terms, examples: Mapping[str, Sequence[str]]) -> list[Finding]:
    """Return the findings about one table: rows that could not be placed, unknown codes, faults, refunds, other years.

    `examples` are some rows or codes by the name of what is wrong. What makes a figure wrong is an error; with
    `set_aside` it becomes a warning, because it was left out.
    """
    grave: Severity = "warning" if terms.set_aside else "error"
    findings: list[Finding] = []

    def some(*names: str) -> list[str]:
        return [text for name in names for text in examples.get(name, ())] or ["—"]

    for why, rows in found.unplaced.items():
        named = {"status": tuple(of.counted), "scheme": ("insutype",)}.get(why, (why,))
        args = {"table": of.zh, "rows": rows, "examples": some(*named)}
        findings.append(_finding(f"unplaced.{why}", "error" if why == "status" else grave, args))
    for fault, rows in _faults(found.faults).items():
        kind, _, column = fault.partition(".")
        if kind == "unknown":
            args = {"table": of.zh, "column": column, "rows": rows, "examples": some(column)}
            findings.append(_finding("unknown", grave, args))
            continue
        said = Message(f"settlements.fault.{kind}", {"column": column})
        severity: Severity = "note" if kind in _NOTED else grave
        args = {"table": of.zh, "fault": said, "rows": rows, "examples": some(fault)}
        findings.append(_finding("faulty", severity, args))
    if found.refunds[0]:
        balanced = found.refunds[1] == 0
        args = {"rows": found.refunds[0], "sum": f"{found.refunds[1] // 100}.{found.refunds[1] % 100:02d}"}
        findings.append(_finding("refunds" if balanced else "refunds_open", "note" if balanced else "warning", args))
    findings += _years(of, found, terms)
    if not found.counted:
        findings.append(_finding("nothing", "error", {"table": of.zh, "rows": found.rows}))
    return findings


def _faults(by_cell: Mapping[Cell, Mapping[str, int]]) -> dict[str, int]:
    """Return each fault's rows over all years; cells and roll-ups hold the same rows, so yearly totals are taken."""
    total: Counter[str] = Counter()
    for cell, faults in by_cell.items():
        if cell.region is None and cell.scheme is None and len(cell.period) == 4:
            total.update({name: rows for name, rows in faults.items() if rows})
    return dict(total)


def _years(of: Table, found: Gathered, terms: Terms) -> list[Finding]:
    years = {
        cell.period: values[ROWS]
        for cell, values in found.parts.items()
        if cell.region is None and cell.scheme is None and len(cell.period) == 4
    }
    if terms.year is None:
        mixed = sorted(years)
        return [_finding("mixed", "warning", {"table": of.zh, "years": mixed})] if len(mixed) > 1 else []
    outside = {year: rows for year, rows in sorted(years.items()) if year != str(terms.year)}
    said = [f"{year} × {rows}" for year, rows in outside.items()]
    return [_finding("outside", "warning", {"table": of.zh, "year": terms.year, "found": said})] if outside else []


def regions(of: Computed, known: Callable[[str, int], bool]) -> list[Finding]:
    """Return a finding for every region code that is in no list."""
    year = of.terms.year or 9999
    codes = {cell.region for found in of.gathered.values() for cell in found.parts if cell.region}
    odd = sorted(code for code in codes if not known(code, year))
    return [_finding("region", "error", {"codes": odd})] if odd else []


def repeated(of: Table, found: tuple[int, Sequence[str]]) -> list[Finding]:
    """Return a finding where keys stand more than once: the same settlement would be paid for twice."""
    count, examples = found
    args = {"table": of.zh, "keys": count, "examples": list(examples)}
    return [_finding("repeated", "error", args)] if count else []


def _finding(name: str, severity: Severity, args: Mapping[str, object]) -> Finding:
    remedy = Message(f"settlements.check.{name}.remedy")
    return Finding(
        f"settlements_{name.replace('.', '_')}", severity, Message(f"settlements.check.{name}", args), remedy
    )
