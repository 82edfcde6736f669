"""指标值表: measures at every grouping as CSV: one line a value with parts and reasons, or a kind's side by side."""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING

from jixiao.findings import Message
from jixiao.settlements.measure import measures
from jixiao.settlements.values import value

if TYPE_CHECKING:
    from jixiao.settlements.values import Computed

HEADS = ("指标", "地区", "制度", "时期", "值", "组成", "不可计算的原因")


def csv_of(of: Computed) -> bytes:
    """Return the table in UTF-8 with a mark that spreadsheets look for."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEADS)
    for name, measure in measures().items():
        for cell in of.cells(measure.table) if measure.table in of.gathered else ():
            found = value(of, name, cell)
            place = (name, cell.region or "全部", cell.scheme or "全部", cell.period)
            if isinstance(found, Message):
                writer.writerow((*place, "", "", found.text("zh")))
            else:
                parts = "；".join(f"{part} = {figure.text()}" for part, figure in found.parts.items())
                writer.writerow((*place, found.figure.published(2).spelt, parts, ""))
    return text.getvalue().encode("utf-8-sig")


def kinds_of(of: Computed) -> dict[str, bytes]:
    """Return for each kind of measure a table with a line for every period, region and scheme, its measures across."""
    kinds: dict[str, list[str]] = {}
    for name, measure in measures().items():
        if measure.table in of.gathered:
            kinds.setdefault(name.partition(".")[0], []).append(name)
    return {kind: _across(of, names) for kind, names in kinds.items()}


def _across(of: Computed, names: list[str]) -> bytes:
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("时期", "地区", "制度", *(Message(f"settlements.title.{name}").text("zh") for name in names)))
    for cell in of.cells(measures()[names[0]].table):
        found = [value(of, name, cell) for name in names]
        spelt = ("" if isinstance(one, Message) else one.figure.published(2).spelt for one in found)
        writer.writerow((cell.period, cell.region or "全部", cell.scheme or "全部", *spelt))
    return text.getvalue().encode("utf-8-sig")
