"""指标值与完成值: what was reached against what was to be reached, by the direction of its sign, and the marks for it.

    not reached and full marks          error
    not reached and nothing said        warning: a reason is owed
    reached and not full marks          warning where no reason is given
    ≤ reached, and marked in proportion warning: less is better, the reduction goes the wrong way
    the target copied into the actual   warning: not a measurement
    far above the target, reason blank  warning (30%, 财监〔2025〕1号 practice)
    marks that no known rule gives      warning, where the other rows follow one
    a word answered by a percentage, a reason for what was reached, a score reduced far above the target: notes

Source: 财预〔2020〕10号 第十五条 (定量指标按完成值与指标值的比例记分); R01, R02, R03, R08, R11, R33.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jixiao.figures.actual import Echo
from jixiao.figures.figure import Figure, compared
from jixiao.figures.notation import clean, is_placeholder
from jixiao.figures.target import Target
from jixiao.review.check import found
from jixiao.review.marks import (
    bare,
    by_slip,
    capped,
    exact_points,
    far_above,
    follows_proportion,
    gives,
    proportion,
    stepped,
)
from jixiao.review.said import Claim

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jixiao.findings import Finding, Severity
    from jixiao.review.recognising.indicators import Indicator, ScoreTable
    from jixiao.review.said import Said

AUTHORITY = "caiyu-2020-10#framework"
_BLAMED = re.compile(r"偏差原因[:：]|未完成原因[:：]|未能?(?:完成|达到)|受.{1,8}影响")
_SIGNED = ("at_least", "at_most", "above", "below", "between")
_WORDS = ("level", "scale", "by_date", "every")


def findings(said: Said) -> list[Finding]:
    """Return what is wrong between targets, actual values and marks."""
    result: list[Finding] = []
    for table in said.facts.get("tables", ()):
        proportional = follows_proportion(table)
        for indicator in table.indicators:
            result += _of(indicator, table, proportional)
    return result


def _of(indicator: Indicator, table: ScoreTable, proportional: bool) -> Iterator[Finding]:
    goal, actual = indicator.target, indicator.actual
    words = isinstance(goal, Target) and goal.kind in ("level", "scale")
    if words and isinstance(actual, Figure) and actual.unit.name == "%" and not _told(indicator):
        yield _say("level_by_number", "note", indicator, table)
    if isinstance(actual, Echo) and isinstance(goal, Target) and goal.kind in _SIGNED and exact_match(indicator):
        yield _say("echo", "warning", indicator, table)
    if not isinstance(goal, Target) or not isinstance(actual, Figure) or goal.kind in _WORDS:
        return
    if goal.kind == "stated" and not _plain_direction(indicator):
        return
    met = goal.met(actual)
    score, weight = indicator.claims.get("score"), indicator.claims.get("weight")
    if met is None:
        return
    if score is None or weight is None or score.figure is None or weight.figure is None or weight.figure.num == 0:
        if not met and not _reason(indicator) and "actual" in table.roles:
            yield _say("missed", "warning", indicator, table)
    elif met:
        yield from _reached(indicator, table, goal, actual, proportional=proportional)
    else:
        yield from _missed(indicator, table, goal, actual, proportional=proportional)


def _reached(
    indicator: Indicator, table: ScoreTable, goal: Target, actual: Figure, *, proportional: bool
) -> Iterator[Finding]:
    """Yield what is wrong about an indicator that reached its target."""
    score, weight = indicator.claims["score"].figure, indicator.claims["weight"].figure
    assert score is not None
    assert weight is not None
    given = _reason(indicator)
    if far_above(goal, actual) and given and compared(bare(score), bare(weight)) != 0:
        yield _say("far_above_told", "note", indicator, table)
    elif (
        given
        and compared(bare(score), bare(weight)) == 0
        and not _exceeded(goal, actual)
        and _BLAMED.search(indicator.texts["reason"])
    ):
        yield _say("idle_reason", "note", indicator, table)
    if compared(bare(score), bare(weight)) != 0:
        upside_down = goal.kind == "at_most" and capped(goal, actual, weight, score)
        slip = proportional and by_slip(goal, actual, weight, score)
        if not _told(indicator) and (upside_down or slip or not given):
            yield _say("met_not_full", "warning", indicator, table)
    elif far_above(goal, actual) and "reason" in table.roles and not given:
        yield _say("far_above", "warning", indicator, table)


def _exceeded(goal: Target, actual: Figure) -> bool:
    """Return whether a value is above its target by more than a tenth, which asks for a reason of its own."""
    low = goal.low
    return low is not None and actual.num * low.den * 10 > 11 * low.num * actual.den


def _missed(
    indicator: Indicator, table: ScoreTable, goal: Target, actual: Figure, *, proportional: bool
) -> Iterator[Finding]:
    """Yield what is wrong about an indicator that missed its target."""
    score, weight = indicator.claims["score"].figure, indicator.claims["weight"].figure
    assert score is not None
    assert weight is not None
    right = proportion(goal, actual, weight, 2)
    if compared(bare(score), bare(weight)) == 0:
        rounded = proportion(goal, actual, weight, _places(table))
        if not _told(indicator) and rounded != exact_points(weight):
            yield _say("missed_full", "error", indicator, table)
        return
    if "reason" in table.roles and not _reason(indicator):
        yield _say("no_reason", "warning", indicator, table)
    if right is None or gives(goal, actual, weight, score) or goal.kind not in ("at_least", "equal", "stated"):
        return
    if stepped(goal, actual, weight, score):
        return
    own_rule = "满意" in indicator.name  # satisfaction is often marked by bands of its own
    if proportional:
        yield _say("not_by_rule", "note" if own_rule else "error", indicator, table, right)
    elif _statutory(indicator, table) and score.num:
        yield _say("no_known_rule", "note" if own_rule else "warning", indicator, table, right)


def _places(table: ScoreTable) -> int:
    """Return the decimals that a table's marks are given in: those of the longest, at least one."""
    scores = [i.claims["score"].figure for i in table.indicators if "score" in i.claims]
    return max((figure.places or 0 for figure in scores if figure is not None), default=2) or 1


