"""jixiao new DIR --kind KIND [--year YEAR] [--catalogue ID] [--from BUNDLE] [--goals FILE] [--workbook]."""

from pathlib import Path
from typing import Annotated

import typer

import jixiao
from jixiao.cli import show
from jixiao.cli.language import say

_KINDS = "self-evaluation|transfer|fund|third-party"


def new(  # noqa: PLR0917  (the options of a command are its parameters)
    folder: Annotated[Path, typer.Argument(metavar="DIR", help=say("cli.new.dir"), show_default=False)],
    kind: Annotated[str | None, typer.Option(metavar=_KINDS, help=say("cli.new.kind"), show_default=False)] = None,
    year: Annotated[int | None, typer.Option(min=1950, max=2099, help=say("cli.new.year"), show_default=False)] = None,
    catalogue: Annotated[
        str | None, typer.Option(metavar="ID", help=say("cli.new.catalogue"), show_default=False)
    ] = None,
    last: Annotated[
        Path | None, typer.Option("--from", metavar="BUNDLE", help=say("cli.new.from"), show_default=False)
    ] = None,
    goals: Annotated[Path | None, typer.Option(metavar="FILE", help=say("cli.new.goals"), show_default=False)] = None,
    workbook: Annotated[bool, typer.Option("--workbook", help=say("cli.new.workbook"))] = False,
) -> None:
    """Write a bundle to fill."""
    outcome = jixiao.new(folder, kind=kind, year=year, entry=catalogue, last=last, goals=goals, workbook=workbook)
    show.findings(outcome.findings)
    made, out = outcome.value, show.console(stderr=True)
    if made.catalogue is not None and kind is not None:
        titles = jixiao.entries(kind, made.year)
        others = "、".join(name for name in titles if name != made.catalogue) or "—"
        title = titles.get(made.catalogue, "")
        out.print(say("cli.new.entry").format(entry=made.catalogue, title=title, others=others), markup=False)
    out.print(say("cli.new.written").format(file=made.file, year=made.year, dir=folder), markup=False)
