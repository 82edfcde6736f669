"""jixiao settlements measures FOLDER [--out OUT] [--bundle DIR]."""

from typing import Annotated

import typer

import jixiao
from jixiao.cli import progress, show, show_settlements
from jixiao.cli.language import say
from jixiao.cli.settlements_options import (
    Bundle,
    Engine,
    Folder,
    Json,
    Master,
    Memory,
    Monthly,
    Out,
    SetAside,
    Year,
)


def measures(  # noqa: PLR0917  (a command has as many options as it has)
    folder: Folder,
    out: Out = None,
    bundle: Bundle = None,
    year: Year = None,
    monthly: Monthly = False,
    set_aside: SetAside = False,
    only: Annotated[
        str | None, typer.Option(metavar="KIND", help=say("cli.settlements.measures.only"), show_default=False)
    ] = None,
    engine: Engine = None,
    memory: Memory = None,
    master: Master = None,
    json: Json = False,
) -> None:
    """Compute the measures."""
    with progress.stages("settlements") as stage:
        outcome = jixiao.settlements_measures(
            folder,
            out,
            year=year,
            monthly=monthly,
            set_aside=set_aside,
            engine=engine,
            memory=memory,
            master=master,
            bundle=bundle,
            progress=stage,
        )
    if json:
        show.as_json(outcome.value.summary())
    elif only is not None:
        show_settlements.by_period(outcome.value.summary(), only)
    else:
        show_settlements.measures(outcome.value.summary())
    show.findings(found for found in outcome.findings if found.severity == "error" or not json)
    if out is not None:
        show.console(stderr=True).print(say("cli.evaluate.written").format(out=out), markup=False)
    if bundle is not None:
        said = say("cli.settlements.measures.bound").format(
            bundle=bundle, codes="、".join(outcome.value.written) or "—"
        )
        show.console(stderr=True).print(said, markup=False)
    raise typer.Exit(outcome.exit_code())
