"""表格定义: a form as pure data; it is written, read back and recognised from this alone.

A form is a list of parts from top to bottom: lines of labels and fields, one block that repeats over the indicators
(or the first-level groups) of a system, over a list of the Evaluation or over computed rows, and labels that stand
beside several parts. No office or place appears in it; a regional variant is a YAML file over a form.

>>> form("self_evaluation_table").width(), form("score_summary").width()
(9, 4)
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias

from jixiao import library
from jixiao.evaluation.paths import get
from jixiao.indicators.indicator import Indicator

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jixiao.authorities import Mark
    from jixiao.evaluation.assess import Assessment
    from jixiao.evaluation.model import Evaluation
    from jixiao.indicators.indicator import Group
    from jixiao.indicators.system import Node, Role, System

Kind = Literal[
    "words", "text", "group", "leaf", "points", "rate", "target", "actual", "figure", "money",
    "process", "reason", "rule", "entry", "number", "date", "blank",
]  # fmt: skip
Piece = Literal["sign", "value", "unit"]
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
    """One row of labels and fields; one of labels alone gives the heads of the lines below it; `height` in mm."""

    cells: tuple[Label | Field, ...]
    height: float = 0


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the repeated block.

    `path` is completed per row: `{code}` is the code of its indicator, `{1}` and `{2}` are the codes of the groups
    above it, `{row}` is the path of its entry in a list. Group columns merge downwards; an `entry` column names the
    entry of its row, a `number` column counts the rows, a `blank` one is completed by hand. `aliases` are other heads
    under which the same column is met. `width` is in mm. `required`: without it the form is not recognised. `piece`:
    the column prints only the sign, the value or the unit of what stands at its path. `over` is the beginning of the
    head that is printed in a row above it, once for the columns next to one another that share it.
    """

    head: str
    path: str
    kind: Kind = "words"
    width: float = 20
    aliases: tuple[str, ...] = ()
    places: int | None = None
    required: bool = False
    piece: Piece | None = None
    over: str = ""

    def below(self) -> str:
        """Return what stands in the lower row of heads."""
        return self.head.removeprefix(self.over)


class Derived(NamedTuple):
    """A computed row: its key in the block, and its values by the names behind `{row}/` in the columns' paths.

    What has a path in `stored` is an input that stands there, and is taken when the form is read back; the rest is
    compared only. `above` are the groups that group columns print.
    """

    key: str
    values: Mapping[str, Any]
    stored: Mapping[str, str] = {}
    above: tuple[Group, ...] = ()


class Item(NamedTuple):
    """A row of a block: its path, the node it is about, the groups above it, or its computed values."""

    path: str
    node: Node | None = None
    above: tuple[Group, ...] = ()
    derived: Derived | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """The repeated part: a head row, a row for each thing it runs `over`, and a total row (heads to paths).

    It runs over the indicators or the sections (first-level groups) of the system of a `role`, over a list or mapping
    of the Evaluation by its path (`procedure/team`), or over what `derive` computes from an assessment. `coded`: codes
    and the weights of groups are printed beside the names. `without` is the rule whose (first) indicator is printed
    elsewhere on the form. `unlike` are heads that show a table to be another one. `fit` gives the columns that an
    evaluation has (a column for each level of its money); `columns` are the usual ones.
    """

    role: Role = "scored"
    columns: tuple[Column, ...] = ()
    over: str = "indicators"
    derive: Callable[[Assessment], Iterable[Derived]] | None = None
    fit: Callable[[Evaluation], tuple[Column, ...]] | None = None
    coded: bool = False
    without: str | None = None
    unlike: tuple[str, ...] = ()
    total_label: str = "总分"
    total_aliases: tuple[str, ...] = ("合计", "总计")
    total: Mapping[str, str] = field(default_factory=dict)

    def of_system(self) -> bool:
        """Return whether the rows are nodes of an indicator system."""
        return self.over in ("indicators", "sections")

    def naming(self) -> Column:
        """Return the column that names what a row is about."""
        return next(column for column in self.columns if column.kind in ("leaf", "entry"))

    def items(self, of: Assessment) -> list[Item]:
        """Return the rows of the block."""
        if self.of_system():
            nodes = self.nodes(of.evaluation.system(self.role))
            return [Item(f"{self.role}/{node.code}", node, above) for node, above in nodes]
        if self.derive is not None:
            return [Item(f"{self.over}/{row.key}", None, row.above, row) for row in self.derive(of)]
        standing = get(of.evaluation, self.over)
        return [
            Item(f"{self.over}/{key}") for key in (standing if isinstance(standing, Mapping) else range(len(standing)))
        ]

    def nodes(self, system: System | None) -> list[tuple[Node, tuple[Group, ...]]]:
        """Return what the rows of a block over a system are about, each with the groups above it."""
        if system is None or not self.of_system():
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
    table. `kinds` are the kinds of evaluation it belongs to (none: all), `since` and `until` the evaluated years;
    `needs` is the path of what it is about, without which there is nothing to hand in. A form that `declares` is where
    targets are set; in any other a changed target needs consent. `version` counts the changes of its layout. One
    that is `turned` is printed on its side: what the block runs over stands in columns.
    A `loose` one is known by its required columns alone, whatever other columns stand between them.
    A variant names its `base`, where it is used (`region`), how far it is confirmed, and the `weights` it presupposes.
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
    needs: str | None = None
    declares: bool = False
    turned: bool = False
    version: int = 1
    base: str | None = None
    region: str = ""
    mark: Mark = "confirmed"
    weights: Mapping[str, str] = field(default_factory=dict)
    loose: bool = False

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
    """Return the ids of all forms: the file names under `statutory/`, then those under `variants/`."""
    return (*national(), *library.names("forms/variants"))


