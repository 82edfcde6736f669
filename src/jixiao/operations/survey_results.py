"""问卷结果: the result of every indicator that is bound to a survey, written into its bundle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao.errors import CannotOpen
from jixiao.findings import Finding, Message, Place, ordered
from jixiao.formats import bundle as bundles
from jixiao.formats import results
from jixiao.formats.whole import whole
from jixiao.indicators.indicator import Actual, Binding, Measured
from jixiao.operations.outcome import Outcome
from jixiao.surveys import measures

if TYPE_CHECKING:
    from pathlib import Path

    from jixiao.operations.survey_analyse import Surveyed


def left_behind(of: Outcome[Surveyed | None], folder: Path, files: list[Path]) -> Outcome[Surveyed | None]:
    """Write the result of every indicator that is bound to a survey; what cannot be computed is a finding."""
    if not folder.is_dir():
        raise CannotOpen(Message("open.absent"), remedy=Message("open.absent.remedy"), place=Place(str(folder)))
    surveyed = of.value
    read = bundles.read(folder)
    bound = {code: given for code, given in read.evaluation.actuals.items()
             if isinstance(given, Binding) and given.source == measures.SOURCE}  # fmt: skip
    if surveyed is None or not bound or of.exit_code():
        return of
    written, findings = {}, list(of.findings)
    hashed = results.digests(folder, files)
    for code, binding in bound.items():
        found = measures.measure(surveyed.analysis, binding.measure, binding.where)
        if isinstance(found, Message):
            said = Message("survey.measure.not_computed", {"code": code, "measure": binding.measure, "why": found})
            findings.append(Finding("survey_measure", "error", said, paths=(f"actuals/{code}",)))
            continue
        value, origin = found
        as_of = surveyed.analysis.field.as_of or read.evaluation.as_of
        dated = Measured(origin.source, origin.measure, origin.parts, origin.where, origin.query, hashed, as_of)
        written[code] = results.write(code, Actual(value, dated))
    with whole(folder / results.FOLDER) as staging:
        for code, raw in written.items():
            (staging / f"{code}.json").write_bytes(raw)
    return Outcome(surveyed._replace(written=tuple(written)), tuple(ordered(read.located(findings))))
