"""指标值表: measures at every grouping as CSV: one line a value with parts and reasons, or a kind's side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao.findings import Message
from jixiao.formats import csv_write
from jixiao.settlements.measure import measures
from jixiao.settlements.values import value

if TYPE_CHECKING:
    from jixiao.settlements.values import Computed

HEADS = ("指标", "地区", "制度", "时期", "值", "组成", "不可计算的原因")


def csv_of(of: Computed) -> bytes:
    """Return every value with its parts, or with the reason why there is none."""
    rows = [HEADS]
    for name, measure in measures().items():
        for cell in of.cells(measure.table) if measure.table in of.gathered else ():
            found = value(of, name, cell)
            place = (name, cell.region or "全部", cell.scheme or "全部", cell.period)
            if isinstance(found, Message):
                rows.append((*place, "", "", found.text("zh")))
            else:
                parts = "；".join(f"{part} = {figure.text()}" for part, figure in found.parts.items())
                rows.append((*place, found.figure.published(2).spelt or "", parts, ""))
    return csv_write.write(rows)


def kinds_of(of: Computed) -> dict[str, bytes]:
    """Return for each kind of measure a table with a line for every period, region and scheme, its measures across."""
    kinds: dict[str, list[str]] = {}
    for name, measure in measures().items():
        if measure.table in of.gathered:
            kinds.setdefault(name.partition(".")[0], []).append(name)
    return {kind: _across(of, names) for kind, names in kinds.items()}


def _across(of: Computed, names: list[str]) -> bytes:
    rows = [["时期", "地区", "制度", *(Message(f"settlements.title.{name}").text("zh") for name in names)]]
    for cell in of.cells(measures()[names[0]].table):
        found = [value(of, name, cell) for name in names]
        spelt = ("" if isinstance(one, Message) else one.figure.published(2).spelt or "" for one in found)
        rows.append([cell.period, cell.region or "全部", cell.scheme or "全部", *spelt])
    return csv_write.write(rows)
