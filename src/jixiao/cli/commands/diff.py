"""jixiao diff A B [--json]."""

from pathlib import Path
from typing import Annotated

import typer

import jixiao
from jixiao.cli import show, show_diff
from jixiao.cli.language import current, say


def diff(
    before: Annotated[Path, typer.Argument(metavar="A", help=say("cli.diff.before"), show_default=False)],
    after: Annotated[Path, typer.Argument(metavar="B", help=say("cli.diff.after"), show_default=False)],
    json: Annotated[bool, typer.Option("--json", help=say("cli.json.help"))] = False,
) -> None:
    """Show what changed between two bundles."""
    outcome = jixiao.diff(before, after)
    if json:
        show.as_json(jixiao.diff_json(outcome.value, current()))
    else:
        show_diff.differences(outcome.value)
