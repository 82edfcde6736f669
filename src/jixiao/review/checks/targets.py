"""指标值与完成值: what was reached against what was to be reached, by the direction of its sign, and the marks for it.

    not reached and full marks          error
    not reached and nothing said        warning: a reason is owed
    reached and not full marks          warning: a reduction has to be explained (≤ is reached by less)
    the target copied into the actual   warning: not a measurement
    far above the target, reason blank  warning (30%, 财监〔2025〕1号 practice)
    marks that no known rule gives      warning, where the other rows follow one

Source: 财预〔2020〕10号 第十五条 (定量指标按完成值与指标值的比例记分); R01, R02, R03, R08, R11, R33.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao.figures import exact
from jixiao.figures.actual import Echo
from jixiao.figures.figure import Figure, compared
from jixiao.figures.notation import is_placeholder
from jixiao.figures.target import Target
from jixiao.review.check import found
from jixiao.review.said import Claim

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jixiao.findings import Finding, Severity
    from jixiao.review.recognising.indicators import Indicator, ScoreTable
    from jixiao.review.said import Said

AUTHORITY = "caiyu-2020-10#framework"


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
    if (
        isinstance(actual, Echo)
        and isinstance(goal, Target)
        and goal.kind in ("at_least", "at_most", "above", "below", "between")
    ):
        if not exact_match(indicator):
            return
        yield _say("echo", "warning", indicator, table, indicator.texts["actual"])
        return
    if (
        not isinstance(goal, Target)
        or not isinstance(actual, Figure)
        or goal.kind in ("level", "scale", "by_date", "every")
    ):
        return
    if goal.kind == "stated" and not _plain_direction(indicator):
        return
    met = goal.met(actual)
    if met is None:
        return
    score, weight = indicator.claims.get("score"), indicator.claims.get("weight")
    reason = indicator.texts.get("reason", "")
    has_reason = "reason" in table.roles
    given = bool(reason) and not (is_placeholder(reason) or reason in ("无", "无偏差", "无。"))
    if score is None or weight is None or score.figure is None or weight.figure is None or weight.figure.num == 0:
        if not met and not given and _final(table):
            yield _say("missed", "warning", indicator, table, indicator.texts["actual"])
        return
    told = bool(indicator.texts.get("process") or indicator.texts.get("criteria"))
    full = compared(_bare(score.figure), _bare(weight.figure)) == 0
    if not met and full and not told and proportion(goal, actual, weight.figure, 2) != exact_points(weight.figure):
        yield _say("missed_full", "error", indicator, table, score.text)
    elif not met and has_reason and not given:
        yield _say("no_reason", "warning", indicator, table, indicator.texts["actual"])
    if met and not full and not told and not (has_reason and _far_above(goal, actual) and given):
        yield _say("met_not_full", "warning", indicator, table, score.text)
    elif met and has_reason and not given and _far_above(goal, actual):
        yield _say("far_above", "warning", indicator, table, indicator.texts["actual"])
    if not met and not full and proportional and goal.kind in ("at_least", "equal", "stated"):
        right = proportion(goal, actual, weight.figure, 2)
        if right is not None and not gives(goal, actual, weight.figure, score.figure):
            yield _say("not_by_rule", "error", indicator, table, score.text, right)
    elif (
        not met
        and not full
        and not told
        and score.figure.num
        and (has_reason or table.execution)
        and goal.kind in ("at_least", "equal")
    ):
        right = proportion(goal, actual, weight.figure, 2)
        if (
            right is not None
            and not gives(goal, actual, weight.figure, score.figure)
            and not _stepped(goal, actual, weight.figure, score.figure)
        ):
            yield _say("no_known_rule", "warning", indicator, table, score.text, right)


def exact_match(indicator: Indicator) -> bool:
    """Return whether the actual value is the target's own text."""
    from jixiao.figures.notation import clean  # noqa: PLC0415

    return clean(indicator.texts.get("actual", "")).replace(">=", "≥") == clean(
        indicator.texts.get("target", "")
    ).replace(">=", "≥")


def _final(table: ScoreTable) -> bool:
    """Return whether a table reports results: it has a column of actual values."""
    return "actual" in table.roles


def _plain_direction(indicator: Indicator) -> bool:
    """Return whether more is better beyond doubt for a target without a sign."""
    return any(word in indicator.name for word in ("率", "参保人数", "覆盖", "满意")) and not any(
        word in indicator.name
        for word in ("上访", "投诉", "差错", "死亡", "拒付", "自付", "成本", "违规", "重复", "增长率", "费率")
    )


