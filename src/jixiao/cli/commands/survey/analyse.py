"""jixiao survey analyse FORM ANSWERS [--out DIR] [--bundle DIR]."""

from pathlib import Path
from typing import Annotated

import typer

import jixiao
from jixiao.cli import show, show_survey
from jixiao.cli.language import current, say


def analyse(
    form: Annotated[Path, typer.Argument(metavar="FORM", help=say("cli.survey.form_argument"), show_default=False)],
    answers: Annotated[
        Path, typer.Argument(metavar="ANSWERS", help=say("cli.survey.answers_argument"), show_default=False)
    ],
    out: Annotated[Path | None, typer.Option(metavar="DIR", help=say("cli.survey.out"), show_default=False)] = None,
    bundle: Annotated[
        Path | None, typer.Option(metavar="DIR", help=say("cli.survey.bundle"), show_default=False)
    ] = None,
    json: Annotated[bool, typer.Option("--json", help=say("cli.json.help"))] = False,
) -> None:
    """Analyse answers: shares, reliability, validity, satisfaction."""
    outcome = jixiao.survey_analyse(form, answers, out=out, bundle=bundle, lang=current())
    found = outcome.value
    if found is not None and json:
        show.as_json(jixiao.survey_json(found, current()))
    elif found is not None:
        show_survey.analysis(found.analysis)
    show.findings(outcome.findings)
    notes = show.console(stderr=True)
    if found is not None and found.written:
        notes.print(say("cli.survey.results").format(codes="、".join(found.written)), markup=False)
    if found is not None and out is not None:
        notes.print(say("cli.survey.written").format(out=out), markup=False)
    raise typer.Exit(outcome.exit_code())
