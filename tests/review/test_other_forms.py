"""别处的报告: invented reports in the forms of several provinces: silent as they are, and not when a figure changes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from jixiao.formats.text_read import read_text
from jixiao.review.check import run
from jixiao.review.reading import of_document

FOLDER = Path(__file__).parent / "reports"
NAMES = sorted(path.stem for path in FOLDER.glob("*.txt"))
NUMBER = re.compile(r"(?<![\d.,])\d[\d,]*(?:\.\d+)?(?![\d.])")
CAUGHT = {
    "各级权重分列": 90,
    "符号单位分列": 85,
    "无分值栏": 55,
    "乡镇参保": 80,
    "摘要与三年对比": 76,
    "分批与扣分": 60,
    "成本与限期": 75,
    "小计与占比": 60,
    "文字自评": 55,
    "明细与扣分原因": 70,
    "二十加八十": 70,
    "部门整体支出": 70,
    "元单位嵌套": 75,
    "决策管理绩效": 70,
    "表头两层": 95,
}


def grave(text):
    return [finding for finding in run(of_document(read_text(text, "例"))) if finding.severity != "note"]


def changed(text):
    """Yield the text with one digit of one number changed, for every number that is no year."""
    for match in NUMBER.finditer(text):
        number = match[0]
        if re.fullmatch(r"20\d\d", number):
            continue
        at = number.index(".") - 1 if "." in number else len(number) // 2 if len(number) > 2 else len(number) - 1
        at -= number[at] == ","
        digit = str((int(number[at]) + 3) % 10)
        digit = "4" if digit == "0" and at == 0 else digit
        yield text[: match.start()] + number[:at] + digit + number[at + 1 :] + text[match.end() :]


def test_every_form_has_its_share():
    assert set(NAMES) == set(CAUGHT)


@pytest.mark.parametrize("name", NAMES)
def test_report_of_another_province_is_silent_when_it_agrees(name):
    assert grave((FOLDER / f"{name}.txt").read_text(encoding="utf-8")) == []


@pytest.mark.deep
@pytest.mark.parametrize("name", NAMES)
def test_changed_digit_is_caught_when_anything_printed_refutes_it(name):
    texts = list(changed((FOLDER / f"{name}.txt").read_text(encoding="utf-8")))

    caught = sum(1 for text in texts if grave(text))

    assert caught * 100 >= CAUGHT[name] * len(texts)
