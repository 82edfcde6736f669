"""绑定的结果: the result of every indicator that a bundle binds to a source, left where `evaluate` finds it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from jixiao.errors import CannotOpen
from jixiao.findings import Finding, Message, Place
from jixiao.formats import bundle as bundles
from jixiao.formats import results
from jixiao.formats.whole import whole
from jixiao.indicators.indicator import Actual, Binding, Measured

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from jixiao.evaluation.model import Evaluation
    from jixiao.figures.figure import Figure

    Found: TypeAlias = tuple[Figure, Measured] | Message


def bound_results(
    folder: Path,
    source: str,
    measure: Callable[[Binding], Found],
    files: Iterable[Path],
    *,
    blocked: bool,
    tables: Mapping[str, str] | None = None,
) -> tuple[tuple[str, ...], list[Finding]]:
    """Write what `measure` gives for the indicators of a bundle bound to `source`, with the digests of its inputs.

    These are `files`, and `tables` of databases by their address with their digests. Returns the codes that were
    written, and a finding for each that cannot be computed. `blocked`: an error-level finding stands already, and
    nothing is written. A result that names no day is as of the evaluation's.
    """
    if not folder.is_dir():
        raise CannotOpen(Message("open.absent"), remedy=Message("open.absent.remedy"), place=Place(str(folder)))
    read = bundles.read(folder)
    bound = bindings(read.evaluation, source)
    if blocked or not bound:
        return (), []
    hashed = {**results.digests(folder, files), **results.external(tables or {})}
    found, findings = computed(bound, measure, hashed, read.evaluation.as_of)
    return written(folder, found), list(read.located(findings))


def computed(
    bound: Mapping[str, Binding], measure: Callable[[Binding], Found], hashed: Mapping[str, str], as_of: str | None
) -> tuple[dict[str, Actual], list[Finding]]:
    """Return what `measure` gives for bindings by indicator code, and a finding for each that cannot be computed.

    `hashed` are the digests of the inputs; a result that names no day is as of `as_of`.
    """
    found: dict[str, Actual] = {}
    findings = []
    for code, binding in bound.items():
        given = measure(binding)
        if isinstance(given, Message):
            said = Message("result.not_computed", {"code": code, "measure": binding.measure, "why": given})
            findings.append(Finding(f"{binding.source}_measure", "error", said, paths=(f"actuals/{code}",)))
            continue
        value, origin = given
        found[code] = Actual(value, replace(origin, digests=dict(hashed), as_of=origin.as_of or as_of))
    return found, findings


def bindings(evaluation: Evaluation, source: str) -> dict[str, Binding]:
    """Return the bindings of an evaluation to a source, by indicator code."""
    return {
        code: given
        for code, given in evaluation.actuals.items()
        if isinstance(given, Binding) and given.source == source
    }


def written(folder: Path, found: Mapping[str, Actual]) -> tuple[str, ...]:
    """Write results into a bundle, all or none; return their codes."""
    if found:
        with whole(folder / results.FOLDER) as staging:
            for code, result in found.items():
                (staging / f"{code}.json").write_bytes(results.write(code, result))
    return tuple(found)
