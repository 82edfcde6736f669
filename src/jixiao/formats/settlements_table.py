"""指标值表: measures at every grouping as CSV: one line a value, parts and reasons spelt out."""

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
