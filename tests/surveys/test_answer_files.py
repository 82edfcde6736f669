"""答卷文件: every platform's export, every encoding and every bad row, told apart and counted."""

from __future__ import annotations

import pytest
from openpyxl import Workbook

from jixiao.errors import CannotOpen, CannotParse
from jixiao.operations.survey_analyse import survey_analyse

FORM = """
schema: questionnaire/1
id: t
title: 测试问卷
sections:
  - title: 题目
    questions:
      - {code: Q1, kind: single, text: 从哪里了解政策, options: {A: 政府网站, B: 村委会, C: 其他}}
      - {code: Q2, kind: multiple, text: 最需要改进的方面, options: {A: 补助标准, B: 申请流程, C: 其他}}
      - {code: S1, kind: scale, text: 报销及时性}
      - {code: S2, kind: scale, text: 服务态度}
      - {code: T1, kind: text, text: 低分原因, required: no, shown_when: {questions: [S1, S2], at_most: 2}}
satisfaction: {items: [S1, S2]}
"""
LEAD = "序号,提交答卷时间,所用时间,来源,来源详情,来自IP"


@pytest.fixture
def run(tmp_path):
    """Return a function that writes form and answers and analyses them."""

    def analysed(answers, *, form=FORM, beside="", name="answers.csv", **options):
        (tmp_path / "form.yaml").write_text(form, "utf-8")
        path = tmp_path / name
        if isinstance(answers, Workbook):
            answers.save(path)
        else:
            path.write_bytes(answers if isinstance(answers, bytes) else answers.encode())
        if beside:
            path.with_suffix(".yaml").write_text(f"schema: answers/1\n{beside}", "utf-8")
        return survey_analyse(tmp_path / "form.yaml", path, **options)

    return analysed


def chosen(outcome, code):
    return outcome.value.analysis.tally.all.counts[code].chosen


def said(outcome, check):
    return [finding.because.text() for finding in outcome.findings if finding.check == check]


PLAIN = "Q1,Q2,S1,S2,T1\nA,A;B,5,4,\nB,C,3,5,\n"
WJX_TEXT = f"""{LEAD},1、从哪里了解政策：,2、最需要改进的方面,3、报销及时性,4、服务态度,5、低分原因
1,2024/5/1 10:00:00,125秒,微信,N/A,1.2.3.4(新疆-巴州),政府网站,补助标准┋申请流程,5,4,(跳过)
2,2024/5/1 10:05:00,61秒,微信,N/A,1.2.3.5(新疆-巴州),村委会,其他〖路远〗,3,5,(空)
"""
WJX_CODES = f"""{LEAD},1、从哪里了解政策,2(补助标准),2(申请流程),2(其他),3、报销及时性,4、服务态度,5、低分原因
1,2024/5/1 10:00:00,125,微信,N/A,1.2.3.4,1,1,1,0,5,4,-3
2,2024/5/1 10:05:00,61,微信,N/A,1.2.3.5,2,0,0,1,3,5,-2
"""
KOBO = """start;end;组一/Q1;组一/Q2;组一/Q2/A;组一/Q2/B;组一/Q2/C;组二/S1;组二/S2;组二/T1;_id;_uuid;_submission_time
2024-05-01T10:00:00.000+08:00;2024-05-01T10:02:05.000+08:00;A;A B;1;1;0;5;4;;1;u1;2024-05-01T10:02:06
2024-05-01T10:00:00.000+08:00;2024-05-01T10:01:01.000+08:00;B;C;0;0;1;3;5;;2;u2;2024-05-01T10:02:06
"""


