"""复核意见书: the letter that ends a round of review: what was corrected, what not, what accepted, what is new.

The opinions come concluded. What is still open stands first; flaws of form are told in one line and ask for nothing.
Blanks are left for whom it goes to, the seal, the name and the date.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from jixiao.documents.document import Block, Cell, Document, Heading, Paragraph, Table
from jixiao.review.rounds import ACCEPTED, CONCLUSIONS, CORRECTED, NEW, OPEN, UNCHANGED, names

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jixiao.review.report import Reviewed
    from jixiao.review.rounds import Opinion

_COUNTED = ("报告", "已改", "未改", "说明可接受", "新增", "印作总分", "重算总分")
_COUNTED_WIDTHS = (52.0, 15.0, 15.0, 22.0, 15.0, 18.0, 18.0)
_HEADS = ("序号", "报告", "位置", "核查结果", "修改要求", "单位回复", "复核结论")
_WIDTHS = (10.0, 30.0, 34.0, 74.0, 40.0, 40.0, 18.0)


def letter(reports: Sequence[Reviewed], opinions: Sequence[Opinion]) -> Document:
    """Return the letter over some reports and the concluded opinions on them."""
    grave = [opinion for opinion in opinions if not opinion.is_of("note")]
    still = [opinion for opinion in grave if opinion.conclusion in OPEN]
    closed = [opinion for opinion in grave if opinion.conclusion not in OPEN]
    blocks: list[Block] = [
        Heading("绩效报告复核意见书", 0),
        Paragraph("＿＿＿＿＿＿＿＿＿＿：", "sign"),
        Paragraph(_told(reports, grave, len(still))),
        Heading("一、各报告复核情况", 1),
        _counted(reports, grave),
        *_unread(reports),
        Heading("二、复核结论", 1),
        Paragraph(_verdict(len(still))),
        *_form(opinions),
        Paragraph("复核单位（盖章）：", "sign"),
        Paragraph("复核人：　　　　　　　　联系电话：", "sign"),
        Paragraph("日期：　　　　年　　月　　日", "sign"),
    ]
    listed = (("附表1　须改正或说明的问题", still), ("附表2　已改正和说明可接受的问题", closed))
    blocks += [_listed(title, rows) for title, rows in listed if rows]
    return Document(tuple(blocks), "绩效报告复核意见书")


def _told(reports: Sequence[Reviewed], grave: Sequence[Opinion], still: int) -> str:
    counted = Counter(opinion.conclusion for opinion in grave)
    told = "、".join(f"{name} {counted[name]} 条" for name in CONCLUSIONS)
    return f"对 {len(reports)} 份报告逐条复核上一轮审核意见，共 {len(grave)} 条：{told}，其中尚待处理 {still} 条。"


def _verdict(still: int) -> str:
    if still:
        return f"尚有 {still} 条须改正或说明（见附表1），请逐条改正或回复后再报。"
    return "所提意见均已改正或说明可接受，复核通过。"


def _counted(reports: Sequence[Reviewed], grave: Sequence[Opinion]) -> Table:
    counted = Counter((opinion.file, opinion.conclusion) for opinion in grave)
    rows = [[Cell(head, head=True) for head in _COUNTED]]
    present = names(reports)
    for report, name in zip(reports, present, strict=True):
        total = report.totals[0] if report.totals else None
        totals = (total.printed or "—", total.recomputed or "—") if total is not None else ("—", "—")
        rows.append(_row(name, counted, totals))
    absent = dict.fromkeys(opinion.file for opinion in grave if opinion.file not in present)
    rows += [_row(name, counted, ("—", "—")) for name in absent]
    return Table.of(rows, head_rows=1, widths=_COUNTED_WIDTHS)


def _row(name: str, counted: Counter[tuple[str, str]], totals: tuple[str, str]) -> list[Cell]:
    counts = (str(counted[name, conclusion]) for conclusion in (CORRECTED, UNCHANGED, ACCEPTED, NEW))
    return [Cell(name, align="left"), *(Cell(text) for text in (*counts, *totals))]


def _unread(reports: Sequence[Reviewed]) -> list[Paragraph]:
    """Return a line for every report that could not be read."""
    return [
        Paragraph(f"{name} 未能复核：{report.problem.what.text()}。")
        for report, name in zip(reports, names(reports), strict=True)
        if report.problem is not None
    ]


def _form(opinions: Sequence[Opinion]) -> list[Paragraph]:
    """Return one line for all flaws of form that still stand."""
    said = [opinion.because for opinion in opinions if opinion.is_of("note") and opinion.conclusion in OPEN]
    return [Paragraph(f"格式等另有 {len(said)} 条提示，请一并核对：{'；'.join(dict.fromkeys(said))}。")] if said else []


def _listed(title: str, opinions: Sequence[Opinion]) -> Table:
    rows = [[Cell(head, head=True) for head in _HEADS]]
    for number, one in enumerate(opinions, 1):
        said = (one.file, one.place, one.because, one.remedy, one.reply)
        rows.append([Cell(str(number)), *(Cell(text, align="left") for text in said), Cell(one.conclusion)])
    return Table.of(rows, head_rows=1, caption=title, widths=_WIDTHS, landscape=True)
