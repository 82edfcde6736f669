"""jixiao evaluate DIR [--out OUT] [--pdf] [--template FILE]; DIR may hold many bundles."""

from pathlib import Path
from typing import Annotated

import typer

import jixiao
from jixiao.cli import show
from jixiao.cli.language import current, say


def evaluate(  # noqa: PLR0917  (a command's options are parameters)
    folder: Annotated[Path, typer.Argument(metavar="DIR", help=say("cli.dir.help"), show_default=False)],
    out: Annotated[
        Path | None,
        typer.Option(metavar="OUT", help=say("cli.evaluate.out.help"), show_default=False),
    ] = None,
    pdf: Annotated[bool, typer.Option("--pdf", help=say("cli.evaluate.pdf.help"))] = False,
    annexes: Annotated[bool, typer.Option("--annexes", help=say("cli.evaluate.annexes.help"))] = False,
    template: Annotated[
        Path | None, typer.Option(metavar="FILE", help=say("cli.evaluate.template.help"), show_default=False)
    ] = None,
    draft: Annotated[bool, typer.Option("--draft", help=say("cli.evaluate.draft.help"))] = False,
    json: Annotated[bool, typer.Option("--json", help=say("cli.json.help"))] = False,
) -> None:
    """Score a bundle; write its documents into OUT."""
    if jixiao.is_batch(folder):
        _many(folder, out, pdf=pdf, draft=draft, json=json)
    outcome = jixiao.evaluate(folder, out, pdf=pdf, annexes=annexes, template=template, draft=draft, lang=current())
    if json:
        show.as_json(jixiao.scorecard_json(outcome.value, current()))
    else:
        show.scorecard(outcome.value)
    show.findings(found for found in outcome.findings if found.severity == "error" or not json)
    if out is not None:
        show.console(stderr=True).print(
            say("cli.evaluate.withheld" if outcome.exit_code() and not draft else "cli.evaluate.written").format(
                out=out
            ),
            markup=False,
        )
    raise typer.Exit(outcome.exit_code())


def _many(folder: Path, out: Path | None, *, pdf: bool, draft: bool, json: bool) -> None:
    """Evaluate every bundle of a folder and show a row for each."""
    from jixiao.cli.show_batch import Progress, batch  # noqa: PLC0415  (loaded for many bundles only)

    with Progress() as progress:
        many = jixiao.evaluate_all(folder, out, pdf=pdf, draft=draft, progress=progress.told)
    if json:
        show.as_json(jixiao.batch_json(many, current()))
    else:
        batch(many.value.rows)
    show.findings(many.findings)
    if out is not None:
        show.console(stderr=True).print(say("cli.evaluate.written").format(out=out), markup=False)
    raise typer.Exit(many.exit_code())
