"""jixiao survey sample FORM [LIST] [--id COLUMN] [--out DIR]."""

from pathlib import Path
from typing import Annotated

import typer

import jixiao
from jixiao.cli import show
from jixiao.cli.language import current, say


def sample(
    form: Annotated[Path, typer.Argument(metavar="FORM", help=say("cli.survey.form_argument"), show_default=False)],
    listed: Annotated[
        Path | None, typer.Argument(metavar="LIST", help=say("cli.survey.list_argument"), show_default=False)
    ] = None,
    column: Annotated[str, typer.Option("--id", metavar="COLUMN", help=say("cli.survey.id"))] = "id",
    out: Annotated[Path | None, typer.Option(metavar="DIR", help=say("cli.survey.out"), show_default=False)] = None,
) -> None:
    """Work out the sample; given a list, draw from it by the seed."""
    outcome = jixiao.survey_sample(form, listed, column=column, out=out, lang=current())
    plan, drawn = outcome.value
    shown = show.console()
    shown.print(say("cli.survey.size").format(size=plan.size, issued=plan.issued), markup=False)
    for stratum, count in plan.strata.items():
        shown.print(f"  {stratum}  {count}", markup=False)
    if drawn:
        count = sum(map(len, drawn.values()))
        shown.print(say("cli.survey.drawn").format(count=count), markup=False)
    show.findings(outcome.findings)
    if out is not None and drawn:
        show.console(stderr=True).print(say("cli.survey.written").format(out=out), markup=False)
    raise typer.Exit(outcome.exit_code())
