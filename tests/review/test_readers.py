"""读任意报告: plain text in its three shapes, archives, wrong endings, and one clear line for what cannot be read."""

from __future__ import annotations

import zipfile
from io import BytesIO

import openpyxl
import pytest
import sample_reports
import written

from jixiao.errors import CannotOpen, JixiaoError
from jixiao.formats import any_read, convert
from jixiao.formats.text_read import read_text
from jixiao.formats.text_tables import laid
from jixiao.review.report import reviewed

DOCUMENT = sample_reports.transfer(5).document()


def grid(table):
    return [["^" if cell is None else cell.text for cell in row] for row in table.grid]


def test_cells_parted_by_tabs_are_a_table_with_the_line_of_each():
    table = read_text("单位：万元\n\n地区\t金额\n甲县\t10\n", "例").tables()[0]

    assert grid(table) == [["地区", "金额"], ["甲县", "10"]]
    assert table.unit == "万元"
    assert table.grid[1][1].place.line == 4


def test_one_cell_a_line_is_a_table_when_rows_are_parted_by_empty_lines():
    text = "\t分配表\n\n\t地区\n\t金额\n\n\t甲县\n\t10\n\n\t乙县\n\t20\n\n"

    table = read_text(text, "例").tables()[0]

    assert (table.caption, grid(table)) == ("分配表", [["地区", "金额"], ["甲县", "10"], ["乙县", "20"]])


def test_columns_of_blanks_are_a_table_when_three_lines_agree():
    table = read_text("地区  预算  执行\n甲县  10  9\n乙县  20  18\n", "例").tables()[0]

    assert grid(table)[2] == ["乙县", "20", "18"]


def test_short_head_is_stretched_over_the_heads_below():
    table = laid([["地区", "资金", "合计"], ["", "第一批", "第二批", ""], ["甲县", "1", "2", "3"]])

    assert grid(table)[0] == ["地区", "资金", "^", "合计"]


def test_radicals_of_pdf_fonts_are_read_as_characters():
    assert read_text("⼀、资⾦情况\n", "例").blocks[0].text == "一、资金情况"


@pytest.mark.parametrize("kind", written.FORMATS)
def test_file_is_read_as_what_it_is_when_its_ending_lies(kind, tmp_path):
    honest = any_read.read(written.write(DOCUMENT, kind, tmp_path))
    lying = tmp_path / "别名.txt"
    lying.write_bytes(written.BYTES[kind](DOCUMENT))

    if written.ENDINGS.get(kind, kind) not in ("txt", "md"):
        assert len(any_read.read(lying).tables()) == len(honest.tables()) > 1


def test_archive_gives_every_report_and_what_could_not_be_read(tmp_path):
    path = tmp_path / "汇总.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("甲县/报告.docx", written.as_docx(DOCUMENT))
        archive.writestr("乙县.xlsx", b"PK\x03\x04 broken")
        archive.writestr("说明.jpg", b"\xff\xd8\xff")

    read = list(any_read.read_all(path))

    assert read[0].name.endswith("汇总.zip/甲县/报告.docx")
    assert isinstance(read[1], JixiaoError) and str(read[1].place).endswith("乙县.xlsx")
    assert isinstance(read[2], JixiaoError) and read[2].what.id == "open.pictures_only"
    assert len(read) == 3


def test_archive_in_an_archive_is_opened_and_read_under_both_names(tmp_path):
    inner, path = BytesIO(), tmp_path / "州.zip"
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("报告.docx", written.as_docx(DOCUMENT))
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("甲县.zip", inner.getvalue())

    (read,) = any_read.read_all(path)

    assert read.name == f"{path}/甲县.zip/报告.docx"
    assert read.blocks[0].place.file == read.name


def test_word_file_with_macros_is_read_and_nothing_of_them_runs(tmp_path):
    plain = written.write(DOCUMENT, "docx", tmp_path)
    path = tmp_path / "宏.docm"
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            target.writestr(
                name, part.replace(main.encode(), b"application/vnd.ms-word.document.macroEnabled.main+xml")
            )
        target.writestr("word/vbaProject.bin", b"macro")

    assert len(any_read.read(path).tables()) == len(any_read.read(plain).tables())


