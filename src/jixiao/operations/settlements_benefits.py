"""待遇试算: the three-fold split of one bill with its derivation, or of every row of a file on an engine."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from jixiao.engines.opening import opened
from jixiao.errors import NotKnown
from jixiao.figures import exact
from jixiao.findings import Finding, Message
from jixiao.formats import csv_write, settlements_parameters
from jixiao.formats.whole import whole
from jixiao.operations.outcome import Outcome
from jixiao.settlements import parameters
from jixiao.settlements.benefits import Bill, Contribution, Split, contribution, split

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

HEADS = ("psn_no", "psn_idet_type", "inscp_scp_amt", "hifp_pay", "critical", "aid", "left")
LEVELS = ("town_check", "county_check", "prefecture_check")
_YES, _NO = "是", "否"


class Benefits(NamedTuple):
    """What one person gets: the split of the bill and the contribution, or why there is none."""

    group: str
    split: Split | Message
    contribution: Contribution | Message


class Tried(NamedTuple):
    """What a file gave: rows, rows that were computed, and what each pays in all, in 分.

    `groups` has by group how many rows get aid and how much; `unapproved` counts rows with aid that have not passed all
    levels in their order.
    """

    rows: int = 0
    computed: int = 0
    critical: int = 0
    aid: int = 0
    left: int = 0
    unapproved: int = 0
    groups: Mapping[str, tuple[int, int]] = {}


def settlements_benefit(
    group: str, region: str, year: int, bill: Mapping[str, str], own: Path | None = None
) -> Outcome[Benefits]:
    """Return what a person of a group gets for a bill: amounts as text under scope, basic, selfpay_before, aid_before.

    `own` is a YAML file with parameters of an office's own. `NotKnown` for a group or an amount that there is not.
    """
    name = parameters.group_of(group)
    if name is None:
        known = [entry["zh"] for entry in parameters.groups().values()]
        remedy = Message("settlements.benefit.group.remedy", {"known": known})
        raise NotKnown(Message("settlements.benefit.group", {"found": group}), remedy=remedy)
    terms = parameters.terms(name, region, year, _own(own))
    amounts = {field: _fen(text) for field, text in bill.items()}
    return Outcome(Benefits(name, split(Bill(**amounts), terms), contribution(terms)))


def _own(path: Path | None) -> Mapping[str, Any]:
    return {} if path is None else settlements_parameters.read(path)


def _fen(text: str) -> int:
    read = exact.decimal(text)
    if read is None or read[1] > 2:
        raise NotKnown(
            Message("settlements.benefit.amount", {"found": text}), remedy=Message("settlements.benefit.amount.remedy")
        )
    return read[0] * (100, 10, 1)[read[1]]


def settlements_benefits(
    file: Path,
    out: Path,
    region: str,
    year: int,
    *,
    own: Path | None = None,
    engine: str | None = None,
    memory: str | None = None,
    master: str | None = None,
) -> Outcome[Tried]:
    """Compute the split of every row of a file into `benefits.csv` in `out`; rows that do not allow it stay empty.

    Columns: psn_no, psn_idet_type (the group), inscp_scp_amt, hifp_pay, selfpay_before, aid_before where known, and the
    days on which each level approved (`LEVELS`), where the list has them: aid that has not passed them is an error.
    """
    from jixiao.engines.settlements import held  # noqa: PLC0415  (engines are loaded for files only)
    from jixiao.settlements.benefits import split_columns  # noqa: PLC0415
    from jixiao.settlements.tables import Given  # noqa: PLC0415

    terms = {name: parameters.terms(name, region, year, _own(own)) for name in parameters.groups()}
    usable = {name: one for name, one in terms.items() if not isinstance(split(Bill(0, 0), one), Message)}
    with opened(engine, memory=memory, master=master) as machine, whole(out) as staging:
        table = held(machine, Given("bills", (file.name,)), file.parent)
        levels = [name for name in LEVELS if name in table.columns]
        frame = split_columns(table.frame, usable, table.columns).select(*HEADS, *levels)
        made = _written(machine.batches(frame), staging / "benefits.csv", staged=bool(levels))
    counts = {"uncomputed": made.rows - made.computed, "unapproved": made.unapproved}
    findings = [
        Finding(
            f"benefit_{name}", "error", Message(f"settlements.benefit.{name}", {"rows": rows}),
            Message(f"settlements.benefit.{name}.remedy"),
        )
        for name, rows in counts.items() if rows
    ]  # fmt: skip
    return Outcome(made, tuple(findings))


def _written(batches: Iterable[Sequence[tuple[Any, ...]]], path: Path, *, staged: bool) -> Tried:
    """Write rows of `HEADS`, if `staged` with the days of their approval after them, and return what they give."""
    made = Tried()
    with path.open("w", encoding="utf-8-sig", newline="") as text:
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow((*HEADS, *["approved"] * staged))
        for row in (row for batch in batches for row in batch):
            person, group, *amounts = row[: len(HEADS)]
            approved = not staged or _approved(row[len(HEADS) :])
            told = [_YES if approved else _NO] * staged
            named = (csv_write.plain(one or "") for one in (person, group))
            writer.writerow((*named, *map(_yuan, amounts), *told))
            made = _with(made, group, amounts, approved=approved)
    path.chmod(0o600)  # persons stand in it
    return made


def _approved(days: Sequence[int | None]) -> bool:
    """Return whether every level has approved, none before the one below it."""
    told = [day for day in days if day is not None]
    return len(told) == len(days) and told == sorted(told)


def _with(made: Tried, group: str | None, amounts: Sequence[int | None], *, approved: bool) -> Tried:
    *_, critical, aid, left = amounts
    if critical is None or aid is None or left is None:
        return made._replace(rows=made.rows + 1)
    name = parameters.group_of(group) or ""
    persons, paid = made.groups.get(name, (0, 0))
    return Tried(
        made.rows + 1, made.computed + 1, made.critical + critical, made.aid + aid, made.left + left,
        made.unapproved + (aid > 0 and not approved), {**made.groups, name: (persons + (aid > 0), paid + aid)},
    )  # fmt: skip


def _yuan(fen: int | None) -> str:
    return "" if fen is None else exact.spelt(fen, 2)
