"""jixiao spot-check FOLDER [--out OUT] [--share 20%] [--seed WORD]."""

from pathlib import Path
from typing import Annotated

import typer

import jixiao
from jixiao.cli import show
from jixiao.cli.language import say
from jixiao.cli.show_spot_check import candidates


def _share(text: str) -> str:
    if not jixiao.is_share(text):
        raise typer.BadParameter(say("cli.spot_check.bad_share"))
    return text


def spot_check(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help=say("cli.spot_check.folder"), show_default=False)],
    out: Annotated[Path | None, typer.Option(metavar="OUT", help=say("cli.spot_check.out"), show_default=False)] = None,
    share: Annotated[str, typer.Option(metavar="20%", callback=_share, help=say("cli.spot_check.share"))] = "20%",
    seed: Annotated[str, typer.Option(metavar="WORD", help=say("cli.spot_check.seed"))] = "1",
) -> None:
    """Draw a sample of self-evaluations; show second scores beside the first."""
    outcome = jixiao.spot_check(folder, out, share=share, seed=seed)
    candidates(outcome.value)
    show.findings(outcome.findings)
    if out is not None:
        show.console(stderr=True).print(say("cli.evaluate.written").format(out=out), markup=False)
    raise typer.Exit(outcome.exit_code())
