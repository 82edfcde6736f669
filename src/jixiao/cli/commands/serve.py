"""jixiao serve [--port N] [--host H] [--data DIR] [--verify]."""

from pathlib import Path
from typing import Annotated

import typer

from jixiao.cli import show
from jixiao.cli.language import say


def serve(
    port: Annotated[int, typer.Option(min=1, max=65535, metavar="N", help=say("cli.serve.port"))] = 8000,
    host: Annotated[str, typer.Option(metavar="H", help=say("cli.serve.host"))] = "127.0.0.1",
    data: Annotated[Path | None, typer.Option(metavar="DIR", help=say("cli.serve.data"), show_default=False)] = None,
    workers: Annotated[int, typer.Option(min=1, max=64, metavar="N", help=say("cli.serve.workers"))] = 2,
    verify: Annotated[bool, typer.Option("--verify", help=say("cli.serve.verify"))] = False,
) -> None:
    """Open the web workspace."""
    from jixiao.web import serving  # noqa: PLC0415  (Django is loaded for this command only)

    out = show.console(stderr=True)
    serving.prepare(data)
    if verify:
        broken = serving.broken()
        for chain, number, what in broken:
            out.print(say("cli.serve.broken").format(chain=chain, number=number, what=what), markup=False)
        if not broken:
            out.print(say("cli.serve.holds"), markup=False)
        raise typer.Exit(1 if broken else 0)
    serving.serve(host, port, workers=workers, said=lambda address: out.print(address, markup=False))
