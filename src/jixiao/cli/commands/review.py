"""jixiao review FILE... [--out OUT]."""

from pathlib import Path
from typing import Annotated

import typer

from jixiao.cli import show, show_review
from jixiao.cli.language import current, say
from jixiao.cli.progress import parts


def review(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help=say("cli.review.files.help"), show_default=False)
    ],
    *,
    out: Annotated[
        Path | None, typer.Option(metavar="OUT", help=say("cli.review.out.help"), show_default=False)
    ] = None,
    earlier: Annotated[
        Path | None, typer.Option(metavar="XLSX", help=say("cli.review.earlier.help"), show_default=False)
    ] = None,
    goals: Annotated[
        Path | None, typer.Option(metavar="FILE", help=say("cli.review.goals.help"), show_default=False)
    ] = None,
    budget: Annotated[
        list[Path] | None, typer.Option(metavar="FILE", help=say("cli.review.budget.help"), show_default=False)
    ] = None,
    paid: Annotated[
        list[Path] | None, typer.Option(metavar="FILE", help=say("cli.review.paid.help"), show_default=False)
    ] = None,
    previous: Annotated[
        Path | None, typer.Option(metavar="FILE", help=say("cli.review.previous.help"), show_default=False)
    ] = None,
    pages: Annotated[bool, typer.Option("--pages", help=say("cli.review.pages.help"))] = False,
    notes: Annotated[bool, typer.Option("--notes", help=say("cli.review.notes.help"))] = False,
    json: Annotated[bool, typer.Option("--json", help=say("cli.json.help"))] = False,
) -> None:
    """Review finished reports."""
    # `jixiao.review` is the package, so this operation is fetched here instead of by its name there
    from jixiao.operations.review import exit_code, review_document  # noqa: PLC0415
    from jixiao.operations.review import review as operation  # noqa: PLC0415

    approved = {"goals": [goals] if goals else [], "budget": budget or [], "paid": paid or []}
    approved["previous"] = [previous] if previous else []
    with parts() as told:
        outcome = operation(files, out, earlier=earlier, approved=approved, pages=pages, lang=current(), progress=told)
    if json:
        show.as_json(review_document(outcome.value, current()))
    elif len(outcome.value) == 1:
        show_review.report(outcome.value[0], notes=notes)
    else:
        show_review.reports(outcome.value)
    if out is not None:
        show.console(stderr=True).print(say("cli.review.written").format(out=out), markup=False)
    raise typer.Exit(exit_code(outcome))
