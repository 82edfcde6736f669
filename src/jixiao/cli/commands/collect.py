"""jixiao collect FOLDER DIR [--expect FILE] [--dry-run]."""

from pathlib import Path
from typing import Annotated

import typer

import jixiao
from jixiao.cli import show
from jixiao.cli.language import say


def collect(
    returned: Annotated[Path, typer.Argument(metavar="FOLDER", help=say("cli.collect.returned"), show_default=False)],
    folder: Annotated[Path, typer.Argument(metavar="DIR", help=say("cli.dir.help"), show_default=False)],
    expect: Annotated[
        Path | None,
        typer.Option(metavar="FILE", exists=True, dir_okay=False, help=say("cli.collect.expect"), show_default=False),
    ] = None,
    dry: Annotated[bool, typer.Option("--dry-run", help=say("cli.dry.help"))] = False,
    json: Annotated[bool, typer.Option("--json", help=say("cli.json.help"))] = False,
) -> None:
    """Merge returned forms into a bundle."""
    lines = expect.read_text(encoding="utf-8-sig").splitlines() if expect is not None else []
    outcome = jixiao.collect(returned, folder, expected=[line.strip() for line in lines if line.strip()], dry=dry)
    value = outcome.value
    if json:
        show.as_json(jixiao.collected_json(value))
    else:
        screen = show.console()
        counts = {"returned": len(value.returned), "missing": len(value.missing)}
        screen.print(say("cli.collect.unit").format(**counts), markup=False)
        for item, total in value.sums.items():
            count = sum(entry.item == item and entry.adopted is not None for entry in value.entries)
            screen.print(say("cli.collect.sum").format(item=item, sum=total, count=count), markup=False)
    show.findings(outcome.findings)
    for path in value.files:
        show.console(stderr=True).print(say("cli.file.written").format(file=path), markup=False)
    raise typer.Exit(outcome.exit_code())
