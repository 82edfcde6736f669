"""jixiao absorb REPORT DIR [--dry-run]."""

from pathlib import Path
from typing import Annotated

import typer

import jixiao
from jixiao.cli import show
from jixiao.cli.language import current, say


def absorb(
    report: Annotated[Path, typer.Argument(metavar="REPORT", help=say("cli.absorb.report"), show_default=False)],
    folder: Annotated[Path, typer.Argument(metavar="DIR", help=say("cli.dir.help"), show_default=False)],
    dry: Annotated[bool, typer.Option("--dry-run", help=say("cli.dry.help"))] = False,
    json: Annotated[bool, typer.Option("--json", help=say("cli.json.help"))] = False,
) -> None:
    """Take the edited prose of a report back into its bundle."""
    outcome = jixiao.absorb(report, folder, dry=dry)
    taken = outcome.value
    if json:
        show.as_json(jixiao.findings_json(outcome.findings, current()))
    else:
        show.findings(outcome.findings)
        for key in taken.texts:
            show.console().print(say("cli.absorb.text").format(key=key), markup=False)
        for code in taken.reasons:
            show.console().print(say("cli.absorb.reason").format(code=code), markup=False)
        if not taken.texts and not taken.reasons:
            show.console().print(say("cli.absorb.nothing"), markup=False)
        for path in taken.files:
            show.console(stderr=True).print(say("cli.file.written").format(file=path), markup=False)
    raise typer.Exit(outcome.exit_code())
