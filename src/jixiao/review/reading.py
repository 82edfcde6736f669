"""读出所言: everything that a document or an assessed Evaluation says, ready for the checks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jixiao.figures.unread import Unread
from jixiao.findings import Message
from jixiao.review import claims
from jixiao.review.arithmetic import ARITHMETIC, RATIOS, holds
from jixiao.review.recognising import (
    grid_choices,
    grids,
    indicator_relations,
    indicators,
    linking,
    near,
    pairs,
    statements,
    words,
)
from jixiao.review.recognising.bands import bands
from jixiao.review.recognising.elsewhere import Elsewhere
from jixiao.review.recognising.lines import Block
from jixiao.review.recognising.material import material
from jixiao.review.recognising.mentions import mentions
from jixiao.review.recognising.sections import sections
from jixiao.review.recognising.subject import subject
from jixiao.review.said import Claim, Relation, Said, Skipped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jixiao.documents.document import Document
    from jixiao.evaluation.assess import Assessment
    from jixiao.review.recognising.indicators import ScoreTable
    from jixiao.review.recognising.material import Grid, Material

_OVER_ROWS = ("footing", "parts", "points")


def of_document(document: Document) -> Said:
    """Return what a document says."""
    laid = material(document)
    tables, blocks, relations = _of_grids(laid)
    elsewhere = Elsewhere.of(laid.passages)
    for passage in laid.passages:
        relations += statements.recognise(passage, elsewhere)
    relations += linking.recognise(laid, tables)
    scored = [table for table in tables if any("score" in i.claims for i in table.indicators)]
    relations += words.recognise(laid, tables, sections(scored))
    relations += grades(tables, laid.grids)
    relations += list(_key_scores(relations, scored))
    about = subject(laid)
    with_blocks = list(zip(laid.grids, blocks, strict=True))
    relations += near.recognise(laid, tables, with_blocks, _settled(relations), about.year)
    relations += grid_choices.recognise(laid, with_blocks)
    figures, skipped = _counted(laid, tables)
    return Said(
        tuple(figures),
        tuple(_whole(relations, laid.grids)),
        tuple(skipped),
        len(figures),
        {"material": laid, "tables": tables, "subject": about, "bands": bands(laid)},
    )


def _of_grids(laid: Material) -> tuple[list[ScoreTable], list[list[Block]], list[Relation]]:
    """Return the indicator tables, the numeric blocks of every grid, and what tables say by themselves."""
    tables: list[ScoreTable] = []
    blocks: list[list[Block]] = []
    relations: list[Relation] = []
    for before, grid in zip([None, *laid.grids], laid.grids, strict=False):
        found = indicators.recognise(grid)
        for table in found[:1]:
            indicators.borrow(table, before, laid)
        tables += found
        taken = set()
        for table in found:
            relations += indicator_relations.relations(table)
            taken |= {indicator.row for indicator in table.indicators} | total_rows(table)
        relations += grids.recognise(grid, frozenset(taken))
        relations += pairs.recognise(grid)
        blocks.append(list(grids.blocks(grid, frozenset(taken))))
    relations += [r for n, one in enumerate(blocks) for other in blocks[n + 1 :] for r in grids.twins(one, other)]
    return tables, blocks, relations


def _settled(relations: list[Relation]) -> set[int]:
    """Return the ids of the claims that a relation which holds fixes."""
    true = (relation for relation in relations if relation.kind in ARITHMETIC and holds(relation))
    return {id(claim) for relation in true for claim in pinned(relation)}


def _whole(relations: list[Relation], grids: list[Grid]) -> Iterator[Relation]:
    """Yield the relations without sums over rows of tables of which rows may be missing."""
    cut = [grid.claims() for grid in grids if any(grid.cut)]
    for relation in relations:
        parts = {id(claim) for claim in relation.inputs}
        if relation.kind not in _OVER_ROWS or all(len(parts & claims) < 2 for claims in cut):
            yield relation


def of_evaluation(of: Assessment) -> Said:
    """Return what an assessed Evaluation says: its sums, its rates and its grade, for the same checks."""
    found = claims.of_evaluation(of)
    by = {(claim.kind, claim.subject): claim for claim in found}
    relations: list[Relation] = []
    for (kind, about), claim in by.items():
        score, weight = by.get(("score", about)), by.get(("weight", about))
        if kind == "score_rate" and score is not None and weight is not None and weight.figure is not None:
            relations.append(Relation("score_rate", (claim, score, weight), about))
        if kind == "grade" and score is not None:
            relations.append(Relation("grade", (claim, score, *((weight,) if weight is not None else ())), about))
        parts = [part for part in found if part.kind == kind and part.within == about and part.figure is not None]
        if kind in ("weight", "score") and claim.figure is not None and parts:
            relations.append(Relation("points", (claim, *parts), about, {"of": kind}))
    return Said(tuple(found), tuple(relations), (), sum(1 for claim in found if claim.figure is not None))


def pinned(relation: Relation) -> tuple[Claim, ...]:
    """Return the claims that a relation fixes to the last digit: a rate is, the large amounts it comes from are not."""
    return relation.claims[:1] if relation.kind in (*RATIOS, "growth", "change") else relation.claims


def total_rows(table: ScoreTable) -> set[int]:
    """Return the rows that hold totals of a score table."""
    ids = {id(claim) for claim in table.total.values()}
    grid = table.grid
    return {
        row
        for row in range(len(grid.rows))
        for column in range(grid.width())
        if any(id(grid.figure(row, column, kind)) in ids for kind in ("score",))
    }


def grades(tables: list[ScoreTable], grids: list[Grid]) -> list[Relation]:
    """Return grades that stand in cells beside 评价等级, with the total that stands beside 得分."""
    found = []
    for grid in {id(grid): grid for grid in (*(table.grid for table in tables), *grids)}.values():
        found += _graded(grid)
    return found


def _key_scores(relations: list[Relation], scored: list[ScoreTable]) -> Iterator[Relation]:
    """Yield the total and its rate that a table of key figures gives, beside the totals of the score tables."""
    totals = [table.total for table in scored if {"score", "weight"} <= table.total.keys()]
    for score, rate in [relation.claims for relation in relations if relation.kind == "key_score"] if totals else []:
        others = tuple((total["score"],) for total in totals)
        yield Relation("same", (score, *others[0]), "总分", {"instead": others[1:]})
        sets = tuple((total["score"], total["weight"]) for total in totals)
        yield Relation("score_rate", (rate, *sets[0]), "总分", {"instead": sets[1:]})


def _graded(grid: Grid) -> list[Relation]:
    for row in range(len(grid.rows)):
        texts = [grid.text(row, column) for column in range(grid.width())]
        at = next((n for n, text in enumerate(texts) if re.search(r"(评价|绩效)?等级[:：]?$", text)), None)
        word = next((n for n in range((at or 0) + 1, len(texts)) if texts[n]), None) if at is not None else None
        if at is None or word is None or texts[word] not in _GRADES:
            continue
        score = next(
            (claim for n in range(at) if texts[n] and (claim := grid.figure(row, n, "score")) is not None), None
        )
        cell = grid.cell(row, word)
        if score is not None and cell is not None:
            return [
                Relation(
                    "grade",
                    (Claim("grade", "grade", None, (texts[word],), None, texts[word], cell.place), score),
                    "评价等级",
                )
            ]
    return []


_GRADES = ("优", "良", "中", "差", "优秀", "良好", "中等", "较差")


def _counted(laid: Material, tables: list[ScoreTable]) -> tuple[list[Claim], list[Skipped]]:
    """Return every figure of a document once, and the cells that should hold one and could not be read."""
    figures: list[Claim] = []
    skipped: list[Skipped] = []
    for grid in laid.grids:
        seen: set[int] = set()
        for row in range(len(grid.rows)):
            for column in range(grid.width()):
                cell = grid.cell(row, column)
                if cell is None or id(cell) in seen:
                    continue
                seen.add(id(cell))
                claim = grid.figure(row, column)
                if claim is not None:
                    figures.append(claim)
                elif isinstance(cell.value, Unread):
                    skipped.append(Skipped(cell.place, cell.value.spelt, cell.value.why))
    for table in tables:
        for indicator in table.indicators:
            for role in ("weight", "score", "score_rate"):
                text = indicator.texts.get(role, "")
                if text and role not in indicator.claims and re.search(r"\d", text) and role in table.roles:
                    cell = indicator.cells.get(role)
                    skipped.append(
                        Skipped(cell.place if cell else None, text, Message("figures.not_a_number", {"spelt": text}))
                    )
    for passage in (*laid.passages, *laid.loose):
        if not (passage.heading and passage.heading[0].startswith("T")):
            figures += [m.claim for m in mentions(passage)]
    return figures, skipped
