"""显示期限: a line per deadline, the late ones first and in red."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao.cli.language import current, say
from jixiao.cli.show import console

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jixiao.operations.deadlines import Due

_COLOURS = {"late": "red", "soon": "yellow", "done_late": "dim", "done": "dim"}


def listed(found: Sequence[Due], *, done: bool = False) -> None:
    """Print what is late, then what is to come; what was done only if it is asked for."""
    out, lang = console(), current()
    shown = [due for due in found if done or not due.state.startswith("done")]
    several = len({due.bundle for due in found}) > 1
    for due in shown:
        told = {"by": due.deadline.by.isoformat(), "what": due.deadline.what.text(lang), "days": abs(due.left)}
        line = say(f"cli.deadlines.{due.state}").format(**told)
        out.print(f"{due.bundle}  {line}" if several else line, style=_COLOURS.get(due.state, ""), markup=False)
        if due.place is not None and due.state == "late":
            out.print(f"  {due.place}", style="dim", markup=False)
    if not shown:
        out.print(say("cli.deadlines.nothing"), markup=False)
