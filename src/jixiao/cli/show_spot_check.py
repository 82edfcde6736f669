"""显示抽查: a row per self-evaluation, those that are drawn standing out, second scores beside the first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao.cli.language import say
from jixiao.cli.show import console

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jixiao.operations.spot_check import Candidate

_HEADS = ("bundle", "project", "drawn", "first", "grade", "second", "difference")


def candidates(found: Iterable[Candidate]) -> None:
    """Print the table."""
    from rich.box import SIMPLE_HEAD  # noqa: PLC0415  (Rich is loaded when something is shown)
    from rich.table import Table  # noqa: PLC0415

    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for name in _HEADS:
        table.add_column(say(f"spot_check.head.{name}"), justify="right" if name in _HEADS[3:] else "left")
    for one in found:
        told = ("—" if value is None else value.text() for value in (one.first,))
        second = ("—" if value is None else value.text() for value in (one.second, one.difference()))
        marked = say("spot_check.drawn") if one.drawn else ""
        table.add_row(
            one.bundle, one.project, marked, *told, one.grade or "—", *second, style="bold" if one.drawn else ""
        )
    console().print(table)
