"""jixiao explain DIR CODE."""

from pathlib import Path
from typing import Annotated

import typer

import jixiao
from jixiao.cli import show
from jixiao.cli.language import say


def explain(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help=say("cli.dir.help"), show_default=False)],
    code: Annotated[str, typer.Argument(metavar="CODE", help=say("cli.explain.code.help"), show_default=False)],
) -> None:
    """Show how one score came about, down to the data and the evidence."""
    outcome = jixiao.explain(folder, code)
    show.explanation(outcome.value)
    show.findings(outcome.findings)
    raise typer.Exit(outcome.exit_code())
