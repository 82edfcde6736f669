"""jixiao settlements profile FOLDER."""

import typer

import jixiao
from jixiao.cli import progress, show, show_settlements
from jixiao.cli.settlements_options import Engine, Folder, Json, Master, Memory


def profile(
    folder: Folder, engine: Engine = None, memory: Memory = None, master: Master = None, json: Json = False
) -> None:
    """Say what the tables hold."""
    with progress.stages("settlements") as stage:
        outcome = jixiao.settlements_profile(folder, engine=engine, memory=memory, master=master, progress=stage)
    found = jixiao.settlements_profile_json(outcome.value)
    if json:
        show.as_json(found)
    else:
        show_settlements.profile(found)
    show.findings(outcome.findings)
    raise typer.Exit(outcome.exit_code())
