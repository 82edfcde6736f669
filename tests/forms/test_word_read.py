"""读 Word: headings, paragraphs and tables of anybody's document, each with its place."""

import pytest
from docx import Document as open_docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from jixiao.documents.document import Document, Heading, Paragraph, Table
from jixiao.errors import CannotOpen
from jixiao.formats import word_read, word_write


@pytest.fixture
def read(tmp_path):
    """Return a function that reads a python-docx document back."""

    def back(docx):
        path = tmp_path / "报告.docx"
        docx.save(str(path))
        return word_read.read(path)

    return back


def inserted(docx, xml):
    docx.element.body.insert(len(docx.element.body) - 1, parse_xml(xml.replace(">", f" {nsdecls('w')}>", 1)))


def test_headings_are_known_by_style_outline_and_numbering(read):
    docx = open_docx()
    docx.add_heading("基本情况", 1)
    docx.add_heading("项目概况", 2)
    docx.add_paragraph("二、评价结论")
    docx.add_paragraph("（一）评分结果")
    docx.add_paragraph("（二）全年共支付待遇，覆盖全部参保人员。")
    inserted(docx, '<w:p><w:pPr><w:outlineLvl w:val="2"/></w:pPr><w:r><w:t>其他说明</w:t></w:r></w:p>')

    blocks = read(docx).blocks

    assert [(type(block), block.text, getattr(block, "level", None)) for block in blocks] == [
        (Heading, "基本情况", 1),
        (Heading, "项目概况", 2),
        (Heading, "二、评价结论", 1),
        (Heading, "（一）评分结果", 2),
        (Paragraph, "（二）全年共支付待遇，覆盖全部参保人员。", None),
        (Heading, "其他说明", 3),
    ]
    assert [block.place.line for block in blocks] == [1, 2, 3, 4, 5, 6]


def test_tracked_changes_are_read_as_they_stand(read):
    docx = open_docx()
    inserted(
        docx,
        "<w:p><w:r><w:t>得分</w:t></w:r><w:del><w:r><w:delText>90</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>93.7</w:t></w:r></w:ins><w:r><w:tab/><w:t>分</w:t><w:br/><w:t>优</w:t></w:r></w:p>",
    )

    assert [block.text for block in read(docx).blocks] == ["得分93.7\t分\n优"]


def test_merged_cells_span_and_every_cell_has_its_place(read):
    docx = open_docx()
    table = docx.add_table(3, 4)
    for at, row in enumerate(table.rows, 1):
        for column, cell in enumerate(row.cells, 1):
            cell.text = f"{at}{column}"
    table.cell(0, 0).merge(table.cell(2, 0))
    table.cell(0, 1).merge(table.cell(1, 2))

    (read_table,) = read(docx).tables()
    first, second = read_table.grid[0][0], read_table.grid[0][1]

    assert [[cell and cell.text.split("\n")[0] for cell in row] for row in read_table.grid] == [
        ["11", "12", None, "14"],
        [None, None, None, "24"],
        [None, "32", "33", "34"],
    ]
    assert (first.rows, first.cols, second.rows, second.cols) == (3, 1, 2, 2)
    assert (read_table.grid[2][3].place.part, str(read_table.grid[2][3].place)) == (
        "表1",
        f"{read_table.grid[2][3].place.file} 表1!R3C4",
    )


def test_row_that_begins_further_right_keeps_its_columns(read):
    docx = open_docx()
    cell = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    shifted = f'<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>{cell.format("b2")}</w:tr>'
    inserted(docx, f"<w:tbl><w:tr>{cell.format('a1')}{cell.format('b1')}</w:tr>{shifted}</w:tbl>")

    assert [[cell.text for cell in row] for row in read(docx).tables()[0].grid] == [["a1", "b1"], ["", "b2"]]


def test_merge_that_goes_on_from_nothing_stands_by_itself(read):
    docx = open_docx()
    inserted(
        docx, "<w:tbl><w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p><w:r><w:t>孤</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    )

    (table,) = read(docx).tables()

    assert [(cell.text, cell.rows) for row in table.grid for cell in row] == [("孤", 1)]


def test_caption_unit_and_head_rows_of_a_table_are_known(read):
    docx = open_docx()
    docx.add_paragraph("资金到位情况如下。")
    docx.add_paragraph("表2-1 资金到位情况表")
    docx.add_paragraph("单位：万元")
    docx.add_table(2, 2).rows[0]._tr.get_or_add_trPr().append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))

    (table,) = read(docx).tables()

    assert (table.caption, table.unit, table.head_rows) == ("表2-1 资金到位情况表", "万元", 1)


def test_sentence_before_a_table_is_no_caption(read):
    docx = open_docx()
    docx.add_paragraph("资金到位情况如下。")
    docx.add_table(1, 1)

    assert read(docx).tables()[0].caption is None


def test_table_inside_a_cell_follows_its_table(read):
    docx = open_docx()
    outer = docx.add_table(1, 1)
    outer.cell(0, 0).text = "外"
    outer.cell(0, 0).add_table(1, 1).cell(0, 0).text = "内"

    assert [[cell.text for row in table.grid for cell in row] for table in read(docx).tables()] == [["外"], ["内"]]


def test_our_own_document_comes_back_in_order(tmp_path, filled):
    path = tmp_path / "自评.docx"
    path.write_bytes(word_write.write(Document((Heading("一、自评情况", 1), Paragraph("见下表。"), filled), "自评")))

    blocks = word_read.read(path).blocks

    assert [type(block) for block in blocks if not (isinstance(block, Paragraph) and "自评表" in block.text)] == [
        Heading,
        Paragraph,
        Table,
    ]
    assert [[cell and cell.text for cell in row] for row in blocks[-1].grid] == [
        [cell and cell.text for cell in row] for row in filled.grid
    ]


@pytest.mark.parametrize("raw", [b"PK\x03\x04", b"plain text", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old"])
def test_what_is_no_word_file_cannot_be_opened(raw, tmp_path):
    path = tmp_path / "坏.docx"
    path.write_bytes(raw)

    with pytest.raises(CannotOpen):
        word_read.read(path)


def test_workbook_is_no_word_file(tmp_path, saved, filled):
    with pytest.raises(CannotOpen):
        word_read.read(saved(filled, "xlsx"))
