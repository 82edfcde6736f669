"""新手的一条路: new, check, fill, evaluate, the workbook, evaluate it, diff: through the real command line."""

from __future__ import annotations

import json
import re

FILLED = {
    "  project:": "  project: 医疗救助补助资金",
    "  unit:  #": "  unit: 某市医疗保障局  #",
    "  executed_basis:": "  executed_basis: treasury",
    "name: \n": "name: 救助人次\n",
}
ACTUALS = {
    "P101": "112.73万人次",
    "P201": "70%",
    "P301": "11月",
    "P401": "990万元",
    "Q101": "成效明显",
    "Q201": "成效明显",
    "S101": "96.21%",
}
NAMES = {
    "P101": "住院救助人次",
    "P201": "住院救助比例",
    "P301": "下达时间",
    "P401": "支出金额",
    "Q101": "医疗负担减轻",
    "Q201": "制度健全",
}
TARGETS = {
    "P101": "≥110万人次",
    "P201": "≥70%",
    "P301": "12月前",
    "P401": "≤1000万元",
    "Q101": "成效明显",
    "Q201": "成效明显",
    "S101": "≥85%",
}


def filled(text):
    """Return the new bundle's text as an officer fills it in with an editor."""
    for blank, given in FILLED.items():
        text = re.sub(
            rf"^{re.escape(blank)}(?=\s|$)" if blank.endswith(":") else re.escape(blank),
            given,
            text,
            count=1,
            flags=re.M,
        )
    text = re.sub(r"    - name: 省级\n(      .*\n)+    - name: 市县\n(      .*\n)+", "", text)
    for name, amount in {"revised_budget": "1000", "received": "1000", "executed": "990"}.items():
        text = text.replace(f"      {name}:", f"      {name}: {amount}", 1)
    for code, name in NAMES.items():
        text = re.sub(rf"(code: {code}\n\s+name:)", rf"\1 {name}", text)
    for code, goal in TARGETS.items():
        text = re.sub(rf"(code: {code}\n(?:\s+\w+:.*\n)*?\s+target:)", rf"\1 {goal}", text)
    for code, value in ACTUALS.items():
        text = re.sub(rf"(  {code}:\n    value:)", rf"\1 {value}", text)
    return text


def test_newcomers_path(jixiao, tmp_path):
    made = jixiao("new", "评价", "--kind", "self-evaluation", "--year", "2024")
    assert (made.returncode, made.stdout) == (0, "")
    assert "已写出 评价/evaluation.yaml（2024 年度）" in made.stderr.replace("\n", "")
    assert "resident-medical-2022" in made.stderr

    missing = jixiao("check", "评价", "--json")
    assert missing.returncode == 1
    lines = {finding["where"][0]["line"] for finding in json.loads(missing.stdout)["findings"]}
    assert len(lines) > 10

    path = tmp_path / "评价" / "evaluation.yaml"
    path.write_text(filled(path.read_text(encoding="utf-8")), encoding="utf-8")
    scored = jixiao("evaluate", "评价", "--out", "结果", "--json")
    assert scored.returncode == 0, scored.stderr
    card = json.loads(scored.stdout)
    assert (card["total"], card["grade"]) == ("99.9", "优")
    assert (tmp_path / "结果" / "scorecard.json").exists()

    book = jixiao("workbook", "评价", "--out", "评价.xlsx")
    assert book.returncode == 0, book.stderr
    again = jixiao("evaluate", "评价.xlsx", "--json")
    assert json.loads(again.stdout) == card

    same = jixiao("diff", "评价", "评价.xlsx")
    assert (same.returncode, same.stdout.strip()) == (0, "没有差别")

    path.write_text(path.read_text(encoding="utf-8").replace("96.21%", "95%"), encoding="utf-8")
    changed = jixiao("diff", "评价.xlsx", "评价", "--json")
    assert changed.returncode == 0
    difference = {"path": "actuals/S101/value", "label": "S101 服务对象满意度 · 实际完成值", "change": "changed"}
    assert json.loads(changed.stdout) == {
        "schema": "diff/1",
        "differences": [{**difference, "before": "96.21%", "after": "95%"}],
    }
    shown = jixiao("diff", "评价.xlsx", "评价", lang="en_US.UTF-8").stdout
    assert "1 differences" in shown
    assert "96.21%" in shown


def test_new_refuses_a_folder_in_use(jixiao):
    assert jixiao("new", "评价", "--kind", "fund", "--year", "2024").returncode == 0

    refused = jixiao("new", "评价", "--kind", "fund", "--year", "2024")

    assert refused.returncode == 13
    assert "文件夹里已经有东西" in refused.stderr


def test_next_year_starts_from_the_workbook_of_this_one(jixiao, tmp_path, examples):
    assert jixiao("workbook", examples / "bazhou-2024", "--out", "2024.xlsx").returncode == 0

    made = jixiao("new", "2025", "--from", "2024.xlsx", "--workbook")

    assert made.returncode == 0, made.stderr
    assert (tmp_path / "2025" / "evaluation.xlsx").exists()
    assert jixiao("check", "2025").returncode == 1
