"""jixiao enrolment sample --persons N --seed S --out DIR."""

from pathlib import Path
from typing import Annotated

import typer

import jixiao
from jixiao.cli import progress, show
from jixiao.cli.language import say


def sample(
    out: Annotated[Path, typer.Option(metavar="DIR", help=say("cli.enrolment.sample.out"), show_default=False)],
    persons: Annotated[int, typer.Option(metavar="N", min=100, help=say("cli.enrolment.sample.persons"))] = 10_000,
    seed: Annotated[int, typer.Option(metavar="S", min=0, help=say("cli.enrolment.sample.seed"))] = 1,
    csv: Annotated[bool, typer.Option("--csv", help=say("cli.enrolment.sample.csv"))] = False,
) -> None:
    """Write registers of invented persons with planted overlaps."""
    with progress.parts() as bar:
        jixiao.enrolment_sample(persons, seed, out, kind="csv" if csv else "parquet", progress=bar)
    show.console(stderr=True).print(say("cli.enrolment.sample.written").format(out=out, persons=persons), markup=False)
