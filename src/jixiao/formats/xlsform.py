"""XLSForm: a questionnaire read from and written to the workbook that KoboToolbox and ODK use.

Sheets `survey` (one row a question), `choices` and `settings`. What the form cannot say (sample plan, validity rules,
satisfaction, pilot and revisions) stays behind when it is written; what is read and has no place here is a finding
with its sheet and row.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING

import xlsxwriter

from jixiao.errors import CannotParse
from jixiao.findings import Finding, Message, Place
from jixiao.formats import excel_read
from jixiao.formats.questionnaire_yaml import Read
from jixiao.formats.zipped import reproducible
from jixiao.surveys.questionnaire import Condition, Option, Question, Questionnaire, Section

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from jixiao.documents.document import Document
    from jixiao.findings import Severity

_META = frozenset(
    {"start", "end", "today", "deviceid", "username", "audit", "phonenumber", "email", "simserial", "calculate"}
)
_EQUALS = re.compile(r"\$\{(?P<code>\w+)\}\s*=\s*['\"]?(?P<option>[\w.-]+)['\"]?")
_SELECTED = re.compile(r"selected\(\s*\$\{(?P<code>\w+)\}\s*,\s*['\"](?P<option>[\w.-]+)['\"]\s*\)")
_AT_MOST = re.compile(r"\$\{(?P<code>\w+)\}\s*(?P<sign><=|<)\s*(?P<points>\d+)")
_OTHER = Option("other", "其他")
_FIXED = datetime(2000, 1, 1)  # noqa: DTZ001  (a constant, so that the same form has the same bytes)


@dataclass(frozen=True, slots=True)
class _Row:
    """One row of a sheet by the heads of its columns."""

    values: dict[str, str]
    place: Place

    def __getitem__(self, name: str) -> str:
        """Return the text under a head; a label may stand in a column of one language (`label::中文`)."""
        named = (head for head in self.values if head == name or head.startswith(f"{name}::"))
        return next((text for head in named if (text := self.values[head].strip())), "")


class _Reader:
    """Collects questions, places and findings from the rows of the survey sheet."""

    def __init__(self, choices: dict[str, tuple[Option, ...]]) -> None:
        self.choices = choices
        self.sections: list[Section] = []
        self.open: list[Section] = []
        self.notes: list[tuple[int, str]] = []
        self.places: dict[str, Place] = {}
        self.findings: list[Finding] = []

    def row(self, row: _Row) -> None:
        kind, _, rest = re.sub(r"\s+", " ", row["type"]).strip().partition(" ")
        if kind in ("begin_group", "end_group") or (kind in ("begin", "end") and rest == "group"):
            self.group(row, begins=kind.startswith("begin"))
        elif kind == "note":
            self.notes.append((len(self.sections), row["label"]))
        elif kind in _META:
            return
        elif kind in ("select_one", "select_multiple", "text", "range", "integer"):
            question = self.question(kind, rest, row)
            if question is not None:
                self.places[f"questions/{question.code}"] = row.place
                self.add(question)
        else:
            self.wrong("type", "warning", row, type=row["type"] or "—")

    def group(self, row: _Row, *, begins: bool) -> None:
        if begins and self.open:
            self.wrong("nested", "note", row, label=row["label"])
        if begins:
            self.open.append(Section(row["label"] or row["name"], ()))
            if len(self.open) == 1:
                self.sections.append(self.open[0])
        elif self.open:
            self.open.pop()
        else:
            self.wrong("end", "error", row)

    def add(self, question: Question) -> None:
        if not self.open and (not self.sections or self.sections[-1].title):
            self.sections.append(Section("", ()))
        last = self.sections[-1]
        self.sections[-1] = replace(last, questions=(*last.questions, question))

    def question(self, kind: str, rest: str, row: _Row) -> Question | None:
        code = row["name"]
        if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_]*", code):
            self.wrong("name", "error", row, name=code or "—")
            return None
        if not row["label"]:
            self.wrong("label", "error", row, name=code)
        required = row["required"].lower() in ("yes", "true", "true()", "1")
        shown = self.condition(row)
        asked = Question(code, "text", row["label"], required=required, hint=row["hint"] or None, shown_when=shown)
        if kind in ("range", "integer"):
            return self.scale(asked, kind, row)
        return asked if kind == "text" else self.choice(asked, kind, rest, row)

    def choice(self, asked: Question, kind: str, rest: str, row: _Row) -> Question | None:
        name, _, extra = rest.partition(" ")
        options = self.choices.get(name)
        if options is None:
            self.wrong("list", "error", row, list=name or "—", known=sorted(self.choices))
            return None
        if kind == "select_multiple":
            return replace(asked, kind="multiple", options=options)
        low, high = _points(options)
        if high and "likert" in row["appearance"]:
            return replace(asked, kind="scale", low=low, high=high)
        if extra == "or_other":
            options = (*options, _OTHER)
        return replace(asked, kind="consent" if name.partition("_")[0] == "consent" else "single", options=options)

    def scale(self, asked: Question, kind: str, row: _Row) -> Question | None:
        given = dict(part.split("=", 1) for part in row["parameters"].split() if "=" in part)
        low, high, step = (given.get(name, "") for name in ("start", "end", "step"))
        if kind == "range" and low.isdecimal() and high.isdecimal() and step in ("", "1"):
            return replace(asked, kind="scale", low=int(low), high=int(high))
        self.wrong("type", "warning", row, type=f"{kind} {row['parameters']}".strip())
        return None

    def condition(self, row: _Row) -> Condition | None:
        written = row["relevant"]
        if not written:
            return None
        found = condition(written)
        if found is None:
            self.wrong("relevant", "warning", row, relevant=written)
        return found

    def wrong(self, what: str, severity: Severity, row: _Row, /, **args: object) -> None:
        said, remedy = Message(f"survey.xlsform.{what}", args), Message(f"survey.xlsform.{what}.remedy", args)
        self.findings.append(Finding("xlsform", severity, said, remedy, places=(row.place,)))


def read(path: Path) -> Read:
    """Return the questionnaire of a workbook; `CannotParse` where it has no sheet `survey` with type and name."""
    document = excel_read.read(path)
    survey = list(_rows(document, "survey"))
    if not survey or not {"type", "name"} <= set(survey[0].values):
        known = [table.name or "" for table in document.tables()]
        said = Message("survey.xlsform.no_survey", {"sheets": known})
        raise CannotParse(said, remedy=Message("survey.xlsform.no_survey.remedy"), place=Place(str(path)))
    reader = _Reader(_choices(_rows(document, "choices")))
    for row in survey:
        reader.row(row)
    if reader.open:
        reader.wrong("open", "error", survey[-1], label=reader.open[-1].title)
    settings = next(_rows(document, "settings"), _Row({}, Place(str(path))))
    before = [text for at, text in reader.notes if at == 0]
    after = [text for at, text in reader.notes if at > 0]
    form = Questionnaire(
        settings["form_id"] or path.stem,
        settings["form_title"] or path.stem,
        tuple(section for section in reader.sections if section.questions),
        version=settings["version"] or "1",
        intro="\n".join(before) or None,
        thanks="\n".join(after) or None,
    )
    return Read(form, reader.places, tuple(reader.findings))


def _rows(document: Document, name: str) -> Iterator[_Row]:
    """Yield the rows of a sheet that hold anything, below its first row of heads."""
    table = next((table for table in document.tables() if (table.name or "").strip().lower() == name), None)
    if table is None:
        return
    heads = [cell.text.strip().lower() if cell else "" for cell in table.grid[0]]
    for line in table.grid[1:]:
        values = {head: cell.text for head, cell in zip(heads, line, strict=True) if head and cell is not None}
        if any(text.strip() for text in values.values()):
            first = next(cell for cell in line if cell is not None)
            yield _Row(values, replace(first.place or Place(), column=None))


def _choices(rows: Iterator[_Row]) -> dict[str, tuple[Option, ...]]:
    found: dict[str, tuple[Option, ...]] = {}
    for row in rows:
        name = row["list_name"] or row["list name"]
        found[name] = (*found.get(name, ()), Option(row["name"], row["label"] or row["name"]))
    return found


def _points(options: Sequence[Option]) -> tuple[int, int]:
    """Return the lowest and highest of options that are points following each other, (0, 0) for any others."""
    codes = [int(option.code) for option in options if option.code.isdecimal()]
    ordered = codes == sorted(codes) or codes == sorted(codes, reverse=True)
    whole = len(codes) == len(options) > 1 and max(codes) - min(codes) == len(codes) - 1
    return (min(codes), max(codes)) if whole and ordered else (0, 0)


def condition(written: str) -> Condition | None:
    """Return the condition that a `relevant` states, None for one that is more than questions × options.

    >>> condition("${S1} <= 2 or ${S2} < 3")
    Condition(questions=('S1', 'S2'), options=(), at_most=2)
    >>> condition("${Q1} = 'A' and ${Q2} = 'B'") is None
    True
    """
    pairs: list[tuple[str, str]] = []
    points: list[tuple[str, int]] = []
    for term in re.split(r"\s+or\s+", written.strip()):
        bare = term.strip()
        found = _EQUALS.fullmatch(bare) or _SELECTED.fullmatch(bare)
        limit = _AT_MOST.fullmatch(bare)
        if found:
            pairs.append((found["code"], found["option"]))
        elif limit:
            points.append((limit["code"], int(limit["points"]) - (limit["sign"] == "<")))
        else:
            return None
    codes = tuple(dict.fromkeys(code for code, _ in (*pairs, *points)))
    options = tuple(dict.fromkeys(option for _, option in pairs))
    limits = {limit for _, limit in points}
    if (pairs and points) or len(limits) > 1 or (pairs and len(set(pairs)) != len(codes) * len(options)):
        return None
    return Condition(codes, options, limits.pop() if limits else None)


def write(form: Questionnaire) -> bytes:
    """Return the workbook of a questionnaire; the same questionnaire gives the same bytes."""
    survey: list[list[str]] = [["type", "name", "label", "hint", "required", "relevant", "appearance"]]
    survey += [["start", "start", *[""] * 5], ["end", "end", *[""] * 5]]
    choices: list[list[str]] = [["list_name", "name", "label"]]
    lists: dict[str, tuple[Option, ...]] = {}
    if form.intro:
        survey.append(["note", "intro", form.intro, *[""] * 4])
    for number, section in enumerate(form.sections, 1):
        if section.title:
            survey.append(["begin_group", f"group_{number}", section.title, *[""] * 4])
        survey += [_written(question, form, lists) for question in section.questions]
        if section.title:
            survey.append(["end_group", *[""] * 6])
    if form.thanks:
        survey.append(["note", "thanks", form.thanks, *[""] * 4])
    for name, options in lists.items():
        choices += [[name, option.code, option.text] for option in options]
    settings = [["form_title", "form_id", "version", "default_language"], [form.title, form.id, form.version, ""]]
    return _book({"survey": survey, "choices": choices, "settings": settings})


def _written(question: Question, form: Questionnaire, lists: dict[str, tuple[Option, ...]]) -> list[str]:
    kind = "text"
    if question.kind != "text":
        shared = {"scale": f"points_{question.low}_{question.high}", "consent": "consent"}
        name = shared.get(question.kind, f"list_{question.code}")
        if lists.setdefault(name, question.choices()) != question.choices():
            name = f"{name}_{question.code}"
            lists[name] = question.choices()
        kind = f"{'select_multiple' if question.kind == 'multiple' else 'select_one'} {name}"
    shown = relevant(question.shown_when, form) if question.shown_when else ""
    required = "yes" if question.required else "no"
    appearance = "likert" if question.kind == "scale" else ""
    return [kind, question.code, question.text, question.hint or "", required, shown, appearance]


def relevant(asked: Condition, form: Questionnaire) -> str:
    """Return a condition as the `relevant` of XLSForm."""
    if asked.at_most is not None:
        return " or ".join(f"${{{code}}} <= {asked.at_most}" for code in asked.questions)
    terms = []
    for code in asked.questions:
        other = form.question(code)
        shape = "selected(${{{}}}, '{}')" if other and other.kind == "multiple" else "${{{}}} = '{}'"
        terms += [shape.format(code, option) for option in asked.options]
    return " or ".join(terms)


def _book(sheets: dict[str, list[list[str]]]) -> bytes:
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": _FIXED})
    head, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for at, row in enumerate(rows):
            for column, text in enumerate(row):
                if text:
                    sheet.write_string(at, column, text, head if at == 0 else wrapped)
        sheet.set_column(0, len(rows[0]) - 1, 22)
        sheet.freeze_panes(1, 0)
    book.close()
    return reproducible(out.getvalue())
