"""显示审核: a review as a terminal shows it: the findings of one report, or one row a report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao.cli.language import current, say
from jixiao.cli.show import console

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jixiao.operations.review import Reviewed

_MOST_HOLES, _MOST_PLACES = 8, 3
_COLOURS = {"error": "bold red", "warning": "yellow", "note": "dim"}


def report(one: Reviewed, *, notes: bool = False) -> None:
    """Print the findings of one report, style collapsed into one line, and how much was checked."""
    from rich.box import SIMPLE_HEAD  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415

    out, lang = console(), current()
    shown = [finding for finding in one.findings if notes or finding.severity != "note"]
    hidden = [finding for finding in one.findings if finding not in shown]
    table = Table(box=SIMPLE_HEAD, title=one.title or one.name, title_style="bold", pad_edge=False)
    for head in ("number", "kind", "place", "because"):
        table.add_column(say(f"cli.review.head.{head}"), overflow="fold")
    for number, finding in enumerate(shown, 1):
        where = "\n".join(dict.fromkeys(place.text(lang) for place in finding.places[:_MOST_PLACES]))
        said = f"{finding.because.text(lang)}\n→ {finding.remedy.text(lang)}"
        table.add_row(
            str(number), say(f"cli.severity.{finding.severity}"), where, said, style=_COLOURS[finding.severity]
        )
    if shown:
        out.print(table)
    else:
        out.print(say("cli.review.nothing"), markup=False)
    if hidden:
        said = "；".join(finding.because.text(lang) for finding in hidden)
        out.print(say("cli.review.notes").format(count=len(hidden), first=said), style="dim", markup=False)
    _coverage(one)


def _coverage(one: Reviewed) -> None:
    covered, lang = one.coverage, current()
    for remark in one.remarks:
        console().print(remark.text(lang), style="yellow", markup=False)
    console().print(
        say("cli.review.coverage").format(
            read=covered.read, checked=covered.checked, unchecked=covered.unchecked, unread=len(covered.not_read)
        ),
        markup=False,
    )
    for hole in covered.not_read[:_MOST_HOLES]:
        where = f"{hole.place.text(lang)} " if hole.place is not None else ""
        console().print(f"  {where}{hole.why.text(lang)}", style="dim", markup=False)


def reports(many: Sequence[Reviewed]) -> None:
    """Print one row a report: how much must be corrected, how much explained, what was not read, and its total."""
    from rich.box import SIMPLE_HEAD  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415

    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    heads = [
        say("cli.review.head.file"),
        say("cli.severity.error"),
        say("cli.severity.warning"),
        say("cli.review.head.unread"),
        say("cli.review.head.total"),
    ]
    for head in heads:
        table.add_column(head, overflow="fold")
    for one in many:
        if one.problem is not None:
            table.add_row(one.name, "", "", "1", one.problem.what.text(current()), style="red")
            continue
        total = next((f"{t.printed or '—'} / {t.recomputed or '—'}" for t in one.totals), "—")
        table.add_row(
            one.name, str(one.count("error")), str(one.count("warning")), str(len(one.coverage.not_read)), total
        )
    console().print(table)
