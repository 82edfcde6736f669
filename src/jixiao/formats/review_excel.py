"""审核意见表: the list of opinions as Excel, out to the reporting unit and back with its answers.

    序号 | 问题类别 | 文件 | 位置 | 原文 | 核查结果 | 修改要求 | 单位回复 | 复核结论

The next round reads it back: an opinion that no longer stands is 已改, one that stands is 未改 unless its answer was
accepted (说明可接受), and one that was not there is 新增. A hidden last column carries what joins the rounds.
"""

from __future__ import annotations

import hashlib
from io import BytesIO
from typing import TYPE_CHECKING, Any, NamedTuple

from openpyxl import load_workbook

from jixiao import library
from jixiao.errors import CannotParse
from jixiao.findings import Message, Place
from jixiao.formats.opened import checked_archive
from jixiao.formats.zipped import reproducible

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from jixiao.findings import Finding
    from jixiao.review.report import Reviewed

HEADS = ("序号", "问题类别", "文件", "位置", "原文", "核查结果", "修改要求", "单位回复", "复核结论")
_WIDTHS = (6, 10, 24, 26, 30, 52, 34, 28, 14)
_KEY = "jixiao"
ACCEPTED = "说明可接受"
_HALF = 12  # a key is the digest of the file's name and that of what is said, each this long


class Opinion(NamedTuple):
    """One line of a list that came back: what joins the rounds, what was said, the answer and the conclusion."""

    key: str
    severity: str
    file: str
    place: str
    quote: str
    because: str
    remedy: str
    reply: str
    conclusion: str


def key_of(report: str, finding: Finding) -> str:
    """Return what makes an opinion the same one in the next round: file name, check, and what it is about.

    Figures may change between rounds, so only the check and the words around the figures count.
    """
    because = finding.because.args["because"] if finding.because.id == "review.agreed" else finding.because
    about = because.args.get("about") or because.args.get("subject") or because.args.get("name") or ""
    said = f"{because.id}|{about}|{finding.printed if not about else ''}"
    return f"{_digest(_file(report))}{_digest(said)}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:_HALF]


def _file(name: str) -> str:
    return name.rpartition("/")[2]


def opinions(reports: Sequence[Reviewed], earlier: Sequence[Opinion] = (), lang: str = "zh") -> bytes:
    """Return the workbook: a sheet of opinions, notes collapsed at the end, and a sheet with one row a report."""
    import xlsxwriter  # noqa: PLC0415

    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    head = book.add_format(
        {"bold": True, "border": 1, "align": "center", "valign": "vcenter", "text_wrap": True, "bg_color": "#E8EEF5"}
    )
    body = book.add_format({"border": 1, "valign": "top", "text_wrap": True})
    sheet = book.add_worksheet("审核意见")
    for column, (name, width) in enumerate(zip(HEADS, _WIDTHS, strict=True)):
        sheet.write_string(0, column, name, head)
        sheet.set_column(column, column, width)
    sheet.write_string(0, len(HEADS), _KEY, head)
    sheet.set_column(len(HEADS), len(HEADS), 4, None, {"hidden": True})
    for row, line in enumerate(lines(reports, earlier, lang), 1):
        for column, text in enumerate(line):
            sheet.write_string(row, column, text, body)
    sheet.freeze_panes(1, 0)
    sheet.data_validation(1, 8, 5000, 8, {"validate": "list", "source": ["已改", "未改", ACCEPTED, "新增"]})
    _summary(book, reports, head, body)
    book.set_properties({"created": _FIXED})
    book.close()
    return reproducible(out.getvalue())


def _fixed() -> Any:
    from datetime import datetime  # noqa: PLC0415

    return datetime(2000, 1, 1)  # noqa: DTZ001  (a constant, so that the same list has the same bytes)


_FIXED = _fixed()


