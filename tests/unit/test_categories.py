"""未设置的指标类别: what the form has a place for and the system has no indicator of is stated, and nothing else."""

from dataclasses import replace

import pytest

from jixiao.indicators.categories import not_set
from jixiao.operations.check import check
from jixiao.reports.chapters.consequences import notes


@pytest.mark.parametrize(
    ("name", "missing"),
    [
        ("xinjiang-2024", ["成本", "经济效益", "生态效益"]),
        ("kashgar-2022-resident-medical", ["经济效益", "生态效益", "可持续影响"]),
        ("bazhou-2024", []),
    ],
)
def test_kinds_without_an_indicator_are_not_set(examples, name, missing):
    of = check(examples / name).value

    assert not_set(of.evaluation.system("scored")) == missing
    said = [block.text for block in notes(of) if "没有设置" in getattr(block, "text", "")]
    assert said == ([f"本项目没有设置{'、'.join(f'{kind}指标' for kind in missing)}。"] if missing else [])


def test_group_without_an_indicator_sets_nothing(examples):
    system = check(examples / "xinjiang-2024").value.evaluation.system("scored")
    outputs = replace(system.roots[1], children=())

    assert not_set(replace(system, roots=(system.roots[0], outputs, *system.roots[2:])))[:4] == [
        "数量", "质量", "时效", "成本"
    ]  # fmt: skip
    assert not_set(replace(system, frame=None)) == []
