"""jixiao publish DIR --out OUT [--names FILE] [--pdf]."""

from pathlib import Path
from typing import Annotated

import typer

import jixiao
from jixiao.cli import show
from jixiao.cli.language import say


def publish(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help=say("cli.dir.help"), show_default=False)],
    out: Annotated[Path, typer.Option(metavar="OUT", help=say("cli.publish.out"), show_default=False)],
    names: Annotated[
        Path | None, typer.Option(metavar="FILE", help=say("cli.publish.names"), show_default=False)
    ] = None,
    pdf: Annotated[bool, typer.Option("--pdf", help=say("cli.report.pdf"))] = False,
) -> None:
    """Write the publishable version of a bundle into OUT."""
    outcome = jixiao.publish(folder, out, names=names, pdf=pdf)
    show.findings(outcome.findings)
    said = "cli.publish.written" if outcome.value.files else "cli.evaluate.withheld"
    show.console(stderr=True).print(say(said).format(out=out, count=len(outcome.value.files)), markup=False)
    raise typer.Exit(outcome.exit_code())
