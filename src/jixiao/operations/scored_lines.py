"""得分行: the lines of a scorecard and of its money as texts, as pages and publications print them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from jixiao.evaluation.published import published
from jixiao.figures.figure import Figure
from jixiao.figures.units import BARE, unit
from jixiao.indicators.indicator import Indicator

if TYPE_CHECKING:
    from jixiao.evaluation.assess import Assessment

_WAN = unit("万元") or BARE
COLUMNS = ("original_budget", "revised_budget", "received", "executed")


class Line(NamedTuple):
    """A group or an indicator; what is not there is empty. `lost`: less than the full points; `how` they came about."""

    code: str
    name: str
    level: int
    leaf: bool
    target: str
    actual: str
    weight: str
    score: str
    rate: str
    lost: bool
    how: str | None


def scored_lines(of: Assessment) -> list[Line]:
    """Return the lines of a scorecard: groups and indicators in order."""
    system, card = of.evaluation.system("scored"), of.card
    found = []
    for node, above in system.walk() if system else ():
        score = card.scores.get(node.code) if card else None
        awarded = card.sums.get(node.code) if card else None
        actual, rate = of.actuals.get(node.code), published(of, f"scored/{node.code}/score_rate")
        found.append(
            Line(
                node.code, node.name, len(above) + 1, isinstance(node, Indicator),
                target=str(getattr(node, "target", None) or ""),
                actual="" if actual is None else str(actual),
                weight="" if node.weight is None else str(published(of, f"scored/{node.code}/weight") or ""),
                score="" if awarded is None else f"{awarded.normalize():f}",
                rate=str(rate.published(2)) if isinstance(rate, Figure) else "",
                lost=score is not None and score.awarded < score.full, how=score.how if score else None,
            )
        )  # fmt: skip
    return found


def money_lines(of: Assessment, *, thousands: bool = True) -> list[tuple[str, list[str]]]:
    """Return the money by source in 万元 with its execution rate, and last, under no name, the total."""

    def said(path: str) -> str:
        try:
            value = published(of, path)
        except KeyError:
            return ""
        if not isinstance(value, Figure):
            return str(value or "")
        if value.unit.base == _WAN.base:
            return value.in_unit(_WAN).published(2).text(thousands=thousands).removesuffix(_WAN.name)
        return str(value.published(2))

    def line(at: str, rates: str) -> list[str]:
        rate = said(f"{rates}/rate/budget_execution_rate") or said(f"{rates}/rate/execution_rate")
        return [*(said(f"{at}/{one}") for one in COLUMNS), rate]

    sources = [(source.name, f"funds/sources/{source.name}") for source in of.evaluation.funds.sources]
    return [*((name, line(at, at)) for name, at in sources), ("", line("funds/total", "funds"))]
