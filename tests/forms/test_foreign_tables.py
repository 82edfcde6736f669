"""识表: somebody else's table is recognised for what it is, or for nothing, and read with what it says."""

from pathlib import Path

import pytest
import yaml

from jixiao.forms.form import forms
from jixiao.forms.read import read
from jixiao.forms.recognise import head_text, recognise

CASES = yaml.safe_load(Path(__file__).with_name("foreign_tables.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_foreign_table_is_recognised_and_read(case, laid_out):
    table = laid_out(case["table"])

    found = recognise(forms(), table)

    assert (found[0].id if found else None) == case["form"]
    if found:
        reading = read(found[0], table, found[1])
        assert {path: reading.values.get(path) for path in case["values"]} == case["values"]
        assert {path: reading.within.get(path) for path in case.get("within", {})} == case.get("within", {})
        assert reading.findings == []


@pytest.mark.parametrize("case", [case for case in CASES if case["form"]], ids=lambda case: case["name"])
def test_foreign_table_pushed_down_and_aside_is_read_alike(case, laid_out):
    plain, moved = laid_out(case["table"]), "\n".join("\t\t" + line for line in case["table"].splitlines())
    pushed = laid_out("说明\n\t\n" + moved)

    (form, match), (other, shifted) = recognise(forms(), plain), recognise(forms(), pushed)

    assert other is form
    assert read(other, pushed, shifted).values == read(form, plain, match).values


def test_heads_come_without_spaces_colons_and_brackets():
    assert [head_text(text) for text in ("全年执行数（B）", "实际\n得分", "其中：财政拨款：", "偏差（%）")] == [
        "全年执行数",
        "实际得分",
        "其中:财政拨款",
        "偏差",
    ]


def test_two_rows_of_one_name_in_different_groups_are_both_kept(laid_out):
    table = laid_out("一级指标\t二级指标\t三级指标\t权重\t标杆值\t业绩值\t实际得分\t得分率\n"
                     "产出\t数量\t完成\t6\t100%\t100%\t6\t100%\n产出\t质量\t完成\t4\t100%\t50%\t2\t50%")  # fmt: skip
    form, match = recognise(forms(), table)

    values = read(form, table, match).values

    assert (values["scored/完成/score"], values["scored/产出·质量·完成/score"]) == ("6", "2")


def test_note_across_the_whole_row_is_no_indicator(laid_out):
    table = laid_out("一级指标\t权重分\t得分\t得分率\n项目产出\t40\t33.7\t84.25%\n注：两位小数\t>\t>\t>")
    form, match = recognise(forms(), table)

    assert [path for path in read(form, table, match).values if path.endswith("/name")] == ["scored/项目产出/name"]


@pytest.mark.parametrize(
    ("first", "names"),
    [("联系电话：12345", ["参保人数"]), ("填表人", ["参保人数"]), ("电话投诉处理率", ["参保人数", "办结率"])],
)
def test_sign_off_is_told_from_an_indicator_that_begins_alike(first, names, laid_out):
    table = laid_out(
        "一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\t偏差原因分析及改进措施\n"
        f"产出\t数量\t参保人数\t≥5人\t5人\t5\t5\n{first}\t质量\t办结率\t100%\t100%\t5\t5"
    )
    form, match = recognise(forms(), table)

    values = read(form, table, match).values

    assert [name for name in ("参保人数", "办结率") if f"scored/{name}/score" in values] == names
