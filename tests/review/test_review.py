"""审核: one report or many, its JSON, the files it writes, and the rounds of answers."""

from __future__ import annotations

import json
from dataclasses import replace
from importlib import resources
from io import BytesIO

import ground_truth
import jsonschema
import pytest
import sample_reports
import written
from docx import Document as open_docx
from openpyxl import load_workbook

from jixiao.documents.document import Document, Paragraph
from jixiao.errors import CannotOpen
from jixiao.figures.figure import figure
from jixiao.findings import Place
from jixiao.formats import convert, review_excel, review_html, review_word
from jixiao.operations.review import exit_code, review, review_document
from jixiao.review import reading, rounds
from jixiao.review.check import run
from jixiao.review.report import reviewed
from jixiao.review.said import OCR

REPORT = sample_reports.third_party(3)
WRONG = {"C_s": "40.9"}


@pytest.fixture
def wrong(tmp_path):
    return written.write(REPORT.document(WRONG), "docx", tmp_path, "甲县")


@pytest.fixture
def right(tmp_path):
    return written.write(REPORT.document(), "docx", tmp_path, "乙县")


def test_review_of_a_sound_report_is_fine(right):
    outcome = review([right])

    assert (outcome.findings, exit_code(outcome)) == ((), 0)
    coverage = outcome.value[0].coverage
    assert coverage.read == coverage.checked + coverage.unchecked > 100


def test_review_names_the_figure_and_what_it_should_be(wrong):
    outcome = review([wrong])

    assert exit_code(outcome) == 1
    (finding,) = outcome.findings
    assert (finding.printed, finding.expected, finding.severity) == ("40.9", REPORT.spots["C_s"].text, "error")
    assert (finding.places[0].row, finding.places[0].column, finding.places[0].quote) == (4, 3, "40.9")


def test_json_says_what_was_checked_and_what_was_not_read(wrong):
    document = review_document(review([wrong]).value)

    assert document["schema"] == "review/1"
    assert set(document) == {"schema", "findings", "checked", "not_read", "reports"}
    assert document["checked"] > 100 and document["not_read"] == []
    assert document["reports"][0]["errors"] == 1
    assert set(document["findings"][0]) >= {
        "check",
        "severity",
        "where",
        "printed",
        "expected",
        "because",
        "id",
        "args",
    }
    assert json.dumps(document, ensure_ascii=False)


def test_json_fits_the_schema_that_ships(wrong, tmp_path):
    schema = json.loads(resources.files("jixiao").joinpath("schemas/review-1.json").read_text("utf-8"))
    handed_in(tmp_path, "坏.xlsx", b"PK broken")
    plain = handed_in(tmp_path, "报告.pdf", "全年预算数100万元，执行数90万元，执行率80%。".encode())

    for paths in ([wrong], [tmp_path], [plain]):
        jsonschema.validate(review_document(review(paths).value, "en"), schema)


def test_folder_gives_one_entry_a_report(wrong, right, tmp_path):
    (tmp_path / "坏.xlsx").write_bytes(b"PK broken")

    reports = review([tmp_path]).value

    assert [report.count("error") for report in reports] == [0, 0, 1]
    assert [report.problem is not None for report in reports] == [False, True, False]
    assert reports[2].totals[0].printed == reports[0].totals[0].printed


def test_nothing_to_review_is_an_error(tmp_path):
    with pytest.raises(CannotOpen):
        review([tmp_path])


def test_word_file_carries_comments_at_the_cells(wrong):
    raw = review_word.annotated(wrong, review([wrong]).findings)

    comments = [comment.text for comment in open_docx(BytesIO(raw)).comments]
    assert "40.9" in comments[0] and "必改" in comments[0]
    assert raw == review_word.annotated(wrong, review([wrong]).findings)


def test_page_marks_the_figure_where_it_stands(wrong):
    page = review_html.page(review([wrong]).value[0]).decode()

    assert '<td class="marked error">40.9<sup' in page
    assert "<script" not in page


def test_files_are_written_whole(wrong, tmp_path):
    out = tmp_path / "out"

    review([wrong], out)

    assert {path.name for path in out.iterdir()} == {"审核意见.xlsx", "review.json", "甲县-审核.html", "甲县-批注.docx"}


def listed(reports, earlier=()):
    return review_excel.written(reports, rounds.concluded(reports, earlier))


def answered(raw, tmp_path, **cells):
    book = load_workbook(BytesIO(raw))
    for cell, value in cells.items():
        book["审核意见"][cell] = value
    path = tmp_path / "回复.xlsx"
    book.save(path)
    return path


def conclusions(path, earlier):
    told = rounds.concluded(review([path]).value, review_excel.answers(earlier))
    return [opinion.conclusion for opinion in told]


