"""审核意见表: the list of opinions as Excel, out to the reporting unit and back with its answers.

    序号 | 问题类别 | 文件 | 位置 | 原文 | 核查结果 | 修改要求 | 单位回复 | 复核结论

A hidden last column carries what joins the rounds; a second sheet has one row a report.
"""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from openpyxl import load_workbook

from jixiao.errors import CannotParse
from jixiao.findings import Message, Place
from jixiao.formats import convert
from jixiao.formats.opened import checked_archive
from jixiao.formats.spacing import lines
from jixiao.formats.zipped import reproducible
from jixiao.review.rounds import CONCLUSIONS, Opinion, names

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from jixiao.review.report import Reviewed

HEADS = ("序号", "问题类别", "文件", "位置", "原文", "核查结果", "修改要求", "单位回复", "复核结论")
_WIDTHS = (5, 9, 18, 22, 24, 46, 26, 26, 11)
_SUMMARY = ("文件", "标题", "必改", "需说明", "提示", "读到数字", "已核对", "未读", "印作总分", "重算总分", "说明")
_SUMMARY_WIDTHS = (26, 40, 7, 7, 7, 9, 9, 7, 10, 10, 40)
_TITLES = ("审核意见", "汇总")
_KEY = "jixiao"
_CENTRED = (0, 1, 8)
_POINTS_A_LINE, _HIGHEST = 14, 400
_FIXED = datetime(2000, 1, 1)  # noqa: DTZ001  (a constant, so that the same list has the same bytes)


def written(reports: Sequence[Reviewed], opinions: Sequence[Opinion]) -> bytes:
    """Return the workbook: a sheet of opinions and a sheet with one row a report, both laid out for A4."""
    import xlsxwriter  # noqa: PLC0415

    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": _FIXED})
    listed = [_texts(number, opinion) for number, opinion in enumerate(opinions, 1)]
    sheet = _sheet(book, _TITLES[0], dict(zip(HEADS, _WIDTHS, strict=True)), listed, _CENTRED)
    key = book.add_format({"font_color": "#808080"})
    sheet.set_column(len(HEADS), len(HEADS), 4, None, {"hidden": True})
    for row, text in enumerate([_KEY, *(opinion.key for opinion in opinions)]):
        sheet.write_string(row, len(HEADS), text, key)
    sheet.autofilter(0, 0, max(1, len(listed)), len(HEADS) - 1)
    sheet.data_validation(1, 8, 5000, 8, {"validate": "list", "source": list(CONCLUSIONS)})
    rows = [_summary(report, name) for report, name in zip(reports, names(reports), strict=True)]
    _sheet(book, _TITLES[1], dict(zip(_SUMMARY, _SUMMARY_WIDTHS, strict=True)), rows, range(2, 10))
    book.close()
    return reproducible(out.getvalue())


def _sheet(book: Any, title: str, heads: dict[str, int], rows: Sequence[Sequence[str]], centred: Sequence[int]) -> Any:
    """Return a sheet of texts, its head repeated on every page, as wide as A4 across and rows as high as their text."""
    plain = {
        "border": 1,
        "border_color": "#9AA0A6",
        "valign": "vcenter",
        "text_wrap": True,
        "font_name": "宋体",
        "font_size": 10,
    }
    head = book.add_format({**plain, "bold": True, "align": "center", "bg_color": "#EDEFF2"})
    left, centre = book.add_format(plain), book.add_format({**plain, "align": "center"})
    sheet = book.add_worksheet(title)
    for column, (name, width) in enumerate(heads.items()):
        sheet.write_string(0, column, name, head)
        sheet.set_column(column, column, width)
    sheet.set_row(0, 24)
    for row, line in enumerate(rows, 1):
        for column, text in enumerate(line):
            sheet.write_string(row, column, text, centre if column in centred else left)
        high = max(lines(text, width - 1) for text, width in zip(line, heads.values(), strict=True))
        sheet.set_row(row, min(_HIGHEST, (max(1, high) + 0.6) * _POINTS_A_LINE))
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.5, right=0.5, top=0.9, bottom=0.7)
    sheet.repeat_rows(0)
    sheet.set_header(f'&C&"黑体"&16绩效报告{title}表')
    sheet.set_footer("&C第 &P 页，共 &N 页")
    return sheet


def _texts(number: int, one: Opinion) -> tuple[str, ...]:
    said = (one.severity, one.file, one.place, one.quote, one.because, one.remedy, one.reply, one.conclusion)
    return (str(number), *said)


def _summary(report: Reviewed, name: str) -> tuple[str, ...]:
    total = report.totals[0] if report.totals else None
    counts = (report.count("error"), report.count("warning"), report.count("note"))
    covered = (report.coverage.read, report.coverage.checked, report.unread)
    totals = (total.printed or "—", total.recomputed or "—") if total is not None else ("—", "—")
    remarks = [remark.text() for remark in report.remarks]
    remarks += [report.problem.what.text()] if report.problem is not None else []
    return (name, report.title, *(str(count) for count in (*counts, *covered)), *totals, "；".join(remarks))


def answers(path: Path) -> tuple[Opinion, ...]:
    """Return the opinions of a list that came back; `CannotParse` where the list is none of ours.

    A list that was saved as .xls or .et is converted. Where the hidden column got lost, what is said joins the rounds.
    """
    if path.suffix.lower() in convert.BOOKS:
        with convert.converted(path) as other:
            return answers(other)
    book = load_workbook(BytesIO(checked_archive(path)), data_only=True)
    sheet = book[_TITLES[0]] if _TITLES[0] in book.sheetnames else book.worksheets[0]
    rows = [[("" if value is None else str(value).strip()) for value in row] for row in sheet.values]
    top = next((at for at, row in enumerate(rows) if row[: len(HEADS)] == list(HEADS)), None)
    if top is None:
        raise CannotParse(
            Message("open.no_opinions"), remedy=Message("open.no_opinions.remedy"), place=Place(str(path))
        )
    found = []
    for row in rows[top + 1 :]:
        padded = [*row, *[""] * (len(HEADS) + 1 - len(row))]
        _, severity, file, place, quote, because, remedy, reply, conclusion, key = padded[: len(HEADS) + 1]
        if because:
            found.append(Opinion(key, severity, file, place, quote, because, remedy, reply, conclusion))
    return tuple(found)
