"""jixiao funds DIR [--out OUT] [--draft]."""

from pathlib import Path
from typing import Annotated

import typer

import jixiao
from jixiao.cli import show, show_funds
from jixiao.cli.language import current, say


def funds(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help=say("cli.dir.help"), show_default=False)],
    out: Annotated[Path | None, typer.Option(metavar="OUT", help=say("cli.funds.out"), show_default=False)] = None,
    draft: Annotated[bool, typer.Option("--draft", help=say("cli.funds.draft"))] = False,
    json: Annotated[bool, typer.Option("--json", help=say("cli.json.help"))] = False,
) -> None:
    """Show the fund tables of a bundle; write them and the regional target tables into OUT."""
    outcome = jixiao.funds_tables(folder, out, draft=draft)
    if json:
        show.as_json(jixiao.funds_json(outcome.value, current()))
    else:
        show_funds.funded(outcome.value)
    show.findings(outcome.findings)
    if out is not None:
        said = "cli.funds.written" if draft or outcome.exit_code() == 0 else "cli.funds.withheld"
        show.console(stderr=True).print(say(said).format(out=out, count=outcome.value.targets), markup=False)
    raise typer.Exit(outcome.exit_code())
