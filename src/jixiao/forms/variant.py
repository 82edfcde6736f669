"""地方表样: a regional form as a YAML file over a national one: its columns, their order, what they are called.

`columns` lists all columns of the block: the head of one of the base, or a mapping: `of` (that head), `head` (its new
one), `piece` (only the sign, the value or the unit), or a column of its own (`head`, `path`, `kind`). `labels` renames
labels, `without` takes columns of money away, `below` adds lines of text above the sign-off, `landscape` turns the
page. Every line is fitted to the new width. `mark` says how far the layout is confirmed; `weights` are the first-level
weights it presupposes.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

from jixiao import library
from jixiao.findings import Finding, Message
from jixiao.forms.form import Aside, Block, Column, Field, Form, Label, Line, Part, form, known, national

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from jixiao.evaluation.model import Evaluation


@cache
def varied(form_id: str) -> Form:
    """Return the variant of that id; `KeyError` for one that does not ship."""
    if form_id not in known():
        raise KeyError(form_id)
    told: dict[str, Any] = library.read(f"forms/variants/{form_id}.yaml")
    base = form(told["base"])
    block = base.block()
    assert block is not None
    columns = tuple(_column(entry, block) for entry in told.get("columns", [column.head for column in block.columns]))
    change = _Change(told, columns, base.widths(), base.width() - len(block.columns))
    layout = [change.part(part) for part in base.layout]
    below = [change.text_line(line) for line in told.get("below", ())]
    signed = sum(1 for part in layout[-1:] if isinstance(part, Line) and part.height)
    layout[len(layout) - signed : len(layout) - signed] = below
    return replace(
        base,
        id=form_id,
        title=told.get("title", base.title),
        authority=told.get("authority", base.authority),
        layout=tuple(layout),
        money_unit=told.get("money_unit", base.money_unit),
        landscape=told.get("landscape", "true" if base.landscape else "false") == "true",
        version=int(told.get("version", "1")),
        base=base.id,
        region=told["region"],
        mark=told["mark"],
        weights=told.get("weights", {}),
    )


def _column(entry: str | Mapping[str, Any], block: Block) -> Column:
    """Return a column of a variant: one of the base, renamed or split, or one of its own."""
    told: Mapping[str, Any] = {"of": entry} if isinstance(entry, str) else entry
    if "of" not in told:
        return Column(told["head"], told.get("path", ""), told.get("kind", "blank"), float(told.get("width", "20")))
    column = next(column for column in block.columns if _same(column.head, told["of"]))
    head, split = told.get("head", column.head), told.get("piece")
    aliases = column.aliases if split in (None, "value") else ()
    return replace(
        column,
        head=head,
        piece=split,
        width=float(told.get("width", column.width)),
        aliases=tuple(dict.fromkeys((*((column.head,) if head != column.head and split is None else ()), *aliases))),
        required=column.required and split in (None, "value"),
    )


def _same(head: str, said: str) -> bool:
    return head.replace("\n", "") == said


class _Change:
    """What a variant does to the parts of its base; `beside` is how many columns labels beside the block take.

    `before` and `after` are the widths of the columns in mm.
    """

    def __init__(
        self, told: Mapping[str, Any], columns: tuple[Column, ...], before: tuple[float, ...], beside: int
    ) -> None:  # fmt: skip
        self.columns, self.before, self.beside = columns, before, beside
        self.after = (*before[:beside], *(column.width for column in columns))
        self.labels: Mapping[str, str] = told.get("labels", {})
        self.without: list[str] = told.get("without", [])

    def part(self, part: Part) -> Part:
        """Return a part as the variant has it."""
        if isinstance(part, Aside):
            inner = self._lines(part.parts)
            return replace(part, label=self._label(part.label), parts=inner)
        return self._one(part, 0)

    def text_line(self, told: Mapping[str, str]) -> Line:
        """Return an added line: a label and a text."""
        return Line((Label(told["label"], 2), Field(told["path"], "text", len(self.after) - 2)))

    def _lines(self, parts: tuple[Line | Block, ...]) -> tuple[Line | Block, ...]:
        gone = {at for part in parts if isinstance(part, Line) for at, cell in _placed(part)
                if isinstance(cell, Label) and any(_same(cell.text, name) for name in self.without)}  # fmt: skip
        return tuple(self._one(part, self.beside, gone) for part in parts)

    def _one(self, part: Line | Block, first: int, gone: set[int] | None = None) -> Line | Block:
        """Return a part that begins in the column `first`, without the cells that begin where something is gone."""
        if isinstance(part, Block):
            heads = [column.head for column in part.columns]
            summed = {heads.index(head): path for head, path in part.total.items()}
            total = {column.head: path for column in self.columns for at, path in summed.items()
                     if column.path == part.columns[at].path and column.kind == part.columns[at].kind}  # fmt: skip
            return replace(part, columns=self.columns, total=total)
        kept = [(at, cell) for at, cell in _placed(part) if at not in (gone or ())]
        wanted = [sum(self.before[first + at : first + at + cell.cols]) for at, cell in kept]
        spans = _spans(wanted, self.after[first:])
        renamed = (self._label(cell) if isinstance(cell, Label) else cell for _, cell in kept)
        return replace(part, cells=tuple(replace(cell, cols=cols) for cell, cols in zip(renamed, spans, strict=True)))

    def _label(self, label: Label) -> Label:
        new = next((new for old, new in self.labels.items() if _same(label.text, old)), None)
        return label if new is None else replace(label, text=new, aliases=(label.text, *label.aliases))


def _placed(line: Line) -> Iterator[tuple[int, Label | Field]]:
    at = 0
    for cell in line.cells:
        yield at, cell
        at += cell.cols


def _spans(wanted: list[float], widths: tuple[float, ...]) -> list[int]:
    """Return over how many columns each cell goes, so that their widths come nearest to the wanted ones.

    >>> _spans([40, 20, 20], (20, 20, 10, 10, 20))
    [2, 2, 1]
    """
    assert len(wanted) <= len(widths), "a variant leaves too few columns for the lines of its base"
    scale = sum(widths) / sum(wanted)
    best: dict[int, tuple[float, list[int]]] = {0: (0.0, [])}
    for number, want in enumerate(wanted, 1):
        left = len(wanted) - number
        found: dict[int, tuple[float, list[int]]] = {}
        for start, (cost, spans) in best.items():
            for end in range(start + 1, len(widths) - left + 1):
                off = sum(widths[start:end]) / (want * scale) - 1
                worse = cost + (off * off * 4 if off < 0 else off * off)  # a cell too narrow is worse than one too wide
                if end not in found or worse < found[end][0]:
                    found[end] = (worse, [*spans, end - start])
        best = found
    return best[len(widths)][1]


def findings(evaluation: Evaluation) -> Iterator[Finding]:
    """Yield what is to be said of the variants that an evaluation has chosen: unknown, unconfirmed, other weights."""
    for number, name in enumerate(evaluation.forms):
        at = (f"forms/{number}",)
        if name not in known() or name in national():
            variants = [f"{one}（{form(one).region}）" for one in known() if one not in national()]
            remedy = Message("form.variant_unknown.remedy", {"known": variants})
            yield Finding("form_variant", "error", Message("form.variant_unknown", {"name": name}), remedy, paths=at)
            continue
        chosen = form(name)
        args = {"title": chosen.title, "region": chosen.region}
        if chosen.mark == "unconfirmed":
            said = Message("form.variant_unconfirmed", args)
            yield Finding("form_variant", "note", said, Message("form.variant_unconfirmed.remedy"), paths=at)
        yield from _weighted(chosen, evaluation, at)


def _weighted(chosen: Form, evaluation: Evaluation, at: tuple[str, ...]) -> Iterator[Finding]:
    """Yield a first-level weight that is not the one the variant is made for."""
    system = evaluation.system("scored")
    for root in system.roots if system is not None else ():
        wanted = next((weight for name, weight in chosen.weights.items() if name in root.name), None)
        if wanted is not None and root.weight is not None and str(root.weight) != wanted:
            args = {"region": chosen.region, "name": root.name, "weight": root.weight, "wanted": wanted}
            said, remedy = Message("form.variant_weight", args), Message("form.variant_weight.remedy")
            yield Finding("form_variant", "note", said, remedy, paths=(*at, f"scored/{root.code}/weight"))
