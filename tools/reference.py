"""Print the reference pages from the code: `make reference`; a test fails when a page is stale."""

from __future__ import annotations

import inspect
import re
import sys
from dataclasses import MISSING, fields
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from jixiao import library
from jixiao.authorities import cited, known
from jixiao.errors import FAMILIES
from jixiao.figures import units
from jixiao.formats import workbook_layout
from jixiao.formats.bundle_ledger import RECORDS
from jixiao.forms.form import Form, forms
from jixiao.forms.form import known as known_forms
from jixiao.review import check as checks
from jixiao.scoring import rule as rules

if TYPE_CHECKING:
    from collections.abc import Mapping

PAGES = Path(__file__).parent.parent / "docs" / "reference"
CATALOGUE = Path(__file__).parent.parent / "tests" / "errors"
PRINTED = "<!-- Printed from the code by `make reference`; do not edit. -->\n"


def pages() -> dict[str, str]:
    """Return every reference page by its file name."""
    found = {
        "rules.md": _rules(),
        "figures.md": _figures(),
        "findings.md": _findings(),
        "forms.md": _forms(),
        "ledger.md": _ledger(),
        "commands.md": _commands(),
        "norms.md": _norms(),
        "errors.md": _errors(),
        "system.md": _system(),
    }
    return {name: f"{PRINTED}{text.rstrip()}\n" for name, text in found.items()}


def _page(module: str) -> str:
    """Return a module's docstring as a section: its title, its text, its doctest as a code block."""
    text = inspect.getdoc(import_module(module)) or ""
    title, _, rest = text.partition("\n")
    body, _, example = rest.partition(">>>")
    block = f"```python\n>>>{example.rstrip()}\n```\n" if example else ""
    return f"## {title.rstrip('.')}\n\n`{module.rpartition('.')[2]}`\n\n{body.strip()}\n\n{block}"


def _rules() -> str:
    sections = []
    for name in rules.known():
        kind = rules.rule_class(name)
        rows = [f"| `{spec.name}` | {_default(spec.default)} |" for spec in fields(kind)]  # type: ignore[arg-type]
        table = "| parameter | default |\n| --- | --- |\n" + "\n".join(rows) + "\n" if rows else "No parameters.\n"
        source = cited(getattr(kind, "authority", None))
        sections.append(f"{_page(f'jixiao.scoring.rules.{name}')}\n{table}\nSource: {source}\n")
    return "# Scoring rules 评分规则\n\n" + "\n".join(sections)


def _default(value: object) -> str:
    if value is MISSING:
        return "required, or empty"
    return str(value) if not isinstance(value, tuple) else "；".join(" ".join(map(str, item)) for item in value)


def _figures() -> str:
    modules = ("figure", "notation", "target", "target_notation", "actual_notation", "dates", "units")
    listed = "、".join(units.known())
    text = "\n".join(_page(f"jixiao.figures.{name}") for name in modules)
    return f"# Figures 数值\n\n{text}\n## Base units 基本计量单位\n\n{listed}\n"


def _findings() -> str:
    rows = [[f"`{family.__name__}`", str(family.exit_code), _first_line(family)] for family in FAMILIES]
    text = _page("jixiao.findings") + "\n" + _page("jixiao.errors")
    text += "\n" + _table(["family", "exit code", "meaning"], rows)
    review = "\n".join(_page(f"jixiao.review.checks.{name}") for name in checks.known())
    parts = {"Findings and errors 发现与错误": text, "Review checks 审核规则": review, "Messages 用语": _messages()}
    return "\n".join(f"# {title}\n\n{body}" for title, body in parts.items())


def _first_line(thing: object) -> str:
    return (inspect.getdoc(thing) or "").partition("\n")[0]


