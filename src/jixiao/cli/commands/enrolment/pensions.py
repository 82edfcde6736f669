"""jixiao enrolment pensions FOLDER [--out OUT]."""

import typer

import jixiao
from jixiao.cli import progress, show, show_enrolment
from jixiao.cli.enrolment_options import Engine, Folder, Json, Master, Memory, Out
from jixiao.cli.language import say


def pensions(  # noqa: PLR0917  (a command has as many options as it has)
    folder: Folder,
    out: Out = None,
    engine: Engine = None,
    memory: Memory = None,
    master: Master = None,
    json: Json = False,
) -> None:
    """Check pension payments."""
    with progress.stages("enrolment") as stage:
        outcome = jixiao.enrolment_pensions(folder, out, engine=engine, memory=memory, master=master, progress=stage)
    if json:
        show.as_json(jixiao.pensions_json(outcome.value))
    else:
        show.findings(outcome.findings)
        show.counts(outcome.findings)
    if out is not None:
        show.console(stderr=True).print(say("cli.evaluate.written").format(out=out), markup=False)
        show_enrolment.passwords(out)
    raise typer.Exit(outcome.exit_code())
