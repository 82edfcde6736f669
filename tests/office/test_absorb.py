"""收回报告: what officers change in Word comes back as prose, what they type over a figure as a finding."""

import docx
import pytest

from jixiao.errors import CannotOpen
from jixiao.operations.absorb import absorb
from jixiao.operations.check import check
from jixiao.operations.evaluate import report_of
from jixiao.reports import edits

EXAMPLES = ("bazhou-2024", "xinjiang-2024", "kashgar-2022-resident-medical")


def _says(folder):
    return [getattr(block, "text", "") for block in report_of(check(folder).value).blocks]


@pytest.mark.parametrize("name", EXAMPLES)
def test_report_that_nobody_edited_changes_nothing(bundle_of, report_in, name):
    folder = bundle_of(name)
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}

    outcome = absorb(report_in(folder).save(), folder)

    assert (outcome.value.texts, outcome.value.reasons, outcome.value.files, outcome.findings) == ((), (), (), ())
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_prose_comes_back_with_its_figures_quoted(bundle_of, report_in):
    folder = bundle_of("bazhou-2024")
    report = report_in(folder)
    report.retype("项目覆盖库尔勒市", "项目覆盖", "本项目覆盖")

    outcome = absorb(report.save(), folder)

    assert outcome.value.texts == ("content",)
    text = (folder / "texts" / "content.md").read_text("utf-8")
    assert "本项目覆盖库尔勒市" in text and "{scored/C101/actual}" in text and "81.35万人" not in text
    assert any(said.startswith("本项目覆盖库尔勒市") and "81.35万人" in said for said in _says(folder))
    assert absorb(report_in(folder).save(), folder).value.texts == ()


def test_figure_changed_by_hand_is_listed_with_both_values_and_not_taken(bundle_of, report_in):
    folder = bundle_of("bazhou-2024")
    report = report_in(folder)
    report.retype("经综合评价", "93.7", "95.7")

    outcome = absorb(report.save(), folder)

    assert outcome.exit_code() == 1
    (found,) = outcome.findings
    assert (found.check, found.printed, found.expected, found.paths) == (
        "figure_by_hand", "95.7", "93.7", ("scored/score",),
    )  # fmt: skip
    assert outcome.value.files == ()
    assert not any("95.7" in said for said in _says(folder))


def test_figure_in_a_table_changed_by_hand_is_listed(bundle_of, report_in):
    folder = bundle_of("bazhou-2024")
    report = report_in(folder)
    report.docx.element.body.xpath(".//w:tbl//w:t[text()='106人']")[0].text = "16人"

    (found,) = absorb(report.save(), folder).findings

    assert (found.check, found.severity, found.printed, found.expected) == ("figure_by_hand", "error", "16人", "106人")
    assert found.paths == ("scored/C201/actual",) and found.places[0].row is not None


def test_sentence_of_the_report_itself_is_kept_as_an_edit_with_live_figures(bundle_of, report_in):
    folder = bundle_of("bazhou-2024")
    report = report_in(folder)
    report.retype("年初预算数为", "年初预算数为", "年初批复预算", nth=1)

    outcome = absorb(report.save(), folder)

    assert outcome.value.texts == ("edits",)
    (edit,) = edits.parsed((folder / "texts" / "edits.md").read_text("utf-8"))
    assert edit.quote.startswith("年初预算数为{funds/total/original_budget}。")
    assert edit.body.startswith("年初批复预算{funds/total/original_budget}。")
    said = [text for text in _says(folder) if text.startswith(("年初批复预算", "年初预算数为"))]
    assert [text[:14] for text in said] == ["年初预算数为48636万元。", "年初批复预算48636万元。"]


def test_next_report_has_the_prose_and_the_new_figures(bundle_of, report_in):
    folder = bundle_of("bazhou-2024")
    report = report_in(folder)
    report.retype("年初预算数为", "年初预算数为", "年初批复预算", nth=1)
    report.retype("项目覆盖库尔勒市", "项目覆盖", "本项目覆盖")
    absorb(report.save(), folder)

    path = folder / "evaluation.yaml"
    path.write_text(path.read_text("utf-8").replace("81.35万人", "81.36万人"), "utf-8")

    said = "\n".join(_says(folder))
    assert "年初批复预算48636万元" in said and "本项目覆盖" in said
    assert "81.36万人" in said and "81.35万人" not in said


