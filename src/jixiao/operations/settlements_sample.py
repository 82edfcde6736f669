"""生成样例结算记录: settlements and smaller tables of invented persons, and what their measures must be."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Literal

from jixiao.engines.opening import opened
from jixiao.engines.settlements_sample import as_stored
from jixiao.errors import NotKnown
from jixiao.findings import Message
from jixiao.formats.whole import whole
from jixiao.operations.outcome import Outcome
from jixiao.settlements import sample
from jixiao.settlements.tables import TABLES, table

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_PART = 2_000_000
_MANIFEST = f"""# 结算说明：哪些文件是哪张表。本文件夹中的人、机构和金额都是虚构的。
schema: settlements/1
title: 样例地区
year: {sample.YEAR}
level: prefecture # 统筹区；county 为县
{{tables}}# 本地列名、每行都相同而没有导出的代码、本地细类这样写：
#   settlements: {{{{files: [...], mapping: {{{{统筹支付: hifp_pay}}}}, constants: {{{{vali_flag: "1"}}}}}}}}
#   codes: {{{{med_type: {{{{inpatient: ["2199"], known: ["99"]}}}}}}}}
alerts:
  - {{{{measure: cost_per_visit.inpatient, at_most: 20000元/人次}}}}
  - {{{{high_cost: 100000元, per: year}}}}
"""


def settlements_sample(
    rows: int,
    seed: int,
    out: Path,
    *,
    kind: Literal["parquet", "csv"] = "parquet",
    progress: Callable[[int, int], None] = lambda done, of: None,
) -> Outcome[dict[str, Any]]:
    """Write `rows` settlements and the smaller tables into `out`; return the planted truth, also in planted.json.

    `progress` hears how many parts of how many are written. Raises `CannotWrite`; nothing half-written is left.
    """
    if rows < 1:
        raise NotKnown(Message("settlements.too_few"))
    truth = sample.planted(rows, seed)
    amounts = [name for name, of in table("settlements").columns.items() if of.kind == "amount"]
    starts = range(0, rows, _PART)
    with whole(out) as staging, opened("polars", scratch=out.parent) as engine:
        numbered = [{**row, "p": at} for at, row in enumerate(sample.pattern(seed))]
        kinds = {**sample.typed([*numbered[0]], "settlements"), "p": "integer"}
        repeated = engine.frame(kinds, [tuple(row.values()) for row in numbered])
        (staging / "settlements").mkdir()
        for number, start in enumerate(starts):
            counter = engine.counter(start, min(start + _PART, rows))
            frame = as_stored(sample.scattered(counter, repeated, rows, seed), amounts, ["setl_time"])
            engine.write(frame, staging / "settlements" / f"part-{number:03d}.{kind}")
            progress(number + 1, len(starts) + 1)
        for name in TABLES[1:]:
            listed = sample.side(name, seed)
            (staging / name).mkdir()
            money = [column for column in listed[0] if table(name).columns[column].kind == "amount"]
            frame = engine.frame(sample.typed([*listed[0]], name), [tuple(row.values()) for row in listed])
            engine.write(as_stored(frame, money, []), staging / name / f"part-000.{kind}")
        progress(len(starts) + 1, len(starts) + 1)
        listed_tables = "".join(f"{name}: {{files: [{name}/*]}}\n" for name in TABLES)
        text = _MANIFEST.format(tables=listed_tables).replace("{{", "{").replace("}}", "}")
        (staging / "settlements.yaml").write_text(text, encoding="utf-8")
        (staging / "planted.json").write_text(json.dumps(truth, ensure_ascii=False) + "\n", encoding="utf-8")
    return Outcome(truth)
