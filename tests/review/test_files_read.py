"""读各种文件的细处: pages of Word files, web pages as people save them, scans, places and what is refused."""

from __future__ import annotations

import pickle
import subprocess
import sys
import zipfile
from io import BytesIO

import olefile
import pytest
import sample_reports
import written
from docx import Document as open_docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from PIL import Image

from jixiao.documents.document import Document, Heading, PageBreak, Paragraph
from jixiao.errors import CannotOpen
from jixiao.findings import Message, Place
from jixiao.formats import any_read, convert, html_read, ocr_read, opened, pdf_read, review_word, ruled, word_read
from jixiao.formats.text_read import read_text
from jixiao.operations.review import review
from jixiao.review.report import reviewed

DOCUMENT = sample_reports.transfer(5).document()


def saved(docx, tmp_path, name="报告.docx"):
    path = tmp_path / name
    docx.save(path)
    return path


def with_mark(paragraph):
    """Put the mark that Word leaves at the start of a page before the text of a paragraph."""
    run = paragraph.runs[0]._r
    run.insert(0, OxmlElement("w:lastRenderedPageBreak"))


def test_pages_of_a_word_file_are_those_that_word_recorded(tmp_path):
    docx = open_docx()
    docx.add_paragraph("第一页")
    with_mark(docx.add_paragraph("第二页"))
    table = docx.add_table(2, 2)
    for row in table.rows:
        for cell in row.cells:
            cell.text = "格"
    for cell in table.rows[1].cells:  # both cells of the row go on the next page
        with_mark(cell.paragraphs[0])
    docx.add_paragraph("仍在第三页")

    first, second, read, last = word_read.read(saved(docx, tmp_path)).blocks

    assert [first.place.page, second.place.page, last.place.page] == [1, 2, 3]
    assert [row[0].place.page for row in read.grid] == [2, 3]
    assert read.grid[1][0].place.text() == "第3页 第二页 第2行第1列"


def test_word_file_that_records_no_pages_has_none(tmp_path):
    read = any_read.read(written.write(DOCUMENT, "docx", tmp_path))

    assert {block.place.page for block in read.blocks if isinstance(block, Paragraph)} == {None}
    assert read.remarks == ()


def test_pages_that_cannot_be_told_are_said(tmp_path, monkeypatch):
    monkeypatch.setattr(convert.shutil, "which", lambda name: None)

    read = any_read.read(written.write(DOCUMENT, "docx", tmp_path), pages=True)

    assert [remark.id for remark in read.remarks] == ["open.no_pages"]


@pytest.mark.office
def test_pages_of_a_word_file_are_told_by_its_layout(tmp_path):
    if convert.office() is None:
        pytest.skip("LibreOffice is not installed")
    docx = open_docx()
    docx.add_paragraph("这是第一页上的一句话。")
    docx.add_page_break()
    docx.add_paragraph("这是第二页上的一句话。")
    docx.add_table(1, 2).rows[0].cells[0].text = "第二页上的表格"

    read = any_read.read(saved(docx, tmp_path), pages=True)

    assert [block.place.page for block in read.blocks if isinstance(block, Paragraph)] == [1, 2]
    assert read.tables()[0].grid[0][0].place.page == 2


def test_short_line_with_a_number_is_a_heading_where_no_style_says_so(tmp_path):
    docx = open_docx()
    for text in ("一、项目概况", "（一）立项情况", "1.立项依据", "（1）依据充分性", "1.按时足额安排资金。"):
        docx.add_paragraph(text)

    blocks = word_read.read(saved(docx, tmp_path)).blocks

    assert [block.level if isinstance(block, Heading) else None for block in blocks] == [1, 2, 3, 4, None]


def test_header_line_between_the_pages_of_a_table_is_not_its_caption(tmp_path):
    docx = open_docx()
    docx.add_paragraph("Consulting Co., Ltd")
    docx.add_table(1, 1).rows[0].cells[0].text = "甲"
    docx.add_paragraph("资金情况表")
    docx.add_table(1, 1).rows[0].cells[0].text = "乙"

    assert [table.caption for table in word_read.read(saved(docx, tmp_path)).tables()] == [None, "资金情况表"]


