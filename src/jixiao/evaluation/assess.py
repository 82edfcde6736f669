"""评定: an Evaluation to its Scorecard and everything that was found on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from jixiao.evaluation import checks
from jixiao.evaluation.binding import resolved
from jixiao.findings import Finding, ordered, worst
from jixiao.scoring.score import scorecard

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jixiao.evaluation.model import Evaluation
    from jixiao.indicators.indicator import Actual
    from jixiao.scoring.scorecard import Scorecard


class Assessment(NamedTuple):
    """An evaluation with its actual values resolved, its scorecard (None without a scored system) and the findings."""

    evaluation: Evaluation
    actuals: dict[str, Actual]
    card: Scorecard | None
    findings: tuple[Finding, ...]


def assess(evaluation: Evaluation) -> Assessment:
    """Check, score and check again; total and grade are withheld while an error-level finding stands."""
    actuals, found = resolved(evaluation)
    found = [*checks.findings(evaluation), *found]
    system = evaluation.system("scored")
    if system is None:
        return Assessment(evaluation, actuals, None, tuple(ordered(found)))
    card = scorecard(system, actuals, evaluation.overrides, blocked=worst(found) == "error")
    found += [*_not_yet_said(card.findings, found), *checks.after_scoring(evaluation, card)]
    return Assessment(evaluation, actuals, card, tuple(ordered(found)))


def _not_yet_said(unscored: Iterable[Finding], found: list[Finding]) -> list[Finding]:
    """Return the unscored indicators whose cause no other finding has named: one cause is one finding."""
    blamed = {part for finding in found if finding.severity == "error" for path in finding.paths for part in path.split("/")}
    return [finding for finding in unscored if not blamed & {path.split("/")[1] for path in finding.paths}]
