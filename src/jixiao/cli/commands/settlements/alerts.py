"""jixiao settlements alerts FOLDER [--out OUT]."""

import typer

import jixiao
from jixiao.cli import progress, show
from jixiao.cli.language import say
from jixiao.cli.settlements_options import Engine, Folder, Json, Master, Memory, Out, Year


def alerts(  # noqa: PLR0917  (a command has as many options as it has)
    folder: Folder,
    out: Out = None,
    year: Year = None,
    engine: Engine = None,
    memory: Memory = None,
    master: Master = None,
    json: Json = False,
) -> None:
    """Tell what lies beyond the alert lines."""
    with progress.stages("settlements") as stage:
        outcome = jixiao.settlements_alerts(
            folder, out, year=year, engine=engine, memory=memory, master=master, progress=stage
        )
    if json:
        show.as_json(jixiao.settlements_alerts_json(outcome.value))
    else:
        show.findings(outcome.findings)
        show.counts(outcome.findings)
    if out is not None:
        show.console(stderr=True).print(say("cli.evaluate.written").format(out=out), markup=False)
    raise typer.Exit(outcome.exit_code())