def test_damaged_span_of_a_word_table_is_refused(tmp_path):
    docx = open_docx()
    cell = docx.add_table(1, 1).rows[0].cells[0]
    cell.text = "甲"
    span = OxmlElement("w:gridSpan")
    span.set(qn("w:val"), "900000000")
    cell._tc.get_or_add_tcPr().append(span)

    with pytest.raises(CannotOpen) as problem:
        word_read.read(saved(docx, tmp_path))

    assert problem.value.what.id == "excel.too_many"


def page(tmp_path, body):
    path = tmp_path / "页.html"
    path.write_text(f"<html><head><title>题</title><style>p{{}}</style></head><body>{body}</body></html>", "utf-8")
    return html_read.read(path)


def test_text_of_a_web_page_is_read_whatever_its_elements_are(tmp_path):
    read = page(
        tmp_path,
        "<div>一、项目概况</div><div>预算数<b>100</b>万元，<br>执行数\n 90万元。</div><ul><li>其一</li></ul>尾<script>1</script>",
    )

    said = [(type(block).__name__, block.text) for block in read.blocks]
    assert said == [
        ("Heading", "一、项目概况"),
        ("Paragraph", "预算数100万元，"),
        ("Paragraph", "执行数 90万元。"),
        ("Paragraph", "其一"),
        ("Paragraph", "尾"),
    ]


def test_table_that_lays_a_web_page_out_is_gone_through(tmp_path):
    inner = "<table><tr><td>地区</td><td>金额</td></tr><tr><td>甲县</td><td>10</td></tr></table>"
    read = page(tmp_path, f"<table><tr><td><p>资金分配表</p><p>单位：万元</p>{inner}</td></tr></table>")

    (table,) = read.tables()
    assert (table.caption, table.unit, table.grid[1][1].text) == ("资金分配表", "万元", "10")


def test_cell_of_a_web_page_keeps_its_lines_and_loses_what_cannot_be_seen(tmp_path):
    (table,) = page(
        tmp_path, "<table><tr><td><p>\n指标\n</p><p>分值\u200b</p></td><td>5&#1;</td></tr></table>"
    ).tables()

    assert [cell.text for cell in table.grid[0]] == ["指标\n分值", "5"]


def test_spans_of_a_web_page_stay_within_its_table_and_are_not_endless(tmp_path):
    (table,) = page(tmp_path, "<table><tr><td rowspan=9>甲</td><td>1</td></tr><tr><td>2</td></tr></table>").tables()
    assert table.grid[0][0].rows == 2

    with pytest.raises(CannotOpen) as problem:
        page(tmp_path, f"<table><tr>{'<td colspan=1000>1</td>' * 600}</tr><tr><td>1</td><td>2</td></tr></table>")
    assert problem.value.what.id == "excel.too_many"


def test_form_feeds_begin_the_pages_of_a_text():
    first, second = read_text("第一页的话。\n\f第二页的话。\n", "例").blocks

    assert (first.place.page, second.place.page) == (1, 2)


def test_figures_in_columns_of_a_laid_out_text_do_not_run_together():
    text = "到位率达到要求，得分 = 4 × 100% = 4          100%\n"

    assert reviewed(read_text(text, "例")).findings == ()


def picture_pdf(tmp_path):
    out = BytesIO()
    Image.new("RGB", (600, 800), "white").save(out, "PDF")
    path = tmp_path / "扫描.pdf"
    path.write_bytes(out.getvalue())
    return path


class Recogniser:
    """Stands in for the optional recogniser: two cells of a table and a line above them."""

    def __call__(self, pixels, **kwargs):
        def box(left, top, text, sure="0.9"):
            return [[left, top], [left + 80, top], [left + 80, top + 20], [left, top + 20]], text, sure

        return [
            box(100, 300, "执行率"),
            box(300, 300, "80%"),
            box(100, 100, "预算数100万元，执行数90万元，执行率80%。"),
            box(100, 600, "糊", "0.3"),
        ], None


