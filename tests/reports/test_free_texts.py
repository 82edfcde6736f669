"""自由文字: Markdown as officers write it, figures by reference, typed figures and dead references found."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jixiao.documents.document import Heading, Paragraph, Run, Table
from jixiao.evaluation.assess import assess
from jixiao.operations.check import check
from jixiao.reports import markdown, report
from jixiao.reports.typed_figures import typed


def _quote(path):
    return Run(f"<{path}>", value=path, bind=path)


def _read(text, under=0):
    return markdown.blocks(text, _quote, under)


def test_paragraph_lines_join_without_a_blank_in_chinese():
    assert [block.text for block in _read("先预拨，\n后清算。\n\n第二段 DRG\nand more")] == [
        "先预拨，后清算。",
        "第二段 DRG and more",
    ]


def test_bold_may_end_in_punctuation_before_a_character():
    runs = _read("按**《办法》**规定")[0].runs

    assert [(run.text, run.bold) for run in runs] == [("按", False), ("《办法》", True), ("规定", False)]


def test_reference_becomes_a_quotation_also_inside_bold():
    runs = _read("得**{scored/score}分**，共{ scored/weight }分")[0].runs

    assert [(run.text, run.bold, run.bind) for run in runs] == [
        ("得", False, None),
        ("<scored/score>", True, "scored/score"),
        ("分", True, None),
        ("，共", False, None),
        ("<scored/weight>", False, "scored/weight"),
        ("分", False, None),
    ]


def test_headings_stand_below_the_section_they_are_written_in():
    blocks = _read("# 一级\n文\n## 二级", under=2)

    assert [(block.text, block.level) for block in blocks if isinstance(block, Heading)] == [("一级", 3), ("二级", 4)]


def test_lists_become_items_with_their_numbers():
    blocks = _read("1. 准备\n2. 实施\n   并核对\n\n- 要点")

    assert [(block.kind, block.text) for block in blocks] == [
        ("item", "（1）准备"),
        ("item", "（2）实施并核对"),
        ("item", "• 要点"),
    ]


def test_table_keeps_its_head_and_quotes_in_cells():
    table = _read("| 单位 | 金额 |\n| --- | ---: |\n| 中央 | {funds/sources/中央/executed} |\n| 州 |")[0]

    assert isinstance(table, Table)
    assert table.head_rows == 1
    assert [[cell and cell.text for cell in row] for row in table.grid] == [
        ["单位", "金额"],
        ["中央", "<funds/sources/中央/executed>"],
        ["州", ""],
    ]
    assert table.grid[1][1].bind == "funds/sources/中央/executed"


def test_headings_and_paragraphs_without_blank_lines_between_stay_apart():
    blocks = _read("# 题\n正文\n1. 项\n| a |\n正文二")

    assert [type(block) for block in blocks] == [Heading, Paragraph, Paragraph, Table, Paragraph]


@pytest.mark.parametrize(
    "text", ["", "|", "| --- |", "**", "{}", "{ }", "#", "# ", "1.", "-", "****", "| a | b |\n| c |"]
)
def test_broken_markdown_is_read_without_harm(text):
    assert all(isinstance(block, Heading | Paragraph | Table) for block in _read(text))


@given(st.text(alphabet="中1 #|*-.{}\n:、", max_size=60))
def test_any_text_is_read_and_loses_no_letter(text):
    blocks = _read(text)

    kept = "".join(
        block.text if isinstance(block, Heading | Paragraph) else "".join(cell.text for _, _, cell in block.cells())
        for block in blocks
    )
    assert kept.count("中") == text.count("中")


@pytest.mark.parametrize("path", ["scored/C203", "funds", "systems", "evidence/0", "scored/C203/process", "texts"])
def test_part_of_the_evaluation_is_no_value_to_quote(bazhou, path):
    (finding,) = report.findings(_with(bazhou, background=f"见{{{path}}}"))

    assert finding.check == "reference"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("支出51253万元，执行率100%", ["51253万元", "100%"]),
        ("得分93.7分，重复参保106人", ["93.7分", "106人"]),
        ("提高0.5个百分点，覆盖1,200家", ["0.5个百分点", "1,200家"]),
        ("可支配11个月", ["11个月"]),
        ("2024年12月31日，财社〔2022〕1号第3条，第12项", []),
        ("“十四五”规划、DRG2.0、（1）准备", []),
        ("引用{funds/total/executed}不算，也不算{scored/C203/score}分", []),
    ],
)
def test_typed_figure_is_a_number_with_a_unit_that_is_no_date_or_clause(text, found):
    assert list(typed(text)) == found


def _with(bazhou, **texts):
    return assess(replace(bazhou.evaluation, texts={**bazhou.evaluation.texts, **texts}))


def test_dead_reference_is_an_error_with_its_line(bazhou):
    changed = _with(bazhou, background="第一行\n得{scored/C999/score}分")

    (finding,) = report.findings(changed)

    assert (finding.check, finding.severity, finding.paths) == ("reference", "error", ("texts/background/2",))
    assert "【{scored/C999/score}】" in [
        run.text
        for block in report.write(report.kind_of(changed), changed).blocks
        if isinstance(block, Paragraph)
        for run in block.runs
    ]


def test_typed_figure_is_a_note(bazhou):
    (finding,) = report.findings(_with(bazhou, experience="到位51253万元"))

    assert (finding.check, finding.severity, finding.printed) == ("typed_figure", "note", "51253万元")


def test_text_under_an_unknown_key_is_a_warning_with_a_near_one(bazhou):
    (finding,) = report.findings(_with(bazhou, backgroud="文"))

    assert finding.check == "text_key"
    assert "background" in finding.remedy.text("zh")


def test_dead_reference_in_a_file_is_placed_at_its_line(examples, tmp_path):
    folder = tmp_path / "bundle"
    (folder / "texts").mkdir(parents=True)
    source = (examples / "bazhou-2024" / "evaluation.yaml").read_text(encoding="utf-8")
    source = source.replace("{from: survey, measure: satisfaction}", "95.99%")
    (folder / "evaluation.yaml").write_text(source, encoding="utf-8")
    (folder / "texts" / "background.md").write_text("一\n\n到位{funds/total/nothing}\n", encoding="utf-8")

    found = [finding for finding in check(folder).findings if finding.check == "reference"]

    assert [str(place) for finding in found for place in finding.places] == [f"{folder}/texts/background.md:3"]
