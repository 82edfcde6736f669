"""jixiao take FORM DIR [--dry-run]."""

from pathlib import Path
from typing import Annotated

import typer

import jixiao
from jixiao.cli import show
from jixiao.cli.language import current, say


def take(
    form: Annotated[Path, typer.Argument(metavar="FORM", help=say("cli.take.form"), show_default=False)],
    folder: Annotated[Path, typer.Argument(metavar="DIR", help=say("cli.dir.help"), show_default=False)],
    dry: Annotated[bool, typer.Option("--dry-run", help=say("cli.dry.help"))] = False,
    json: Annotated[bool, typer.Option("--json", help=say("cli.json.help"))] = False,
) -> None:
    """Take a form that was filled in back into its bundle."""
    outcome = jixiao.take(form, folder, dry=dry)
    if json:
        show.as_json(jixiao.findings_json(outcome.findings, current()))
    else:
        show.findings(outcome.findings)
        for change in outcome.value.changes:
            told = {"label": change.label.text(current()), "before": change.before or "", "after": change.after or ""}
            show.console().print(say("cli.take.change").format(**told), markup=False)
        if not outcome.value.changes:
            show.console().print(say("cli.take.nothing"), markup=False)
        for path in outcome.value.files:
            show.console(stderr=True).print(say("cli.file.written").format(file=path), markup=False)
    raise typer.Exit(outcome.exit_code())
