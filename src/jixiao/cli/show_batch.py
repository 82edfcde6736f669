"""显示批量评价: a row per bundle, and how far the work is while it goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao.cli.language import say
from jixiao.cli.show import console

if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import TracebackType

    from jixiao.operations.evaluate_all import Row


class Progress:
    """A bar on a terminal, nothing in a pipe."""

    def __init__(self) -> None:
        """Make the bar; it is shown when the first bundle is done."""
        from rich.progress import Progress as Bar  # noqa: PLC0415  (Rich is loaded when something is shown)

        screen = console(stderr=True)
        self.bar = Bar(console=screen, disable=not screen.is_terminal, transient=True)
        self.task = self.bar.add_task("", total=None)

    def __enter__(self) -> Progress:
        """Show the bar."""
        self.bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Take the bar away."""
        self.bar.stop()

    def told(self, done: int, of: int) -> None:
        """Move the bar."""
        self.bar.update(self.task, completed=done, total=of)


def batch(rows: Iterable[Row]) -> None:
    """Print a table with a row per bundle."""
    from rich.box import SIMPLE_HEAD  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415

    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    table.add_column(say("cli.batch.bundle"))
    table.add_column(say("cli.total"), justify="right")
    table.add_column(say("cli.grade"))
    for severity in ("error", "warning", "note"):
        table.add_column(say(f"cli.severity.{severity}"), justify="right")
    for row in rows:
        score = row.project.score if row.project else None
        counts = [str(count) if row.project else "—" for count in row.counts]
        grade = row.project.grade if row.project else None
        style = "red" if row.project is None or row.counts[0] else ""
        table.add_row(row.name, score.text() if score else "—", grade or "—", *counts, style=style)
    console().print(table)
