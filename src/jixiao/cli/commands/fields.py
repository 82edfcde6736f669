"""jixiao fields [DIR] [--template FILE] [--sample NAME --out FILE]."""

from pathlib import Path
from typing import Annotated

import typer

import jixiao
from jixiao.cli import show
from jixiao.cli.language import say


def fields(
    folder: Annotated[Path | None, typer.Argument(metavar="DIR", help=say("cli.dir.help"), show_default=False)] = None,
    template: Annotated[
        Path | None, typer.Option(metavar="FILE", help=say("cli.fields.template"), show_default=False)
    ] = None,
    sample: Annotated[
        str | None, typer.Option(metavar="report|table", help=say("cli.fields.sample"), show_default=False)
    ] = None,
    out: Annotated[Path | None, typer.Option(metavar="FILE", help=say("cli.fields.out"), show_default=False)] = None,
    json: Annotated[bool, typer.Option("--json", help=say("cli.json.help"))] = False,
) -> None:
    """List the fields a Word template can print, or look through a template."""
    if sample is not None:
        written = jixiao.sample_template(sample, out if out is not None else Path(f"{sample}.docx")).value
        show.console(stderr=True).print(say("cli.file.written").format(file=written), markup=False)
        return
    if folder is None:
        raise typer.BadParameter(say("cli.fields.needs_dir"), param_hint="DIR")
    outcome = jixiao.fields(folder, template)
    if json:
        show.as_json(jixiao.fields_json(outcome))
        raise typer.Exit(outcome.exit_code())
    screen = show.console()
    if template is None:
        for field in outcome.value.fields:
            screen.print(f"{field.name:<40} {field.example}".rstrip(), markup=False)
            if field.parts:
                screen.print(f"  {say('cli.fields.list').format(parts='、'.join(field.parts))}", markup=False)
    else:
        show.findings(outcome.findings)
        used, unused = outcome.value.used, outcome.value.unused
        screen.print(say("cli.fields.counted").format(used=len(used), unused=len(unused)), markup=False)
        screen.print(say("cli.fields.unused").format(names="、".join(unused)), markup=False)
    raise typer.Exit(outcome.exit_code())
