"""与批复核对: a report beside what was approved: goals, budget notices, payment records, last year's report.

    goals      every approved indicator is there, with the approved target and weight
    budget     the year's budget is an amount that the notices name, or their sum
    paid       the year's execution is an amount that the records name, or their sum
    previous   what the report calls last year's value is what last year's report called its own

Source: 财预〔2015〕88号 (绩效目标确定后一般不予调整); 财预〔2020〕10号.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jixiao.figures.actual_notation import actual as read_actual
from jixiao.figures.figure import Figure, total
from jixiao.figures.notation import clean
from jixiao.review.arithmetic import span
from jixiao.review.check import found, texts
from jixiao.review.recognising.lines import TOTAL
from jixiao.review.recognising.mentions import mentions
from jixiao.review.recognising.naming import plain, same_name
from jixiao.review.recognising.near import sized
from jixiao.review.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jixiao.findings import Finding
    from jixiao.review.recognising.indicators import Indicator
    from jixiao.review.said import Claim, Said


def goals(report: Said, approved: Said) -> Iterator[Finding]:
    """Yield indicators that are missing, and targets and weights that are not the approved ones."""
    rows = _rows(report)
    for goal in _rows(approved):
        if "target" not in goal.texts and "weight" not in goal.claims:
            continue
        same = [row for row in rows if same_name(plain(goal.name), plain(row.name))]
        if not same:
            claims = [claim for claim in goal.claims.values() if claim.place is not None]
            yield found("against", "warning", claims, what="against.missing", name=goal.name, cause=f"goal{goal.name}")
        for row in same[:1]:
            yield from _changed(row, goal)


def _changed(row: Indicator, goal: Indicator) -> Iterator[Finding]:
    own, set_ = _spelt(row.texts.get("target", "")), _spelt(goal.texts.get("target", ""))
    if own and set_ and own != set_:
        claims = [one.claims["target"] for one in (row, goal) if "target" in one.claims]
        printed, expected = row.texts["target"], goal.texts["target"]
        yield found(
            "against",
            "error",
            claims,
            what="against.target",
            printed=printed,
            expected=expected,
            name=row.name,
            own=printed,
            approved=expected,
            cause=f"goal{row.name}",
        )
    weights = [one.claims.get("weight") for one in (row, goal)]
    if all(weights) and weights[0].key != weights[1].key:  # type: ignore[union-attr]
        claims = [weight for weight in weights if weight is not None]
        yield found(
            "against",
            "error",
            claims,
            what="against.weight",
            printed=claims[0].text,
            expected=claims[1].text,
            name=row.name,
            own=claims[0].text,
            approved=claims[1].text,
            cause=f"weight{row.name}",
        )


def _spelt(text: str) -> str:
    return re.sub(r"[。;；\s]", "", clean(text))


def _rows(said: Said) -> list[Indicator]:
    return [indicator for table in said.facts["tables"] for indicator in table.indicators]


def budget(report: Said, notices: list[Said]) -> Iterator[Finding]:
    """Yield budgets of the report that no notice names and all notices together do not give."""
    yield from _amounts(report, notices, "budget", re.compile(r"(全年|年度|调整后)?预算(数|总额|安排)?$"))


def paid(report: Said, records: list[Said]) -> Iterator[Finding]:
    """Yield executed amounts of the report that no record names and all records together do not give."""
    yield from _amounts(report, records, "executed", re.compile(r"(实际支出|全年执行数|实际执行|执行数|累计支出)$"))


def _amounts(report: Said, papers: list[Said], kind: str, label: re.Pattern[str]) -> Iterator[Finding]:
    named = [claim for paper in papers for claim in money(paper)]
    tops = [max(own, key=_size) for paper in papers if (own := money(paper))]
    sums = [span(claim) for claim in named]
    if tops:
        together = total([claim.figure for claim in tops if claim.figure is not None])
        sums.append(Span.value(together))
    material = report.facts["material"]
    stated = [
        sized(table.execution[kind], table.grid) for table in report.facts["tables"] if kind in table.execution
    ] + [
        m.claim for passage in material.passages for m in mentions(passage) if m.base == "元" and label.search(m.label)
    ]
    seen: set[object] = set()
    for claim in stated:
        if claim.key in seen or any(span(claim).meets(each) for each in sums):
            continue
        seen.add(claim.key)
        yield found(
            "against",
            "error",
            [claim],
            what=f"against.{kind}",
            printed=claim.text,
            own=claim.text,
            named=texts(tops, "、"),
            cause=f"{kind}{claim.key}",
        )


def money(said: Said) -> list[Claim]:
    """Return the amounts that a paper names: those of its text in yuan, and those of its tables in their unit."""
    material = said.facts["material"]
    own = [m.claim for passage in material.passages for m in mentions(passage) if m.base == "元"]
    for grid in material.grids:
        for row in range(len(grid.rows)):
            for column in range(grid.width()):
                claim = grid.figure(row, column)
                if claim is not None and (in_unit := sized(claim, grid)).figure is not None:
                    own += [in_unit] if in_unit.figure.unit.base == "元" else []
    return own


def _size(claim: Claim) -> int:
    assert claim.figure is not None
    return claim.figure.num // claim.figure.den


def previous(report: Said, before: Said) -> Iterator[Finding]:
    """Yield values that the report gives for last year and last year's report did not."""
    earlier = _rows(before)
    for row in _rows(report):
        said = row.texts.get("last_year", "")
        same = [one for one in earlier if same_name(plain(row.name), plain(one.name)) and "actual" in one.claims]
        value = read_actual(said, row.target) if said else None
        if not same or not isinstance(value, Figure) or TOTAL.search(row.name):
            continue
        own = same[0].claims["actual"]
        if not Span.of(value).meets(span(own)):
            claims = [row.claims.get("target") or own, own]
            yield found(
                "against",
                "error",
                claims,
                what="against.previous",
                printed=said,
                expected=own.text,
                name=row.name,
                own=said,
                approved=own.text,
                cause=f"last{row.name}",
            )