@pytest.mark.office
@pytest.mark.skipif(convert.office() is None, reason="needs LibreOffice")
@pytest.mark.parametrize("ending", ["xls", "et"])
def test_opinion_list_that_comes_back_as_an_old_workbook_is_read(ending, wrong, tmp_path):
    asked = answered(listed(review([wrong]).value), tmp_path)
    back = convert.run(convert.office(), asked, "xls", tmp_path, 120).rename(tmp_path / f"答复.{ending}")

    assert set(conclusions(wrong, back)) == {"未改"}


def handed_in(folder, name, raw):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(raw)
    return path


def test_rounds_tell_corrected_unchanged_accepted_and_new(wrong, right, tmp_path):
    first = listed(review([wrong]).value)
    book = load_workbook(BytesIO(first))["审核意见"]
    assert [cell.value for cell in book[1]][:9] == list(review_excel.HEADS)

    asked = answered(first, tmp_path, H2="已核对")
    assert conclusions(wrong, asked) == ["未改"]
    assert conclusions(wrong, answered(first, tmp_path, H2="口径不同", I2="说明可接受")) == ["说明可接受"]
    same_name = handed_in(tmp_path / "again", "甲县.docx", right.read_bytes())
    assert conclusions(same_name, asked) == ["已改"]
    other = written.write(REPORT.document({"q0": "584.1%"}), "docx", same_name.parent, "甲县")
    assert conclusions(other, asked) == ["新增", "已改"]


def test_answer_accepted_for_one_figure_is_not_accepted_for_another(wrong, tmp_path):
    asked = answered(listed(review([wrong]).value), tmp_path, H2="口径不同", I2="说明可接受")
    changed = handed_in(tmp_path / "in", "甲县.docx", written.as_docx(REPORT.document({"C_s": "41.9"})))

    assert conclusions(changed, asked) == ["未改"]


def test_lost_hidden_column_does_not_lose_the_answers(wrong, tmp_path):
    book = load_workbook(BytesIO(listed(review([wrong]).value)))
    book["审核意见"].delete_cols(10)
    book["审核意见"].insert_rows(1)
    path = tmp_path / "回复.xlsx"
    book.save(path)

    assert conclusions(wrong, path) == ["未改"]


def test_report_that_was_not_handed_in_again_is_not_corrected(wrong, right, tmp_path):
    both = handed_in(tmp_path / "in", "丙县.docx", written.as_docx(REPORT.document({"q0": "584.1%"})))
    asked = answered(listed(review([wrong, both]).value), tmp_path)

    told = rounds.concluded(review([wrong, right]).value, review_excel.answers(asked))

    assert [(opinion.file, opinion.conclusion) for opinion in told] == [("甲县.docx", "未改"), ("in/丙县.docx", "未改")]


def test_report_that_cannot_be_read_is_not_corrected(wrong, right, tmp_path):
    asked = answered(listed(review([wrong, right]).value), tmp_path)
    wrong.write_bytes(b"PK broken")

    told = rounds.concluded(review([wrong, right]).value, review_excel.answers(asked))

    assert [opinion.conclusion for opinion in told] == ["未改"]


def test_reports_of_one_name_are_told_apart_by_their_folders(wrong, right, tmp_path):
    folder = tmp_path / "各县"
    handed_in(folder, "甲县/自评报告.docx", wrong.read_bytes())
    handed_in(folder, "乙县/自评报告.docx", right.read_bytes())
    reports = review([folder], tmp_path / "out").value

    assert rounds.names(reports) == ["乙县/自评报告.docx", "甲县/自评报告.docx"]
    assert {path.name for path in (tmp_path / "out").iterdir()} >= {
        "甲县-自评报告-审核.html",
        "乙县-自评报告-审核.html",
    }
    assert [opinion.file for opinion in rounds.opinions(reports)] == ["甲县/自评报告.docx"]


def test_two_opinions_of_one_kind_are_concluded_each_by_itself(wrong, tmp_path):
    (one,) = rounds.opinions(review([wrong]).value)
    earlier = (one._replace(place="表9 第9行"), one)

    told = rounds.concluded(review([wrong]).value, earlier)

    assert [(opinion.place, opinion.conclusion) for opinion in told] == [(one.place, "未改"), ("表9 第9行", "已改")]


def test_list_is_laid_out_for_a4_with_its_head_on_every_page(wrong):
    sheet = load_workbook(BytesIO(listed(review([wrong]).value)))["审核意见"]

    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert "审核意见" in sheet.oddHeader.center.text


