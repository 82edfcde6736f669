"""平台 SQL: the statement that computes the same parts where the data must stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao.errors import NotKnown
from jixiao.findings import Message
from jixiao.formats import settlements_file
from jixiao.operations.outcome import Outcome
from jixiao.operations.settlements_measures import terms_of
from jixiao.settlements.sql import DIALECTS, statement
from jixiao.settlements.tables import TABLES

if TYPE_CHECKING:
    from pathlib import Path


def settlements_sql(
    folder: Path,
    dialect: str,
    *,
    table: str = "settlements",
    stored: str | None = None,
    year: int | None = None,
    monthly: bool = False,
) -> Outcome[str]:
    """Return one SELECT in a dialect under the terms of `settlements.yaml`; `stored` is the table's name there.

    Its result, exported as CSV, is the summary file that `summaries` of settlements.yaml names. `NotKnown` for a
    dialect or table that there is not.
    """
    for found, known in ((dialect, DIALECTS), (table, TABLES)):
        if found not in known:
            said = Message("settlements.sql.unknown", {"found": found})
            raise NotKnown(said, remedy=Message("settlements.sql.unknown.remedy", {"known": list(known)}))
    given = settlements_file.read(folder)
    terms = terms_of(given, year, "month" if monthly else "year", set_aside=False)
    return Outcome(statement(table, dialect, terms, stored))
