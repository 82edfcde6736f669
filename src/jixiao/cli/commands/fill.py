"""jixiao fill TEMPLATE DIR [--out FILE] [--map FILE] [--overwrite]."""

from pathlib import Path
from typing import Annotated

import typer

import jixiao
from jixiao.cli import show
from jixiao.cli.language import current, say


def fill(  # noqa: PLR0917  (a command's options are parameters)
    template: Annotated[Path, typer.Argument(metavar="TEMPLATE", help=say("cli.fill.template"), show_default=False)],
    folder: Annotated[Path, typer.Argument(metavar="DIR", help=say("cli.dir.help"), show_default=False)],
    out: Annotated[Path | None, typer.Option(metavar="FILE", help=say("cli.fill.out"), show_default=False)] = None,
    wording: Annotated[
        Path | None, typer.Option("--map", metavar="FILE", help=say("cli.fill.map"), show_default=False)
    ] = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help=say("cli.fill.overwrite"))] = False,
    json: Annotated[bool, typer.Option("--json", help=say("cli.json.help"))] = False,
) -> None:
    """Write a bundle's values into somebody else's template."""
    outcome = jixiao.fill(template, folder, out, wording=wording, overwrite=overwrite)
    filled = outcome.value
    if json:
        show.as_json(jixiao.findings_json(outcome.findings, current()))
    else:
        show.findings(outcome.findings)
    if filled.file is not None:
        said = say("cli.fill.done").format(put=filled.put, stood=filled.stood, file=filled.file)
        show.console(stderr=True).print(said, markup=False)
    raise typer.Exit(outcome.exit_code())
