"""jixiao enrolment compare FOLDER [--out OUT]."""

from pathlib import Path
from typing import Annotated

import typer

import jixiao
from jixiao.cli import progress, show, show_enrolment
from jixiao.cli.enrolment_options import Engine, Folder, Json, Master, Memory, Out
from jixiao.cli.language import say

_STATUSES = "normal|normal_or_paused|normal_and_paid|…"


def compare(  # noqa: PLR0917  (a command has as many options as it has)
    folder: Folder,
    out: Out = None,
    bundle: Annotated[
        Path | None, typer.Option(metavar="DIR", help=say("cli.enrolment.compare.bundle"), show_default=False)
    ] = None,
    mode: Annotated[
        str | None, typer.Option(metavar="charge|decide", help=say("cli.enrolment.compare.mode"), show_default=False)
    ] = None,
    status: Annotated[
        str | None, typer.Option(metavar=_STATUSES, help=say("cli.enrolment.compare.status"), show_default=False)
    ] = None,
    engine: Engine = None,
    memory: Memory = None,
    master: Master = None,
    json: Json = False,
) -> None:
    """Compare registers."""
    with progress.stages("enrolment") as stage:
        outcome = jixiao.enrolment_compare(
            folder,
            out,
            mode=mode,
            status=status,
            engine=engine,
            memory=memory,
            master=master,
            bundle=bundle,
            progress=stage,
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
        if outcome.exit_code() == 0:
            show_enrolment.passwords(out)
    raise typer.Exit(outcome.exit_code())
