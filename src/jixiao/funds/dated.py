"""资金规则数据: the dated rules that the checks and alerts of the funds go by, chosen by the evaluated year.

>>> rules("pass_on", 2024)[0]["days"], rules("pass_on", 2010)
('30', [])
>>> str(day("2024年4月10日")), day("2024-02-30") is None, day("4月10日") is None
('2024-04-10', True, True)
"""

from __future__ import annotations

from datetime import date
from typing import Any

from jixiao import library
from jixiao.figures import dates


def rules(name: str, year: int) -> list[dict[str, Any]]:
    """Return the rules of one kind that are in force in a year, each with its `authority` and its `mark`."""
    return [
        rule
        for rule in library.read("funds/rules.yaml")[name]
        if int(rule["since"]) <= year <= int(rule.get("until", "9999"))
    ]


def programmes() -> dict[str, dict[str, str]]:
    """Return the programmes that rules are switched by, with their names in both languages."""
    return dict(library.read("funds/rules.yaml")["programmes"])


def day(text: str | None) -> date | None:
    """Return the full day that a text is, None for anything less or for a day that no calendar has."""
    when = dates.day(text) if text else None
    if when is None or when.year is None or when.month is None or when.day is None:
        return None
    try:
        return date(when.year, when.month, when.day)
    except ValueError:
        return None