@pytest.fixture
def recogniser(monkeypatch):
    from pdfplumber.table import Table as Ruled

    cells = [(90, 280, 250, 330), (250, 280, 450, 330), (90, 330, 250, 380), (250, 330, 450, 380)]
    monkeypatch.setattr(ocr_read, "available", lambda: True)
    monkeypatch.setattr(ocr_read, "_engine", Recogniser)
    monkeypatch.setattr(ocr_read, "_pixels", lambda image: None)
    monkeypatch.setattr(ocr_read, "_tables", lambda pixels: [Ruled(None, cells)])


def test_scanned_page_is_recognised_with_its_table_and_less_trusted(recogniser, tmp_path):
    read = pdf_read.read(picture_pdf(tmp_path))

    line, table = read.blocks
    assert (line.place.part, line.place.page, line.text[:3]) == ("OCR", 1, "预算数")
    assert [[cell.text for cell in row] for row in table.grid] == [["执行率", "80%"], ["", ""]]
    assert table.grid[0][1].place.text() == "第1页 OCR 表1 第1行第2列"
    assert [remark.id for remark in read.remarks] == ["open.recognised"]
    assert {finding.severity for finding in reviewed(read).findings} == {"warning"}


def test_scanned_page_is_said_to_be_unread_without_the_recogniser(tmp_path, monkeypatch):
    monkeypatch.setattr(ocr_read, "available", lambda: False)

    with pytest.raises(CannotOpen) as problem:
        pdf_read.read(picture_pdf(tmp_path))

    assert problem.value.what.id == "open.pictures_only"


def test_word_file_of_pictures_only_is_recognised_or_refused(recogniser, tmp_path, monkeypatch):
    Image.new("RGB", (60, 80), "white").save(tmp_path / "页.png")
    docx = open_docx()
    docx.add_picture(str(tmp_path / "页.png"))
    path = saved(docx, tmp_path)

    assert any_read.read(path).blocks[0].place.part == "OCR"
    monkeypatch.setattr(ocr_read, "available", lambda: False)
    with pytest.raises(CannotOpen) as problem:
        any_read.read(path)
    assert problem.value.what.id == "open.pictures_only"


def test_ruled_lines_of_a_picture_make_its_table():
    pytest.importorskip("cv2")
    import numpy

    pixels = numpy.full((800, 600, 3), 255, numpy.uint8)
    for y in (100, 200, 301):
        pixels[y : y + 2, 50:451] = 0
    for x in (50, 250, 450):
        pixels[100:302, x : x + 2] = 0

    (table,) = ocr_read._tables(pixels)

    assert [len(row.cells) for row in table.rows] == [2, 2]


def test_cell_of_ruled_lines_spans_as_its_lines_say():
    from pdfplumber.table import Table as Ruled

    found = Ruled(None, [(0, 0, 20, 10), (0, 10, 10, 20), (10, 10, 20, 20)])

    table = ruled.laid(found, [["合计", None], ["1", "2"]], 3, "表1", "报告.pdf")

    assert (table.grid[0][0].cols, table.grid[0][1], table.grid[1][1].place.page) == (2, None, 3)


def locked_pdf():
    """Return a PDF that asks for a password: its encryption dictionary fits no password that is tried."""
    keys = b"<< /Filter /Standard /V 1 /R 2 /P -44 /O <" + b"28" * 32 + b"> /U <" + b"11" * 32 + b"> >>"
    pages = b"<< /Type /Pages /Kids [] /Count 0 >>"
    parts, ends = [b"<< /Type /Catalog /Pages 2 0 R >>", pages, keys], []
    raw = b"%PDF-1.4\n"
    for number, part in enumerate(parts, 1):
        ends.append(len(raw))
        raw += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % end for end in ends)
    trailer = b"<< /Size 4 /Root 1 0 R /Encrypt 3 0 R /ID [<00> <00>] >>"
    return raw + b"xref\n0 4\n0000000000 65535 f \n%strailer\n%s\nstartxref\n%d\n%%%%EOF" % (table, trailer, len(raw))


