"""The ledger that the how-to page shows is one that works: without errors, both budgets, every rate."""

from __future__ import annotations

import re
from pathlib import Path

import jixiao

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "funds.md"


def test_ledger_of_the_page_gives_its_tables(tmp_path: Path) -> None:
    (shown,) = re.findall(r"^```yaml\n(.*?)^```$", PAGE.read_text("utf-8"), re.DOTALL | re.MULTILINE)
    head = "schema: evaluation/1\nkind: transfer\nyear: 2024\nas_of: 2024-12-31\nhead: {project: 甲, unit: 乙}\n"
    (tmp_path / "evaluation.yaml").write_text(head + shown, "utf-8")

    outcome = jixiao.funds_tables(tmp_path)

    assert [finding for finding in outcome.findings if finding.severity != "note"] == []
    central = outcome.value.evaluation.funds.sources[0].money
    assert (str(central.original_budget), str(central.revised_budget)) == ("1000万元", "960万元")
    execution = next(table for table in outcome.value.tables if table.id == "execution")
    assert str(execution.row("乙县").cells["合计", "rate"].published(2)) == "93.33%"
