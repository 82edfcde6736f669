"""资金: the ledger of a bundle to its tables, its monitoring by month and the regional target tables."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from jixiao.errors import NotKnown
from jixiao.evaluation import regional_targets
from jixiao.figures.target import Target
from jixiao.findings import Message, Place, worst
from jixiao.funds import control_tables, duties, final_settlement, long, sharing, tables
from jixiao.funds.ledger import added
from jixiao.funds.monitoring import Alert, Forecast, Month, Pace, alerts, completions, forecast, paces, progress
from jixiao.funds.regions import label
from jixiao.operations.check import check
from jixiao.operations.funds_long import summed
from jixiao.operations.outcome import Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from jixiao.evaluation.model import Evaluation
    from jixiao.figures.figure import Figure
    from jixiao.funds.ledger import Ledger
    from jixiao.funds.long import Sums
    from jixiao.funds.tables import FundTable


class Monitored(NamedTuple):
    """双监控 of a year: execution by month, completions beside it, the forecast, the lines crossed."""

    months: tuple[Month, ...] = ()
    paces: Mapping[str, tuple[Pace, ...]] = MappingProxyType({})
    forecast: Forecast | None = None
    alerts: tuple[Alert, ...] = ()


class Funded(NamedTuple):
    """What a ledger gives: the evaluation, its fund tables, the monitoring, and what was written, by file name.

    `long` are the sums of a long ledger; `results` the codes of indicators whose values it left behind; `watched` is
    the ledger whose payments are monitored by month: the bundle's, or the long one's sums.
    """

    evaluation: Evaluation
    tables: tuple[FundTable, ...]
    monitored: Monitored = Monitored()
    long: Sums | None = None
    targets: int = 0
    results: tuple[str, ...] = ()
    watched: Ledger | None = None


def funds_tables(folder: Path, out: Path | None = None, *, draft: bool = False) -> Outcome[Funded]:
    """Return the fund tables of a bundle; with `out` write them and the regional target tables unless errors stand.

    A `draft` is written all the same, and every page says what it is.

    A long ledger (`funds/ledger/files`) is summed by an engine, and the results of the indicators bound to the funds
    are left in the bundle. Raises `NotKnown` for a bundle without a ledger.
    """
    outcome = check(folder)
    evaluation = outcome.value.evaluation
    ledger = evaluation.funds.ledger
    if ledger is None:
        place = Place(str(folder))
        raise NotKnown(Message("funds.no_ledger"), remedy=Message("funds.no_ledger.remedy"), place=place)
    found = [*tables.tables(evaluation.funds, evaluation.year)]
    year = evaluation.year
    made = (
        sharing.table(ledger, year),
        final_settlement.table(ledger, year),
        duties.table(ledger),
        control_tables.equalisation(ledger, year),
        control_tables.reconciliation(ledger),
        control_tables.filings(ledger),
    )
    found += [table for table in made if table is not None]
    base = folder if folder.is_dir() else folder.parent
    sums, results = summed(base, evaluation) if ledger.files else (None, ())
    found += long.tables(sums, lambda code: label(ledger, code, evaluation.year)) if sums is not None else ()
    watched = ledger if ledger.payments or sums is None else long.paid_by_month(ledger, sums)
    issued = regional_targets.issued(evaluation)
    funded = Funded(evaluation, tuple(found), monitored(evaluation, watched), sums, len(issued), results, watched)
    about = [
        finding
        for finding in outcome.findings
        if finding.check.startswith(("funds_", "regional_")) or any(path.startswith("funds") for path in finding.paths)
    ]
    done = Outcome(funded, tuple(about))
    if out is not None and (draft or worst(about) != "error"):
        from jixiao.operations.funds_documents import write  # noqa: PLC0415  (Word and Excel are loaded when written)

        write(funded, issued, out, done.findings)
    return done


def monitored(evaluation: Evaluation, ledger: Ledger) -> Monitored:
    """Return execution and completion by month; empty where no payment names its month."""
    year = evaluation.year
    months = tuple(progress(ledger, year))
    budget = added(ledger.budget(level) for level in ledger.level_names())
    pace = {
        code: tuple(paces(months, completions(ledger, year, code, target)))
        for code, target in _goals(evaluation).items()
        if any(line.indicator == code for line in ledger.completions)
    }
    crossed = [alert for one in (pace.values() or [()]) for alert in alerts(months, one, year)]
    return Monitored(months, pace, forecast(months, budget), tuple(dict.fromkeys(crossed)))


def _goals(evaluation: Evaluation) -> dict[str, Figure]:
    found = {}
    for system in evaluation.systems:
        for node in system.indicators():
            target = node.target.figure() if isinstance(node.target, Target) else None
            if target is not None:
                found[node.code] = target
    return found
