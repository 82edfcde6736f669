"""帮助与用法: help texts and complaints about the command line itself, in the language of this run."""

from __future__ import annotations

import re
from typing import Any

from typer import BadParameter
from typer.core import TyperCommand, TyperGroup

from jixiao.cli.language import say

UsageError: type[Exception] = BadParameter.__mro__[1]

_HEADINGS = {
    "Usage:": "usage", "Options:": "options", "Commands:": "commands", "Arguments:": "arguments",
    "[required]": "required", "Show this message and exit.": "show_help",
}  # fmt: skip
_KINDS = (
    (r"No such command '(?P<name>.*?)'", "no_command"),
    (r"No such option:? '?(?P<name>[^' .]+)", "no_option"),
    (r"Missing command", "no_name"),
    (r"Missing (?:argument|option|parameter) '(?P<name>.*?)'", "missing"),
    (r"Invalid value for (?P<name>.*?): (?P<value>.*)", "invalid"),
    (r"Got unexpected extra argument(?:s|\(s\))? \((?P<name>.*?)\)", "extra"),
    (r"Option '(?P<name>.*?)' requires an argument", "no_value"),
)


class Command(TyperCommand):
    """A command whose help is in the language of this run."""

    def get_help(self, ctx: Any) -> str:
        """Return the help text."""
        return localised(super().get_help(ctx))


class Group(TyperGroup):
    """A group of commands whose help is in the language of this run."""

    def get_help(self, ctx: Any) -> str:
        """Return the help text."""
        return localised(super().get_help(ctx))


def localised(text: str) -> str:
    """Return a help text with its headings in the language of this run."""
    for heading, name in _HEADINGS.items():
        text = text.replace(heading, say(f"cli.heading.{name}"))
    return text


def complaint(problem: Any) -> str:
    """Return what is wrong with a command line, and where its help is, in the language of this run."""
    said = str(problem.format_message())
    for form, name in _KINDS:
        match = re.match(form, said)
        if match:
            said = say(f"cli.usage.{name}").format_map(match.groupdict())
            break
    path = problem.ctx.command_path if problem.ctx is not None else "jixiao"
    return f"{said}\n{say('cli.usage.try').format(command=path)}"