def test_pdf_with_a_password_is_said_to_have_one(tmp_path):
    path = tmp_path / "密码.pdf"
    path.write_bytes(locked_pdf())

    with pytest.raises(CannotOpen) as problem:
        pdf_read.read(path)

    assert problem.value.what.id == "open.password"


def test_office_file_without_a_word_is_refused(tmp_path):
    with pytest.raises(CannotOpen) as problem:
        any_read.read(saved(open_docx(), tmp_path))

    assert problem.value.what.id == "open.wordless"


def test_part_that_is_too_large_is_refused_before_it_is_read(tmp_path, monkeypatch):
    monkeypatch.setattr(opened, "LARGEST_PART", 1000)
    path = written.write(DOCUMENT, "docx", tmp_path)

    with pytest.raises(CannotOpen) as problem:
        any_read.read(path)

    assert problem.value.what.id == "open.too_large"


def test_text_that_is_too_long_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(any_read, "_LARGEST_TEXT", 10)
    path = tmp_path / "长.txt"
    path.write_text("执行数100万元。", encoding="utf-8")

    with pytest.raises(CannotOpen) as problem:
        any_read.read(path)

    assert problem.value.what.id == "open.too_large"


def test_what_a_file_really_is_stands_in_the_review(tmp_path):
    path = tmp_path / "报告.pdf"
    path.write_bytes(written.as_docx(DOCUMENT))

    (report,) = review([path]).value

    assert [remark.text("zh") for remark in report.remarks] == ["文件名以 .pdf 结尾，实为 Word（.docx），已照此读"]
    assert "Word" in report.remarks[0].text("en")


def test_error_goes_from_one_process_to_another_whole():
    problem = CannotOpen(
        Message("open.bomb", {"size": "600"}), remedy=Message("open.bomb.remedy"), place=Place("弹.zip")
    )

    again = pickle.loads(pickle.dumps(problem))

    assert (type(again), again.what, again.remedy, again.place) == (
        CannotOpen,
        problem.what,
        problem.remedy,
        problem.place,
    )


def test_many_files_give_the_same_in_several_processes_as_in_one(tmp_path):
    for number in range(14):
        written.write(sample_reports.transfer(number).document(), "xlsx", tmp_path, f"{number:02}")
    (tmp_path / "坏.xlsx").write_bytes(b"PK broken")
    told = []

    one, two = (review([tmp_path], jobs=jobs, progress=lambda *done: told.append(done)) for jobs in (1, 2))

    assert [(report.name, report.coverage, report.findings) for report in one.value] == [
        (report.name, report.coverage, report.findings) for report in two.value
    ]
    assert [report.problem and report.problem.what for report in one.value] == [
        report.problem and report.problem.what for report in two.value
    ]
    assert told == [(done, 15) for done in range(1, 16)] * 2


TWICE = "本项目预算数 100 万元。执行数 90 万元，执行率 80%。评价等级为优。"


def commented(path):
    """Return what each comment of a Word file stands over, in their order in the text."""
    docx = open_docx(path)
    body = docx.element.body
    found = []
    for start in body.iter(qn("w:commentRangeStart")):
        said, inside = "", False
        for node in body.iter():
            inside = inside or node is start
            if node.tag == qn("w:commentRangeEnd") and node.get(qn("w:id")) == start.get(qn("w:id")):
                break
            said += (node.text or "") if inside and node.tag == qn("w:t") else ""
        found.append(said)
    return found


