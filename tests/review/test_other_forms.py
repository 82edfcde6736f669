"""别处的报告: invented reports in the forms of several provinces: silent as they are, and not when a figure changes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from jixiao.formats.text_read import read_text
from jixiao.review.check import run
from jixiao.review.reading import of_document

FOLDER = Path(__file__).parent / "reports"
SENTENCES = Path(__file__).parent / "sound_sentences.yaml"
NAMES = sorted(path.stem for path in FOLDER.glob("*.txt"))
NUMBER = re.compile(r"(?<![\d.,])\d[\d,]*(?:\.\d+)?(?![\d.])")
CAUGHT = {
    "职工医保满意率": 53,
    "工伤基金运行": 71,
    "版式自评无执行分": 69,
    "连排汇总表": 39,
    "救助分县与扣分": 81,
    "连排自评表": 16,
    "到位率与占比": 50,
    "救助绩效等级": 72,
    "制表养老": 88,
    "版面居民医保": 86,
    "逐格自评": 87,
    "文字工伤": 62,
    "网页表职工医保": 73,
    "连排大病": 82,
    "省级补助自评": 32,
    "跨年项目摘要": 56,
    "能力建设自评": 71,
    "救助运行情况": 66,
    "专家打分": 79,
    "乡镇参保": 85,
    "二十加八十": 74,
    "元单位嵌套": 77,
    "决策管理绩效": 71,
    "分批与扣分": 67,
    "分档75合格": 55,
    "县区分配": 91,
    "县级自评符号列": 83,
    "各级权重分列": 95,
    "四川全角": 76,
    "完成率偏差率": 86,
    "小计与占比": 78,
    "年度对比排名": 70,
    "成本与限期": 78,
    "成本效益框架": 70,
    "投入过程产出效果": 84,
    "摘要与三年对比": 79,
    "文字自评": 66,
    "无分值栏": 62,
    "明细与扣分原因": 80,
    "机关养老收支": 87,
    "监控表": 37,
    "符号单位分列": 93,
    "粘连表": 58,
    "表头两层": 97,
    "转移支付区域": 52,
    "部门整体支出": 73,
    "部门整体湖南": 72,
    "长文字无表": 70,
    "问卷附件": 77,
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


@pytest.mark.parametrize("sentence", yaml.safe_load(SENTENCES.read_text(encoding="utf-8")))
def test_sentence_that_need_not_add_up_is_silent(sentence):
    assert grave(sentence) == []


@pytest.mark.deep
@pytest.mark.parametrize("name", NAMES)
def test_changed_digit_is_caught_when_anything_printed_refutes_it(name):
    texts = list(changed((FOLDER / f"{name}.txt").read_text(encoding="utf-8")))

    caught = sum(1 for text in texts if grave(text))

    assert caught * 100 >= CAUGHT[name] * len(texts)
