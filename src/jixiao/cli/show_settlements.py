"""显示结算数据: measures of the whole year and profiles as a terminal shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from typer import BadParameter

from jixiao.cli.language import current, say
from jixiao.cli.show import console
from jixiao.figures.exact import spelt
from jixiao.findings import Message
from jixiao.settlements.parameters import groups

if TYPE_CHECKING:
    from jixiao.operations.settlements_benefits import Benefits, Tried
    from jixiao.settlements.policies import Policy


def measures(of: dict[str, Any]) -> None:
    """Print each measure for the whole, by scheme, of whole years; regions and months are in the files."""
    from rich.box import SIMPLE_HEAD  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415

    shown = Table(box=SIMPLE_HEAD, title=of["title"], pad_edge=False)
    shown.add_column(say("cli.settlements.head.measure"))
    shown.add_column(say("cli.settlements.head.period"))
    for scheme in ("all", "employee", "resident", "other"):
        shown.add_column(say(f"cli.settlements.scheme.{scheme}"), justify="right")
    whole = [one for one in of["values"] if one["region"] is None and len(one["period"]) == 4]
    for name, period in dict.fromkeys((one["measure"], one["period"]) for one in whole):
        told = {one["scheme"]: one for one in whole if (one["measure"], one["period"]) == (name, period)}
        cells = [_cell(told.get(scheme)) for scheme in (None, "employee", "resident", "other")]
        shown.add_row(f"{say(f'settlements.title.{name}')} {name}", period, *cells)
    console().print(shown)


def _cell(one: dict[str, Any] | None) -> str:
    if one is None:
        return ""
    return one["value"]["text"] if one["value"] is not None else say("cli.settlements.not_computable")


def by_period(of: dict[str, Any], kind: str) -> None:
    """Print the measures of one kind side by side, a line for every period, region and scheme."""
    from rich.box import SIMPLE_HEAD  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415

    values = [one for one in of["values"] if one["measure"].partition(".")[0] == kind]
    names = list(dict.fromkeys(one["measure"] for one in values))
    if not names:
        known = dict.fromkeys(one["measure"].partition(".")[0] for one in of["values"])
        raise BadParameter("、".join(known), param_hint="--only")
    shown = Table(box=SIMPLE_HEAD, title=of["title"], pad_edge=False)
    for head in ("period", "region", "scheme"):
        shown.add_column(say(f"cli.settlements.head.{head}"))
    for name in names:
        shown.add_column(say(f"settlements.title.{name}"), justify="right")
    told = {(one["measure"], one["period"], one["region"], one["scheme"]): one for one in values}
    for place in dict.fromkeys((one["period"], one["region"], one["scheme"]) for one in values):
        period, region, scheme = place
        cells = [_cell(told.get((name, *place))) for name in names]
        shown.add_row(period, region or "—", say(f"cli.settlements.scheme.{scheme or 'all'}"), *cells)
    console().print(shown)


def policies(of: tuple[Policy, ...]) -> None:
    """Print a register of policies."""
    from rich.box import SIMPLE_HEAD  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415

    shown = Table(box=SIMPLE_HEAD, pad_edge=False)
    for head in ("subject", "title", "value", "document", "region", "dates"):
        shown.add_column(say(f"cli.settlements.policies.{head}"))
    for one in of:
        sure = say("cli.settlements.policies.unconfirmed") if one.mark == "unconfirmed" else ""
        dates = f"{one.since or '…'} – {one.until or '…'}{sure}"
        subject = say(f"settlements.policy.{one.subject}")
        shown.add_row(subject, one.title, one.value or "—", one.document or "—", one.region, dates)
    console().print(shown)


def profile(of: dict[str, Any]) -> None:
    """Print what the tables hold, one block each."""
    out = console()
    for one in of["tables"]:
        out.print(f"{one['table']} {'、'.join(one['files'])}", style="bold", markup=False)
        known = {head: name for head, name in one["columns"].items() if name}
        nulls = {name: n for name, n in one["nulls"].items() if n != "0"}
        lines = [
            ("rows", one["rows"]),
            ("dates", " – ".join(end or "—" for end in one["dates"])),
            ("columns", "、".join(head if head == name else f"{head} = {name}" for head, name in known.items())),
            ("not_recognised", "、".join(head for head in one["columns"] if head not in known)),
            *((f"codes.{name}", _listed(found)) for name, found in one["codes"].items()),
            *((f"unknown.{name}", _listed(found)) for name, found in one["unknown"].items()),
            ("nulls", _listed(nulls)),
            *((f"unread.{name}", _examples(found)) for name, found in one["unread"].items()),
            ("repeated", _examples(one["repeated"]) if one["repeated"][0] != "0" else ""),
            *((f"fault.{name}", _examples(found)) for name, found in one["faults"].items()),
        ]
        for name, text in lines:
            if text:
                kind, _, column = name.partition(".")
                said = f"  {say(f'cli.settlements.profile.{kind}')} {column}  {text}"
                out.print(said.replace("   ", "  "), markup=False)


def _listed(counts: dict[str, str]) -> str:
    return "，".join(f"{code} × {count}" for code, count in counts.items())


def _examples(found: list[Any]) -> str:
    count, examples = found
    return f"{count}（{'；'.join(examples)}）"


def benefit(of: Benefits) -> None:
    """Print how a bill is split and what the contribution is, step by step."""
    out, lang = console(), current()
    for found in (of.split, of.contribution):
        steps = (found,) if isinstance(found, Message) else found.steps
        for step in steps:
            out.print(f"· {step.text(lang)}", markup=False)


def tried(of: Tried) -> None:
    """Print what the rows of a file come to."""
    amounts = {name: spelt(getattr(of, name), 2) for name in ("critical", "aid", "left")}
    out, lang = console(), current()
    out.print(say("cli.settlements.benefits.tried").format(rows=of.rows, computed=of.computed, **amounts), markup=False)
    for name, (persons, aid) in of.groups.items():
        if persons:
            args = {"group": groups()[name][lang], "rows": persons, "aid": spelt(aid, 2)}
            out.print(say("cli.settlements.benefits.aided").format(**args), markup=False)
