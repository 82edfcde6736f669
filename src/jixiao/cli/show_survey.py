"""显示问卷: an analysis as a terminal shows it: counts, shares with their bases, satisfaction, reliability."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jixiao.cli.language import current, say
from jixiao.cli.show import console
from jixiao.findings import Message

if TYPE_CHECKING:
    from jixiao.surveys.analysis import Analysis, Asked


def analysis(of: Analysis) -> None:
    """Print an analysis to stdout."""
    out, lang = console(), current()
    tally = of.tally
    out.print(of.form.title, style="bold", markup=False)
    out.print(say("cli.survey.counts").format(returned=tally.returned, valid=tally.valid), markup=False)
    for asked in of.asked:
        _asked(out, asked, lang)
    rows: list[tuple[str, Any]] = [("overall", of.satisfaction)]
    if not isinstance(of.satisfaction, Message):
        rows = [("overall", of.satisfaction.rate), *((item.text, item.rate) for item in of.satisfaction.items)]
    rows += [("stratified", of.stratified), ("importance", of.importance), ("awareness", of.awareness)]
    rows.append(("alpha", of.reliability if isinstance(of.reliability, Message) else of.reliability.value))
    if not isinstance(of.validity, Message):
        rows += [(f"r {item.code}", f"{item.r:.4f}") for item in of.validity]
    rows.append(("kmo", of.suitability if isinstance(of.suitability, Message) else of.suitability.kmo))
    out.print()
    for name, value in rows:
        if value is not None:
            own = name in ("overall", "stratified", "importance", "awareness", "alpha", "kmo")
            out.print(f"{say(f'cli.survey.{name}') if own else '  ' + name}  {_printed(value, lang)}", markup=False)


def _printed(value: Any, lang: str) -> str:
    if isinstance(value, Message):
        return value.text(lang)
    return value if isinstance(value, str) else str(value.published(2 if value.unit.name else 4))


def _asked(out: Any, asked: Asked, lang: str) -> None:
    from rich.box import SIMPLE_HEAD  # noqa: PLC0415  (Rich is loaded when something is shown)
    from rich.table import Table  # noqa: PLC0415

    if asked.why is not None:
        out.print(f"{asked.question.code} {asked.why.text(lang)}", markup=False)
        return
    many = asked.question.kind == "multiple"
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    table.add_column(f"{asked.question.code} {asked.question.text}", overflow="fold")
    for head in ("chosen", "of_answers", *(("of_selections",) if many else ()), "interval"):
        table.add_column(say(f"cli.survey.{head}"), justify="right")
    for share in asked.shares:
        ends = f"{share.interval.low.published(2)}～{share.interval.high.published(2)}"
        of_all = [str(share.of_selections.published(2))] if share.of_selections is not None else []
        table.add_row(share.option.text, str(share.chosen), str(share.of_answers.published(2)), *of_all, ends)
    out.print(table)
