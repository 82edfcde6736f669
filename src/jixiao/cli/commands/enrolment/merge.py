"""jixiao enrolment merge SENT RETURNED... [--out OUT]."""

from pathlib import Path
from typing import Annotated

import typer

import jixiao
from jixiao.cli import show
from jixiao.cli.enrolment_options import Out
from jixiao.cli.language import say


def merge(
    sent: Annotated[Path, typer.Argument(metavar="SENT", help=say("cli.enrolment.merge.sent"), show_default=False)],
    returned: Annotated[
        list[Path],
        typer.Argument(metavar="RETURNED...", help=say("cli.enrolment.merge.returned"), show_default=False),
    ],
    out: Out = None,
    passwords: Annotated[
        Path | None, typer.Option(metavar="FILE", help=say("cli.enrolment.merge.passwords"), show_default=False)
    ] = None,
) -> None:
    """Merge case lists that came back."""
    outcome = jixiao.enrolment_merge(sent, returned, out, passwords=passwords)
    for decision, count in outcome.value.counts.items():
        show.console().print(f"{decision}  {count}", markup=False)
    show.findings(outcome.findings)
    raise typer.Exit(outcome.exit_code())