@pytest.mark.parametrize(
    ("answers", "platform"),
    [(PLAIN, "一题一列"), (WJX_TEXT, "问卷星文本"), (WJX_CODES, "问卷星序号"), (KOBO, "KoboToolbox")],
    ids=lambda value: value if len(value) < 20 else None,
)
def test_export_gives_the_same_counts_from_every_platform(run, answers, platform):
    found = run(answers)

    assert (found.value.analysis.tally.returned, found.value.analysis.tally.valid) == (2, 2), platform
    assert (chosen(found, "Q1"), chosen(found, "Q2")) == ((1, 1, 0), (1, 1, 1))
    assert (chosen(found, "S1"), chosen(found, "S2")) == ((0, 0, 1, 0, 1), (0, 0, 0, 1, 1))
    assert found.exit_code() == 0


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_encoding_of_a_csv_file_is_told(run, encoding):
    found = run(WJX_TEXT.encode(encoding))

    assert chosen(found, "Q1") == (1, 1, 0)
    assert said(found, "answer_file") == (
        [f"按 {encoding.upper()} 编码读入"] if encoding in ("gb18030", "utf-16") else []
    )


def test_mixed_encodings_are_refused_with_both_lines(run):
    head, first, second = WJX_TEXT.splitlines()[:3]

    with pytest.raises(CannotParse) as caught:
        run(f"{head}\n{first}\n".encode() + f"{second}\n".encode("gb18030"))

    assert caught.value.what.text() == "文件里混有两种编码：UTF-8 有 2 行（如第 1 行），其他编码有 1 行（如第 3 行）"
    assert caught.value.place.line == 3


def test_bad_rows_are_listed_with_their_reasons_and_left_out(run, tmp_path):
    found = run("Q1,Q2,S1,S2,T1\nA,A,5,4,\nD,A,5,4,\nB,A|E,6,4,\nC,B,x,3,\n", out=tmp_path / "out")

    assert (
        found.value.analysis.tally.returned,
        found.value.analysis.tally.unreadable,
        found.value.analysis.tally.valid,
    ) == (4, 3, 1)
    assert [(bad.row, bad.column, bad.why.text()) for bad in found.value.bad] == [
        (3, "Q1", "「D」不是 Q1 的选项"),
        (4, "Q2", "「E」不是 Q2 的选项"),
        (4, "S1", "S1 的分值应在 1 到 5 之间，这里是 6"),
        (5, "S1", "「x」不是 S1 的分值"),
    ]
    assert said(found, "answers_unreadable")[0].startswith("4 份答卷中有 3 份读不懂（4 格），未计入有效")
    assert len((tmp_path / "out/bad-rows.csv").read_text("utf-8-sig").splitlines()) == 5


def test_score_of_six_among_numbers_only_is_found(run):
    found = run("Q1,Q2,S1,S2,T1\n1,1,5,4,\n2,2,6,4,\n")

    assert [(bad.row, bad.why.text()) for bad in found.value.bad] == [(3, "S1 的分值应在 1 到 5 之间，这里是 6")]
    assert chosen(found, "S1") == (0, 0, 0, 0, 1)


def test_row_with_more_cells_than_the_head_is_a_bad_row(run):
    found = run("Q1,Q2,S1,S2,T1\nA,A,5,4,\nA,A,5,4,,x,y\nB,C,3,5,\n")

    assert [(bad.row, bad.why.text()) for bad in found.value.bad] == [(3, "这一行有 7 格，表头只有 5 格")]
    assert (found.value.analysis.tally.returned, found.value.analysis.tally.valid) == (3, 2)


def test_merged_head_cells_are_joined_and_said(run):
    book = Workbook()
    sheet = book.active
    sheet.append(["从哪里了解政策", "最需要改进的方面", None, None, "报销及时性", "服务态度", "低分原因"])
    sheet.append([None, "补助标准", "申请流程", "其他", None, None, None])
    sheet.append(["A", 1, 1, 0, 5, 4, None])
    sheet.append(["B", 0, 0, 1, 3, 5, None])
    sheet.merge_cells("B1:D1")
    for column in "AEFG":
        sheet.merge_cells(f"{column}1:{column}2")

    found = run(book, name="answers.xlsx")

    assert (chosen(found, "Q1"), chosen(found, "Q2")) == ((1, 1, 0), (1, 1, 1))
    assert said(found, "answer_file")[0].startswith("表头占 2 行，有合并单元格")


