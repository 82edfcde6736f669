"""参保指标值: measures of a comparison, as values with their parts, for indicators bound with `from: enrolment`.

`insured` 参保人数, `insured_after_clean_up` 清查后参保人数, `duplicates` 重复参保人数 and `deceased_not_removed` count
records on the reference date; `where` may name a scheme and a region. `aid_coverage` 资助参保政策覆盖率 is persons on
the lists of the entitled who are insured ÷ persons on them; `where` may name one list as `group`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao.enrolment.charging import COLUMNS
from jixiao.enrolment.comparison import SCHEMES
from jixiao.figures.figure import Figure, exactly, ratio
from jixiao.figures.units import PERCENT, unit
from jixiao.findings import Message
from jixiao.indicators.indicator import Measured

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jixiao.enrolment.comparison import Comparison
    from jixiao.enrolment.groups import Coverage

SOURCE = "enrolment"
COUNTS = {
    "insured": ("reported",),
    "insured_after_clean_up": ("left",),
    "duplicates": COLUMNS[:4],
    "deceased_not_removed": ("deceased",),
}
NAMES = (*COUNTS, "aid_coverage")


def measure(
    of: Comparison, covered: Coverage | None, name: str, where: Mapping[str, str]
) -> tuple[Figure, Measured] | Message:
    """Return the exact value of a measure with its parts, or the reason why it cannot be computed."""
    if name == "aid_coverage":
        return _aid_coverage(of, covered, where)
    if name not in COUNTS:
        return Message("enrolment.measure.unknown", {"measure": name, "known": list(NAMES)})
    odd = sorted(set(where) - {"scheme", "region"})
    schemes = [where["scheme"]] if "scheme" in where else list(SCHEMES)
    rows = [row for row in of.rows if where.get("region") in (None, row.region.code)]
    if odd or not set(schemes) <= set(SCHEMES) or not rows:
        known = [f"scheme={scheme}" for scheme in SCHEMES] + [f"region={row.region.code}" for row in of.rows]
        return Message("enrolment.measure.where", {"known": known})
    parts = {
        f"{scheme}/{column}": _people(sum(row.figures[scheme][column] for row in rows))
        for scheme in schemes
        for column in COUNTS[name]
    }
    value = _people(sum(part.num for part in parts.values()))
    return value, Measured(SOURCE, name, parts, dict(where), _query(of), as_of=of.terms.as_of.isoformat())


def _aid_coverage(
    of: Comparison, covered: Coverage | None, where: Mapping[str, str]
) -> tuple[Figure, Measured] | Message:
    groups = {group.name: group for group in (covered.groups if covered else ())}
    name = where.get("group") or ("all" if "all" in groups else next(iter(groups), ""))
    if name not in groups or set(where) - {"group"}:
        return Message("enrolment.measure.group", {"known": list(groups) or "—"})
    enrolled, listed = _people(groups[name].enrolled), _people(groups[name].listed)
    rate = ratio(enrolled, listed, PERCENT)
    if rate is None:
        return Message("enrolment.measure.nobody", {"group": name})
    parts = {"enrolled": enrolled, "listed": listed}
    return rate, Measured(SOURCE, "aid_coverage", parts, dict(where), _query(of), as_of=of.terms.as_of.isoformat())


def _query(of: Comparison) -> str:
    fee = f"; fee paid for {of.terms.as_of:%Y%m}" if of.terms.paid() else ""
    return f"psn_insu_stas in ({', '.join(of.terms.codes())}){fee}; mode {of.terms.mode}"


def _people(count: int) -> Figure:
    people = unit("人")
    assert people is not None
    return exactly(count, 1, people)
