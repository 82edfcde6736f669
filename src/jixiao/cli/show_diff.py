"""显示差别: the differences between two bundles as a table; long texts are shortened to where they part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao.cli.language import current, say
from jixiao.cli.show import console

if TYPE_CHECKING:
    from jixiao.evaluation.diff import Difference

_LONGEST = 48
_COLOURS = {"added": "green", "removed": "red", "changed": "yellow", "moved": "cyan"}


def differences(found: tuple[Difference, ...]) -> None:
    """Print the table to stdout, or that there is no difference."""
    from rich.box import SIMPLE_HEAD  # noqa: PLC0415  (Rich is loaded when something is shown)
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    out, lang = console(), current()
    if not found:
        out.print(say("diff.none"))
        return
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for head in ("change", "label", "before", "after", "path"):
        table.add_column(say(f"diff.head.{head}"), overflow="fold")
    for one in found:
        before, after = shortened(one.before or "", one.after or "")
        change = Text(say(f"diff.{one.change}"), style=_COLOURS[one.change])
        table.add_row(change, *(Text(text) for text in (one.label.text(lang), before, after, one.path)))
    out.print(table)
    out.print(say("diff.count").format(count=len(found)))


def shortened(before: str, after: str) -> tuple[str, str]:
    """Return two texts, each short enough for a cell, from a little before the point where they part.

    >>> shortened("甲" * 60 + "乙", "甲" * 60 + "丙")[0][-3:]
    '甲甲乙'
    """
    apart = next((at for at, (one, two) in enumerate(zip(before, after, strict=False)) if one != two), 0)
    start = max(0, apart - _LONGEST // 2) if max(len(before), len(after)) > _LONGEST else 0
    return _cut(before, start), _cut(after, start)


def _cut(text: str, start: int) -> str:
    shown = text[start : start + _LONGEST].replace("\n", "⏎")
    return f"{'…' if start and text else ''}{shown}{'…' if len(text) > start + _LONGEST else ''}"
