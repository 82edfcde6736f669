"""jixiao settlements benefits --region R --year Y (--group G --scope N --basic N | FILE --out OUT)."""

from pathlib import Path
from typing import Annotated

import typer

import jixiao
from jixiao.cli import show, show_settlements
from jixiao.cli.language import say
from jixiao.cli.settlements_options import Engine, Master, Memory, Out

_Amount = Annotated[str, typer.Option(metavar="YUAN", help=say("cli.settlements.benefits.amount"))]


def benefits(  # noqa: PLR0917  (a command has as many options as it has)
    region: Annotated[
        str, typer.Option(metavar="CODE", help=say("cli.settlements.benefits.region"), show_default=False)
    ],
    year: Annotated[int, typer.Option(metavar="YYYY", help=say("cli.settlements.benefits.year"), show_default=False)],
    file: Annotated[
        Path | None, typer.Argument(metavar="FILE", help=say("cli.settlements.benefits.file"), show_default=False)
    ] = None,
    group: Annotated[str, typer.Option(metavar="GROUP", help=say("cli.settlements.benefits.group"))] = "普通居民",
    scope: _Amount = "0",
    basic: _Amount = "0",
    selfpay_before: _Amount = "0",
    aid_before: _Amount = "0",
    parameters: Annotated[
        Path | None, typer.Option(metavar="YAML", help=say("cli.settlements.benefits.parameters"), show_default=False)
    ] = None,
    out: Out = None,
    engine: Engine = None,
    memory: Memory = None,
    master: Master = None,
) -> None:
    """Compute what cover, critical-illness cover and aid pay."""
    if file is None:
        bill = {"scope": scope, "basic": basic, "selfpay_before": selfpay_before, "aid_before": aid_before}
        show_settlements.benefit(jixiao.settlements_benefit(group, region, year, bill, parameters).value)
        return
    if out is None:
        raise typer.BadParameter(say("cli.settlements.benefits.no_out"), param_hint="--out")
    outcome = jixiao.settlements_benefits(
        file, out, region, year, own=parameters, engine=engine, memory=memory, master=master
    )
    show_settlements.tried(outcome.value)
    show.findings(outcome.findings)
    show.console(stderr=True).print(say("cli.evaluate.written").format(out=out), markup=False)
    raise typer.Exit(outcome.exit_code())
