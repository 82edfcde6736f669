"""例子的报告: the documents that jixiao writes for its examples, with every figure and every redundancy known.

Which figure stands where is told by the paths that are bound to cells and runs; what must agree follows from the
indicator tree and the funds. Knows nothing of the checks.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import sound
from sample_reports import Report, Spot, Tie

from jixiao.documents.document import Document, Heading, Paragraph, Table
from jixiao.evaluation.assess import Assessment, assess
from jixiao.forms.form import forms_for
from jixiao.forms.write import write
from jixiao.indicators.indicator import Group
from jixiao.operations.check import check
from jixiao.operations.evaluate import report_of

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
NAMES = tuple(sorted(folder.name for folder in EXAMPLES.iterdir() if (folder / "evaluation.yaml").exists()))
_FIGURE = re.compile(r"[≥≤=]*-?[\d,]+(?:\.\d+)?(?:%|[万亿]?元|万?人次?|个月|元/人)?")
_KINDS = {"score": "score", "weight": "weight", "score_rate": "rate", "lost": "score", "completion": "rate"}
_LEAST_TIES = 3
_MONEY = ("original_budget", "revised_budget", "received", "executed")


@dataclass
class Written(Report):
    """A document that was written from an example; `where` leads from a spot to its run or cell."""

    base: Document = field(default_factory=lambda: Document(()))
    where: dict[str, tuple[int, int, int]] = field(default_factory=dict)

    def document(self, changed: dict[str, str] | None = None) -> Document:
        blocks = list(self.base.blocks)
        for id, text in (changed or {}).items():
            at, row, column = self.where[id]
            block = blocks[at]
            if isinstance(block, Table):
                grid = [list(line) for line in block.grid]
                grid[row][column] = replace(grid[row][column], text=text, value=None, hint=None)
                blocks[at] = replace(block, grid=tuple(tuple(line) for line in grid))
            else:
                runs = list(block.runs)
                runs[row] = replace(runs[row], text=text, value=None)
                blocks[at] = replace(block, text="".join(run.text for run in runs), runs=tuple(runs))
        return replace(self.base, blocks=tuple(blocks))


def sources() -> dict[str, Written]:
    """Return the report and the forms of every example, by its name and theirs."""
    return {title: one for name in NAMES for title, one in documents(name, check(EXAMPLES / name).value)}


def random_sources(seeds: range) -> dict[str, Written]:
    """Return the same of random evaluations of every kind, in which everything adds up."""
    return {
        title: one
        for seed in seeds
        for kind in sound.KINDS
        for title, one in documents(f"{kind} {seed}", assess(sound.sound(kind, seed)))
    }


def documents(name: str, of: Assessment) -> Iterator[tuple[str, Written]]:
    """Yield what jixiao writes for an evaluation, where it prints enough of it twice to be held to."""
    every = [Document((write(form, of),), form.title, form.title) for form in forms_for(of.evaluation)]
    report = report_of(of)
    for document in [*every, *([report] if report else [])]:
        one = written(document, of.evaluation)
        if len(one.ties) > _LEAST_TIES and not one.broken():
            yield f"{name} {document.name}", one


def written(document: Document, evaluation) -> Written:
    one = Written(title=document.title, base=document)
    bound: dict[str, list[str]] = defaultdict(list)
    amended = any(isinstance(block, Heading) and "原表" in block.text for block in document.blocks)
    for at, block in enumerate(document.blocks):
        if isinstance(block, Table):
            if amended and not block.caption:  # the form prints twice: before the amendment and after
                continue
            for row, column, cell in block.cells():
                _spot(one, bound, cell.bind, cell.text, where=(at, row, column), row=row, column=column)
        elif isinstance(block, Paragraph):
            for number, run in enumerate(block.runs):
                _spot(one, bound, run.bind, run.text, where=(at, number, 0))
    _same(one, bound)
    _indicators(one, bound, evaluation)
    _funds(one, bound, evaluation)
    return one


def _spot(one: Written, bound, bind: str | None, text: str, *, where, row=None, column=None) -> None:
    if not bind or not _FIGURE.fullmatch(text):
        return
    last = bind.rpartition("/")[2]
    if last not in (*_KINDS, *_MONEY, "actual", "target") and not re.search(r"/rate/|/total/", bind):
        return
    id = f"{bind} {len(bound[bind])}"
    kind = _KINDS.get(last, "rate" if "/rate/" in bind else "amount")
    one.spots[id] = Spot(id, text, kind, where[0], row, column)
    one.where[id] = where
    bound[bind].append(id)


def _same(one: Written, bound) -> None:
    """Tie the places where one value prints; a bare amount of a form is in 万元."""
    for bind, ids in bound.items():
        for other in ids[1:]:
            texts = [one.spots[id].text for id in (other, ids[0])]
            units = [re.sub(r"[\d.,≥≤=-]", "", text) for text in texts]
            if units[0] == units[1]:
                one.ties.append(Tie("same", (other, ids[0])))
            elif bind.startswith("funds") and set(units) == {"", "万元"}:
                pair = (other, ids[0]) if not units[0] else (ids[0], other)
                one.ties.append(Tie("same_in", pair, "万元"))


def _indicators(one: Written, bound, evaluation) -> None:
    first = {bind: ids[0] for bind, ids in bound.items()}
    for system in evaluation.systems:
        role = system.role
        for node, _ in system.walk():
            path = f"{role}/{node.code}"
            mine = {kind: first.get(f"{path}/{kind}") for kind in (*_KINDS, "actual", "target")}
            _tied(one, "points_rate", mine["score_rate"], mine["score"], mine["weight"])
            _tied(one, "points", mine["weight"], mine["score"], mine["lost"])
            if isinstance(node, Group):
                for kind in ("score", "weight"):
                    _tied(one, "points", mine[kind], *_parts(node, role, kind, first))
        for kind in ("score", "weight"):
            whole = first.get(f"{role}/{kind}")
            parts = [part for root in system.roots for part in _below(root, role, kind, first)]
            _tied(one, "points", whole, *parts)


def _below(node, role: str, kind: str, first) -> list[str | None]:
    """Return the spot of a node, or of its parts where it prints none."""
    own = first.get(f"{role}/{node.code}/{kind}")
    return [own] if own or not isinstance(node, Group) else _parts(node, role, kind, first)


def _parts(node: Group, role: str, kind: str, first) -> list[str | None]:
    return [part for child in node.children for part in _below(child, role, kind, first)]


def _funds(one: Written, bound, evaluation) -> None:
    def at(path: str) -> str | None:
        ids = bound.get(path, [])
        return next((id for id in ids if one.spots[id].text.endswith("元")), ids[0] if ids else None)

    names = [source.name for source in evaluation.funds.sources]
    for column in _MONEY:
        if len(names) > 1:
            _tied(one, "sum", at(f"funds/total/{column}"), *(at(f"funds/sources/{name}/{column}") for name in names))
    spent, budget, received = (at(f"funds/total/{column}") for column in ("executed", "revised_budget", "received"))
    _tied(one, "ratio", at("funds/rate/budget_execution_rate"), spent, budget)
    _tied(one, "ratio", at("funds/rate/execution_rate"), spent, received)
    _tied(one, "ratio", at("funds/rate/receipt_rate"), received, budget)


def _tied(one: Written, kind: str, *ids: str | None) -> None:
    """Tie spots that are all there and, for sums, in one notation."""
    if any(id is None for id in ids) or len(ids) < 2 or (kind == "points" and len(ids) < 2):
        return
    units = {re.sub(r"[\d.,≥≤=-]", "", one.spots[id].text) for id in ids[0 if kind == "sum" else 1 :]}
    if kind in ("sum", "ratio") and len(units) > 1:
        return
    tie = Tie(kind, tuple(ids))
    one.ties.append(tie)
