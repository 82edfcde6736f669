"""指标表内的关系: what an indicator table says holds within itself: rates, sums, group weights, execution."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from jixiao.review.arithmetic import computed
from jixiao.review.said import Claim, Relation
from jixiao.review.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jixiao.review.recognising.indicators import Indicator, ScoreTable


_PROCESS = re.compile("决策|过程|投入|管理|执行率")
_POINTS = Span.exactly(10)


def relations(table: ScoreTable) -> Iterator[Relation]:
    """Yield what an indicator table says holds within itself."""
    for indicator in table.indicators:
        yield from _of_row(indicator)
    if table.total:
        yield from _rate(table.total, "总分")
    yield from _sums(table)
    yield from _group_weights(table)
    yield from _other_totals(table)
    if table.execution:
        yield from _of_execution(table.execution)


def _rate(claims: dict[str, Claim], name: str) -> Iterator[Relation]:
    if all(kind in claims for kind in ("score_rate", "score", "weight")):
        yield Relation("score_rate", (claims["score_rate"], claims["score"], claims["weight"]), name)


def _of_row(indicator: Indicator) -> Iterator[Relation]:
    claims = indicator.claims
    yield from _rate(claims, indicator.name)
    if all(kind in claims for kind in ("score", "weight", "deduction")):
        lost = claims["deduction"]
        sign = 1 if lost.figure is not None and lost.figure.num < 0 else -1
        yield Relation(
            "difference", (claims["score"], claims["weight"], lost), indicator.name, {"signs": (1, sign), "exact": True}
        )
    if "score" in claims and "weight" in claims:
        yield Relation("within_full", (claims["score"], claims["weight"]), indicator.name)
    if indicator.texts.get("target") and indicator.texts.get("actual"):
        facts = {"indicator": indicator}
        yield Relation(
            "target",
            tuple(claims[k] for k in ("actual", "target", "score", "weight") if k in claims),
            indicator.name,
            facts,
        )
    if "completion" in claims and "actual" in claims and "target" in claims:
        yield Relation("completion", (claims["completion"], claims["actual"], claims["target"]), indicator.name)
    if "completion" in claims and "deviation" in claims:
        yield Relation("deviation_of", (claims["deviation"], claims["completion"]), indicator.name)
    if indicator.texts.get("process") and "score" in claims:
        yield Relation("process", (claims["score"],), indicator.name, {"indicator": indicator})


def _whole(table: ScoreTable, kind: str) -> list[Claim] | None:
    """Return the claims that make up the total of a kind, each cell once; None while one of them is missing."""
    found: dict[int, Claim] = {}
    for indicator in table.indicators:
        claim = indicator.claims.get(kind)
        if claim is None:
            return None
        found[id(claim)] = claim
    return list(found.values())


def _sums(table: ScoreTable) -> Iterator[Relation]:
    for kind in ("weight", "score"):
        parts, total = _whole(table, kind), table.total.get(kind)
        if not parts:
            continue
        with_funds = [table.execution[kind], *parts] if kind in table.execution else None
        if total is not None and not table.unread and not _execution_unprinted(table):
            chosen = with_funds if with_funds is not None else parts
            facts = (
                {"instead": (tuple(parts),)} if with_funds is not None and (kind == "weight" or table.borrowed) else {}
            )
            yield Relation("points", (total, *chosen), "总分", {**facts, "of": kind})
        for name, claims, members in table.subtotals:
            inner = [member.claims[kind] for member in members if kind in member.claims]
            if kind in claims and inner and len(inner) == len(members):
                yield Relation("points", (claims[kind], *dict.fromkeys(inner)), name, {"of": kind})


def _execution_unprinted(table: ScoreTable) -> bool:
    """Return whether just the ten points for execution are missing: a form of goals need not print them in a row.

    Source: 财预〔2020〕10号 (预算执行率 10%, 产出 50%, 效益 30%, 满意度 10%).
    """
    total, weights = table.total.get("weight"), _whole(table, "weight")
    if table.execution or total is None or not weights:
        return False
    if any(_PROCESS.search(" ".join((*one.groups, one.name))) for one in table.indicators):
        return False  # a system of another kind, in which execution is an indicator
    added = computed(Relation("points", (total, *weights)))
    return added is not None and total.figure is not None and Span.value(total.figure).minus(added) == _POINTS


def _other_totals(table: ScoreTable) -> Iterator[Relation]:
    """Yield the totals of group weights in columns of their own, and of deductions."""
    for level in ("1", "2"):
        at, total = table.roles.get(f"weight{level}"), table.total.get(f"weight{level}")
        inner = [
            claim
            for claim in table.stated.values()
            if at is not None
            and any(table.grid.figure(row, at, "weight") is claim for row in range(len(table.grid.rows)))
        ]
        if total is not None and len(inner) > 1:
            yield Relation("points", (total, *inner), "总分", {"of": "weight"})
    lost = [indicator.claims.get("deduction") for indicator in table.indicators]
    total = table.total.get("deduction")
    if total is not None and all(claim is not None for claim in lost) and len(lost) > 1:
        yield Relation("points", (total, *(claim for claim in lost if claim is not None)), "总扣分", {"of": "score"})


def _group_weights(table: ScoreTable) -> Iterator[Relation]:
    """Yield the weights that groups name in brackets over the weights of their indicators, by code or by column."""
    for name, stated in table.stated.items():
        if re.fullmatch(r"[A-Z]\d?", name):
            members = [i for i in table.indicators if i.code.startswith(name) and len(i.code) > len(name)]
        elif table.trusted_groups:
            members = [i for i in table.indicators if name in i.groups]
        else:
            continue
        parts = [member.claims.get("weight") for member in members]
        if parts and all(part is not None for part in parts):
            yield Relation("points", (stated, *(part for part in parts if part is not None)), name, {"of": "weight"})


def _of_execution(claims: dict[str, Claim]) -> Iterator[Relation]:
    if all(kind in claims for kind in ("rate", "executed", "budget")):
        yield Relation("rate", (claims["rate"], claims["executed"], claims["budget"]), "预算执行率")
    if all(kind in claims for kind in ("score", "weight", "rate")):
        facts: dict[str, Any] = {kind: claims[kind] for kind in ("executed", "budget") if kind in claims}
        yield Relation("execution_score", (claims["score"], claims["weight"], claims["rate"]), "预算执行", facts)