def _reason(indicator: Indicator) -> bool:
    """Return whether a reason is given; 无 is none."""
    said = indicator.texts.get("reason", "")
    return bool(said) and not is_placeholder(said) and said not in ("无", "无偏差", "无。")


def _told(indicator: Indicator) -> bool:
    """Return whether the row itself tells how it is marked, so that no general rule is held against it."""
    return bool(indicator.texts.get("process") or indicator.texts.get("criteria"))


def _statutory(indicator: Indicator, table: ScoreTable) -> bool:
    """Return whether a table is the statutory self-evaluation form, whose marks are in proportion."""
    return not _told(indicator) and ("reason" in table.roles or bool(table.execution))


def exact_match(indicator: Indicator) -> bool:
    """Return whether the actual value is the target's own text."""
    return clean(indicator.texts.get("actual", "")) == clean(indicator.texts.get("target", ""))


def _plain_direction(indicator: Indicator) -> bool:
    """Return whether more is better beyond doubt for a target without a sign."""
    return any(word in indicator.name for word in ("率", "参保人数", "覆盖", "满意")) and not any(
        word in indicator.name
        for word in ("上访", "投诉", "差错", "死亡", "拒付", "自付", "成本", "违规", "重复", "增长率", "费率")
    )


def _say(
    what: str, severity: Severity, indicator: Indicator, table: ScoreTable, expected: str | None = None
) -> Finding:
    marks = what in ("missed_full", "met_not_full", "not_by_rule", "no_known_rule")
    order = ("score", "actual", "target", "weight") if marks else ("actual", "target", "score", "weight")
    claims = [indicator.claims[kind] for kind in order if kind in indicator.claims]
    said = {name: indicator.texts.get(name, "") for name in ("target", "actual", "score", "weight")}
    if not claims or what == "echo":
        cell = indicator.cells.get("actual")
        claims = [
            Claim("actual", indicator.name, None, (), None, said["actual"], cell.place if cell else None),
            *claims,
        ]
    return found(
        "targets",
        severity,
        claims,
        what=f"targets.{what}",
        printed=said["score"] if marks else said["actual"],
        expected=expected,
        authority=AUTHORITY,
        remedy=f"targets.{what}.remedy",
        cause=f"echo{table.grid.number}" if what == "echo" else None,
        name=indicator.name,
        right=expected or "",
        **said,
    )
