"""收回改稿: a report that officers edited, beside the one that the same evaluation prints now.

Their prose goes back into the free texts, figures by their paths; what they changed in sentences, headings and charts
that the report writes by itself goes into the text `edits`. A figure that they changed by hand is not taken: it is a
finding with both values, and the next report prints the right one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from jixiao.documents.alignment import aligned
from jixiao.documents.document import Chart, Heading, Paragraph, Table
from jixiao.reports import edits as kept
from jixiao.reports import markdown, spelling
from jixiao.reports.edits import Edit
from jixiao.reports.rebinding import rebound, unnamed
from jixiao.reports.texts import EDITS, ITSELF

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from jixiao.documents.document import Block, Origin

_DIGITS = re.compile(r"[\d.,，]+")
_ITEM = re.compile(r"(?:\d{1,2}\.|-) ")
_CAPTION = re.compile(r"^[表图]\s*\d+[-－]\d+\s*")


class Item(NamedTuple):
    """A block of one of the two reports: what it is aligned by, and whether its words can only stay as they are."""

    shape: str
    block: Block
    fixed: bool = False


@dataclass(slots=True)
class Fate:
    """What became of a block of ours: theirs (None: left out), and what they put before and behind it."""

    item: Item
    theirs: Block | None = None
    before: list[Block] = field(default_factory=list)
    behind: list[Block] = field(default_factory=list)
    changed: bool = False

    @property
    def origin(self) -> Origin | None:
        """Where the words of our block were written; None where the report says them by itself."""
        return getattr(self.item.block, "origin", None)

    def is_ours(self) -> bool:
        """Return whether the report writes the block by itself."""
        return self.origin is None or self.origin.itself

    def is_touched(self) -> bool:
        """Return whether anything here differs from ours."""
        return self.changed or bool(self.before or self.behind)


class Passage(NamedTuple):
    """A text, or an entry of `edits`, as one place of the report prints it."""

    text: str
    entry: int
    fates: list[Fate]


def ours(blocks: Iterable[Block]) -> list[Item]:
    """Return what of our own report stands in a Word file, before numbers: captions and units are paragraphs there."""
    found: list[Item] = []
    for block in blocks:
        if isinstance(block, Heading):
            found.append(Item(_masked(f"{block.level}{block.text}"), block, fixed=not block.level))
        elif isinstance(block, Paragraph):
            found.append(Item(_masked(block.text), block))
        elif isinstance(block, Table):
            unit = [f"单位：{block.unit}"] if block.unit else []
            above = [*([block.caption] if block.caption else []), *unit]
            found += [Item(_masked(said), Paragraph(said, "caption"), fixed=True) for said in above]
            found.append(Item(_table(block), block))
        elif isinstance(block, Chart):
            found.append(Item(_masked(block.caption), block))
    return found


def theirs(blocks: Iterable[Block], own: Iterable[Block]) -> list[Item]:
    """Return what stands in an edited report; the text that stands there for a chart is left out."""
    spoken, found = {block.says.strip() for block in own if isinstance(block, Chart)}, []
    for block in blocks:
        if isinstance(block, Heading):
            text = spelling.unnumbered(block) if block.level else block.text
            found.append(Item(_masked(f"{block.level}{text}"), block, fixed=not block.level))
        elif isinstance(block, Table):
            found.append(Item(_table(block), block))
        elif isinstance(block, Paragraph) and block.text not in spoken:
            caption = block.kind in ("caption", "unit")
            found.append(Item(_masked(_CAPTION.sub("", block.text) if caption else block.text), block, fixed=caption))
    return found


def written(blocks: Iterable[Block]) -> str:
    """Return digests of what a report says as it is written: exactly, and whatever its figures are."""
    kept_blocks = list(blocks)
    said = [words for block in kept_blocks if (words := _words(block))]
    said += [
        cell.text for block in kept_blocks if isinstance(block, Table) for _, _, cell in block.cells() if cell.bind
    ]
    exact, masked = (" ".join(sorted({_digest(text) for text in form})) for form in (said, map(_masked, said)))
    return f"{exact}/{masked}"


def _words(block: Block) -> str:
    if isinstance(block, Heading):
        return spelling.unnumbered(block) if block.level else ""
    return block.text if isinstance(block, Paragraph) else ""


def said_then(then: str, text: str) -> bool:
    """Return whether the report said exactly this when it was written; `then` is what `written` gave for it."""
    return _digest(text) in then.partition("/")[0].split()


def _digest(text: str) -> str:
    return sha256("".join(text.split()).encode()).hexdigest()[:8]


class _Then(NamedTuple):
    """What the report said when it was written, and what it says now: what differs in both was edited by nobody."""

    exact: frozenset[str]
    masked: frozenset[str]
    now: frozenset[str]

    def is_older(self, block: Block | None) -> bool:
        """Return whether the words are ours from then, and are not said any more."""
        words = _words(block) if block is not None else ""
        return bool(words) and _digest(words) in self.exact and _digest(words) not in self.now

    def is_newer(self, block: Block) -> bool:
        """Return whether we say something now that we did not say then, whatever its figures are."""
        words = _words(block)
        return bool(self.masked) and bool(words) and _digest(_masked(words)) not in self.masked


def fates(own: Sequence[Item], edited: Sequence[Item], then: str = "") -> list[Fate]:
    """Return what became of every block of ours, in order; `then` is what `written` gave for the report as it was."""
    exact, _, masked = then.partition("/")
    now = frozenset(_digest(_words(item.block)) for item in own)
    before = _Then(frozenset(exact.split()), frozenset(masked.split()), now)
    found = [Fate(item) for item in own]
    waiting: list[Block] = []
    last: Fate | None = None
    for at, to in aligned([item.shape for item in own], [item.shape for item in edited]):
        if at is None:
            assert to is not None
            block = edited[to].block
            if before.is_older(block):
                continue
            waiting.append(unnamed(block) if isinstance(block, Paragraph) else block)
            continue
        fate = found[at]
        _place(waiting, last, fate)
        waiting = []
        fate.theirs = None if to is None else _again(fate.item.block, edited[to].block)
        older = before.is_newer(fate.item.block) if to is None else before.is_older(edited[to].block)
        fate.changed = _differs(fate) and not older
        last = fate
    if last is not None:
        last.behind += waiting
    return _off_fixed(found)


def _place(waiting: list[Block], last: Fate | None, following: Fate) -> None:
    """Give what they put between two blocks of ours to the one it belongs to.

    It goes on with the text before it, but from a heading on that stands above that text it begins what follows.
    """
    if last is None or (isinstance(last.item.block, Heading) and last.origin is None and following.origin is not None):
        following.before += waiting
        return
    under = last.origin.under if last.origin is not None else 0
    at = next((at for at, block in enumerate(waiting) if isinstance(block, Heading) and block.level <= under), None)
    last.behind += waiting[:at]
    following.before += waiting[at:] if at is not None else []


def _off_fixed(found: list[Fate]) -> list[Fate]:
    """Return the fates with what stands beside a caption or a title given to the next block that can hold it."""
    for fate, following in pairwise(found):
        if fate.item.fixed:
            following.before = [*fate.before, *fate.behind, *following.before]
            fate.before, fate.behind = [], []
    return found


def _masked(text: str) -> str:
    """Return what a passage is aligned by: its words, whatever its figures are."""
    return _DIGITS.sub("0", "".join(text.split()))


def _table(table: Table) -> str:
    cells = [cell.text for row in table.grid for cell in row if cell is not None]
    return _masked("▦" + "|".join(cells))


def _again(own: Block, edited: Block) -> Block:
    """Return their block with the values in it bound to their paths again."""
    if isinstance(own, Paragraph) and isinstance(edited, Paragraph):
        return rebound(own, edited)
    return unnamed(edited) if isinstance(edited, Paragraph) else edited


def _differs(fate: Fate) -> bool:
    """Return whether the words changed; cells of a table that the report fills in are looked at one by one."""
    own, edited = fate.item.block, fate.theirs
    if edited is None:
        return True
    if isinstance(own, Chart) or (isinstance(own, Table) and isinstance(edited, Table) and fate.is_ours()):
        return False
    return spelling.spelt(own) != spelling.spelt(_as_ours(own, edited))


def _as_ours(own: Block, edited: Block) -> Block:
    """Return their block as ours would be read: a heading in the middle of its line has no number."""
    if isinstance(own, Heading) and isinstance(edited, Heading):
        return Heading(edited.text, edited.level, align=own.align)
    return edited


def passages(outcome: Iterable[Fate]) -> list[Passage]:
    """Return the texts and edits as the report prints them; one that is printed twice is there twice."""
    found: list[Passage] = []
    before: Origin | None = None
    for fate in outcome:
        origin = fate.origin
        if origin is None:
            before = None if not fate.item.fixed else before
            continue
        goes_on = before is not None and (before.text, before.entry) == (origin.text, origin.entry)
        if not goes_on or (before is not None and origin.piece < before.piece):
            found.append(Passage(origin.text, origin.entry, []))
        found[-1].fates.append(fate)
        before = origin
    return found


def taken(standing: Mapping[str, str], outcome: Sequence[Fate], blocks: Iterable[Block]) -> dict[str, str]:
    """Return the free texts that changed, by key; `blocks` are what the report says by itself, before edits."""
    changed: dict[str, str] = {}
    entries = kept.parsed(standing.get(EDITS, ""))
    own = list(entries)
    for passage in passages(outcome):
        if not any(fate.is_touched() for fate in passage.fates) or passage.text in changed:
            continue
        if passage.text == EDITS:
            own[passage.entry] = own[passage.entry]._replace(
                body=_rewritten(entries[passage.entry].body, passage.fates)
            )
        else:
            changed[passage.text] = _rewritten(standing.get(passage.text, ""), passage.fates)
    again = kept.counted(blocks)
    for fate in outcome:
        quote = kept.quote(fate.item.block)
        if fate.origin is None and quote is not None and fate.is_touched() and not fate.item.fixed:
            made = Edit(quote, again.get(id(fate.item.block), 0), _instead(fate))
            own = [edit for edit in own if (edit.quote, edit.again) != (made.quote, made.again)] + [made]
    if own != entries:
        changed[EDITS] = kept.written(own)
    return {key: text for key, text in changed.items() if text.strip() != standing.get(key, "").strip()}


def _rewritten(source: str, passage: Iterable[Fate]) -> str:
    """Return a text with what became of its pieces; a piece that nobody touched stays as it was written."""
    pieces, said = markdown.sources(source), []
    for fate in passage:
        origin = fate.origin
        assert origin is not None
        said += [spelling.spelt(block, origin.under) for block in fate.before]
        if not fate.changed and origin.piece >= 0:
            said.append(pieces[origin.piece])
        elif fate.theirs is not None and not kept.is_gap(fate.theirs):
            said.append(spelling.spelt(_as_ours(fate.item.block, fate.theirs), origin.under))
        said += [spelling.spelt(block, origin.under) for block in fate.behind]
    return _lined(said)


def _instead(fate: Fate) -> str:
    """Return what an entry of `edits` says instead of a block that the report writes by itself."""
    itself = [ITSELF] if not fate.changed else []
    if fate.changed and fate.theirs is not None:
        itself = [spelling.spelt(_as_ours(fate.item.block, fate.theirs))]
    return _lined([*map(spelling.spelt, fate.before), *itself, *map(spelling.spelt, fate.behind)])


def _lined(pieces: Sequence[str]) -> str:
    """Return pieces as a text: items on lines that follow one another, everything else apart."""
    text = pieces[0] if pieces else ""
    for above, piece in pairwise(pieces):
        together = _ITEM.match(above) and _ITEM.match(piece)
        text += ("\n" if together else "\n\n") + piece
    return text
