"""期限: everything in an evaluation that has a day by which it is due, and whether it was done, is late, or is to come.

Stages of the schedule (每月25日前 gives one for every month), corrections, answers of those who were told the result,
and what norms demand: passing money on within 30 days of its notice, all money in the special account by the year's
end, the self-evaluation of the year in the next February, the final settlement in the next year.

>>> last_day("2025年6月30日前", 2024), last_day("12月底之前", 2024), last_day("尽快", 2024)
(datetime.date(2025, 6, 30), datetime.date(2024, 12, 31), None)
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal, NamedTuple

from jixiao.evaluation import signing
from jixiao.evaluation.following_up import is_closed
from jixiao.figures.dates import day
from jixiao.figures.figure import Figure, compared
from jixiao.findings import Message
from jixiao.funds import dated

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jixiao.evaluation.model import Evaluation
    from jixiao.evaluation.procedure import Stage

State = Literal["late", "soon", "ahead", "done_late", "done"]
STATES: tuple[State, ...] = ("late", "soon", "ahead", "done_late", "done")
SOON = 30  # days
_MONTHLY = re.compile(r"每月\s*(3[01]|[12]?\d)\s*[日号]")
_ANSWERING = ("self-evaluation", "transfer", "fund")


class Deadline(NamedTuple):
    """Something that is due by a day: what it is, whether it was done and when, where it stands, under which norm.

    `done` without a day in `on` was done, nobody says when.
    """

    what: Message
    by: date
    path: str
    done: bool = False
    on: date | None = None
    authority: str | None = None

    def state(self, today: date) -> State:
        """Return how it stands on a day."""
        if self.done:
            return "done_late" if self.on is not None and self.on > self.by else "done"
        if today > self.by:
            return "late"
        return "soon" if self.by - today <= timedelta(SOON) else "ahead"


def deadlines(evaluation: Evaluation) -> list[Deadline]:
    """Return all of them, the earliest first."""
    found = [*_procedure(evaluation), *_money(evaluation), *_year(evaluation)]
    return sorted(found, key=lambda one: (one.by, one.path))


def last_day(text: str | None, year: int) -> date | None:
    """Return the last day that a text leaves time for; a date without a year is one of `year`, None for no date."""
    when = day(text) if text else None
    if when is None or (when.month is None and when.day is not None):
        return None
    of, month = when.year or year, when.month or 12
    try:
        return date(of, month, when.day or monthrange(of, month)[1])
    except ValueError:
        return None


def _procedure(evaluation: Evaluation) -> Iterator[Deadline]:
    told, year = evaluation.procedure, evaluation.year
    for at, stage in enumerate(told.schedule):
        yield from _stage(stage, f"procedure/schedule/{at}", year)
    for at, one in enumerate(told.problems):
        if (by := last_day(one.by, year)) is not None:
            closed = last_day(one.closed, year)
            what = Message("deadline.problem", {"problem": one.problem, "who": one.who or "—"})
            yield Deadline(what, by, f"procedure/problems/{at}", is_closed(one), closed)
    for at, to in enumerate(told.addressees):
        if (by := last_day(to.by, year)) is not None:
            what = Message("deadline.answer", {"to": to.to})
            yield Deadline(what, by, f"procedure/addressees/{at}", bool(to.answered), last_day(to.answered, year))


def _stage(stage: Stage, path: str, year: int) -> Iterator[Deadline]:
    """Yield the deadline of a stage, or twelve of one that comes back every month."""
    done = last_day(stage.done, year)
    monthly = _MONTHLY.search(stage.until or "")
    if monthly is None:
        if (by := last_day(stage.until, year)) is not None:
            yield Deadline(Message("deadline.stage", {"stage": stage.stage}), by, path, bool(stage.done), done)
        return
    for month in range(1, 13):
        by = date(year, month, min(int(monthly[1]), monthrange(year, month)[1]))
        what = Message("deadline.month", {"stage": stage.stage, "month": month})
        yield Deadline(what, by, path, done is not None and (done.year, done.month) >= (year, month))


def _money(evaluation: Evaluation) -> Iterator[Deadline]:
    ledger, year = evaluation.funds.ledger, evaluation.year
    if ledger is None:
        return
    divided = {one.notice for one in ledger.allocations}
    for at, upper in enumerate(ledger.notices):
        begun = dated.day(upper.received_on) or dated.day(upper.date)
        if begun is None or upper.passes_on or upper.number in divided:
            continue  # what divides the money is itself what passes it on
        onward = [dated.day(one.date) for one in ledger.notices if one.passes_on == upper.number]
        for rule in dated.rules("pass_on", begun.year):
            what = Message("deadline.pass_on", {"notice": upper.number, "days": rule["days"]})
            last = max((one for one in onward if one is not None), default=None)
            path = f"funds/ledger/notices/{at}"
            yield Deadline(what, begun + timedelta(int(rule["days"])), path, bool(onward), last, rule["authority"])
    for at, one in enumerate(ledger.filings):
        if (due := last_day(one.until, year)) is not None:
            what = Message("deadline.filing", {"report": one.report, "period": one.period or "—"})
            yield Deadline(what, due, f"funds/ledger/filings/{at}", bool(one.sent), last_day(one.sent, year))
    programmes = {programme.name for programme in ledger.programmes}
    for rule in dated.rules("account_by", year):
        if rule["programme"] in programmes:
            by = date(year, int(rule["month"]), int(rule["day"]))
            yield Deadline(Message("deadline.account"), by, "funds", _arrived(evaluation), None, rule["authority"])


def _arrived(evaluation: Evaluation) -> bool:
    """Return whether as much was received as was budgeted."""
    received, budget = (evaluation.funds.total(name) for name in ("received", "revised_budget"))
    if not isinstance(received, Figure) or not isinstance(budget, Figure):
        return False
    return compared(received, budget) in (0, 1)


def _year(evaluation: Evaluation) -> Iterator[Deadline]:
    """Yield what every year brings: the self-evaluation in the next February, the settlement in the next year."""
    following = evaluation.year + 1
    if evaluation.kind in _ANSWERING:
        declared = signing.last(evaluation.procedure.sign_offs, 1)
        reported = last_day(declared.date if declared else evaluation.head.report_date, following)
        by = date(following, 2, monthrange(following, 2)[1])
        what = Message("deadline.self_evaluation", {"year": evaluation.year})
        yield Deadline(
            what, by, "head/report_date", reported is not None, reported, "caiyu-2020-10#self-evaluation-table"
        )
    ledger = evaluation.funds.ledger
    if ledger is not None and ledger.heads:
        settled = all(one.actual for one in ledger.heads)
        what = Message("deadline.settlement", {"year": evaluation.year})
        yield Deadline(what, date(following, 12, 31), "funds/ledger/heads", settled, None, "caishe-2022-1#year-end")