def test_headings_added_renamed_and_removed_are_kept_and_said(bundle_of, report_in):
    folder = bundle_of("bazhou-2024")
    report = report_in(folder)
    report.add_after("（四）项目组织与管理情况", "本节由医保局填写。", style="BodyText", nth=1)
    report.add_after("评价时段为", "（九）补充说明", style="Heading2")
    report.add_after("（九）补充说明", "补充说明的内容。", style="BodyText")
    report.retype("（二）预算执行情况", "预算执行情况", "资金执行情况", nth=0)
    report.leave_out("（四）主要问题和建议")

    outcome = absorb(report.save(), folder)

    assert [found.check for found in outcome.findings if found.severity == "note"] == [
        "heading_changed", "heading_gone", "heading_added",
    ]  # fmt: skip
    said = _says(folder)
    at = said.index("（三）补充说明")
    assert said[at + 1] == "补充说明的内容。"
    assert said[said.index("（五）项目组织与管理情况") + 1] == "本节由医保局填写。"
    assert "（二）资金执行情况" in said and "（四）主要问题和建议" not in said
    assert absorb(report_in(folder).save(), folder).value.texts == ()


def test_gap_filled_in_word_becomes_the_text(bundle_of, report_in):
    folder = bundle_of("kashgar-2022-resident-medical")
    (folder / "texts" / "background.md").unlink()
    report = report_in(folder)
    report.retype("【待补充：项目背景】", "【待补充：项目背景】", "（1）第一项。", nth=-1)
    report.add_after("（1）第一项。", "（2）第二项：{不是引用}。", nth=-1)

    absorb(report.save(), folder)

    assert (folder / "texts" / "background.md").read_text("utf-8") == "1. 第一项。\n2. 第二项：｛不是引用｝。\n"


def test_paragraph_left_out_and_paragraph_moved(bundle_of, report_in):
    folder = bundle_of("bazhou-2024")
    report = report_in(folder)
    report.leave_out("评价时段为")
    report.move_after("本项目是巴音郭楞蒙古自治州2024年度的财政补助资金，用于", "项目覆盖库尔勒市")

    outcome = absorb(report.save(), folder)

    assert outcome.value.texts == ("background", "content")
    content = (folder / "texts" / "content.md").read_text("utf-8").split("\n\n")
    assert content[-1].startswith("本项目是{head/region}{year}年度") and "评价时段" not in "".join(content)


def test_second_of_two_like_headings_is_the_one_that_is_renamed(bundle_of, report_in):
    folder = bundle_of("bazhou-2024")
    report = report_in(folder)
    report.retype("（一）评价结论", "评价结论", "综合结论", nth=-1)

    absorb(report.save(), folder)

    (edit,) = edits.parsed((folder / "texts" / "edits.md").read_text("utf-8"))
    assert edit[:3] == ("## 评价结论", 1, "## 综合结论")
    assert [said for said in _says(folder) if said[3:] in ("评价结论", "综合结论")] == [
        "（三）评价结论",
        "（一）综合结论",
    ]


def test_edit_of_a_sentence_that_is_no_longer_said_is_found(bundle_of):
    folder = bundle_of("bazhou-2024")
    (folder / "texts" / "edits.md").write_text("> 从来没有这句话。\n\n改成这样。\n", "utf-8")

    (found,) = [found for found in check(folder).findings if found.check == "edit_lost"]

    assert (found.severity, found.printed) == ("warning", "改成这样。")
    assert str(found.places[0]).endswith("edits.md:1")


def test_reason_rewritten_in_the_annexed_table_is_taken(bundle_of, report_in):
    folder = bundle_of("kashgar-2022-resident-medical")
    code, given = list(check(folder).value.evaluation.reasons.items())[-1]
    report = report_in(folder)
    cell = report.docx.element.body.xpath(f".//w:tbl//w:t[contains(text(), '{given.why[:8]}')]")[0]
    cell.text = cell.text.replace(given.why[:8], f"经核查，{given.why[:8]}")

    outcome = absorb(report.save(), folder)

    assert (outcome.value.texts, outcome.value.reasons) == ((), (code,))
    after = check(folder).value.evaluation.reasons[code]
    assert (after.why, after.measure) == (f"经核查，{given.why}".rstrip("。"), given.measure)