def test_empty_file_and_head_without_answers_are_refused(run):
    with pytest.raises(CannotOpen) as empty:
        run("")
    with pytest.raises(CannotOpen) as no_rows:
        run("Q1,Q2,S1,S2,T1\n")

    assert empty.value.what.id == "open.empty"
    assert no_rows.value.what.text() == "只有表头，没有一份答卷"


def test_one_respondent_has_shares_and_no_reliability(run):
    found = run("Q1,Q2,S1,S2,T1\nA,A,5,4,\n").value.analysis

    assert found.satisfaction.rate.text() == "90%"
    assert found.reliability.text() == "全部作答的只有 1 人，至少要 2 人"
    assert found.validity.text() == "全部作答的只有 1 人，至少要 3 人"
    assert found.certainty.text() == "全部作答的只有 1 人，至少要 2 人"


def test_answers_all_equal_have_no_variance(run):
    found = run("Q1,Q2,S1,S2,T1\n" + "A,A,5,5,\n" * 30).value.analysis

    assert found.satisfaction.rate.text() == "100%"
    assert found.reliability.text() == "S1、S2 的作答全部相同，方差为 0，不计算"
    assert found.certainty.interval.low.text() == "100%"


def test_column_of_a_question_that_is_not_there_is_an_error(run):
    found = run("Q1,Q2,S1,别的\nA,A,5,x\n")

    assert found.exit_code() == 1
    assert said(found, "answer_columns") == [
        "答卷里没有 S2「服务态度」这一题的列",
        "这些列不属于任何一题，没有使用：别的",
    ]
    assert found.value.analysis.tally.all.counts["S2"].missing == 1


VALIDITY = """
validity:
  token: exclude
  seconds: {then: exclude, limit: 20}
  address: {then: count, limit: 2}
  straight: {then: count, limit: 2}
  complete: count
"""


def test_validity_rules_are_counted_in_order_and_add_up(run):
    rows = [
        "t1,30,a,A,A,5,4",
        "t1,30,a,A,A,5,4",
        "t2,10,a,A,A,5,4",
        "t3,30,b,A,A,5,5",
        "t4,30,c,,A,5,4",
        ",30,d,Z,A,5,4",
    ]
    found = run("token,seconds,ip,Q1,Q2,S1,S2\n" + "\n".join(rows), form=FORM + VALIDITY, beside="issued: 10\n")
    tally = found.value.analysis.tally

    assert (tally.returned, tally.unreadable, tally.excluded, tally.valid) == (6, 1, {"token": 1, "seconds": 1}, 3)
    assert tally.broken == {"token": 1, "seconds": 1, "address": 3, "straight": 1, "complete": 1}
    assert tally.returned == tally.unreadable + sum(tally.excluded.values()) + tally.valid
    assert (found.value.analysis.return_rate().text(), found.value.analysis.response().text()) == ("60%", "30%")
    assert tally.all.counts["Q1"].missing == 1


def test_conditional_question_has_those_it_was_shown_to_as_its_base(run):
    found = run("Q1,Q2,S1,S2,T1\nA,A,2,4,太慢\nA,A,1,5,\nB,C,5,5,写错地方\n").value.analysis.tally.all.counts["T1"]

    assert (found.shown, found.answered, found.stray, found.missing) == (2, 2, 1, 1)


def test_local_heads_are_named_beside_the_answers(run):
    found = run("来源渠道,Q2,S1,S2,T1\nA,A,5,4,\n", beside="columns: {Q1: 来源渠道}\n")

    assert chosen(found, "Q1") == (1, 0, 0)


def test_cells_that_begin_a_formula_are_written_as_text(run, tmp_path):
    run("Q1,Q2,S1,S2,T1\n=1+1,A,5,4,\nA,A,5,4,\n", out=tmp_path / "out")

    assert "'=1+1" in (tmp_path / "out/bad-rows.csv").read_text("utf-8-sig")