def lines(reports: Sequence[Reviewed], earlier: Sequence[Opinion], lang: str = "zh") -> list[tuple[str, ...]]:
    """Return the rows of the list: this round's opinions with their earlier answers, then what has been corrected."""
    before = {opinion.key: opinion for opinion in earlier}
    present = {_file(report.name) for report in reports}
    renamed = {opinion.key[_HALF:]: opinion for opinion in earlier if opinion.file not in present}
    found: list[tuple[str, ...]] = []
    seen: set[str] = set()
    for report in reports:
        for finding in report.findings:
            key = key_of(report.name, finding)
            seen.add(key)
            old = before.get(key) or renamed.get(key[_HALF:])
            seen |= {old.key} if old else set()
            conclusion = (
                "" if not earlier else "新增" if old is None else ACCEPTED if old.conclusion == ACCEPTED else "未改"
            )
            where = "；".join(dict.fromkeys(where_text(place) for place in finding.places[:4]))
            quote = next((place.quote for place in finding.places if place.quote), finding.printed or "")
            found.append(
                (
                    str(len(found) + 1),
                    library.wording(f"cli.severity.{finding.severity}", lang),
                    _file(report.name),
                    where,
                    quote,
                    finding.because.text(lang),
                    finding.remedy.text(lang),
                    old.reply if old else "",
                    conclusion,
                    key,
                )
            )
    for opinion in earlier:
        if opinion.key and opinion.key not in seen:
            found.append(
                (
                    str(len(found) + 1),
                    opinion.severity,
                    opinion.file,
                    opinion.place,
                    opinion.quote,
                    opinion.because,
                    opinion.remedy,
                    opinion.reply,
                    "已改",
                    opinion.key,
                )
            )
    return found


def where_text(place: Place) -> str:
    """Return a place as a reader of the report finds it: page, table, row and column, or line."""
    parts = [f"第{place.page}页"] if place.page is not None else []
    if place.part:
        parts.append(place.part[:20])
    if place.row is not None:
        parts.append(
            f"{place.column}{place.row}" if isinstance(place.column, str) else f"第{place.row}行第{place.column}列"
        )
    elif place.line is not None:
        parts.append(f"第{place.line}段" if (place.file or "").lower().endswith(".docx") else f"第{place.line}行")
    return " ".join(parts)


def _summary(book: Any, reports: Sequence[Reviewed], head: Any, body: Any) -> None:
    sheet = book.add_worksheet("汇总")
    names = ("文件", "必改", "需说明", "提示", "读到数字", "已核对", "未读", "印作总分", "重算总分")
    for column, name in enumerate(names):
        sheet.write_string(0, column, name, head)
        sheet.set_column(column, column, 30 if column == 0 else 10)
    for row, report in enumerate(reports, 1):
        totals = report.totals[:1]
        values = (
            _file(report.name),
            str(report.count("error")),
            str(report.count("warning")),
            str(report.count("note")),
            str(report.coverage.read),
            str(report.coverage.checked),
            str(len(report.coverage.not_read) + (report.problem is not None)),
            (totals[0].printed or "—") if totals else "—",
            (totals[0].recomputed or "—") if totals else "—",
        )
        for column, value in enumerate(values):
            sheet.write_string(row, column, value, body)


def answers(path: Path) -> tuple[Opinion, ...]:
    """Return the opinions of a list that came back; `CannotParse` where the list is none of ours."""
    book = load_workbook(BytesIO(checked_archive(path)), data_only=True)
    sheet = book["审核意见"] if "审核意见" in book.sheetnames else book.worksheets[0]
    rows = [[("" if value is None else str(value)) for value in row] for row in sheet.iter_rows(values_only=True)]
    if not rows or rows[0][: len(HEADS)] != list(HEADS):
        raise CannotParse(
            Message("open.no_opinions"), remedy=Message("open.no_opinions.remedy"), place=Place(str(path))
        )
    found = []
    for row in rows[1:]:
        padded = [*row, *[""] * (len(HEADS) + 1 - len(row))]
        _, severity, file, place, quote, because, remedy, reply, conclusion, key = padded[: len(HEADS) + 1]
        if because:
            found.append(Opinion(key, severity, file, place, quote, because, remedy, reply, conclusion))
    return tuple(found)