def _table(heads: list[str], rows: list[list[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def _messages() -> str:
    rows = []
    for name in sorted(library.message_files()):
        for key, text in library.read(f"messages/{name}.yaml").items():
            rows.append([f"`{key}`", _cell(text["zh"]), _cell(text["en"])])
    return _table(["id", "中文", "English"], rows)


def _cell(text: str) -> str:
    return re.sub(r"\s*\n\s*", " ", text).replace("|", "\\|")


def _forms() -> str:
    assert len(forms()) == len(known_forms())
    sections = []
    for form in forms():
        page = _page(f"jixiao.forms.statutory.{form.id}") if form.base is None else _variant(form)
        block = form.block()
        heads = " | ".join(column.head.replace("\n", "") for column in block.columns) if block else ""
        sections.append(f"{page}\n{heads}\n\nSource: {cited(form.authority)}\n")
    return "# Forms 表格\n\n" + "\n".join(sections)


def _variant(form: Form) -> str:
    said = library.root().joinpath(f"forms/variants/{form.id}.yaml").read_text("utf-8").partition("\n")[0].lstrip("# ")
    mark = "，待核" if form.mark == "unconfirmed" else ""
    return f"## `{form.id}`\n\n{form.region}{mark}：{said} 以 `{form.base}` 为底。\n"


def _ledger() -> str:
    """Return every table of the ledger: its name, its sheet, and its columns by name and head, with their choices."""
    sections = []
    for sheet in workbook_layout.sheets():
        table = sheet.section.rpartition("/")[2]
        if sheet.section.startswith("funds/ledger/"):
            rows = [[f"`{column.name}`", column.head, _choices(column.choices)] for column in sheet.columns]
            said = inspect.getdoc(RECORDS[table]) or ""
            sections.append(f"## {sheet.name} `{table}`\n\n{said}\n\n{_table(['column', '表头', '可填'], rows)}")
    return (
        "# The ledger 资金台账\n\n"
        "Each table is a list under `funds: ledger:` of `evaluation.yaml`, or a sheet of the workbook.\n\n"
        + "\n".join(sections)
    )


def _choices(choices: Mapping[str, str]) -> str:
    return "、".join(f"`{value}` {word}" for value, word in choices.items())


def _commands() -> str:
    from typer.main import get_command  # noqa: PLC0415  (typer is loaded for this page alone)

    sys.argv = ["jixiao", "--lang", "en"]
    from jixiao.cli.app import build  # noqa: PLC0415  (help texts take the language of the run)

    command = get_command(build())
    sections = [f"```\n{_help(command, 'jixiao', None)}\n```\n"]
    sections += _subcommands(command, "jixiao")
    return "# Commands 命令\n\nThe same texts exist in Chinese: `--lang zh`.\n\n" + "\n".join(sections)


def _subcommands(command: object, path: str) -> list[str]:
    found = []
    for name, sub in sorted(getattr(command, "commands", {}).items()):
        found.append(f"## {path} {name}\n\n```\n{_help(sub, f'{path} {name}', None)}\n```\n")
        found += _subcommands(sub, f"{path} {name}")
    return found


def _help(command: object, path: str, parent: object) -> str:
    context = command.make_context(path, [], parent=parent, resilient_parsing=True)  # type: ignore[attr-defined]
    context.max_content_width = context.terminal_width = 100
    return str(command.get_help(context)).rstrip()  # type: ignore[attr-defined]


def _system() -> str:
    blocks = yaml.load((PAGES.parent / "system.yaml").read_text("utf-8"), yaml.BaseLoader)
    sections = []
    for title, rows in blocks.items():
        lines = [
            f"| {name} | {row['zh']} | {row['use']} | {'<br>'.join(f'`{test}`' for test in row['tests'])} |"
            for name, row in rows.items()
        ]
        sections.append(
            f"## {title}\n\n| row | what | how | shown by |\n| --- | --- | --- | --- |\n" + "\n".join(lines)
        )
    said = "Every row of the described system: how it is met, and the tests (below `tests/`) that show it."
    return f"# What the system holds 系统清单\n\n{said}\n\n" + "\n\n".join(sections) + "\n"


def _norms() -> str:
    rows = []
    for name in known():
        raw = library.read(f"norms/{name}.yaml")
        mark = {"confirmed": "已核实", "seed": "见于评价报告", "unconfirmed": "待核"}[raw["mark"]]
        rows.append([f"`{name}`", raw["title"], raw["number"], raw["since"], mark])
    return "# Norms 依据\n\n" + _table(["id", "title", "number", "since", "mark"], rows)


def _errors() -> str:
    """Return the catalogue of mistakes: what each is answered with, from the folders that test it."""
    sections = []
    for folder in sorted(path for path in CATALOGUE.iterdir() if (path / "expected.txt").exists()):
        shown = (folder / "expected.txt").read_text(encoding="utf-8").rstrip()
        sections.append(f"## {folder.name}\n\n```\n{shown}\n```\n")
    return "# Errors 错误目录\n\nEach is a folder under `tests/errors` with its input.\n\n" + "\n".join(sections)


if __name__ == "__main__":
    PAGES.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (PAGES / name).write_text(text, encoding="utf-8")