def test_comment_stands_over_the_very_sentence(tmp_path):
    docx = open_docx()
    docx.add_paragraph(TWICE)
    path = saved(docx, tmp_path)
    findings = reviewed(any_read.read(path)).findings

    (tmp_path / "批注.docx").write_bytes(review_word.annotated(path, findings))

    assert set(commented(tmp_path / "批注.docx")) == {"执行数 90 万元，执行率 80%。", "本项目预算数 100 万元。"}
    assert word_read.read(tmp_path / "批注.docx").blocks[0].text == TWICE


def test_comment_stands_in_the_table_that_is_meant_when_two_bear_one_name(tmp_path):
    docx = open_docx()
    for rate in ("90%", "80%"):
        docx.add_paragraph("资金执行情况表")
        lines = (("项目", "预算数", "执行数", "执行率"), ("中央", "100", "90", rate), ("省级", "200", "180", "90%"))
        table = docx.add_table(len(lines), len(lines[0]))
        for row, line in zip(table.rows, lines, strict=True):
            for cell, text in zip(row.cells, line, strict=True):
                cell.text = text
        docx.add_paragraph("以上数据取自决算，另有说明见附件。")
    path = saved(docx, tmp_path)
    read = any_read.read(path)
    findings = [finding for finding in reviewed(read).findings if finding.severity == "error"]

    (tmp_path / "批注.docx").write_bytes(review_word.annotated(path, findings))

    assert [table.name for table in read.tables()] == ["资金执行情况表", "资金执行情况表（2）"]
    tables = open_docx(tmp_path / "批注.docx").tables
    marked = [sum(1 for _ in table._tbl.iter(qn("w:commentRangeStart"))) for table in tables]
    assert marked[0] == 0 and marked[1] > 0


def test_word_file_with_macros_is_annotated_as_one_without(tmp_path):
    plain = written.write(DOCUMENT, "docx", tmp_path)
    path = tmp_path / "宏.docm"
    main = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            macro = b"application/vnd.ms-word.document.macroEnabled.main+xml"
            target.writestr(name, source.read(name).replace(main, macro))

    assert open_docx(BytesIO(review_word.annotated(path, ()))).tables


@pytest.mark.parametrize(
    ("place", "zh", "en"),
    [
        (Place("甲.docx", line=7, page=2), "第2页 第7段", "page 2 paragraph 7"),
        (Place("甲.txt", "表3", line=44, row=2, column=3), "表3 第2行第3列 （第44行）", "表3 row 2 column 3 (line 44)"),
        (Place("甲.xlsx", "附件1", row=12, column="C"), "附件1 C12", "附件1 C12"),
        (Place("夹/甲.pdf"), "甲.pdf", "甲.pdf"),
    ],
)
def test_place_is_said_as_a_reader_finds_it(place, zh, en):
    assert (place.text("zh"), place.text("en")) == (zh, en)


@pytest.mark.office
@pytest.mark.skipif(convert.office() is None, reason="needs LibreOffice")
def test_old_word_file_with_a_password_is_one_clear_line(tmp_path):
    document = written.write(sample_reports.transfer(5).document(), "docx", tmp_path)
    path = convert.run(convert.office(), document, "doc", tmp_path, 120)
    with olefile.OleFileIO(path, write_mode=True) as file:
        head = bytearray(file.openstream("WordDocument").read())
        head[0x0B] |= 0x01  # fEncrypted
        file.write_stream("WordDocument", bytes(head))

    with pytest.raises(CannotOpen) as caught:
        any_read.read(path)

    assert (caught.value.what.id, caught.value.place.file) == ("open.cannot_convert", str(path))


@pytest.mark.deep
def test_word_file_of_five_hundred_pages_stays_under_a_gigabyte(tmp_path):
    blocks: list = []
    for seed in range(43):  # near twelve pages each
        for make in sample_reports.KINDS.values():
            blocks += [*make(seed).document().blocks, PageBreak()]
    path = written.write(Document(tuple(blocks), "长报告"), "docx", tmp_path)
    code = (
        "import resource; from pathlib import Path; from jixiao.operations.review import review; "
        f"review([Path({str(path)!r})]); print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )

    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)

    assert int(done.stdout) < 2**20
