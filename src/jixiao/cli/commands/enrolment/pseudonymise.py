"""jixiao enrolment pseudonymise FOLDER --out DIR --key FILE."""

from pathlib import Path
from typing import Annotated

import typer

import jixiao
from jixiao.cli import progress, show
from jixiao.cli.language import say


def pseudonymise(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help=say("cli.enrolment.folder"), show_default=False)],
    out: Annotated[Path, typer.Option(metavar="DIR", help=say("cli.enrolment.sample.out"), show_default=False)],
    key: Annotated[Path, typer.Option(metavar="FILE", help=say("cli.enrolment.pseudonymise.key"), show_default=False)],
    digest: Annotated[
        str, typer.Option(metavar="sha256|sm3", help=say("cli.enrolment.pseudonymise.digest"))
    ] = "sha256",
) -> None:
    """Replace numbers and names by keyed tokens."""
    with progress.counting() as counted:
        rows = jixiao.enrolment_pseudonymise(folder, out, key, digest=digest, progress=counted).value
    said = "，".join(f"{role} {count}" for role, count in rows.items())
    show.console(stderr=True).print(say("cli.enrolment.pseudonymise.written").format(out=out, rows=said), markup=False)
