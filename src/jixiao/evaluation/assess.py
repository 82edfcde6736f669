"""评定: an Evaluation to its Scorecard and everything that was found on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from jixiao.evaluation import checks, owed, procedure_check
from jixiao.evaluation.binding import resolved
from jixiao.findings import Finding, Message, ordered, worst
from jixiao.funds.measures import measure
from jixiao.scoring.pack import DEFAULT, FIRST_YEAR, Pack, pack
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
    settled = pack(evaluation.pack or DEFAULT, evaluation.year)
    if isinstance(settled, Message):
        found.append(Finding("pack", "error", settled, Message("check.pack.remedy"), paths=("pack",)))
        settled = pack(DEFAULT, max(evaluation.year, FIRST_YEAR))
        assert isinstance(settled, Pack)
    system = evaluation.system("scored")
    if system is None:
        return Assessment(evaluation, actuals, None, tuple(ordered(found)))
    rate = measure(evaluation.funds, "budget_execution_rate")
    card = scorecard(
        system,
        actuals,
        evaluation.overrides,
        pack=settled,
        year=evaluation.year,
        execution_rate=None if isinstance(rate, Message) else rate[0],
        blocked=worst(found) == "error",
    )
    found += _not_yet_said(card.findings, found)
    scored = Assessment(evaluation, actuals, card, ())
    found += [*owed.findings(scored, settled), *procedure_check.findings(scored)]
    return scored._replace(findings=tuple(ordered(found)))


def _not_yet_said(unscored: Iterable[Finding], found: list[Finding]) -> list[Finding]:
    """Return the unscored indicators whose cause no other finding has named: one cause is one finding."""
    blamed = {
        part for finding in found if finding.severity == "error" for path in finding.paths for part in path.split("/")
    }
    return [finding for finding in unscored if not blamed & {path.split("/")[1] for path in finding.paths}]
