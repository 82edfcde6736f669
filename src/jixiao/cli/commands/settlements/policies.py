"""jixiao settlements policies --region R [--on DAY]."""

from pathlib import Path
from typing import Annotated

import typer

import jixiao
from jixiao.cli import show, show_settlements
from jixiao.cli.language import say
from jixiao.cli.settlements_options import Json


def policies(
    region: Annotated[
        str, typer.Option(metavar="CODE", help=say("cli.settlements.benefits.region"), show_default=False)
    ],
    on: Annotated[
        str | None, typer.Option(metavar="YYYY-MM-DD", help=say("cli.settlements.policies.on"), show_default=False)
    ] = None,
    register: Annotated[
        Path | None, typer.Option(metavar="YAML", help=say("cli.settlements.policies.register"), show_default=False)
    ] = None,
    json: Json = False,
) -> None:
    """List the policies that hold in a place."""
    found = jixiao.settlements_policies(region, on, register).value
    if json:
        show.as_json(jixiao.settlements_policies_json(found))
    else:
        show_settlements.policies(found)
