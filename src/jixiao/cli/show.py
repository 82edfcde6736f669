"""显示: values as a terminal shows them; results to stdout, everything else to stderr."""

from __future__ import annotations

import json
import sys
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jixiao.cli.language import current, say
from jixiao.findings import SEVERITIES, Finding, Place, Severity
from jixiao.indicators.indicator import Indicator, Measured, Typed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import Console

    from jixiao.errors import JixiaoError
    from jixiao.evaluation.assess import Assessment
    from jixiao.operations.explain import Explanation

_LONGEST = 90
_COLOURS: dict[Severity, str] = {"error": "bold red", "warning": "yellow", "note": "dim"}


def console(*, stderr: bool = False) -> Console:
    """Return a console that breaks lines where the terminal ends, or not at all in a pipe."""
    from rich.console import Console  # noqa: PLC0415  (Rich is loaded when something is shown)

    stream = sys.stderr if stderr else sys.stdout
    return Console(
        file=stream,
        highlight=False,
        soft_wrap=not stream.isatty(),
        width=None if stream.isatty() else 132,
    )


def as_json(document: dict[str, Any]) -> None:
    """Print one JSON document."""
    sys.stdout.write(json.dumps(document, ensure_ascii=False, indent=2) + "\n")


def error(problem: JixiaoError) -> None:
    """Print an error: where, what is wrong, what to do."""
    out, lang = console(stderr=True), current()
    where = f" {problem.place}" if problem.place else ""
    out.print(f"{say('cli.error')}{where}", style="bold red", markup=False)
    if problem.place is not None:
        _excerpt(out, problem.place)
    out.print(f"  {problem.what.text(lang)}", markup=False)
    if problem.remedy is not None:
        out.print(f"  {say('cli.remedy')}{problem.remedy.text(lang)}", markup=False)


def findings(found: Iterable[Finding]) -> None:
    """Print findings, the gravest first: place, what is wrong, what to do."""
    out, lang = console(stderr=True), current()
    for finding in found:
        where = "、".join(dict.fromkeys(str(place) for place in finding.places[:1]))
        out.print(
            f"{say(f'cli.severity.{finding.severity}')} {where}".rstrip(),
            style=_COLOURS[finding.severity],
            markup=False,
        )
        for place in finding.places[:1]:
            _excerpt(out, place)
        out.print(f"  {finding.because.text(lang)}", markup=False)
        out.print(f"  {say('cli.remedy')}{finding.remedy.text(lang)}", markup=False)


def _excerpt(out: Console, place: Place) -> None:
    """Print the line of a text file that a place names, as it stands but for numbers of persons."""
    line = _line(place.file, place.line).strip() if place.file and place.line else ""
    if line and line.isprintable():
        from jixiao.enrolment.identity import masked_within  # noqa: PLC0415

        line = masked_within(line)
        out.print(f"  {place.line} | {line[:_LONGEST]}{'…' if len(line) > _LONGEST else ''}", style="dim", markup=False)


def _line(file: str, number: int) -> str:
    """Return a line of a file of any size; nothing where it is no text."""
    try:
        with Path(file).open(encoding="utf-8") as lines:
            return next(islice(lines, number - 1, None), "")
    except (OSError, UnicodeDecodeError):
        return ""


def counts(found: Iterable[Finding]) -> None:
    """Print how many findings of each severity there are."""
    listed = list(found)
    counted = [(severity, sum(1 for finding in listed if finding.severity == severity)) for severity in SEVERITIES]
    text = "  ".join(f"{say(f'cli.severity.{severity}')} {count}" for severity, count in counted)
    console(stderr=True).print(text if listed else say("cli.nothing_found"), markup=False)


def scorecard(of: Assessment) -> None:
    """Print the scorecard as a table: sections with their indicators, the lost points standing out."""
    from rich.box import SIMPLE_HEAD  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415

    out, card, system = console(), of.card, of.evaluation.system("scored")
    if card is None or system is None:
        return
    table = Table(box=SIMPLE_HEAD, title=of.evaluation.head.project, title_style="bold", pad_edge=False)
    for head, justify in (
        ("indicator", "left"),
        ("target", "right"),
        ("actual", "right"),
        ("weight", "right"),
        ("score", "right"),
        ("rate", "right"),
    ):
        table.add_column(say(f"cli.head.{head}"), justify=justify)  # type: ignore[arg-type]
    for section in card.sections:
        rate, weight = section.rate(), section.weight()
        awarded = "" if section.awarded is None else f"{section.awarded.normalize():f}"
        table.add_row(
            f"{section.code} {section.name}",
            "",
            "",
            "" if weight is None else f"{weight.normalize():f}",
            awarded,
            str(rate.published(2)) if rate else "",
            style="bold",
        )
        for node, above in system.walk():
            if isinstance(node, Indicator) and above and above[0].code == section.code:
                _row(table, of, node)
    out.print(table)
    total = "—" if card.total is None else f"{card.total.normalize():f}"
    out.print(
        f"{say('cli.total')} [bold]{total}[/bold] / {card.full.normalize():f}    "
        f"{say('cli.grade')} [bold]{card.grade or '—'}[/bold]"
    )


def _row(table: Any, of: Assessment, node: Indicator) -> None:
    assert of.card is not None
    score, actual = of.card.scores.get(node.code), of.actuals.get(node.code)
    rate = score.rate() if score else None
    style = "" if score is None or score.awarded == score.full else "yellow"
    table.add_row(
        f"  {node.code} {node.name}", str(node.target or ""), str(actual or "—"), str(node.weight or ""),
        f"{score.awarded.normalize():f}" if score else "—", str(rate.published(2)) if rate else "", style=style,
    )  # fmt: skip


def explanation(of: Explanation) -> None:
    """Print how one score came about."""
    out, lang, node = console(), current(), of.indicator
    out.print(f"{node.code} {node.name}", style="bold", markup=False)
    out.print(f"  {' › '.join(of.groups)}", style="dim", markup=False)
    rows = [
        ("target", node.target),
        ("actual", of.actual),
        *_origin(of),
        ("criteria", node.criteria),
    ]
    for name, value in rows:
        if value:
            out.print(f"  {say(f'cli.head.{name}')}  {value}", markup=False)
    for step in of.score.steps if of.score else ():
        out.print(f"  · {step.what.text(lang)}", markup=False)
    if of.score:
        out.print(
            f"  {say('cli.head.score')}  {of.score.awarded.normalize():f} / {of.score.full.normalize():f}",
            style="bold",
            markup=False,
        )
    rest = [("authority", of.rule_authority), ("reason", of.reason.why if of.reason else None)]
    rest += [("evidence", entry.title) for entry in of.evidence]
    for name, text in rest:
        if text:
            out.print(f"  {say(f'cli.head.{name}')}  {text}", markup=False)


def _origin(of: Explanation) -> list[tuple[str, object]]:
    origin = of.actual.origin if of.actual else None
    if isinstance(origin, Measured):
        parts = "，".join(f"{name} = {part.text()}" for name, part in origin.parts.items())
        where = "，".join(f"{name} = {value}" for name, value in origin.where.items())
        inputs = "，".join(f"{name} {digest[:12]}" for name, digest in origin.digests.items())
        measured = f"{origin.source} · {origin.measure}{f' [{where}]' if where else ''}（{parts}）"
        return [("origin", measured), ("query", origin.query), ("inputs", inputs)]
    return [("origin", origin.document)] if isinstance(origin, Typed) else []
