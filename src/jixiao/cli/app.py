"""命令集: every file under `commands/` is a command of its name, every folder a group of commands."""

from __future__ import annotations

from importlib import import_module
from typing import Annotated

import typer

from jixiao import __version__, library
from jixiao.cli.help import Command, Group
from jixiao.cli.language import say

_COMMANDS = "cli/commands"


def build() -> typer.Typer:
    """Return the command line with all its commands, in the language of this run."""
    app = _group("jixiao", "cli.help", _COMMANDS)
    app.callback()(_options)
    for name in _folders():
        app.add_typer(_group(name, f"cli.{name}.help", f"{_COMMANDS}/{name}"), name=name)
    return app


def _group(name: str, help_id: str, folder: str) -> typer.Typer:
    """Return the commands of one folder; the function in a file bears the file's name."""
    app = typer.Typer(
        name=name,
        help=say(help_id),
        cls=Group,
        rich_markup_mode=None,
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
    )
    path = folder.replace("/", ".")
    for command in library.names(folder, ".py"):
        function = getattr(import_module(f"jixiao.{path}.{command}"), command)
        spoken = "cli" if folder == _COMMANDS else f"cli.{name}"
        app.command(command.replace("_", "-"), cls=Command, help=say(f"{spoken}.{command}.help"))(function)
    return app


def _folders() -> list[str]:
    entries = library.root().joinpath(_COMMANDS).iterdir()
    return sorted(entry.name for entry in entries if entry.is_dir() and not entry.name.startswith("_"))


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