@cache
def national() -> tuple[str, ...]:
    """Return the ids of the forms that are no variants."""
    return tuple(library.names("forms/statutory", ".py"))


@cache
def form(form_id: str) -> Form:
    """Return a known form or variant."""
    if form_id not in national():
        varied: Form = import_module("jixiao.forms.variant").varied(form_id)
        return varied
    found: Form = import_module(f"jixiao.forms.statutory.{form_id}").FORM
    assert found.id == form_id
    return found


def forms() -> tuple[Form, ...]:
    """Return every form and every variant."""
    return tuple(form(name) for name in known())


def forms_for(evaluation: Evaluation) -> tuple[Form, ...]:
    """Return the forms that an evaluation of this kind and year hands in, of those that it has something for.

    A variant that the evaluation has chosen stands in the place of its base.
    """
    return tuple(form for form in fillable(evaluation) if _stands(form, form.block(), evaluation))


def fillable(evaluation: Evaluation) -> tuple[Form, ...]:
    """Return the forms that may be filled in for an evaluation of this kind and year, also with nothing in them yet."""
    found = (chosen(name, evaluation) for name in national())
    return tuple(fitted(form, evaluation) for form in found if _belongs(form, evaluation))


def chosen(form_id: str, evaluation: Evaluation) -> Form:
    """Return a national form, or the variant of it that the evaluation has chosen."""
    variants = (form(name) for name in reversed(evaluation.forms) if name in known())
    return next((variant for variant in variants if variant.base == form_id), form(form_id))


def fitted(form: Form, evaluation: Evaluation) -> Form:
    """Return the form with the columns that an evaluation has."""
    block = form.block()
    columns = block.fit(evaluation) if block is not None and block.fit is not None else ()
    if block is None or not columns:
        return form
    fitting = replace(block, columns=columns)
    return replace(form, layout=tuple(fitting if part is block else part for part in form.layout))


def _belongs(form: Form, evaluation: Evaluation) -> bool:
    return (
        (not form.kinds or evaluation.kind in form.kinds)
        and (form.since is None or form.since <= evaluation.year)
        and (form.until is None or evaluation.year <= form.until)
    )


def _stands(form: Form, block: Block | None, evaluation: Evaluation) -> bool:
    """Return whether the evaluation has what a form is about."""
    try:
        if form.needs is not None and not get(evaluation, form.needs):
            return False
    except KeyError:
        return False
    if block is None or block.derive is not None:
        return True
    return bool(block.nodes(evaluation.system(block.role)) if block.of_system() else get(evaluation, block.over))
