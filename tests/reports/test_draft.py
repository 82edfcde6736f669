"""成稿和草稿: what stands on every page of a document; one in which an error stands is written as a draft."""

import json
from io import BytesIO
from pathlib import Path

import docx
import pytest

import jixiao as api
from jixiao.formats import any_read
from jixiao.forms.form import form
from jixiao.forms.write import write

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
BLOCKED = "bachu-2020-staff-medical"


@pytest.fixture(scope="module")
def drafted(tmp_path_factory):
    """Return the folder of a blocked example's drafts, and what came of writing them."""
    out = tmp_path_factory.mktemp("draft") / "out"
    return out, api.evaluate(EXAMPLES / BLOCKED, out, draft=True)


def footers(raw):
    section = docx.Document(BytesIO(raw)).sections[-1]
    return {part.paragraphs[0].text.split("    ")[0] for part in (section.footer, section.even_page_footer)}


def test_blocked_evaluation_is_written_as_a_draft_only(drafted, tmp_path):
    out, outcome = drafted

    api.evaluate(EXAMPLES / BLOCKED, tmp_path / "out")

    assert not (tmp_path / "out").exists()
    assert outcome.exit_code() == 1
    assert {path.name for path in out.glob("*.docx")} == {
        "社会保险支出绩效自评表.docx",
        "绩效评价报告.docx",
        "评价指标体系评分表.docx",
    }


def test_every_page_of_a_draft_says_so_and_carries_its_check_code(drafted):
    out, _ = drafted

    for path in out.glob("*.docx"):
        [said] = footers(path.read_bytes())
        assert said.startswith("草稿 2020年12月31日  校验码 "), path.name


def test_draft_has_no_total(drafted):
    out, _ = drafted
    card = json.loads((out / "scorecard.json").read_text(encoding="utf-8"))

    assert (card["total"], card["grade"]) == (None, None)
    assert card["sections"][0]["weight"] is None, "its indicators have no weights: that is not a weight of 0"


def test_every_page_of_a_report_carries_version_and_check_code(bazhou_report, bazhou):
    assert bazhou_report.footer.startswith("版本 2024年12月31日  校验码 ")
    assert footers(api_written(bazhou_report)) == {bazhou_report.footer}
    assert write(form("score_table"), bazhou).footer != bazhou_report.footer


def test_cover_carries_them_without_a_number(bazhou_report):
    cover = docx.Document(BytesIO(api_written(bazhou_report))).sections[0]

    assert cover.footer.paragraphs[0].text.strip() == bazhou_report.footer


def test_another_value_in_a_report_is_another_check_code(bazhou_report):
    from dataclasses import replace

    from jixiao.documents.document import Paragraph, Run
    from jixiao.documents.footer import check_code

    more = (*bazhou_report.blocks, Paragraph.of([Run("9.9", bind="scored/score")]))

    assert check_code(more) != check_code(bazhou_report.blocks)
    assert replace(bazhou_report, blocks=more).footer == bazhou_report.footer


def test_annexed_form_keeps_the_margins_of_a_form(tmp_path):
    api.evaluate(EXAMPLES / "kashgar-2022-staff-medical", tmp_path)
    opened = docx.Document(str(tmp_path / "绩效自评报告.docx"))

    margins = [round(section.left_margin.mm) for section in opened.sections]

    assert margins[-2:] == [15, 28]
    assert [table for table in any_read.read(tmp_path / "绩效自评报告.docx").tables() if len(table.grid) > 15]


def test_four_centimetres_stay_free_above_the_seal(bazhou_report):
    opened = docx.Document(BytesIO(api_written(bazhou_report)))
    [seal] = [paragraph for paragraph in opened.paragraphs if paragraph.style.name == "Sealed"]

    assert "盖章" in seal.text
    assert round(seal.style.paragraph_format.space_before.mm) == 40
    assert seal.style.paragraph_format.keep_with_next


def api_written(document):
    from jixiao.formats import word_write

    return word_write.write(document)


def test_signatures_never_stand_alone_on_a_page(bazhou_report):
    paragraphs = docx.Document(BytesIO(api_written(bazhou_report))).paragraphs
    at = next(number for number, paragraph in enumerate(paragraphs) if paragraph.style.name == "Signature")

    assert paragraphs[at - 1].paragraph_format.keep_with_next
    assert not paragraphs[at - 2].paragraph_format.keep_with_next
