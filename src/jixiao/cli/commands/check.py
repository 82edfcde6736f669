"""jixiao check DIR."""

from pathlib import Path
from typing import Annotated

import typer

import jixiao
from jixiao.cli import show
from jixiao.cli.language import current, say


def check(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help=say("cli.dir.help"), show_default=False)],
    json: Annotated[bool, typer.Option("--json", help=say("cli.json.help"))] = False,
) -> None:
    """Show what is missing or contradictory in a bundle."""
    outcome = jixiao.check(folder)
    if json:
        show.as_json(jixiao.findings_json(outcome.findings, current()))
    else:
        show.findings(outcome.findings)
        show.counts(outcome.findings)
    raise typer.Exit(outcome.exit_code())
