"""结算结果: the result of every indicator that is bound to settlements, written into its bundle."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from jixiao.errors import CannotOpen
from jixiao.findings import Finding, Message, Place
from jixiao.formats import bundle as bundles
from jixiao.formats import results
from jixiao.formats.whole import whole
from jixiao.indicators.indicator import Actual, Binding
from jixiao.settlements import values

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from jixiao.settlements.values import Computed


def left_behind(
    of: Computed, folder: Path, files: Sequence[Path], blocked: bool
) -> tuple[tuple[str, ...], list[Finding]]:
    """Write the results into a bundle; return the codes of its indicators and what could not be computed.

    `blocked`: an error-level finding stands, and nothing is written.
    """
    if not folder.is_dir():
        raise CannotOpen(Message("open.absent"), remedy=Message("open.absent.remedy"), place=Place(str(folder)))
    read = bundles.read(folder)
    bound = {code: given for code, given in read.evaluation.actuals.items()
             if isinstance(given, Binding) and given.source == values.SOURCE}  # fmt: skip
    if not bound or blocked:
        return (), []
    written, findings = {}, []
    hashed = results.digests(folder, files)
    for code, binding in bound.items():
        found = values.measure(of, binding.measure, binding.where)
        if isinstance(found, Message):
            said = Message("settlements.measure.not_computed", {"code": code, "measure": binding.measure, "why": found})
            findings.append(Finding("settlements_measure", "error", said, paths=(f"actuals/{code}",)))
            continue
        value, origin = found
        written[code] = results.write(code, Actual(value, replace(origin, digests=hashed)))
    if written:
        with whole(folder / results.FOLDER) as staging:
            for code, raw in written.items():
                (staging / f"{code}.json").write_bytes(raw)
    return tuple(written), list(read.located(findings))
