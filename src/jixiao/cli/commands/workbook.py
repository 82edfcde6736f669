"""jixiao workbook DIR|BOOK [--out OUT] [--replace]."""

from pathlib import Path
from typing import Annotated

import typer

import jixiao
from jixiao.cli import show
from jixiao.cli.language import say


def workbook(
    given: Annotated[Path, typer.Argument(metavar="DIR|BOOK", help=say("cli.workbook.given"), show_default=False)],
    out: Annotated[Path | None, typer.Option(metavar="OUT", help=say("cli.workbook.out"), show_default=False)] = None,
    replace: Annotated[bool, typer.Option("--replace", help=say("cli.workbook.replace"))] = False,
) -> None:
    """Write a bundle as one workbook, or a workbook as a folder."""
    outcome = jixiao.workbook(given, out, replace=replace)
    show.counts(outcome.findings)
    show.console(stderr=True).print(say("cli.workbook.written").format(file=outcome.value), markup=False)
