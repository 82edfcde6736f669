"""复核意见书: the letter that ends a round of review: what was corrected, what not, what accepted, what is new.

The lines are those of the list of opinions, already concluded.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from jixiao.documents.document import Block, Cell, Document, Heading, Paragraph, Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jixiao.review.report import Reviewed

CONCLUSIONS = ("已改", "未改", "说明可接受", "新增")
_HEADS = ("序号", "文件", "位置", "核查结果", "单位回复", "复核结论")
_COLUMNS = (0, 2, 3, 5, 7, 8)
_WIDTHS = (10.0, 28.0, 26.0, 60.0, 24.0, 18.0)
_OPEN = ("未改", "新增")


def letter(reports: Sequence[Reviewed], lines: Sequence[Sequence[str]]) -> Document:
    """Return the letter over some reports and the concluded lines of their list of opinions."""
    counted = Counter(line[8] for line in lines)
    told = "、".join(f"{name} {counted[name]} 条" for name in CONCLUSIONS)
    still = [line for line in lines if line[8] in _OPEN]
    verdict = f"尚有 {len(still)} 条须改正或说明，请改后再报。" if still else "所提意见均已改正或说明，复核通过。"
    blocks: list[Block] = [
        Heading("复核意见书", 0),
        Paragraph(f"对 {len(reports)} 份报告逐条复核上一轮审核意见：{told}。{verdict}"),
        *_table("一、各报告情况", _summary(reports)),
        *_table("二、逐条复核结论", _listed(lines)),
    ]
    return Document(tuple(blocks), "复核意见书")


def _table(title: str, table: Table) -> tuple[Heading, Table]:
    return Heading(title, 1), table


def _summary(reports: Sequence[Reviewed]) -> Table:
    heads = ("报告", "必改", "需说明", "印作总分", "重算总分")
    rows = [[Cell(head, head=True) for head in heads]]
    for report in reports:
        total = report.totals[0] if report.totals else None
        printed, again = (total.printed or "—", total.recomputed or "—") if total is not None else ("—", "—")
        name = report.name.rpartition("/")[2]
        said = (name, str(report.count("error")), str(report.count("warning")), printed, again)
        rows.append([Cell(text) for text in said])
    return Table.of(rows, head_rows=1)


def _listed(lines: Sequence[Sequence[str]]) -> Table:
    rows = [[Cell(head, head=True) for head in _HEADS]]
    rows += [[Cell(line[column], align="left") for column in _COLUMNS] for line in lines]
    return Table.of(rows, head_rows=1, widths=_WIDTHS, landscape=True)
