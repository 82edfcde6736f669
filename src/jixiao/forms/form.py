"""表格定义: a form as pure data; it is written, read back and recognised from this alone.

A form is a list of parts from top to bottom: lines of labels and fields, one block that repeats over the indicators
(or the first-level groups) of a system, and labels that stand beside several parts. No office or place appears in it.

>>> form("self_evaluation_table").width(), form("score_summary").width()
(9, 4)
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Literal, TypeAlias

from jixiao import library
from jixiao.indicators.indicator import Indicator

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jixiao.evaluation.model import Evaluation
    from jixiao.indicators.indicator import Group
    from jixiao.indicators.system import Node, Role, System

Kind = Literal[
    "words", "text", "group", "leaf", "points", "rate", "target", "actual", "figure", "money",
    "process", "reason", "rule",
]  # fmt: skip
EMPTY = "—"
_RULE = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True, slots=True)
class Label:
    """Fixed text, spanning as many columns as the paper form does.

    `kind`: a head names what stands right of it or below it, plain text (a dash) only stands there, and a sign label is
    completed by hand. `aliases` are other wordings under which the same label is met.
    """

    text: str
    cols: int = 1
    kind: Literal["head", "plain", "sign"] = "head"
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Field:
    """The value at a path of the Evaluation, of a kind that says how it prints and reads.

    `{execution_rate}` in a path is the code of the first indicator that is scored by that rule.
    """

    path: str
    kind: Kind = "words"
    cols: int = 1
    places: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One row of labels and fields; one of labels alone gives the heads of the lines below it."""

    cells: tuple[Label | Field, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the repeated block.

    `path` is completed per row: `{code}` is the code of its indicator, `{1}` and `{2}` are the codes of the groups
    above it. Group columns merge downwards. `aliases` are other heads under which the same column is met. `width` is
    in mm. `required`: without it the form is not recognised.
    """

    head: str
    path: str
    kind: Kind = "words"
    width: float = 20
    aliases: tuple[str, ...] = ()
    places: int | None = None
    required: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """The repeated part: a head row, one row per indicator or section of `role`, and a total row (heads to paths).

    `coded`: codes and the weights of groups are printed beside the names. `without` is the rule whose (first) indicator
    is printed elsewhere on the form. `unlike` are heads that show a table to be another one.
    """

    role: Role
    columns: tuple[Column, ...]
    over: Literal["indicators", "sections"] = "indicators"
    coded: bool = False
    without: str | None = None
    unlike: tuple[str, ...] = ()
    total_label: str = "总分"
    total_aliases: tuple[str, ...] = ("合计", "总计")
    total: Mapping[str, str] = field(default_factory=dict)

    def nodes(self, system: System | None) -> list[tuple[Node, tuple[Group, ...]]]:
        """Return what the rows of the block are about, each with the groups above it."""
        if system is None:
            return []
        if self.over == "sections":
            return [(root, ()) for root in system.roots]
        apart = by_rule(system, self.without) if self.without else None
        return [(node, above) for node, above in system.walk() if isinstance(node, Indicator) and node.code != apart]


@dataclass(frozen=True, slots=True)
class Aside:
    """A label beside several parts, over all their rows but the total row; `width` in mm."""

    label: Label
    parts: tuple[Line | Block, ...]
    width: float = 15.5


Part: TypeAlias = Line | Block | Aside


@dataclass(frozen=True, slots=True)
class Style:
    """How figures print: decimal places of points, rates and money (None: as many as they need, at most two).

    `rate` 2 prints 100.00%, None prints 100%. `no_rate` stands where there is no rate, as of 0/0: "—", "0" or "".
    Upload systems differ in all of this.
    """

    points: int | None = None
    rate: int | None = None
    money: int | None = 2
    thousands: bool = False
    no_rate: str = EMPTY


@dataclass(frozen=True, slots=True)
class Form:
    """A statutory form: its id (the file name), its title, its authority, and its layout.

    `subtitle` takes `{year}`. `money_unit` is the unit in which amounts print; with `unit_line` it stands above the
    table. `kinds` are the kinds of evaluation it belongs to (none: all), `since` and `until` the evaluated years.
    """

    id: str
    title: str
    authority: str
    layout: tuple[Part, ...]
    subtitle: str = ""
    kinds: tuple[str, ...] = ()
    since: int | None = None
    until: int | None = None
    landscape: bool = False
    money_unit: str = "万元"
    unit_line: bool = False
    style: Style = Style()

    def runs(self) -> Iterator[tuple[tuple[Line | Block, ...], float | None]]:
        """Yield the parts in runs that stand under one another, each with the width of the label beside it."""
        plain: list[Line | Block] = []
        for part in self.layout:
            if isinstance(part, Aside):
                yield tuple(plain), None
                yield part.parts, part.width
                plain = []
            else:
                plain.append(part)
        yield tuple(plain), None

    def block(self) -> Block | None:
        """Return the repeated part, if the form has one."""
        return next((part for parts, _ in self.runs() for part in parts if isinstance(part, Block)), None)

    def widths(self) -> tuple[float, ...]:
        """Return the width of every column in mm, equal ones for a form without a repeated part."""
        for parts, beside in self.runs():
            for part in parts:
                if isinstance(part, Block):
                    columns = tuple(column.width for column in part.columns)
                    return columns if beside is None else (beside, *columns)
        lines = [(part, beside) for parts, beside in self.runs() for part in parts if isinstance(part, Line)]
        return (20.0,) * max(sum(cell.cols for cell in line.cells) + (beside is not None) for line, beside in lines)

    def width(self) -> int:
        """Return how many columns the form has."""
        return len(self.widths())


def by_rule(system: System, rule_id: str) -> str | None:
    """Return the code of the first indicator scored by a rule, or None."""
    return next((node.code for node in system.indicators() if node.rule is not None and node.rule.id == rule_id), None)


def completed(path: str, system: System | None) -> str | None:
    """Return a field's path with the code of the indicator that it names by its rule; None where there is none.

    Without a system, as in somebody else's table, the rule's name stands for the code.

    >>> completed("scored/{execution_rate}/weight", None), completed("head/project", None)
    ('scored/execution_rate/weight', 'head/project')
    """
    named = _RULE.search(path)
    if named is None:
        return path
    code = by_rule(system, named[1]) if system is not None else named[1]
    return None if code is None else _RULE.sub(code, path)


@cache
def known() -> tuple[str, ...]:
    """Return the ids of all forms: the file names under `statutory/`."""
    return tuple(library.names("forms/statutory", ".py"))


@cache
def form(form_id: str) -> Form:
    """Return a known form."""
    found: Form = import_module(f"jixiao.forms.statutory.{form_id}").FORM
    assert found.id == form_id
    return found


def forms() -> tuple[Form, ...]:
    """Return every form."""
    return tuple(form(name) for name in known())


def forms_for(evaluation: Evaluation) -> tuple[Form, ...]:
    """Return the forms that an evaluation of this kind and year hands in, of those whose system it has."""
    return tuple(form for form in forms() if _belongs(form, evaluation))


def _belongs(form: Form, evaluation: Evaluation) -> bool:
    block = form.block()
    return (
        (not form.kinds or evaluation.kind in form.kinds)
        and (form.since is None or form.since <= evaluation.year)
        and (form.until is None or evaluation.year <= form.until)
        and (block is None or bool(block.nodes(evaluation.system(block.role))))
    )
