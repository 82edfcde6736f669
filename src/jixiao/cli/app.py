"""命令集: every file under `commands/` as one command of its name."""

from __future__ import annotations

from importlib import import_module
from typing import Annotated

import typer

from jixiao import __version__, library
from jixiao.cli.language import say


def build() -> typer.Typer:
    """Return the command line with all its commands, in the language of this run."""
    app = typer.Typer(name="jixiao", help=say("cli.help"), rich_markup_mode=None, no_args_is_help=True, add_completion=False,
                      pretty_exceptions_enable=False)  # fmt: skip
    app.callback()(_options)
    for name in library.names("cli/commands", ".py"):
        command = getattr(import_module(f"jixiao.cli.commands.{name}"), name)
        app.command(name, help=say(f"cli.{name}.help"))(command)
    return app


def _version(asked: bool) -> None:
    if asked:
        typer.echo(__version__)
        raise typer.Exit


def _options(
    lang: Annotated[str | None, typer.Option(help=say("cli.lang.help"), metavar="zh|en")] = None,
    version: Annotated[
        bool,
        typer.Option("--version", help=say("cli.version.help"), callback=_version, is_eager=True),
    ] = False,
) -> None:
    if lang is not None and lang not in library.LANGUAGES:
        raise typer.BadParameter(lang, param_hint="--lang")
