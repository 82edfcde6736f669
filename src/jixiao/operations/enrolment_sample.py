"""生成样例登记表: registers of invented persons with planted overlaps, and what a comparison must say of them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Literal

from jixiao.engines.opening import opened
from jixiao.enrolment.planting import planned
from jixiao.enrolment.sample import AS_OF, COLUMNS, DEATHS, rows_of
from jixiao.errors import NotKnown
from jixiao.findings import Message
from jixiao.formats.whole import whole
from jixiao.operations.outcome import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from jixiao.enrolment.sample import Block

_MANIFEST = """# 比对说明：哪些文件是哪份登记表。本文件夹中的人都是虚构的。
schema: registers/1
title: 样例地区
as_of: {as_of}
status: normal
own: {{name: 本地区, files: [own/*], as_of: {as_of}}}
other: {{name: 邻区, files: [other/*], as_of: {as_of}}}
deaths: {{name: 死亡登记, files: [deaths/*]}}
"""


def enrolment_sample(
    persons: int,
    seed: int,
    out: Path,
    *,
    kind: Literal["parquet", "csv"] = "parquet",
    progress: Callable[[int, int], None] = lambda done, of: None,
) -> Outcome[dict[str, Any]]:
    """Write registers of `persons` own records into `out` and return the planted truth, also written as planted.json.

    `progress` hears how many parts of how many are written. Raises `CannotWrite`; nothing half-written is left.
    """
    try:
        plan = planned(persons, seed)
    except ValueError as problem:
        raise NotKnown(Message("enrolment.too_few", {"why": problem})) from None
    parts: list[Block | str] = [*plan.blocks, *plan.rows]
    with whole(out) as staging, opened("polars", scratch=out.parent) as engine:
        for at, part in enumerate(parts):
            if isinstance(part, str):
                name = part
                columns = dict.fromkeys(DEATHS if name == "deaths" else COLUMNS, "text")
                frame = engine.frame(columns, plan.rows[name])
            else:
                name, frame = part.register, rows_of(part, engine.counter(part.first, part.last), seed)
            (staging / name).mkdir(exist_ok=True)
            engine.write(frame, staging / name / f"part-{at:02d}.{kind}")
            progress(at + 1, len(parts))
        (staging / "registers.yaml").write_text(_MANIFEST.format(as_of=AS_OF), encoding="utf-8")
        (staging / "planted.json").write_text(
            json.dumps(plan.truth, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
        )
    return Outcome(plan.truth)
