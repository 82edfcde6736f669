"""jixiao review FILE... [--out OUT]."""

from pathlib import Path
from typing import Annotated

import typer

from jixiao.cli import show, show_review
from jixiao.cli.language import current, say
from jixiao.operations.review import exit_code, review_document
from jixiao.operations.review import review as operation


def review(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help=say("cli.review.files.help"), show_default=False)
    ],
    out: Annotated[
        Path | None, typer.Option(metavar="OUT", help=say("cli.review.out.help"), show_default=False)
    ] = None,
    earlier: Annotated[
        Path | None, typer.Option(metavar="XLSX", help=say("cli.review.earlier.help"), show_default=False)
    ] = None,
    notes: Annotated[bool, typer.Option("--notes", help=say("cli.review.notes.help"))] = False,
    json: Annotated[bool, typer.Option("--json", help=say("cli.json.help"))] = False,
) -> None:
    """Review finished reports."""
    outcome = operation(files, out, earlier=earlier, lang=current())
    if json:
        show.as_json(review_document(outcome.value, current()))
    elif len(outcome.value) == 1:
        show_review.report(outcome.value[0], notes=notes)
    else:
        show_review.reports(outcome.value)
    if out is not None:
        show.console(stderr=True).print(say("cli.review.written").format(out=out), markup=False)
    raise typer.Exit(exit_code(outcome))
