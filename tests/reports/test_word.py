"""报告的 Word 文件: opened as a reader would: pages, styles, contents list, bytes, and what LibreOffice makes of it."""

import zipfile
from io import BytesIO

import docx
import pytest
from docx.oxml.ns import qn
from lxml import etree

from jixiao.documents.document import Cell, Contents, Document, Heading, PageBreak, Paragraph, Run, Table
from jixiao.formats import word_write
from jixiao.operations.evaluate import report_files

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module")
def raw(bazhou_report):
    return word_write.write(bazhou_report)


@pytest.fixture(scope="module")
def opened(raw):
    return docx.Document(BytesIO(raw))


def _part(raw, name):
    with zipfile.ZipFile(BytesIO(raw)) as archive:
        return etree.fromstring(archive.read(name))


def test_same_report_gives_the_same_bytes(bazhou_report, raw):
    assert word_write.write(bazhou_report) == raw


def test_text_in_the_file_is_the_text_of_the_document(opened, bazhou_report):
    blocks = [block for block in bazhou_report.blocks if isinstance(block, Heading | Paragraph)]
    written = [paragraph.text for paragraph in opened.paragraphs if paragraph.style.name.lower() not in _AROUND]

    assert written == [block.text for block in blocks]


_AROUND = ("toc 1", "toc 2", "caption", "figure", "figure caption", "table gap", "table end", "table unit")


def test_page_is_that_of_the_standard(opened):
    section = opened.sections[2]
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)

    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert [round(margin.mm) for margin in margins] == [37, 35, 28, 26]


def test_annex_is_landscape_and_page_numbers_go_on(opened):
    turned = [section for section in opened.sections if section.page_width > section.page_height]

    assert len(turned) == 1
    number = turned[0]._sectPr.find(qn("w:pgNumType"))
    assert number.get(qn("w:start")) is None


def test_front_pages_have_roman_numbers_and_the_body_begins_with_one(opened):
    numbers = [section._sectPr.find(qn("w:pgNumType")) for section in opened.sections]

    formats = [(number.get(qn("w:fmt")), number.get(qn("w:start"))) for number in numbers]

    assert formats == [
        ("decimal", "1"),
        ("upperRoman", "1"),
        ("decimal", "1"),
        ("decimal", None),
        ("decimal", None),
    ]


def test_every_style_of_letters_names_its_chinese_font(raw):
    styles = _part(raw, "word/styles.xml")

    fonts = [fonts.get(f"{_W}eastAsia") for fonts in styles.iter(f"{_W}rFonts")]

    assert len(fonts) > 15
    assert None not in fonts
    assert [lang.get(f"{_W}eastAsia") for lang in styles.iter(f"{_W}lang")] == ["zh-CN"]


def test_headings_are_real_headings(opened, bazhou_report):
    written = [(p.text, p.style.name) for p in opened.paragraphs if p.style.name.startswith("Heading")]

    assert written == [
        (block.text, f"Heading {block.level}")
        for block in bazhou_report.blocks
        if isinstance(block, Heading) and block.level
    ]


def test_contents_list_is_the_headings_that_follow_and_points_to_them(raw, bazhou_report):
    body = _part(raw, "word/document.xml")
    entries = [("".join(link.itertext(f"{_W}t")), link.get(f"{_W}anchor")) for link in body.iter(f"{_W}hyperlink")]
    marks = {mark.get(f"{_W}name") for mark in body.iter(f"{_W}bookmarkStart")}

    assert [text for text, _ in entries] == [heading.text for _, heading in bazhou_report.listed()]
    assert {anchor for _, anchor in entries} == marks


def test_nothing_asks_to_be_updated(raw):
    names = ("word/document.xml", "word/settings.xml")
    tags = {element.tag for name in names for element in _part(raw, name).iter()}

    assert f"{_W}updateFields" not in tags
    assert not any(f"{_W}dirty" in element.attrib for element in _part(raw, "word/document.xml").iter())


def test_charts_have_alternative_text(raw, bazhou_report):
    body = _part(raw, "word/document.xml")
    named = [shape.get("descr") for shape in body.iter("{*}docPr")]

    assert named == [block.says for block in bazhou_report.blocks if hasattr(block, "spec")]


def test_head_rows_of_tables_repeat(raw):
    tables = _part(raw, "word/document.xml").iter(f"{_W}tbl")

    repeated = [len(list(table.iter(f"{_W}tblHeader"))) for table in tables]

    assert repeated == [0, 1, 1, 1, 1, 1, 1]  # the key information has no head


def test_control_characters_and_markup_in_texts_do_no_harm():
    document = Document((Paragraph("a<b>&\x0b\x01c\n第二行"),), "<标题>&")

    opened = docx.Document(BytesIO(word_write.write(document)))

    assert opened.paragraphs[0].text == "a<b>&c\n第二行"
    assert opened.core_properties.title == "<标题>&"


def test_wide_table_turns_the_page_and_back():
    wide = Table.of([[Cell("宽")]], landscape=True)
    document = Document((Paragraph("前"), wide, Paragraph("后")))

    sections = docx.Document(BytesIO(word_write.write(document))).sections

    assert [section.page_width > section.page_height for section in sections] == [False, True, False]


def test_page_numbers_stand_in_the_contents_list_when_they_are_known():
    document = Document((Contents(), PageBreak(), Heading("甲"), Paragraph.of([Run("文", bold=True)])))

    lines = docx.Document(BytesIO(word_write.write(document, {2: "7"}))).paragraphs

    assert [line.text for line in lines if line.style.name == "toc 1"] == ["甲\t7"]


def test_empty_document_opens():
    assert docx.Document(BytesIO(word_write.write(Document(())))).paragraphs[0].text == ""


@pytest.mark.office
def test_pdf_has_the_pages_that_its_contents_list_names(bazhou_report):
    import pypdfium2

    files = report_files(bazhou_report, pdf=True)

    pdf = pypdfium2.PdfDocument(files["绩效评价报告.pdf"])
    texts = ["".join(page.get_textpage().get_text_range().split()) for page in pdf]
    written = docx.Document(BytesIO(files["绩效评价报告.docx"]))
    entries = [p.text.split("\t") for p in written.paragraphs if p.style.name in ("toc 1", "toc 2")]
    assert 20 <= len(texts) <= 45
    assert [entry for entry in entries if len(entry) != 2] == []
    first = next(number for number, text in enumerate(texts) if "现将评价情况报告如下" in text)
    wrong = [entry for entry in entries if "".join(entry[0].split()) not in texts[first + int(entry[1]) - 1]]
    assert wrong == []
    assert [number for number, text in enumerate(texts) if len(text) < 5] == []  # no empty page
