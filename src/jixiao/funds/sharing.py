"""资金分配方案: the pool of a ledger divided by its factors and coefficients, read from the texts it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jixiao.figures import notation
from jixiao.figures.figure import Figure, exactly
from jixiao.findings import Finding, Message
from jixiao.funds import regions
from jixiao.funds.allocation import Factor, Shared, by_factors, performance_coefficient
from jixiao.funds.tables import FundTable, Row

if TYPE_CHECKING:
    from jixiao.funds.ledger import Ledger


def shared(ledger: Ledger, year: int) -> Shared | None:
    """Return the shares of the ledger's pool by region code, None where it divides nothing.

    What cannot be read stands in the findings, with its path below the ledger; then nothing is divided.
    """
    pool = ledger.pools[0].amount if ledger.pools else None
    if not isinstance(pool, Figure):
        return None
    pool = exactly(pool.num, pool.den, pool.unit)  # said with its unit, which it may have from the funds
    found: list[Finding] = []
    if len(ledger.pools) > 1:
        found.append(_finding("several", "pools/1", count=len(ledger.pools)))
    needs: dict[str, dict[str, Figure]] = {factor.name: {} for factor in ledger.factors}
    for number, need in enumerate(ledger.needs):
        read = _figure(need.need, f"needs/{number}/need", found)
        code = ledger.code(need.region) or ""
        if need.factor not in needs or code in needs[need.factor]:
            what = "twice" if need.factor in needs else "factor"
            found.append(_finding(what, f"needs/{number}", factor=need.factor, region=need.region or "—"))
        elif read is not None:
            needs[need.factor][code] = read
    factors = []
    for number, factor in enumerate(ledger.factors):
        weight = _figure(factor.weight, f"factors/{number}/weight", found)
        units = {need.unit.base for need in needs[factor.name].values()}
        if len(units) > 1:
            found.append(_finding("units", f"factors/{number}", factor=factor.name, units=sorted(units)))
        if weight is not None:
            factors.append(Factor(factor.name, weight, needs[factor.name]))
    capacity, performance, told = _coefficients(ledger, year, found)
    if found:
        return Shared(pool, (), tuple(found))
    result = by_factors(pool, factors, capacity=capacity, performance=performance)
    explained = (share._replace(steps=(*told.get(share.region, ()), *share.steps)) for share in result.shares)
    return result._replace(shares=tuple(explained))


def table(ledger: Ledger, year: int) -> FundTable | None:
    """Return the shares as a fund table: exact, and in whole 万元 as they add up to the pool."""
    found = shared(ledger, year)
    if found is None or not found.shares:
        return None
    rows = [
        Row(
            (regions.label(ledger, share.region, year),),
            {("exact",): share.exact, ("amount",): share.amount},
            steps=share.steps,
        )
        for share in found.shares
    ]
    rows.append(Row(("合计",), {("exact",): found.pool, ("amount",): found.pool}))
    return FundTable("sharing", (("exact",), ("amount",)), tuple(rows))


def _coefficients(
    ledger: Ledger, year: int, found: list[Finding]
) -> tuple[dict[str, Figure], dict[str, Figure], dict[str, tuple[Message]]]:
    """Return fiscal capacity and performance by region; a score of last year gives what was not typed, and says so."""
    told: dict[str, tuple[Message]] = {}
    capacity: dict[str, Figure] = {}
    performance: dict[str, Figure] = {}
    met: set[str] = set()
    for number, given in enumerate(ledger.coefficients):
        code, at = ledger.code(given.region) or "", f"coefficients/{number}"
        if code in met:
            found.append(_finding("coefficient_twice", at, region=given.region or "—"))
            continue
        met.add(code)
        if given.capacity is not None and (read := _figure(given.capacity, f"{at}/capacity", found)) is not None:
            capacity[code] = read
        if given.performance is not None:
            last = _figure(given.performance, f"{at}/performance", found)
        else:
            last = _of_last_year(given.last_score, f"{at}/last_score", year, found)
            if last is not None:
                args = {"score": given.last_score, "coefficient": last}
                told[code] = (Message("funds.allocation.last_score", args),)
        if last is not None:
            performance[code] = last
    return capacity, performance, told


def without_coefficient(ledger: Ledger, year: int) -> dict[str, list[str]]:
    """Return the regions that have needs and no coefficient of a kind that other regions have: they count as 1."""
    capacity, performance, _ = _coefficients(ledger, year, [])
    needy = dict.fromkeys(ledger.code(need.region) or "" for need in ledger.needs)
    return {
        name: lacking
        for name, given in (("capacity", capacity), ("performance", performance))
        if given and (lacking := [code for code in needy if code not in given])
    }


def _of_last_year(score: str | None, at: str, year: int, found: list[Finding]) -> Figure | None:
    """Return the coefficient of a score of last year, None without one or where no band has it."""
    read = _figure(score, at, found) if score is not None else None
    if read is None:
        return None
    coefficient = performance_coefficient(read, year) if read.num <= 100 * read.den else None
    if coefficient is None:
        found.append(_finding("no_band", at, score=score, year=year))
    return coefficient


def _figure(text: str | None, at: str, found: list[Finding]) -> Figure | None:
    read = notation.figure(text or "")
    if isinstance(read, Figure):
        return read
    found.append(_finding("unread", at, spelt=text or "—"))
    return None


def _finding(what: str, at: str, **args: Any) -> Finding:
    said, remedy = Message(f"funds.sharing.{what}", args), Message("funds.allocation.remedy")
    return Finding(f"funds_sharing_{what}", "error", said, remedy, (f"funds/ledger/{at}",))
