"""资金明细: the long ledger of a bundle summed by an engine, and what the indicators bound to the funds get from it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from jixiao.errors import CannotOpen, CannotParse
from jixiao.findings import Message, Place
from jixiao.formats import results
from jixiao.funds import regions
from jixiao.funds.long import joined, total
from jixiao.funds.measures import measure
from jixiao.funds.money import Funds, Money
from jixiao.indicators.indicator import Actual
from jixiao.operations.bound_results import bindings, written

if TYPE_CHECKING:
    from pathlib import Path

    from jixiao.evaluation.model import Evaluation
    from jixiao.funds.ledger import LedgerFile
    from jixiao.funds.long import Sums


def summed(folder: Path, evaluation: Evaluation) -> tuple[Sums, tuple[str, ...]]:
    """Return the sums of all files of a bundle's long ledger and the codes whose results were left behind.

    Raises `CannotOpen` or `CannotParse` with the file and the rows, or the file that is there twice.
    """
    ledger = evaluation.funds.ledger
    assert ledger is not None
    paths = [folder / file.file for file in ledger.files]
    _apart(paths)
    codes = [region.code for region in ledger.regions] or None
    if codes is not None:
        codes += [name for name in (regions.label(ledger, code, evaluation.year) for code in codes) if name]
    parts = {str(path): _read(path, file, codes) for path, file in zip(paths, ledger.files, strict=True)}
    sums = joined(parts, ledger)
    return sums, _left_behind(folder, paths, evaluation, sums)


def _apart(paths: list[Path]) -> None:
    """See that every file is there, and once: the same lines under two names would be added twice."""
    met: dict[str, Path] = {}
    for path in paths:
        if not path.is_file():
            raise CannotOpen(Message("open.absent"), remedy=Message("open.absent.remedy"), place=Place(str(path)))
        first = met.setdefault(results.digest(path), path)
        if first is not path:
            said, remedy = Message("funds.long.same", {"other": first.name}), Message("funds.long.same.remedy")
            raise CannotParse(said, remedy=remedy, place=Place(str(path)))


def _read(path: Path, file: LedgerFile, codes: list[str] | None) -> Sums:
    from jixiao.engines import ledger as engine  # noqa: PLC0415  (DuckDB is loaded for a long ledger only)
    from jixiao.engines.files import Source, kind_of  # noqa: PLC0415

    source = Source((str(path),))
    if kind_of(source) != "excel":
        return engine.summed(source, file.unit or "元", codes=codes)
    from jixiao.formats import excel_rows  # noqa: PLC0415

    heads, rows = excel_rows.read(path)
    return engine.summed_rows(heads, rows, path, file.unit or "元", codes)


def _left_behind(folder: Path, paths: list[Path], evaluation: Evaluation, sums: Sums) -> tuple[str, ...]:
    """Write the result of every indicator bound to the funds that the bundle itself cannot give."""
    held = Funds(stated=Money(None, total(sums, "allocated"), total(sums, "received"), total(sums, "paid")))
    digests, found = results.digests(folder, paths), {}
    for code, binding in bindings(evaluation, "funds").items():
        given = measure(held, binding.measure)
        if isinstance(measure(evaluation.funds, binding.measure), Message) and not isinstance(given, Message):
            value, origin = given
            dated = replace(origin, where=binding.where, digests=digests, as_of=evaluation.as_of)
            found[code] = Actual(value, dated)
    return written(folder, found)