def bomb():
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * (600 * 2**20))
    return out.getvalue()


BAD = {
    "空.docx": (b"", "open.empty"),
    "坏.docx": (b"PK\x03\x04 broken", "open.not_office"),
    "坏.pdf": (b"%PDF-1.4 broken", "open.damaged_pdf"),
    "图.pdf": (b"\x89PNG\r\n\x1a\n", "open.pictures_only"),
    "图.docx": (b"\xff\xd8\xff\xe0", "open.pictures_only"),
    "乱.txt": (bytes(range(256)) * 40, "open.unknown_kind"),
    "密.docx": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"),
        "open.password",
    ),
    "包.zip": (b"PK\x03\x04 broken", "open.not_archive"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_file_is_one_clear_line(name, tmp_path):
    raw, message = BAD[name]
    path = tmp_path / name
    path.write_bytes(raw)

    problem = next(iter(any_read.read_all(path)))

    assert isinstance(problem, CannotOpen)
    assert (problem.what.id, problem.exit_code) == (message, 11)
    assert problem.what.text("zh") and problem.what.text("en") and problem.remedy is not None
    assert "\n" not in str(problem)


def test_bomb_is_refused(tmp_path):
    path = tmp_path / "弹.docx"
    path.write_bytes(bomb())

    with pytest.raises(CannotOpen) as problem:
        any_read.read(path)

    assert problem.value.what.id == "open.bomb"


def test_old_office_file_is_refused_when_nothing_can_convert_it(tmp_path, monkeypatch):
    path = tmp_path / "旧.doc"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    monkeypatch.setattr(convert, "office", lambda: None)

    with pytest.raises(CannotOpen) as problem:
        any_read.read(path)

    assert problem.value.what.id == "open.needs_office"


@pytest.mark.office
def test_old_office_file_is_read_when_it_can_be_converted(tmp_path):
    if convert.office() is None:
        pytest.skip("LibreOffice is not installed")
    source = tmp_path / "报告.rtf"
    source.write_text(r"{\rtf1\ansi Budget 100\par Spent 90\par}", encoding="ascii")

    document = any_read.read(source)

    assert [block.text for block in document.blocks] == ["Budget 100", "Spent 90"]
    assert document.blocks[0].place.file == str(source)


def test_plain_text_that_calls_itself_word_is_read_and_said(tmp_path):
    path = tmp_path / "报告.docx"
    path.write_text("全年预算数100万元，执行数90万元，执行率90%。", encoding="utf-8")

    review = reviewed(any_read.read(path))

    assert review.coverage.read == 3
    assert [remark.text("zh") for remark in review.remarks] == ["文件名以 .docx 结尾，实为纯文本，已照此读"]


def test_workbook_formula_without_value_is_said_and_a_text_result_is_read(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["甲", "=1+1"])
    sheet.append(["乙", 0.8425])
    sheet["B2"].number_format = "0.00%"
    sheet.merge_cells("A3:B3")
    path = tmp_path / "表.xlsx"
    book.save(path)

    table = any_read.read(path).tables()[0]

    assert table.grid[0][1].value.spelt == "=1+1"
    assert table.grid[1][1].text == "84.25%"
    assert str(table.grid[1][1].place).endswith("Sheet!B2")


def test_merged_area_over_a_whole_sheet_is_refused_at_once(tmp_path):
    book = openpyxl.Workbook()
    book.active["A1"] = "标题"
    book.active.merge_cells("A1:B1")
    small, path = tmp_path / "小.xlsx", tmp_path / "表.xlsx"
    book.save(small)
    with zipfile.ZipFile(small) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name).replace(b"A1:B1", b"A1:XFD1048576"))

    with pytest.raises(CannotOpen) as caught:
        any_read.read(path)

    assert caught.value.what.id == "excel.too_many"
