"""jixiao evaluate DIR [--out OUT] [--pdf]."""

from pathlib import Path
from typing import Annotated

import typer

import jixiao
from jixiao.cli import show
from jixiao.cli.language import current, say


def evaluate(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help=say("cli.dir.help"), show_default=False)],
    out: Annotated[
        Path | None,
        typer.Option(metavar="OUT", help=say("cli.evaluate.out.help"), show_default=False),
    ] = None,
    pdf: Annotated[bool, typer.Option("--pdf", help=say("cli.evaluate.pdf.help"))] = False,
    annexes: Annotated[bool, typer.Option("--annexes", help=say("cli.evaluate.annexes.help"))] = False,
    json: Annotated[bool, typer.Option("--json", help=say("cli.json.help"))] = False,
) -> None:
    """Score a bundle; write its documents into OUT."""
    outcome = jixiao.evaluate(folder, out, pdf=pdf, annexes=annexes, lang=current())
    if json:
        show.as_json(jixiao.scorecard_json(outcome.value, current()))
    else:
        show.scorecard(outcome.value)
    show.findings(found for found in outcome.findings if found.severity == "error" or not json)
    if out is not None:
        show.console(stderr=True).print(
            say("cli.evaluate.written" if outcome.exit_code() == 0 else "cli.evaluate.withheld").format(out=out),
            markup=False,
        )
    raise typer.Exit(outcome.exit_code())