def test_summary_says_why_a_report_was_not_read(wrong, tmp_path):
    broken = handed_in(tmp_path, "坏.xlsx", b"PK broken")

    sheet = load_workbook(BytesIO(listed(review([wrong, broken]).value)))["汇总"]

    rows = [[cell.value or "" for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert [(row[0], row[2], row[7], row[10]) for row in rows] == [
        ("甲县.docx", "1", "0", ""),
        ("坏.xlsx", "0", "1", "不是有效的 Office 文件"),
    ]


def test_letter_closes_a_round(wrong, tmp_path):
    asked = answered(listed(review([wrong]).value), tmp_path, H2="已核对")

    review([wrong], tmp_path / "out", earlier=asked)

    told = open_docx(tmp_path / "out" / "复核意见书.docx")
    text = "".join(paragraph.text for paragraph in told.paragraphs)
    assert "未改 1 条" in text and "尚有 1 条须改正或说明" in text and "复核单位（盖章）" in text
    assert [cell.text for cell in told.tables[0].rows[1].cells][:5] == ["甲县.docx", "0", "1", "0", "0"]
    assert [cell.text for cell in told.tables[-1].rows[1].cells][-2:] == ["已核对", "未改"]


def test_letter_lets_a_corrected_report_pass(wrong, right, tmp_path):
    asked = answered(listed(review([wrong]).value), tmp_path)
    corrected = handed_in(tmp_path / "again", "甲县.docx", right.read_bytes())

    review([corrected], tmp_path / "out", earlier=asked)

    text = "".join(paragraph.text for paragraph in open_docx(tmp_path / "out" / "复核意见书.docx").paragraphs)
    assert "复核通过" in text and "附表2" in text


def test_text_that_begins_like_a_formula_stays_text(tmp_path):
    path = written.write(sample_reports.self_evaluation(4).document({"i3_target": "=109%"}), "docx", tmp_path)

    book = load_workbook(BytesIO(listed(review([path]).value)))

    assert all(cell.data_type != "f" for row in book["审核意见"].iter_rows() for cell in row)


@pytest.mark.parametrize("name", ground_truth.names())
def test_list_of_what_is_wrong_in_a_source_report_is_well_formed(name):
    for item in ground_truth.items(name):
        assert item.lines and item.about
        assert item.sure in ("certain", "arguable", "style")


def test_same_checks_run_on_an_evaluation(bazhou):
    said = reading.of_evaluation(bazhou)

    assert run(said) == []
    assert said.figures > said.checked() > 60


def test_check_fires_on_an_evaluation_when_a_sum_is_wrong(bazhou):
    said = reading.of_evaluation(bazhou)
    spoiled = [
        replace(r, claims=(replace(r.claims[0], figure=figure("94.7"), text="94.7"), *r.claims[1:]))
        if r.about == "scored" and r.facts.get("of") == "score"
        else r
        for r in said.relations
    ]

    found = run(replace(said, relations=tuple(spoiled)))

    assert [finding.check for finding in found] == ["section_sums"]
    assert "scored/score" in found[0].paths


GOALS = """
| 三级指标 | 年度指标值 | 分值 |
| 参保人数 | ≥41万人 | 5 |
| 待遇人次 | ≥132万人次 | 5 |
| 支付及时率 | =100% | 10 |
"""
FILLED = """
全年预算数500万元，全年执行数450万元，预算执行率90%。

| 三级指标 | 上年完成值 | 年度指标值 | 实际完成值 | 分值 | 得分 |
| 参保人数 | 40万人 | ≥40万人 | 40.5万人 | 5 | 5 |
| 待遇人次 | 130万人次 | ≥132万人次 | 140万人次 | 6 | 6 |
"""
BEFORE = """
| 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 |
| 参保人数 | ≥39万人 | 40万人 | 5 | 5 |
| 待遇人次 | ≥120万人次 | 128万人次 | 5 | 5 |
"""


def test_report_is_held_against_what_was_approved(tmp_path):
    papers = {
        "报告": FILLED,
        "goals": GOALS,
        "budget": "下达资金300万元。",
        "more": "下达资金180万元。",
        "paid": "支付450万元。",
    }
    paths = {name: tmp_path / f"{name}.md" for name in (*papers, "previous")}
    for name, text in {**papers, "previous": BEFORE}.items():
        paths[name].write_text(text, encoding="utf-8")
    approved = {"goals": [paths["goals"]], "budget": [paths["budget"], paths["more"]], "paid": [paths["paid"]],
                "previous": [paths["previous"]]}  # fmt: skip

    found = review([paths["报告"]], approved=approved).findings

    said = {
        (f.because.id.removeprefix("review.against."), f.printed, f.expected) for f in found if f.check == "against"
    }
    assert said == {
        ("missing", None, None),
        ("target", "≥40万人", "≥41万人"),
        ("weight", "6", "5"),
        ("budget", "500万元", None),
        ("previous", "130万人次", "128万人次"),
    }


def test_what_was_recognised_in_a_picture_is_never_an_error():
    text = "全年预算数100万元，执行数90万元，执行率80%。"
    printed, scanned = (
        reviewed(Document((Paragraph(text, place=Place("报告.pdf", part, 1, line=1)),), "报告")) for part in (None, OCR)
    )

    assert [finding.severity for finding in printed.findings] == ["error"]
    assert [finding.severity for finding in scanned.findings] == ["warning"]


def test_opinions_are_known_again_when_the_file_has_another_name(wrong, tmp_path):
    before = review([wrong]).value
    asked = answered(listed(before), tmp_path)
    renamed = handed_in(tmp_path / "in", "另名（修改版）.docx", wrong.read_bytes())

    assert conclusions(renamed, asked) == ["未改"] * len(before[0].findings)
