"""进度: how far long work has come, shown on a terminal only."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from jixiao.cli.language import say
from jixiao.cli.show import console

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@contextmanager
def stages(of: str) -> Iterator[Callable[[str], None]]:
    """Give a function that shows the stage that work of a command group (enrolment, settlements) has come to."""
    out = console(stderr=True)
    if not out.is_terminal:
        yield lambda stage: None
        return
    with out.status("") as status:
        yield lambda stage: status.update(say(f"cli.{of}.stage.{stage}"))


@contextmanager
def parts() -> Iterator[Callable[[int, int], None]]:
    """Give a function that shows how many parts of how many are done."""
    out = console(stderr=True)
    if not out.is_terminal:
        yield lambda done, of: None
        return
    from rich.progress import Progress  # noqa: PLC0415

    with Progress(console=out, transient=True) as bar:
        task = bar.add_task("")
        yield lambda done, of: bar.update(task, completed=done, total=of)


@contextmanager
def counting() -> Iterator[Callable[[str, int], None]]:
    """Give a function that shows how many rows of which register are done."""
    out = console(stderr=True)
    if not out.is_terminal:
        yield lambda register, rows: None
        return
    with out.status("") as status:
        yield lambda register, rows: status.update(f"{register} {rows:,}")
