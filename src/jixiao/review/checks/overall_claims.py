"""总括的说法: what a report says of the whole agrees with what its own table says of the parts.

    全部完成 though an indicator missed its target        warning
    达到预期 though an indicator missed its target        note
    总体完成率 printed as the very total score            note: a score is no completion rate
    未设置绩效目标 though the report lists goals           note

Source: 财预〔2020〕10号 (评价结论应与指标完成情况一致).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jixiao.figures.figure import Figure
from jixiao.figures.target import Target
from jixiao.review.check import found
from jixiao.review.recognising.mentions import mentions
from jixiao.review.said import Claim

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jixiao.findings import Finding, Severity
    from jixiao.review.recognising.indicators import Indicator
    from jixiao.review.recognising.material import Material, Passage
    from jixiao.review.said import Said

_ALL = re.compile(
    r"(?:各项|所有|全部|[年全]度)?(?:绩效)?(?:目标|指标)(?:任务|值)?(?:均已?|全部|都已?)(?:全部|圆满|顺利)?(?:完成|达到|实现|达标)"
    r"|(?:全面|圆满|超额)完成了?(?:各项|全部|年度|所有)+(?:绩效)?(?:目标|指标)"
)
_MET = re.compile(r"(?:已|均|基本)?(?:达到|实现)了?(?:年初)?(?:预期|既定)(?:的)?(?:效果|目标|绩效目标)")
_NOT = re.compile(r"未|没有|尚|是否|能否|如|若|力争|确保|不")
_OVERALL = re.compile(r"(?:总体|整体|综合)完成率为?$")
_NO_GOALS = re.compile(r"未(?:设置|设定|编制|制定|申报|填报)(?:年度)?绩效目标")
_GOALS = re.compile(
    r"^(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)])?(?:项目|年度)?绩效目标$|^年度绩效目标"
)


def findings(said: Said) -> list[Finding]:
    """Return a finding for every statement about the whole that the tables refute."""
    material = said.facts.get("material")
    if material is None:
        return []
    missed = [row for table in said.facts["tables"] for row in table.indicators if _missed(row)]
    totals = {
        claim.figure.num * 100 // claim.figure.den: claim
        for table in said.facts["tables"]
        if (claim := table.total.get("score")) is not None and claim.figure is not None
    }
    result: list[Finding] = []
    for passage in material.passages:
        result += _completed(passage, missed)
        result += _scores(passage, totals)
        result += _without_goals(passage, material)
    return result


def _missed(row: Indicator) -> bool:
    """Return whether an indicator missed a target whose direction its sign tells."""
    if not isinstance(row.target, Target) or not isinstance(row.actual, Figure) or row.target.kind == "stated":
        return False
    return row.target.met(row.actual) is False


def _completed(passage: Passage, missed: list[Indicator]) -> Iterator[Finding]:
    kinds: tuple[tuple[re.Pattern[str], Severity], ...] = ((_ALL, "warning"), (_MET, "note"))
    for form, severity in kinds:
        match = form.search(passage.text)
        if match is None or not missed or _NOT.search(passage.text[max(0, match.start() - 12) : match.end()]):
            continue
        place = passage.place(match.start(), passage.text[max(0, match.start() - 10) : match.end() + 6])
        words = Claim("verdict", "all", None, (match[0],), None, match[0], place)
        claims = [row.claims["actual"] for row in missed if "actual" in row.claims]
        yield found(
            "overall_claims",
            severity,
            (words, *claims),
            what="overall_claims.completed",
            printed=match[0],
            cause=f"overall{place!r}",
            words=match[0],
            names="、".join(row.name for row in missed[:5]),
            count=len(missed),
        )
        return


def _scores(passage: Passage, totals: dict[int, Claim]) -> Iterator[Finding]:
    for m in mentions(passage):
        if not m.percent() or not _OVERALL.search(m.label) or (m.figure.places or 0) < 1:
            continue
        total = totals.get(m.figure.num * 10000 // m.figure.den)
        if total is not None:
            claims, score = (m.claim, total), total.text
            yield found(
                "overall_claims",
                "note",
                claims,
                what="overall_claims.rate",
                printed=m.claim.text,
                rate=m.claim.text,
                score=score,
            )


def _without_goals(passage: Passage, material: Material) -> Iterator[Finding]:
    match = _NO_GOALS.search(passage.text)
    if match is None:
        return
    goals = next((other for other in material.passages if _GOALS.search(other.text) and len(other.text) < 200), None)
    if goals is not None:
        claims = [
            Claim("goals", "goals", None, (), None, match[0], passage.place(match.start(), match[0])),
            Claim("goals", "goals", None, (), None, goals.text[:30], goals.place(0, goals.text[:30])),
        ]
        yield found("overall_claims", "note", claims, what="overall_claims.goals", printed=match[0])
