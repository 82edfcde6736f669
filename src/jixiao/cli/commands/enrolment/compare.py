"""jixiao enrolment compare FOLDER [--out OUT]."""

from pathlib import Path
from typing import Annotated

import typer

import jixiao
from jixiao.cli import show, show_enrolment
from jixiao.cli.language import say


def compare(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help=say("cli.enrolment.folder"), show_default=False)],
    out: Annotated[Path | None, typer.Option(metavar="OUT", help=say("cli.enrolment.compare.out"), show_default=False)] = None,
    bundle: Annotated[Path | None, typer.Option(metavar="DIR", help=say("cli.enrolment.compare.bundle"), show_default=False)] = None,
    mode: Annotated[str | None, typer.Option(metavar="charge|decide", help=say("cli.enrolment.compare.mode"), show_default=False)] = None,
    status: Annotated[str | None, typer.Option(metavar="normal|normal_or_paused", help=say("cli.enrolment.compare.status"), show_default=False)] = None,
    engine: Annotated[str | None, typer.Option(metavar="polars|duckdb|spark", help=say("cli.enrolment.engine"), show_default=False)] = None,
    memory: Annotated[str | None, typer.Option(metavar="2GB", help=say("cli.enrolment.memory"), show_default=False)] = None,
    master: Annotated[str | None, typer.Option(metavar="URL", help=say("cli.enrolment.master"), show_default=False)] = None,
    json: Annotated[bool, typer.Option("--json", help=say("cli.json.help"))] = False,
) -> None:  # fmt: skip
    """Compare registers."""
    with show_enrolment.stages() as stage:
        outcome = jixiao.enrolment_compare(
            folder, out, mode=mode, status=status, engine=engine, memory=memory, master=master, bundle=bundle, progress=stage
        )
    if json:
        show.as_json(outcome.value.summary())
    else:
        show_enrolment.comparison(outcome.value.summary())
    show.findings(found for found in outcome.findings if found.severity == "error" or not json)
    if out is not None:
        show.console(stderr=True).print(
            say("cli.evaluate.written" if outcome.exit_code() == 0 else "cli.evaluate.withheld").format(out=out),
            markup=False,
        )
    raise typer.Exit(outcome.exit_code())
