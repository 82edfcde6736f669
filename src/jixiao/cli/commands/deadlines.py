"""jixiao deadlines DIR [--on DATE]; DIR may hold many bundles."""

from datetime import datetime
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

import jixiao
from jixiao.cli import show
from jixiao.cli.language import current, say
from jixiao.cli.show_deadlines import listed


def deadlines(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help=say("cli.dir.help"), show_default=False)],
    on: Annotated[
        datetime | None,
        typer.Option(metavar="YYYY-MM-DD", formats=["%Y-%m-%d"], help=say("cli.deadlines.on"), show_default=False),
    ] = None,
    done: Annotated[bool, typer.Option("--done", help=say("cli.deadlines.all"))] = False,
    json: Annotated[bool, typer.Option("--json", help=say("cli.json.help"))] = False,
) -> None:
    """Show what is due by when, and what is late."""
    today = (on or datetime.now(ZoneInfo("Asia/Shanghai"))).date()
    outcome = jixiao.deadlines(folder, today)
    if json:
        show.as_json(jixiao.deadlines_json(outcome, today, current()))
    else:
        listed(outcome.value, done=done)
    show.findings(outcome.findings)
    late = any(due.state == "late" for due in outcome.value)
    raise typer.Exit(outcome.exit_code() or int(late))
