"""结算命令的公共选项: the options that several commands on settlement records share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from jixiao.cli.enrolment_options import Engine, Json, Master, Memory
from jixiao.cli.language import say

__all__ = ["Bundle", "Engine", "Folder", "Json", "Master", "Memory", "Monthly", "Out", "SetAside", "Year"]

Folder = Annotated[Path, typer.Argument(metavar="FOLDER", help=say("cli.settlements.folder"), show_default=False)]
Out = Annotated[Path | None, typer.Option(metavar="OUT", help=say("cli.settlements.out"), show_default=False)]
Year = Annotated[int | None, typer.Option(metavar="YYYY", help=say("cli.settlements.year"), show_default=False)]
Monthly = Annotated[bool, typer.Option("--monthly", help=say("cli.settlements.monthly"))]
SetAside = Annotated[bool, typer.Option("--set-aside", help=say("cli.settlements.set_aside"))]
Bundle = Annotated[Path | None, typer.Option(metavar="DIR", help=say("cli.settlements.bundle"), show_default=False)]
