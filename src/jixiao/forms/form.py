"""表格定义: a form as pure data; it is written, read back and recognised from this alone.

A form is a list of parts from top to bottom: lines of labels and fields, and one block that repeats over the
indicators of a system. Office and place never appear in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Literal, TypeAlias

from jixiao import library

if TYPE_CHECKING:
    from jixiao.indicators.system import Role

Kind = Literal["words", "text", "group", "leaf", "points", "rate", "target", "actual", "money", "process"]


@dataclass(frozen=True, slots=True)
class Label:
    """Fixed text, spanning as many columns as the paper form does."""

    text: str
    cols: int = 1


@dataclass(frozen=True, slots=True)
class Field:
    """The value at a path of the Evaluation, of a kind that says how it prints and reads."""

    path: str
    kind: Kind = "words"
    cols: int = 1
    places: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One row of labels and fields."""

    cells: tuple[Label | Field, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the repeated block.

    `path` is completed per indicator: `{code}` is its code, `{1}` and `{2}` are the codes of the groups above it.
    Group columns merge downwards. `aliases` are other heads under which the same column is met. `width` is in mm.
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
    """The repeated part: a head row, one row per indicator of `role`, and a total row (heads to paths)."""

    role: Role
    columns: tuple[Column, ...]
    total_label: str = "总分"
    total_aliases: tuple[str, ...] = ("合计", "总计")
    total: Mapping[str, str] = field(default_factory=dict)


Part: TypeAlias = Line | Block


@dataclass(frozen=True, slots=True)
class Form:
    """A statutory form: its id (the file name), its title, its authority, the years it is valid for, its layout."""

    id: str
    title: str
    authority: str
    layout: tuple[Part, ...]
    since: int | None = None
    until: int | None = None
    landscape: bool = False

    def block(self) -> Block | None:
        """Return the repeated part, if the form has one."""
        return next((part for part in self.layout if isinstance(part, Block)), None)

    def width(self) -> int:
        """Return how many columns the form has."""
        block = self.block()
        return (
            len(block.columns)
            if block
            else max(sum(cell.cols for cell in part.cells) for part in self.layout if isinstance(part, Line))
        )


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
