"""jixiao settlements sample --rows N --seed S --out DIR."""

from pathlib import Path
from typing import Annotated

import typer

import jixiao
from jixiao.cli import progress, show
from jixiao.cli.language import say


def sample(
    out: Annotated[Path, typer.Option(metavar="DIR", help=say("cli.settlements.out"), show_default=False)],
    rows: Annotated[int, typer.Option(metavar="N", min=1, help=say("cli.settlements.sample.rows"))] = 10_000,
    seed: Annotated[int, typer.Option(metavar="S", min=0, help=say("cli.settlements.sample.seed"))] = 1,
    csv: Annotated[bool, typer.Option("--csv", help=say("cli.settlements.sample.csv"))] = False,
) -> None:
    """Write settlements of invented persons whose measures are known."""
    with progress.parts() as bar:
        jixiao.settlements_sample(rows, seed, out, kind="csv" if csv else "parquet", progress=bar)
    show.console(stderr=True).print(say("cli.settlements.sample.written").format(out=out, rows=rows), markup=False)