def _far_above(goal: Target, actual: Figure) -> bool:
    low = goal.low
    if low is None or low.num <= 0 or goal.kind not in ("at_least", "above", "stated"):
        return False
    return actual.num * low.den * 100 > 130 * low.num * actual.den


def _bare(figure: Figure) -> Figure:
    """Return points without their unit, so that 5 分 and 5 compare."""
    from jixiao.figures.units import BARE  # noqa: PLC0415

    return Figure(figure.num, figure.den, BARE)


def _stepped(goal: Target, actual: Figure, weight: Figure, score: Figure) -> bool:
    """Return whether marks are taken off by steps: 5% of the weight, or one mark, for each started point of shortfall."""
    low = goal.figure()
    assert low is not None
    points = exact.ceiling((low.num * actual.den - actual.num * low.den) * 100, low.den * actual.den)
    relative = exact.ceiling((low.num * actual.den - actual.num * low.den) * 100, max(1, low.num * actual.den))
    for steps in (points, relative):
        for share in (5, 10, 2, 1):
            left = weight.num * max(0, 100 - share * steps)
            if left * score.den == score.num * weight.den * 100:
                return True
        if (weight.num - steps * weight.den) * score.den == score.num * weight.den:
            return True
    return False


def exact_points(weight: Figure) -> str:
    """Return a weight as the text that `proportion` gives for full marks."""
    return exact.spelt(exact.half_up(weight.num, weight.den, 2), 2, strip=True)


def proportion(goal: Target, actual: Figure, weight: Figure, places: int) -> str | None:
    """Return weight × actual ÷ target as points at some places, None where there is no ratio."""
    low = goal.figure()
    if low is None or low.num <= 0 or actual.num < 0 or low.unit.base != actual.unit.base:
        return None
    units = exact.half_up(weight.num * actual.num * low.den, weight.den * actual.den * low.num, places)
    return exact.spelt(units, places, strip=True)


def gives(goal: Target, actual: Figure, weight: Figure, score: Figure) -> bool:
    """Return whether marks in proportion, at the score's own places or two, print so; rounded inputs are allowed for."""
    from jixiao.review.spans import Span  # noqa: PLC0415

    low = goal.figure()
    assert low is not None
    ratio = Span.of(actual).over(Span.value(low))
    if ratio is None:
        return False
    points = ratio.times(Span.value(weight))
    return points.meets(Span.of(Figure(score.num, score.den, places=score.places or 0)))


def follows_proportion(table: ScoreTable) -> bool:
    """Return whether at least two missed targets of a table are marked in proportion, and most of them are."""
    tried = fitting = 0
    for indicator in table.indicators:
        goal, actual = indicator.target, indicator.actual
        score, weight = indicator.claims.get("score"), indicator.claims.get("weight")
        if not isinstance(goal, Target) or not isinstance(actual, Figure) or score is None or weight is None:
            continue
        if (
            goal.kind not in ("at_least", "equal")
            or goal.met(actual) is not False
            or score.figure is None
            or weight.figure is None
        ):
            continue
        if proportion(goal, actual, weight.figure, 2) is None or score.figure.num == 0:
            continue
        tried += 1
        fitting += gives(goal, actual, weight.figure, score.figure)
    return fitting >= 2 and fitting * 3 >= tried * 2


def _say(
    what: str, severity: Severity, indicator: Indicator, table: ScoreTable, printed: str, expected: str | None = None
) -> Finding:
    order = (
        ("score", "actual", "target", "weight")
        if what in ("missed_full", "met_not_full", "not_by_rule")
        else ("actual", "target", "score", "weight")
    )
    claims = [indicator.claims[kind] for kind in order if kind in indicator.claims]
    if not claims or what == "echo":
        cell = indicator.cells.get("actual")
        claims = [
            Claim(
                "actual",
                indicator.name,
                None,
                (),
                None,
                indicator.texts.get("actual", ""),
                cell.place if cell else None,
            ),
            *claims,
        ]
    said = {name: indicator.texts.get(name, "") for name in ("target", "actual", "score", "weight")}
    cause = f"echo{table.grid.number}" if what == "echo" else None
    return found(
        "targets",
        severity,
        claims,
        what=f"targets.{what}",
        printed=printed,
        expected=expected,
        authority=AUTHORITY,
        remedy=f"targets.{what}.remedy",
        cause=cause,
        name=indicator.name,
        right=expected or "",
        **said,
    )
