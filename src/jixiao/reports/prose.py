"""行文: sentences whose every figure is quoted from a path of the assessed Evaluation.

A quotation is a `Run`: its printed text, the exact value and the path. A sentence is a `Message` whose arguments are
quotations, texts or further messages.
"""

from __future__ import annotations

from decimal import Decimal
from string import Formatter
from typing import TYPE_CHECKING, Any, NamedTuple

from jixiao import library
from jixiao.documents.document import Paragraph, Run
from jixiao.evaluation.published import published
from jixiao.figures.actual import Checked, Echo, Level, Verdict
from jixiao.figures.dates import When, day
from jixiao.figures.figure import Figure
from jixiao.figures.target import Target
from jixiao.figures.units import Unit
from jixiao.figures.unread import Unread
from jixiao.findings import Message
from jixiao.indicators.indicator import Actual

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jixiao.evaluation.assess import Assessment

EMPTY = "—"
_IN_YI, _YI = ("funds/tables/accounts/", "funds/tables/composition/"), Unit("亿元", "元", 10**8)  # as their forms print
_VALUES = (Figure, Target, Actual, Unread, When, Level, Checked, Verdict, Echo, str, int, Decimal, type(None))


class Row(NamedTuple):
    """Messages in a row with a mark between them."""

    parts: tuple[Message, ...]
    mark: str


def quoted(of: Assessment, path: str) -> Run:
    """Return the quotation of the value at a path, `—` where nothing stands.

    `KeyError` for a path that cannot be, and for one that names a part of the evaluation instead of a value in it.
    """
    value = published(of, path)
    if not isinstance(value, _VALUES):
        raise KeyError(path)
    return Run(printed(path, value), value=value.value if isinstance(value, Actual) else value, bind=path)


def printed(path: str, value: Any) -> str:
    """Return a value as running text prints it: computed figures to two decimals, money always with its unit."""
    if isinstance(value, Figure):
        if path.startswith(_IN_YI) and value.unit.base == _YI.base:
            value = value.in_unit(_YI)
        shown = value.published(2) if value.spelt is None else value
        said = shown.text() if path.startswith("funds/") else str(shown)
        return said.replace("-", "−")  # the sign of subtraction stays on the line of its number
    if isinstance(value, Target) and value.kind == "equal":
        return str(value).removeprefix("=")
    if path.endswith("as_of") and value:
        return str(day(str(value)) or value)
    return str(value) if value not in (None, "") else EMPTY


def project(of: Assessment) -> Message:
    """Return the project by its name, which gets 项目 behind it where it does not end so."""
    named = (of.evaluation.head.project or "").endswith("项目")
    return Message("report.project_named" if named else "report.project", {"project": quoted(of, "head/project")})


def paragraph(*sentences: Message, kind: str = "body") -> Paragraph:
    """Return one paragraph of these sentences."""
    return Paragraph.of((run for sentence in sentences for run in runs(sentence)), kind)


def runs(message: Message, lang: str = "zh") -> Iterator[Run]:
    """Yield the runs of a message: its own words, and its arguments with what they quote."""
    for words, name, _, _ in Formatter().parse(library.wording(message.id, lang)):
        yield Run(words)
        if name is not None:
            yield from _argument(message.args[name], lang)


def sentence(message: Message) -> str:
    """Return a message as plain text."""
    return "".join(run.text for run in runs(message))


def _argument(value: Any, lang: str) -> Iterator[Run]:
    if isinstance(value, Run):
        yield value
    elif isinstance(value, Message):
        yield from runs(value, lang)
    elif isinstance(value, list | Row):
        row = value if isinstance(value, Row) else Row(tuple(value), "、" if lang == "zh" else ", ")
        for number, item in enumerate(row.parts):
            yield Run(row.mark if number else "")
            yield from _argument(item, lang)
    else:
        yield Run(str(value))


def joined(parts: Iterable[Message], mark: str = "；") -> Row:
    """Return messages with a mark between them, as an argument that prints in a row."""
    return Row(tuple(parts), mark)


def clause(text: str) -> str:
    """Return a text without the stop at its end, to stand inside a sentence.

    >>> clause("按季监测。")
    '按季监测'
    """
    return text.strip().rstrip("。．.；;，,")