@pytest.mark.parametrize(
    "head",
    [
        "1、从哪里了解政策（单选）,2、最需要改进的方面(补助标准),2、最需要改进的方面(申请流程),2、最需要改进的方面(其他),3、请打分—报销及时性,3、请打分—服务态度",
        "一、从哪里了解政策？,最需要改进的方面/补助标准,最需要改进的方面/申请流程,最需要改进的方面/其他,报销及时性：,S2",
        '"从哪里\n了解政策",Q2/A,Q2/B,Q2/C,s1,题组/S2',
    ],
)
def test_head_is_known_by_code_text_or_number_however_it_is_dressed(run, head):
    found = run(f"{head}\n1,1,0,0,5,4\nB,0,1,1,3,5\n")

    assert said(found, "answer_columns") == []
    assert (chosen(found, "Q1"), chosen(found, "Q2")) == ((1, 1, 0), (1, 1, 1))
    assert (chosen(found, "S1"), chosen(found, "S2")) == ((0, 0, 1, 0, 1), (0, 0, 0, 1, 1))


def test_cells_with_line_breaks_and_commas_stay_one_answer(run):
    found = run('Q1,Q2,S1,S2,T1\nA,A,2,4,"太慢，\n等了三天, 没人管"\nB,B,5,5,\n')

    assert found.value.analysis.tally.returned == 2
    assert found.value.analysis.tally.all.counts["T1"].answered == 1


@pytest.mark.parametrize("points", ["99999999999999999999", "4.5", "-1", "五"])
def test_points_that_are_none_are_said_even_after_many_good_rows(run, points):
    found = run("Q1,Q2,S1,S2\n" + "A,A,5,4\n" * 300 + f"A,A,{points},4\n")

    assert [(bad.row, bad.column, bad.spelt) for bad in found.value.bad] == [(302, "S1", points)]
    assert found.value.analysis.tally.valid == 300


def test_large_file_in_gb18030_is_read_after_its_ascii_beginning(run, monkeypatch):
    from jixiao.formats import answers as reading

    monkeypatch.setattr(reading, "_LARGE", 1000)
    monkeypatch.setattr(reading, "_HEAD", 500)

    found = run(("Q1,Q2,S1,S2\n" + "A,A,5,4\n" * 300 + "村委会,A,5,4\n").encode("gb18030"))

    assert chosen(found, "Q1") == (300, 1, 0)
    assert said(found, "answer_file") == ["按 GB18030 编码读入"]


def test_codes_with_leading_zeros_are_the_codes_they_are(run):
    form = FORM.replace("{A: 政府网站, B: 村委会, C: 其他}", '{"02": 政府网站, "01": 村委会, C: 其他}')

    assert chosen(run("Q1,Q2,S1,S2\n02,A,5,4\n01,A,5,4\n02,A,5,4\n", form=form), "Q1") == (2, 1, 0)


@pytest.mark.parametrize("ending", ["\r\n", "\r", "\n\n"])
def test_line_ends_of_every_system_are_line_ends(run, ending):
    found = run(f"Q1,Q2,S1,S2{ending}A,A,5,4{ending}B,A,5,4{ending}")

    assert (found.value.analysis.tally.returned, chosen(found, "Q1")) == (2, (1, 1, 0))


def test_rows_that_hold_nothing_are_no_answers_and_are_said(run):
    found = run("序号,Q1,Q2,S1,S2\n1,A,A,5,4\n\n,,,,\n2,,,,\n")

    assert found.value.analysis.tally.returned == 2
    assert found.value.analysis.tally.broken["complete"] == 1
    assert said(found, "answers_blank") == ["2 行没有任何内容，不算作答卷"]


def test_first_answer_with_fewer_cells_takes_nothing_from_the_others(run):
    found = run("Q1,Q2,S1,S2\nA,A\nB,A,5,4\n")

    assert (found.value.analysis.tally.returned, chosen(found, "S2")) == (2, (0, 0, 0, 1, 0))
