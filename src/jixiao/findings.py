"""发现: what is wrong in somebody's data, as values that can be collected, shown, stored and exported.

A `Message` is an id with arguments; it becomes a sentence at the edge, in the language asked for.

>>> Message("finding.remedy.none", {}).text("zh")
'无需处理。'
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from jixiao import library

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Severity = Literal["error", "warning", "note"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")
_LONGEST_PART = 24
_PARAGRAPHS = (".docx", ".docm", ".doc", ".wps", ".rtf", ".odt")  # files of which readers count paragraphs


class Message(NamedTuple):
    """A sentence to be: the id of its wording and the arguments that fill it.

    Arguments are text, figures or further messages; nothing is formatted before `text` is called.
    """

    id: str
    args: Mapping[str, Any] = {}

    def text(self, lang: str = "zh") -> str:
        """Return the sentence in one of `library.LANGUAGES`."""
        filled = {key: said(value, lang) for key, value in self.args.items()}
        return library.wording(self.id, lang).format_map(filled)


def said(value: object, lang: str = "zh") -> str:
    """Return how an argument of a message is spoken: a message in its language, a list joined, else its text."""
    if isinstance(value, Message):
        return value.text(lang)
    if isinstance(value, list | tuple) and not hasattr(value, "_fields"):
        return ("、" if lang == "zh" else ", ").join(said(item, lang) for item in value)
    return str(value)


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: a file, and in it a line, a sheet with its cell, or a page with a table's cell.

    Lines, rows and pages count from 1; `column` is a letter in a sheet and a number elsewhere.
    """

    file: str | None = None
    part: str | None = None
    page: int | None = None
    line: int | None = None
    row: int | None = None
    column: str | int | None = None
    quote: str | None = None

    def __str__(self) -> str:
        """Return the place in the shortest form a person can follow: `evaluation.yaml:48`, `表.xlsx 附件1!C12`."""
        if self.line is not None:
            return f"{self.file or ''}:{self.line}"
        cell = (
            ""
            if self.row is None
            else f"{self.column or ''}{self.row}"
            if isinstance(self.column, str)
            else f"R{self.row}C{self.column}"
        )
        part = "!".join(piece for piece in (self.part, cell) if piece)
        page = f"p{self.page}" if self.page is not None else ""
        return " ".join(piece for piece in (self.file, page, part) if piece)

    def text(self, lang: str = "zh") -> str:
        """Return the place as a reader of its file finds it: page, table or sheet, row and column, paragraph or line.

        >>> Place("报告.pdf", "表2", page=5, row=3, column=4).text()
        '第5页 表2 第3行第4列'
        """
        page = "" if self.page is None else Message("place.page", {"page": self.page}).text(lang)
        part = (self.part or "").partition("\n")[0][:_LONGEST_PART]
        pieces = [piece for piece in (page, part, self._cell(lang), self._line(lang)) if piece]
        return " ".join(pieces) or (self.file or "").rpartition("/")[2]

    def _cell(self, lang: str) -> str:
        if self.row is None:
            return ""
        if isinstance(self.column, str):
            return f"{self.column}{self.row}"
        return Message("place.cell", {"row": self.row, "column": self.column}).text(lang)

    def _line(self, lang: str) -> str:
        """Return the line; in Word files it counts paragraphs, in plain text beside a table's cell it stands last."""
        if self.line is None:
            return ""
        if self.row is not None:
            return Message("place.beside", {"line": self.line}).text(lang)
        words = (self.file or "").lower().endswith(_PARAGRAPHS)
        return Message("place.paragraph" if words else "place.line", {"line": self.line}).text(lang)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that does not add up or is missing.

    `severity`: error (必改: a published figure, amount, year or subject is wrong), warning (需说明: a reason or
    a proof is owed), note (提示: form and style). `paths` name values of an Evaluation; readers turn them into
    `places`. `printed` and `expected` are figures or texts as they would be printed. `cause` joins findings
    that have one cause.
    """

    check: str
    severity: Severity
    because: Message
    remedy: Message = Message("finding.remedy.none", {})
    paths: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
    printed: str | None = None
    expected: str | None = None
    authority: str | None = None
    cause: str | None = field(default=None, compare=False)


def worst(findings: Iterable[Finding]) -> Severity | None:
    """Return the gravest severity that stands, or None when there is no finding.

    >>> worst([Finding("x", "note", Message("a")), Finding("x", "error", Message("b"))])
    'error'
    """
    present = {finding.severity for finding in findings}
    return next((severity for severity in SEVERITIES if severity in present), None)


def ordered(findings: Iterable[Finding]) -> list[Finding]:
    """Return findings with the gravest first, and in their given order within one severity."""
    return sorted(findings, key=lambda finding: SEVERITIES.index(finding.severity))