def test_another_file_is_refused(bundle_of, report_in, tmp_path):
    folder = bundle_of("bazhou-2024")
    other = docx.Document()
    other.add_paragraph("会议通知")
    other.save(str(tmp_path / "other.docx"))

    with pytest.raises(CannotOpen) as refused:
        absorb(tmp_path / "other.docx", folder)

    assert refused.value.what.id == "absorb.other"


def test_dry_run_writes_nothing(bundle_of, report_in):
    folder = bundle_of("bazhou-2024")
    report = report_in(folder)
    report.retype("项目覆盖库尔勒市", "项目覆盖", "本项目覆盖")

    outcome = absorb(report.save(), folder, dry=True)

    assert outcome.value.texts == ("content",) and outcome.value.files == ()
    assert "本项目" not in (folder / "texts" / "content.md").read_text("utf-8")


def _moved_on(folder):
    """Change the bundle as offices do while a report is being edited: an actual value, and a text."""
    path = folder / "evaluation.yaml"
    path.write_text(path.read_text("utf-8").replace("C201: {value: 106人", "C201: {value: 0人"), "utf-8")
    (folder / "texts" / "background.md").write_text("后来改写的背景。\n", "utf-8")


def test_words_that_only_the_data_changed_are_no_edit(bundle_of, report_in):
    folder = bundle_of("bazhou-2024")
    report = report_in(folder)
    report.retype("项目覆盖库尔勒市", "项目覆盖", "本项目覆盖")
    _moved_on(folder)

    outcome = absorb(report.save(), folder)

    assert outcome.value.texts == ("content",)
    assert not [found for found in outcome.findings if found.severity == "error"]
    said = _says(folder)
    assert "后来改写的背景。" in said and not any("失6分" in text for text in said)


@pytest.mark.office
def test_words_that_only_the_data_changed_are_no_edit_after_libreoffice(bundle_of, report_in, resaved):
    folder = bundle_of("bazhou-2024")
    report = report_in(folder)
    report.retype("项目覆盖库尔勒市", "项目覆盖", "本项目覆盖")
    saved = resaved(report.save(), "docx")
    _moved_on(folder)

    outcome = absorb(saved, folder)

    assert outcome.value.texts == ("content",)
    assert (folder / "texts" / "background.md").read_text("utf-8") == "后来改写的背景。\n"


@pytest.mark.office
@pytest.mark.parametrize("name", EXAMPLES[:2])
def test_report_saved_by_libreoffice_changes_nothing(bundle_of, report_in, resaved, name):
    folder = bundle_of(name)

    outcome = absorb(resaved(report_in(folder).save(), "docx"), folder)

    assert (outcome.value.texts, outcome.findings) == ((), ())


@pytest.mark.office
def test_report_edited_and_saved_by_libreoffice_comes_back(bundle_of, report_in, resaved):
    folder = bundle_of("bazhou-2024")
    report = report_in(folder)
    report.retype("项目覆盖库尔勒市", "项目覆盖", "本项目覆盖")
    report.retype("经综合评价", "93.7", "95.7")
    report.add_after("评价时段为", "（九）补充说明", style="Heading2")
    report.add_after("（九）补充说明", "补充说明的内容。", style="BodyText")

    outcome = absorb(resaved(report.save(), "docx"), folder)

    assert [(found.check, found.printed, found.expected) for found in outcome.findings] == [
        ("figure_by_hand", "95.7", "93.7"),
        ("heading_added", None, None),
    ]
    said = "\n".join(_says(folder))
    assert "本项目覆盖库尔勒市" in said and "81.35万人" in said and "（三）补充说明\n补充说明的内容。" in said
    text = (folder / "texts" / "content.md").read_text("utf-8")
    assert "{scored/C101/actual}" in text
