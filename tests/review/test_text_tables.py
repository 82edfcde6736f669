"""文本里的表格: the shapes that tables take in plain text, what is left as text, and that a guess makes no finding."""

from __future__ import annotations

import extracted
import mutants
import pytest
import sample_reports
import written

from jixiao.documents.document import ASIDE, LOOSE, Paragraph
from jixiao.formats import any_read
from jixiao.formats.csv_read import table
from jixiao.formats.text_read import read_text
from jixiao.review.report import reviewed


def grid(table):
    return [["^" if cell is None else cell.text for cell in row] for row in table.grid]


def grids(text):
    return [grid(table) for table in read_text(text, "例").tables()]


def grave(path):
    return [finding for finding in reviewed(any_read.read(path)).findings if finding.severity != "note"]


def laid(*rows):
    """Lay rows of words in columns of twelve letters."""
    return "".join("".join(word.center(12) for word in row).rstrip() + "\n" for row in rows)


def test_cells_that_run_over_lines_belong_to_the_row_in_whose_middle_they_stand():
    text = laid(
        ("三级指标", "指标值", "实际完成值", "分值", "得分"),
        ("",),
        ("参保人政策范围内",),
        ("", "≥70%", "69.21%", "6", "5.7"),
        ("住院费用报销比例",),
        ("参保人数", "≥81万人", "81.35万人", "6", "6"),
        ("总分", "", "", "12", "11.7"),
    )

    assert grids(text) == [
        [
            ["三级指标", "指标值", "实际完成值", "分值", "得分"],
            ["参保人政策范围内住院费用报销比例", "≥70%", "69.21%", "6", "5.7"],
            ["参保人数", "≥81万人", "81.35万人", "6", "6"],
            ["总分", "", "", "12", "11.7"],
        ]
    ]


def test_rows_over_a_page_break_are_one_table_though_the_columns_moved_and_no_head_stands_there():
    text = (
        "地区       预算数     执行数\n甲县        120      118\n\n                —1—\n\f"
        "乙县            200        180\n合计            320        298\n"
    )

    (found,) = read_text(text, "例").tables()

    assert grid(found)[1:] == [["甲县", "120", "118"], ["乙县", "200", "180"], ["合计", "320", "298"]]
    assert [row[1].place.page for row in found.grid] == [1, 1, 2, 2]


def test_heads_that_span_others_stand_in_a_row_of_their_own():
    text = """
 县区      中央资金            省级资金
        下达数    支出数    下达数    支出数
 东关区   1820    1810     460     452
 合计     1820    1810     460     452
"""

    assert grids(text)[0][:2] == [
        ["县区", "中央资金", "^", "省级资金", "^"],
        ["", "下达数", "支出数", "下达数", "支出数"],
    ]


def test_figure_that_could_stand_in_two_columns_makes_no_table():
    text = "地区       预算数     执行数\n甲县        120      118\n乙县            200\n丙县        10       9\n"

    assert grids(text) == []


def test_words_parted_by_one_blank_are_rows_by_the_kinds_that_the_head_allows():
    text = "三级指标 分值 得分 得分率\n1.1.1 立项依据充分性 3 3 100%\n参保人数 10 9.71 97.1%\n合计 13 12.71 97.77%\n"

    assert grids(text)[0][1:] == [
        ["1.1.1立项依据充分性", "3", "3", "100%"],
        ["参保人数", "10", "9.71", "97.1%"],
        ["合计", "13", "12.71", "97.77%"],
    ]


def test_one_cell_a_line_is_a_table_where_its_heads_are_known():
    text = "三级指标\n指标值\n完成值\n分值\n得分\n偏差原因\n参保人数\n≥81万人\n81万人\n5\n5\n\n满意度\n≥90%\n88%\n5\n4.89\n宣传不够\n总分\n10\n9.89\n"

    assert grids(text)[0][1:] == [
        ["参保人数", "≥81万人", "81万人", "5", "5", ""],
        ["满意度", "≥90%", "88%", "5", "4.89", "宣传不够"],
        ["总分", "", "", "10", "9.89", ""],
    ]


def test_one_cell_a_line_is_a_table_where_names_and_figures_take_turns():
    text = "单位：万元\n地区\n第一笔\n第二笔\n甲县\n10\n20\n乙县\n30\n40\n丙县\n1\n2\n"

    assert grids(text)[0] == [
        ["地区", "第一笔", "第二笔"],
        ["甲县", "10", "20"],
        ["乙县", "30", "40"],
        ["丙县", "1", "2"],
    ]


