"""jixiao settlements sql FOLDER --dialect D."""

from typing import Annotated

import typer

import jixiao
from jixiao.cli.language import say
from jixiao.cli.settlements_options import Folder, Monthly, Year

_DIALECTS = "postgresql|mysql|oracle|hive|duckdb|sqlite"


def sql(  # noqa: PLR0917  (a command has as many options as it has)
    folder: Folder,
    dialect: Annotated[str, typer.Option(metavar=_DIALECTS, help=say("cli.settlements.sql.dialect"))] = "postgresql",
    table: Annotated[str, typer.Option(metavar="TABLE", help=say("cli.settlements.sql.table"))] = "settlements",
    stored: Annotated[
        str | None, typer.Option(metavar="NAME", help=say("cli.settlements.sql.stored"), show_default=False)
    ] = None,
    year: Year = None,
    monthly: Monthly = False,
) -> None:
    """Print the statement for the platform's own engine."""
    outcome = jixiao.settlements_sql(folder, dialect, table=table, stored=stored, year=year, monthly=monthly)
    typer.echo(outcome.value, nl=False)
