"""表内单位: the unit that a table says its amounts are in, above it or in the head of a column.

>>> MONEY_UNIT.search("单位：亿元")[1], MONEY_UNIT.search("预算数（万元）")[1], MONEY_UNIT.search("单元")
('亿元', '万元', None)
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jixiao.figures.notation import clean

if TYPE_CHECKING:
    from jixiao.documents.document import Cell, Table
    from jixiao.forms.form import Form
    from jixiao.forms.read import Reading
    from jixiao.forms.recognise import Match

MONEY_UNIT = re.compile(r"(?:单位[:：]?\s*|[（(])(元|万元|亿元)[）)]?")


def in_said_unit(form: Form, table: Table, match: Match, reading: Reading) -> Reading:
    """Return the reading with the unit behind its amounts where the table says another one than ours.

    A unit in the head of a column is that column's; one above the table is that of all others.
    """
    block, rows = form.block(), table.filled()
    above = [cell.text for row in rows[: match.head_row] for cell in row if cell is not None]
    general = _said_unit(f"单位：{table.unit or ''}", table.caption or "", *above) or form.money_unit
    of_columns = {
        column.path.removeprefix("{row}"): said
        for column in (block.columns if block is not None else ())
        if column.kind == "money" and (said := _said_unit(*_head_texts(rows, match, column.head))) is not None
    }
    if not of_columns and general == form.money_unit:
        return reading

    def with_unit(path: str, text: str) -> str:
        said = next((unit for behind, unit in of_columns.items() if path.endswith(behind)), general)
        bare = reading.kinds[path] == "money" and clean(text)[-1:].isdigit()
        return f"{text.strip()}{said}" if bare and said != form.money_unit else text

    return reading._replace(values={path: with_unit(path, text) for path, text in reading.values.items()})


def _said_unit(*texts: str) -> str | None:
    """Return the unit of money that one of the texts says, the first of them."""
    return next((found[1] for text in texts if (found := MONEY_UNIT.search(text.replace("\n", "")))), None)


def _head_texts(rows: list[list[Cell | None]], match: Match, head: str) -> list[str]:
    """Return what stands over a column of the block: its head, then what stands above that."""
    at = match.columns.get(head)
    upper = range(match.head_row, max(-1, match.head_row - 2), -1)
    return [cell.text for row in upper if at is not None and (cell := rows[row][at]) is not None]
