r"""改稿: what officers changed in sentences that the report writes by itself, kept as the free text `edits`.

An entry quotes what the report says by itself, figures by their paths, and goes on with what to say instead; `{原文}`
is the quoted thing itself, and nothing means that it is left out. `>>` quotes what stands there a second time.

>>> said = "> 得{scored/score}分。\n\n总分为{scored/score}分。\n>> ## 结论"
>>> [(edit.quote, edit.again, edit.body) for edit in parsed(said)]
[('得{scored/score}分。', 0, '总分为{scored/score}分。'), ('## 结论', 1, '')]
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from jixiao.documents.document import Block, Chart, Heading, Origin, Paragraph, Table
from jixiao.findings import Finding, Message
from jixiao.reports import markdown
from jixiao.reports.texts import EDITS, GAP, ITSELF, originating, reference

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jixiao.evaluation.assess import Assessment

_QUOTE = re.compile(r"(>{1,9})\s?(.*)")


class Edit(NamedTuple):
    """One entry: what it quotes, how many times that stood before, what stands instead, and its line, from 1."""

    quote: str
    again: int
    body: str
    line: int = 0


def parsed(text: str) -> list[Edit]:
    """Return the entries of the text `edits` in order; what stands before the first quotation belongs to none."""
    found: list[Edit] = []
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), 1):
        quoted = _QUOTE.fullmatch(line.strip())
        if quoted:
            found.append(Edit(quoted[2], len(quoted[1]) - 1, "", number))
        elif found:
            found[-1] = found[-1]._replace(body=f"{found[-1].body}\n{line}")
    return [edit._replace(body=edit.body.strip("\n")) for edit in found]


def written(edits: Iterable[Edit]) -> str:
    """Return the text that holds these entries."""
    return "\n\n".join(f"{'>' * (edit.again + 1)} {edit.quote}\n\n{edit.body}".rstrip() for edit in edits)


def quote(block: Block) -> str | None:
    """Return how an entry quotes a block; None for one that no entry can stand for: titles and page breaks."""
    if isinstance(block, Heading):
        return f"{'#' * block.level} {block.text}" if block.level else None
    if isinstance(block, Paragraph):
        return spelt(block).replace("\n", "　")
    if isinstance(block, Table | Chart):
        heads = [cell.text for cell in block.grid[0] if cell] if isinstance(block, Table) else []
        return f"▦ {block.caption or '、'.join(heads)}".replace("\n", "　")[:80]
    return None


def spelt(block: Paragraph) -> str:
    """Return a paragraph with the paths of its figures instead of the figures."""
    return "".join(f"{{{run.bind}}}" if run.bind else run.text for run in block.runs) or block.text


def applied(of: Assessment, blocks: list[Block]) -> list[Block]:
    """Return the blocks of a report, before they are numbered, with the edits of this evaluation made."""
    edits = {(edit.quote, edit.again): number for number, edit in enumerate(_edits(of))}
    if not edits:
        return blocks
    again = counted(blocks)
    found: list[Block] = []
    for block in blocks:
        number = edits.get((quote(block) or "", again.get(id(block), -1)))
        found += [block] if number is None else _instead(of, block, number)
    return found


def findings(of: Assessment, blocks: Iterable[Block]) -> list[Finding]:
    """Return a warning for every entry that quotes what the report does not say; `blocks` are those before edits."""
    said = Counter(
        quoted for block in blocks if getattr(block, "origin", None) is None and (quoted := quote(block)) is not None
    )
    found = []
    for edit in _edits(of):
        if said[edit.quote] <= edit.again:
            told = Message("report_text.edit_lost", {"quote": edit.quote})
            remedy, path = Message("report_text.edit_lost.remedy"), f"texts/{EDITS}/{edit.line}"
            found.append(Finding("edit_lost", "warning", told, remedy, (path,), printed=edit.body or None))
    return found


def _edits(of: Assessment) -> list[Edit]:
    return parsed(of.evaluation.texts.get(EDITS, ""))


def _instead(of: Assessment, block: Block, number: int) -> Iterator[Block]:
    """Yield what stands instead of a block; plain paragraphs keep the kind of the one they replace."""
    pieces = markdown.sources(_edits(of)[number].body)
    for at, piece in enumerate(pieces):
        if piece.strip() == ITSELF:
            yield originating(block, Origin(EDITS, at, 0, number, itself=True))
            continue
        for made in markdown.blocks(piece, lambda path: reference(of, path)):
            if isinstance(made, Paragraph) and made.kind == "body" and isinstance(block, Paragraph):
                made = replace(made, kind=block.kind)  # noqa: PLW2901
            yield originating(made, Origin(EDITS, at, 0, number))


def counted(blocks: Iterable[Block]) -> dict[int, int]:
    """Return for every block that an entry can quote, by its identity, how many alike stand before it."""
    seen: Counter[str] = Counter()
    found = {}
    for block in blocks:
        quoted = quote(block) if getattr(block, "origin", None) is None else None
        if quoted is not None:
            found[id(block)] = seen[quoted]
            seen[quoted] += 1
    return found


def is_gap(block: Block) -> bool:
    """Return whether a block is the visible gap of a missing text."""
    return isinstance(block, Paragraph) and block.text.startswith(GAP)
