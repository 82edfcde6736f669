"""jixiao check DIR."""

from pathlib import Path
from typing import Annotated

import typer

from jixiao.cli import show
from jixiao.cli.language import current, say
from jixiao.operations.check import check as operation
from jixiao.operations.published_json import findings_json


def check(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help=say("cli.dir.help"), show_default=False)],
    json: Annotated[bool, typer.Option("--json", help=say("cli.json.help"))] = False,
) -> None:
    """Show what is missing or contradictory in a bundle."""
    outcome = operation(folder)
    if json:
        show.as_json(findings_json(outcome.findings, current()))
    else:
        show.findings(outcome.findings)
        show.counts(outcome.findings)
    raise typer.Exit(outcome.exit_code())
