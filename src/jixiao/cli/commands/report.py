"""jixiao report DIR KIND [--out OUT] [--pdf]."""

from pathlib import Path
from typing import Annotated

import typer

import jixiao
from jixiao.cli import show
from jixiao.cli.language import say


def report(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help=say("cli.dir.help"), show_default=False)],
    kind: Annotated[str, typer.Argument(metavar="KIND", help=say("cli.report.kind"), show_default=False)],
    out: Annotated[Path, typer.Option(metavar="OUT", help=say("cli.report.out"))] = Path(),
    pdf: Annotated[bool, typer.Option("--pdf", help=say("cli.report.pdf"))] = False,
) -> None:
    """Write a report or paper of a bundle into OUT."""
    outcome = jixiao.report(folder, kind, out, pdf=pdf)
    show.findings(outcome.findings)
    for name in outcome.value:
        show.console(stderr=True).print(say("cli.file.written").format(file=out / name), markup=False)
    if not outcome.value:
        show.console(stderr=True).print(say("cli.evaluate.withheld").format(out=out), markup=False)
    raise typer.Exit(outcome.exit_code())
