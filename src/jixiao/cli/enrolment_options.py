"""参保命令的公共选项: the options that several commands on registers share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from jixiao.cli.language import say

Folder = Annotated[Path, typer.Argument(metavar="FOLDER", help=say("cli.enrolment.folder"), show_default=False)]
Out = Annotated[Path | None, typer.Option(metavar="OUT", help=say("cli.enrolment.compare.out"), show_default=False)]
Engine = Annotated[
    str | None,
    typer.Option(metavar="polars|duckdb|spark", help=say("cli.enrolment.engine"), show_default=False),
]
Memory = Annotated[str | None, typer.Option(metavar="2GB", help=say("cli.enrolment.memory"), show_default=False)]
Master = Annotated[str | None, typer.Option(metavar="URL", help=say("cli.enrolment.master"), show_default=False)]
Json = Annotated[bool, typer.Option("--json", help=say("cli.json.help"))]
