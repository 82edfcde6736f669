"""核查名单工作簿: one office's case list as a workbook under a password, and the decisions read out of one that came back.

A county can open a workbook with a password and nothing better: agile encryption of OOXML, AES-256 (MS-OFFCRYPTO).
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

import msoffcrypto
import xlsxwriter
from msoffcrypto.exceptions import DecryptionError, FileFormatError, InvalidKeyError
from msoffcrypto.format.ooxml import OOXMLFile
from openpyxl import load_workbook

from jixiao.enrolment.cases import DECISION, DECISIONS, HEADS, REMARK
from jixiao.errors import CannotOpen, CannotParse
from jixiao.findings import Message, Place
from jixiao.formats.opened import opened

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from jixiao.enrolment.cases import Line

_SHEET = "核查名单"
_WIDTHS = (16, 22, 12, 22, 22, 8, 10, 12, 46, 30, 30, 12, 24)


class Decision(NamedTuple):
    """What an office decided about one line: its number, the decision (a word of `DECISIONS`), a remark."""

    id: str
    decision: str
    remark: str
    place: Place


def write(lines: Sequence[Line], title: str, password: str | None) -> bytes:
    """Return the workbook; without a password it lies open, which only tests and pseudonymised lists should ask for."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False})  # fmt: skip  # noqa: E501
    sheet = book.add_worksheet(_SHEET)
    shape = {"font_name": "宋体", "font_size": 10, "border": 1, "valign": "vcenter", "num_format": "@", "text_wrap": True}
    head, cell = book.add_format({**shape, "bold": True, "bg_color": "#F2F2F2", "align": "center"}), book.add_format(shape)
    entry = book.add_format({**shape, "locked": False, "bg_color": "#FFFBE6"})
    sheet.merge_range(0, 0, 0, len(HEADS) - 1, title, book.add_format({"bold": True, "font_size": 14, "align": "center"}))
    for column, (text, width) in enumerate(zip(HEADS, _WIDTHS, strict=True)):
        sheet.write_string(1, column, text, head)
        sheet.set_column(column, column, width)
    for row, line in enumerate(lines, start=2):
        for column, text in enumerate(line.texts):
            sheet.write_string(row, column, text, entry if column in (DECISION, REMARK) else cell)
    if lines:
        sheet.data_validation(2, DECISION, len(lines) + 1, DECISION, {"validate": "list", "source": list(DECISIONS)})
    sheet.freeze_panes(2, 3)
    sheet.autofilter(1, 0, len(lines) + 1, len(HEADS) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(1)
    book.close()
    return _locked(out.getvalue(), password) if password else out.getvalue()


def _locked(raw: bytes, password: str) -> bytes:
    out = BytesIO()
    OOXMLFile(BytesIO(raw)).encrypt(password, out)
    return out.getvalue()


def read(path: Path, password: str | None) -> list[Decision]:
    """Return the decisions in a list that came back; lines without one are left out.

    `CannotOpen` for a wrong password or another kind of file, `CannotParse` for a word that is no decision.
    """
    place = Place(str(path))
    try:
        raw = BytesIO(opened(path))
        office = msoffcrypto.OfficeFile(raw)
        if office.is_encrypted():
            plain = BytesIO()
            office.load_key(password=password or "")
            office.decrypt(plain)
            raw = plain
        raw.seek(0)
        book = load_workbook(raw, read_only=True, data_only=True)
        rows = list(book[_SHEET].iter_rows(values_only=True))
    except (DecryptionError, InvalidKeyError):
        raise CannotOpen(Message("cases.password"), remedy=Message("cases.password.remedy"), place=place) from None
    except (FileFormatError, KeyError, ValueError, OSError):
        raise CannotOpen(Message("cases.not_a_list"), remedy=Message("cases.not_a_list.remedy"), place=place) from None
    found = []
    for number, row in enumerate(rows[2:], start=3):
        texts = [str(cell or "").strip() for cell in (*row, *[None] * len(HEADS))]
        if not texts[DECISION]:
            continue
        at = Place(str(path), part=_SHEET, row=number, column="L")
        if texts[DECISION] not in DECISIONS:
            args = {"found": texts[DECISION], "known": list(DECISIONS)}
            raise CannotParse(Message("cases.decision", args), remedy=Message("cases.decision.remedy", args), place=at)
        found.append(Decision(texts[0], texts[DECISION], texts[REMARK], at))
    return found