def test_html_left_in_text_is_a_table_with_its_spans_and_lines():
    text = '见下表：\n<html><body><table><tr><td rowspan="2">地区</td><td colspan="2">资金</td></tr>\n<tr><td>预算</td><td>$\\geq 5\\%$</td></tr></table></body></html>\n完。\n'

    document = read_text(text, "例")

    assert grid(document.tables()[0]) == [["地区", "资金", "^"], ["^", "预算", "$\\geq 5\\%$"]]
    assert document.tables()[0].grid[1][1].place.line == 3
    assert [block.text for block in document.blocks if isinstance(block, Paragraph)] == ["见下表：", "完。"]


def test_comma_file_is_one_table_and_what_guards_a_formula_is_no_part_of_a_cell():
    found = table('指标,目标,"金额，万元"\r\n参保率,\'=100%,"1,560.00"\r\n', "例.csv")

    assert grid(found)[1] == ["参保率", "=100%", "1,560.00"]
    assert found.grid[1][2].place.line == 2


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gbk"])
def test_comma_file_is_reviewed_like_a_sheet(encoding, tmp_path):
    path = tmp_path / "表.csv"
    path.write_bytes("地区,预算,执行,执行率\n甲县,100,90,90%\n乙县,200,150,85%\n合计,300,240,80%\n".encode(encoding))

    assert [place.quote for finding in grave(path) for place in finding.places][:1] == ["85%"]


def test_pieces_of_a_table_that_cannot_be_told_are_read_and_no_sentence_is_made_of_them():
    text = "资金执行数 482.8 万元 结余资金 1.2 万元\n资金执行率 99.75%\n10 92.50% 9.25\n"

    document = read_text(text, "例")
    review = reviewed(document)

    assert {block.kind for block in document.blocks} == {LOOSE}
    assert (review.coverage.read, review.coverage.checked, review.findings) == (5, 0, ())


@pytest.mark.parametrize("kind", written.GUESSED)
def test_guessed_tables_give_a_good_part_of_what_the_word_file_gives(kind, tmp_path):
    checked = {"docx": 0, kind: 0}
    for make in sample_reports.KINDS.values():
        for one in checked:
            checked[one] += reviewed(any_read.read(written.write(make(72).document(), one, tmp_path))).coverage.checked

    assert checked[kind] * 100 >= {"laid": 75, "joined": 45, "listed": 60}[kind] * checked["docx"]


@pytest.mark.office
@pytest.mark.skipif(not extracted.AVAILABLE, reason="needs LibreOffice and pdftotext")
def test_sound_reports_are_silent_in_every_way_that_their_text_is_taken_out(tmp_path):
    documents = [make(73).document() for make in sample_reports.KINDS.values()]

    found = extracted.extracted(documents, tmp_path)

    assert [(way, finding.check) for files in found for way, file in files.items() for finding in grave(file)] == []
    read = {way: sum(reviewed(any_read.read(files[way])).coverage.checked for files in found) for way in extracted.WAYS}
    assert read["layout"] * 100 >= 85 * read["docx"]
    assert all(read[way] * 100 >= 40 * read["docx"] for way in ("plain", "raw", "text"))


def test_uncertain_pieces_of_cells_stand_beside_their_table():
    text = laid(
        ("三级指标", "评分过程", "分值", "得分"),
        ("参保人数", "按比例得", "6", "6"),
        ("", "5.7 分", "", ""),
        ("参保率", "共3项", "6", "6"),
        ("总分", "", "12", "12"),
    )

    document = read_text(text, "例")

    assert [(block.kind, block.text) for block in document.blocks if isinstance(block, Paragraph)] == [
        (ASIDE, "5.7 分"),
        (ASIDE, "共3项"),
    ]
    assert [row[3] for row in grid(document.tables()[0])] == ["得分", "6", "6", "12"]


def test_generator_of_mutants_says_which_were_read():
    mutant = next(one for one in mutants.mutants("transfer", 40, 8) if one.recomputable)

    assert extracted.shows(mutant, mutant.document)
    assert not extracted.shows(mutant, read_text("没有表格。", "例"))
