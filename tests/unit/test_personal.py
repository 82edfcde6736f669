"""个人信息: what is masked is personal, what is not personal stays, and nothing can be read from what was masked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jixiao.personal import MASK, found, masked


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("电话13800138000。", f"电话{MASK}。"),
        ("电话0991-2345678转2", f"电话{MASK}转2"),
        ("11010519491231002X", MASK),
        ("11010519491231002x", MASK),
        ("联系人：欧阳某", f"联系人：{MASK}"),
        ("填写人（签字）：张某某", f"填写人（签字）：{MASK}"),
        ("负责人: 买买提·艾力", f"负责人: {MASK}"),
        ("姓名：张某　电话：13900139000", f"姓名：{MASK}　电话：{MASK}"),
    ],
)
def test_personal_data_are_masked(text, shown):
    assert masked(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "资金 48636 万元", "财社〔2024〕12号", "2657677人", "20241231", "统一社会信用代码 91110000600037341L",
        "110105194912310021", "联系人：", "联系人：县医疗保障局", "12345678901234567890", "1.13800138000", "138001380001",
        "53.8元/人", "负责人签字：", "4111111111111112",
    ],
)  # fmt: skip
def test_everything_else_stays(text):
    assert masked(text) == text


@given(st.text(alphabet="0123456789Xx张李：姓名联系人电话，。 -", max_size=60))
def test_masking_is_final_and_only_hides(text):
    shown = masked(text)

    assert masked(shown) == shown
    kept = [text[one.start : one.end] for one in found(text)]
    assert shown.count(MASK) == len(kept)
    assert len(shown) == len(text) - sum(map(len, kept)) + len(MASK) * len(kept)


@given(st.lists(st.sampled_from(["王某", "李某某", "赵某"]), min_size=1, unique=True), st.text(max_size=30))
def test_listed_name_never_survives(names, text):
    mixed = text.join(names)

    assert not [name for name in names if name in masked(mixed, names)]
