"""jixiao survey form FORM --out DIR."""

from pathlib import Path
from typing import Annotated

import typer

import jixiao
from jixiao.cli import show
from jixiao.cli.language import current, say


def form(
    form: Annotated[Path, typer.Argument(metavar="FORM", help=say("cli.survey.form_argument"), show_default=False)],
    out: Annotated[Path, typer.Option(metavar="DIR", help=say("cli.survey.out"), show_default=False)],
) -> None:
    """Write the blank questionnaire (Word) and its XLSForm."""
    outcome = jixiao.survey_form(form, out, lang=current())
    show.findings(outcome.findings)
    if outcome.exit_code() == 0:
        show.console(stderr=True).print(say("cli.survey.written").format(out=out), markup=False)
    raise typer.Exit(outcome.exit_code())
