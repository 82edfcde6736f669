"""显示参保比对: the table of a comparison as a terminal shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jixiao.cli.language import say
from jixiao.cli.show import console

if TYPE_CHECKING:
    from pathlib import Path

_COLUMNS = ("reported", "own_same", "own_cross", "other_same", "other_cross", "deceased", "left")


def comparison(of: dict[str, Any]) -> None:
    """Print the table, one block per scheme."""
    from rich.box import SIMPLE_HEAD  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415

    for scheme in ("employee", "resident"):
        title = f"{of['title']} {say(f'cli.enrolment.scheme.{scheme}')} {of['as_of']}"
        shown = Table(box=SIMPLE_HEAD, title=title, pad_edge=False)
        shown.add_column(say("cli.enrolment.head.region"), overflow="fold")
        for name in _COLUMNS:
            head = say(f"cli.enrolment.head.{name}").format(**of["jurisdictions"])
            shown.add_column(head, justify="right", overflow="fold")
        total = {"code": "", "name": say("cli.enrolment.head.total"), **of["total"]}
        for row in (total, *of["rows"]):
            shown.add_row(row["name"] or row["code"], *(row[scheme][name] for name in _COLUMNS))
        console().print(shown)


def passwords(out: Path) -> None:
    """Say where the passwords of the lists in a folder stand."""
    console(stderr=True).print(say("cli.enrolment.passwords").format(file=f"{out}-passwords.csv"), markup=False)


def profile(of: dict[str, Any]) -> None:
    """Print what lies in a folder of registers, one block each."""
    out = console()
    for one in of["registers"]:
        out.print(f"{one['name']}（{one['role']}）", style="bold", markup=False)
        listed = {head: name for head, name in one["columns"].items() if name}
        lines = [
            ("files", "、".join(one["files"])),
            ("rows", one["rows"]),
            ("columns", "、".join(head if head == name else f"{head} = {name}" for head, name in listed.items())),
            ("not_recognised", "、".join(head for head in one["columns"] if head not in listed)),
            ("missing", "、".join(one["missing"])),
            ("numbers", "，".join(f"{say(f'enrolment.why.{why}')} {count}" for why, count in one["numbers"].items())),
            ("damaged", say(f"enrolment.damaged.{one['damaged']}") if one["damaged"] else ""),
            *((f"unknown.{name}", _listed(found)) for name, found in one["unknown"].items()),
            *((f"dates.{name}", " – ".join(end or "" for end in ends)) for name, ends in one["dates"].items()),
        ]  # fmt: skip
        for name, text in lines:
            if text:
                kind, _, column = name.partition(".")
                out.print(
                    f"  {say(f'cli.enrolment.profile.{kind}')} {column}  {text}".replace("   ", "  "), markup=False
                )


def _listed(counts: dict[str, str]) -> str:
    return "，".join(f"{code} × {count}" for code, count in counts.items())
