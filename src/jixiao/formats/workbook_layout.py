"""工作簿的版式: the sheets and columns that a bundle has as one Excel workbook; `workbook_sheets.yaml` holds them.

A sheet is a table of rows; a column is known by its head wherever it stands. What a column `shows` is printed for the
reader's sake and never read back.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, Literal

from jixiao import library
from jixiao.scoring import rule as rules

if TYPE_CHECKING:
    from collections.abc import Mapping

Kind = Literal["text", "choice", "codes", "met", "tree"]
OPTIONS = "选项"
LONGEST = 32_000  # a cell of Excel holds 32,767 characters
MORE = "续"
STATED = "合计数（无分项时填）"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: the name of what it holds, its head, its width in characters and how its cells read.

    `choices` are the values with the words that stand for them; a closed column takes no others. `tree` cells hold
    YAML, `codes` and `met` cells lists.
    """

    name: str
    head: str
    width: float = 14
    kind: Kind = "text"
    choices: Mapping[str, str] = field(default_factory=dict)
    closed: bool = False
    required: bool = False
    shows: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its name, the section of the bundle it holds, its columns; without `required` it may be absent.

    One that is `optional` is only there when it has rows.
    """

    name: str
    section: str
    columns: tuple[Column, ...]
    required: bool = False
    optional: bool = False

    def column(self, name: str) -> int:
        """Return the position of a column as it is written."""
        return next(at for at, column in enumerate(self.columns) if column.name == name)


def word(name: str) -> str:
    """Return the Chinese word for what stands in a bundle."""
    return library.wording(f"bundle.field.{name}", "zh")


@cache
def _given() -> Any:
    return library.read("formats/workbook_sheets.yaml")


def _words(name: str) -> dict[str, str]:
    found: dict[str, str] = _given()["choices"][name]
    return found


@cache
def rule_words() -> dict[str, str]:
    """Return every rule's id with the words that stand for it: the id and its Chinese title."""
    found = {}
    for name in rules.known():
        title = (import_module(f"jixiao.scoring.rules.{name}").__doc__ or "").partition(":")[0].strip()
        found[name] = f"{name} {title}".strip()
    return found


@cache
def sheets() -> tuple[Sheet, ...]:
    """Return the sheets in their order."""
    return tuple(
        Sheet(
            one["sheet"],
            one.get("section", ""),
            tuple(_column(name, given) for name, given in one["columns"].items()),
            required="required" in one,
            optional="optional" in one,
        )
        for one in _given()["sheets"]
    )


def _column(name: str, given: Any) -> Column:
    told = given if isinstance(given, dict) else {"width": given}
    choices = told.get("choices")
    return Column(
        name,
        told.get("head") or word(name),
        float(told.get("width", 14)),
        told.get("kind", "choice" if choices else "text"),
        (rule_words() if choices == "rules" else _words(choices)) if choices else {},
        closed="closed" in told,
        required="required" in told,
        shows="shows" in told,
    )


def general(roles: tuple[str, ...]) -> list[tuple[str, str, str | None]]:
    """Return the rows of the first sheet: each path, its label, and the name of its hint."""
    rows: list[tuple[str, str, str | None]] = [
        (name, word(name), name) for name in ("schema", "kind", "year", "as_of", "pack", "report", "forms")
    ]
    rows += [("monitoring/until", word("monitored_until"), None)]
    rows += [(f"head/{name}", word(name), name) for name in ("title", "project", "region", "unit", "department",
             "commissioner", "evaluator", "report_date")]  # fmt: skip
    rows += [
        ("funds/unit", "金额单位", "money_unit"),
        ("funds/executed_basis", word("executed_basis"), "executed_basis"),
    ]
    rows += [(f"funds/balance/{name}", word(name), None) for name in ("rolling", "rolling_document", "expenditure",
             "expenditure_document")]  # fmt: skip
    for role in roles:
        named = ("full", "places", "frame", "authority")
        rows += [(f"systems/{role}/{name}", f"{ROLES[role]}体系 {word(name)}", name) for name in named]
    return rows


ROLES, NODES = _words("roles"), _words("nodes")
CHOICES: dict[str, Mapping[str, str]] = {"kind": _words("kinds"), "funds/executed_basis": _words("bases")}
