"""核查名单工作簿: one office's case list under a password, and the decisions in one that came back.

A county can open a workbook with a password and nothing better: agile encryption of OOXML, AES-256 (MS-OFFCRYPTO).
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple
from zipfile import BadZipFile

import xlsxwriter

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
    return sheet(HEADS, [line.texts for line in lines], title, password, _WIDTHS)


def sheet(
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    title: str,
    password: str | None,
    widths: Sequence[int] = (),
) -> bytes:
    """Return a list as a workbook; the columns 处理结果 and 办理说明 are there to be filled in."""
    out = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(out, options)
    page = book.add_worksheet(_SHEET)
    shape = {
        "font_name": "宋体",
        "font_size": 10,
        "border": 1,
        "valign": "vcenter",
        "num_format": "@",
        "text_wrap": True,
    }
    head = book.add_format({**shape, "bold": True, "bg_color": "#F2F2F2", "align": "center"})
    cell, entry = book.add_format(shape), book.add_format({**shape, "bg_color": "#FFFBE6"})
    page.merge_range(
        0, 0, 0, len(heads) - 1, title, book.add_format({"bold": True, "font_size": 14, "align": "center"})
    )
    filled = {at for at, text in enumerate(heads) if text in (HEADS[DECISION], HEADS[REMARK])}
    for column, text in enumerate(heads):
        page.write_string(1, column, text, head)
        page.set_column(column, column, widths[column] if widths else 18)
    for row, texts in enumerate(rows, start=2):
        for column, text in enumerate(texts):
            page.write_string(row, column, text, entry if column in filled else cell)
    at = heads.index(HEADS[DECISION])
    if rows:
        page.data_validation(2, at, len(rows) + 1, at, {"validate": "list", "source": list(DECISIONS)})
    page.freeze_panes(2, 3)
    page.autofilter(1, 0, len(rows) + 1, len(heads) - 1)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(1)
    book.close()
    return _locked(out.getvalue(), password) if password else out.getvalue()


def _locked(raw: bytes, password: str) -> bytes:
    from msoffcrypto.format.ooxml import OOXMLFile  # noqa: PLC0415  (loaded when a list is locked)

    out = BytesIO()
    OOXMLFile(BytesIO(raw)).encrypt(password, out)
    return out.getvalue()


def read(path: Path, password: str | None) -> list[Decision]:
    """Return the decisions in a list that came back; lines without one are left out.

    `CannotOpen` for a wrong password or another kind of file, `CannotParse` for a word that is no decision.
    """
    found = []
    for number, texts in enumerate(_lines(path, password), start=3):
        if not texts[DECISION]:
            continue
        at = Place(str(path), part=_SHEET, row=number, column="L")
        if texts[DECISION] not in DECISIONS:
            args = {"found": texts[DECISION], "known": list(DECISIONS)}
            raise CannotParse(Message("cases.decision", args), remedy=Message("cases.decision.remedy", args), place=at)
        found.append(Decision(texts[0], texts[DECISION], texts[REMARK], at))
    return found


def numbers(path: Path, password: str | None) -> frozenset[str]:
    """Return the numbers of the lines of a list that was sent out."""
    return frozenset(texts[0] for texts in _lines(path, password) if texts[0])


def _lines(path: Path, password: str | None) -> list[list[str]]:
    import msoffcrypto  # noqa: PLC0415  (loaded when a list is read)
    from msoffcrypto.exceptions import DecryptionError, FileFormatError, InvalidKeyError  # noqa: PLC0415
    from openpyxl import load_workbook  # noqa: PLC0415

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
    except (FileFormatError, BadZipFile, KeyError, ValueError, OSError):
        raise CannotOpen(Message("cases.not_a_list"), remedy=Message("cases.not_a_list.remedy"), place=place) from None
    return [[str(cell or "").strip() for cell in (*row, *[None] * len(HEADS))] for row in rows[2:]]
