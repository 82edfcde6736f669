"""认回数字: the quoted values of an edited paragraph, beside the paragraph as we wrote it.

A control that still says its path is taken at its word. One that lost its name, and a figure whose control is gone, is
known by where it stands in the sentence; one that was typed over there is still that figure, with another text.

>>> ours = Paragraph.of([Run("得"), Run("93.7", bind="scored/score"), Run("分。")])
>>> rebound(ours, Paragraph("共得94.7分，很好。")).runs[1]
Run(text='94.7', bold=False, value=None, bind='scored/score')
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from jixiao.documents.controls import NAMELESS
from jixiao.documents.document import Paragraph, Run

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_FIGURE = re.compile(r"[≥≤><=约超近]*[−-]?\d[\d,.年月日]*(?:[%％‰]|[\u4e00-\u9fff]{0,4})?")


def rebound(ours: Paragraph, theirs: Paragraph) -> Paragraph:
    """Return their paragraph with the values that are ours bound to their paths again."""
    runs = list(theirs.runs or (Run(theirs.text),))
    nameless = [run for run in runs if run.bind and run.bind.startswith(NAMELESS)]
    named = {run.bind for run in runs if run.bind} - {run.bind for run in nameless}
    wanted = [run for run in ours.runs if run.bind and run.bind not in named]
    if nameless and len(nameless) == len(wanted):
        paths = {run.bind: own.bind for run, own in zip(nameless, wanted, strict=True)}
        runs = [Run(run.text, run.bold, run.value, paths.get(run.bind, run.bind)) for run in runs]
    else:
        runs = [Run(run.text, run.bold) if run in nameless else run for run in runs]
        runs = list(_bound(ours, runs, wanted))
    return Paragraph(theirs.text, theirs.kind, theirs.place, tuple(run for run in runs if run.text))


def unnamed(theirs: Paragraph) -> Paragraph:
    """Return a paragraph that we did not write: what lost its name in it is plain text."""
    runs = [Run(run.text, run.bold) if (run.bind or "").startswith(NAMELESS) else run for run in theirs.runs]
    return Paragraph(theirs.text, theirs.kind, theirs.place, tuple(runs))


def _bound(ours: Paragraph, runs: list[Run], wanted: Sequence[Run]) -> Iterator[Run]:
    """Yield runs with the wanted values bound where the texts of both paragraphs meet."""
    spans = _spans(ours, "".join(run.text for run in runs), wanted) if wanted else {}
    at = 0
    for run in runs:
        start, end = at, at + len(run.text)
        inside = [] if run.bind else sorted(span for span in spans if start <= span[0] and span[1] <= end)
        for first, last in inside:
            if first < at:
                continue
            yield Run(run.text[at - start : first - start], run.bold)
            yield Run(run.text[first - start : last - start], run.bold, None, spans[first, last])
            at = last
        yield run if run.bind else Run(run.text[at - start :], run.bold)
        at = end


def _spans(ours: Paragraph, text: str, wanted: Sequence[Run]) -> dict[tuple[int, int], str]:
    """Return where in a text the wanted values stand, and the path of each."""
    whole = "".join(run.text for run in ours.runs)
    met: dict[int, int] = {}
    for i, j, size in SequenceMatcher(None, whole, text, autojunk=False).get_matching_blocks():
        met |= {i + step: j + step for step in range(size)}
    found: dict[tuple[int, int], str] = {}
    start = 0
    for run in ours.runs:
        end = start + len(run.text)
        if run.bind and any(run is one for one in wanted):
            span = _span(met, (start, end), text)
            if span is not None and not any(span[0] < last and first < span[1] for first, last in found):
                found[span] = run.bind
        start = end
    return found


def _span(met: dict[int, int], ours: tuple[int, int], text: str) -> tuple[int, int] | None:
    """Return where the value stands in the other text: as it was, or as one figure between the same words."""
    start, end = ours
    theirs = [met.get(at) for at in range(start, end)]
    if theirs and theirs[0] is not None and theirs == list(range(theirs[0], theirs[0] + len(theirs))):
        return theirs[0], theirs[0] + len(theirs)
    before = max((met[at] + 1 for at in met if at < start), default=0)
    after = min((met[at] for at in met if at >= end), default=len(text))
    between = text[before:after] if before < after else ""
    trimmed = between.strip("，。；、（） ")
    if trimmed and _FIGURE.fullmatch(trimmed):
        first = before + between.index(trimmed)
        return first, first + len(trimmed)
    return None
