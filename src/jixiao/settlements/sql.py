"""SQL: the same definitions for engines where the data must stay: one statement a table, and the query of one value.

Every grouping is a SELECT of its own, joined by UNION ALL (MySQL has no GROUPING SETS), so distinct parts are counted
at each. What counts, what is faulty and what has no cell is told as the engines tell it: rows of the kinds `SPECIAL`
hold what is outside every grouping. The last column is a check code over the row: a digit that changes on the way, or a
column that is lost, no longer fits.
"""

from __future__ import annotations

import hashlib
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from jixiao.settlements.conditions import Among, ByDay, Elsewhere, Equal, Positive
from jixiao.settlements.measure import parts_of
from jixiao.settlements.tables import table

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from jixiao.settlements.cells import Cell
    from jixiao.settlements.conditions import Condition
    from jixiao.settlements.measure import Measure, Part
    from jixiao.settlements.tables import Table, Terms

MODULUS = 999_983
_HOME = "insu_admdvs"
_REST = "'0000'"  # the period of a special row


class Dialect(NamedTuple):
    """How a family of databases spells what differs: a time's month and day, joined texts, a whole number, MOD.

    `read` makes a number of a text where `whole`, which makes a whole number of any, does not.
    """

    month: str
    day: str
    joined: str
    whole: str
    remainder: str = "MOD({0}, {1})"
    read: str | None = None


DIALECTS = {
    "postgresql": Dialect(
        "TO_CHAR({0}, 'YYYY-MM')", "TO_CHAR({0}, 'YYYY-MM-DD')", "CONCAT({0}, {1})", "CAST({0} AS BIGINT)"
    ),
    "mysql": Dialect(
        "DATE_FORMAT({0}, '%Y-%m')", "DATE_FORMAT({0}, '%Y-%m-%d')", "CONCAT({0}, {1})", "CAST({0} AS SIGNED)"
    ),
    "oracle": Dialect(
        "TO_CHAR({0}, 'YYYY-MM')", "TO_CHAR({0}, 'YYYY-MM-DD')", "CONCAT({0}, {1})", "{0}", read="TO_NUMBER({0})"
    ),
    "hive": Dialect(
        "DATE_FORMAT({0}, 'yyyy-MM')", "DATE_FORMAT({0}, 'yyyy-MM-dd')", "CONCAT({0}, {1})", "CAST({0} AS BIGINT)",
        "({0} % {1})",
    ),
    "duckdb": Dialect(
        "strftime({0}, '%Y-%m')", "strftime({0}, '%Y-%m-%d')", "({0} || {1})", "CAST({0} AS BIGINT)", "({0} % {1})"
    ),
    "sqlite": Dialect(
        "strftime('%Y-%m', {0})", "strftime('%Y-%m-%d', {0})", "({0} || {1})", "CAST({0} AS INTEGER)", "({0} % {1})"
    ),
}  # fmt: skip
SPECIAL = ("unplaced", "refunds", "status")  # rows that count and have no cell, refunds, rows of unknown status


def faults_of(name: str) -> tuple[str, ...]:
    """Return the faults that the statement counts."""
    of = table(name)
    read = {column for part in parts_of(name) for column in part.columns()}
    amounts = [one for one in of.columns.values() if one.kind == "amount" and one.name in read]
    unread = [f"unread.{one.name}" for one in amounts]
    unread += [f"unread.{name}" for name in of.columns if of.columns[name].kind == "region" and name in read - {_HOME}]
    missing = [f"missing.{one.name}" for one in amounts if not one.null_is_zero]
    found = ["negative", "over_scope"] if name == "settlements" else []
    codes = dict.fromkeys(one.column for part in parts_of(name) for one in part.where if isinstance(one, Among))
    return (
        *unread,
        *missing,
        *found,
        *(["no_person"] if "psn_no" in of.columns else []),
        *(f"unknown.{one}" for one in codes),
    )


def heads(name: str) -> tuple[str, ...]:
    """Return the columns of the summary file of a table; `bills` is the sum of the bills in 分, where there are any."""
    values = [f"p{at:02d}" for at in range(len(parts_of(name)))] + [f"f{at:02d}" for at in range(len(faults_of(name)))]
    return ("definition", "region", "scheme", "period", "n", "bills", *values, "check_code")


def definition(name: str, terms: Terms) -> str:
    """Return the code of the definitions: eight digits that change with any part, code set or term."""
    said = [str(terms._replace(codes=terms.codes._replace(local={}))), name]
    for part in parts_of(name):
        said += [str(part), *(",".join(terms.codes.group(*one)) for one in part.where if isinstance(one, Among))]
    said += [",".join(codes) for codes in terms.codes.schemes().values()]
    return hashlib.sha256("\n".join(said).encode()).hexdigest()[:8]


def check_code(region: str, scheme: int, period: str, values: Sequence[int]) -> int:
    """Return the check code of a row: a weighed sum of all that is in it, modulo a prime.

    >>> check_code("652800", 1, "2024-03", [2, 100])
    260536
    """
    numbers = (int(region or 0), scheme, int(period.replace("-", "")), *values)
    return sum(at * number for at, number in enumerate(numbers, start=1)) % MODULUS


def statement(name: str, dialect: str, terms: Terms, stored: str | None = None) -> str:
    """Return one SELECT that gives the parts of a table at every grouping; `stored` is the table's name there."""
    return _Writer(table(name), DIALECTS[dialect], terms).statement(stored or table(name).stored)


def query(measure: Measure, terms: Terms, cell: Cell, dialect: str = "postgresql") -> str:
    """Return the SELECT of one value, as a person may run it to see where a figure comes from."""
    return _Writer(table(measure.table), DIALECTS[dialect], terms).query(measure, cell)


class _Writer(NamedTuple):
    """The pieces of a statement over one table, in one dialect."""

    of: Table
    dialect: Dialect
    terms: Terms

    def column(self, name: str) -> str:
        return self.of.columns[name].stored

    def condition(self, one: Condition) -> str:
        """Return a condition; a null compares as unknown and is not met."""
        at = self.column(one.column)
        if isinstance(one, Among):
            return self.among(at, self.terms.codes.group(one.column, one.group))
        if isinstance(one, Positive):
            return f"{at} > 0"
        if isinstance(one, Elsewhere):
            return f"SUBSTR({at}, 1, 4) <> SUBSTR({self.column(one.home)}, 1, 4)"
        if isinstance(one, ByDay):
            last = self.dialect.joined.format(self.dialect.month.format(self.column(one.month)), f"'-{one.day:02d}'")
            return f"{self.dialect.day.format(at)} <= {last}"
        assert isinstance(one, Equal)
        return f"{at} = {self.column(one.other)}"

    def among(self, column: str, codes: Sequence[str]) -> str:
        return f"{column} IN ({', '.join(_text(code) for code in codes)})" if codes else "1 = 0"

    def part(self, part: Part) -> str:
        met = " AND ".join(self.condition(one) for one in part.where)
        if part.how == "count":
            return f"SUM(CASE WHEN {met} THEN 1 ELSE 0 END)" if met else "COUNT(*)"
        assert part.column is not None
        value = self.column(part.column)
        if part.how == "distinct":
            return f"COUNT(DISTINCT CASE WHEN {met} THEN {value} END)" if met else f"COUNT(DISTINCT {value})"
        return self.added(f"CASE WHEN {met} THEN {value} END" if met else value)

    def added(self, amount: str) -> str:
        """Return the sum of an amount in whole 分, rounded row by row (a binary float is as near as it can be)."""
        return self.dialect.whole.format(f"COALESCE(SUM(ROUND({amount} * 100)), 0)")

    def fault(self, fault: str) -> str:
        kind, _, name = fault.partition(".")
        if kind == "unread":
            at, place = self.column(name), self.of.columns[name].kind == "region"
            wrong = f"{at} IS NOT NULL AND NOT ({_is_place(at)})" if place else f"{at} <> ROUND({at}, 2)"
        elif kind == "missing":
            wrong = f"{self.column(name)} IS NULL"
        elif kind == "negative":
            wrong = "medfee_sumamt < 0 OR fund_pay_sumamt < 0"
        elif kind == "over_scope":
            wrong = f"{self.column('inscp_scp_amt')} > medfee_sumamt"
        elif kind == "no_person":
            wrong = "psn_no IS NULL"
        else:
            at = self.column(name)
            odd = f"NOT ({self.among(at, self.terms.codes.known(name))})"
            wrong = f"{at} IS NULL OR {odd}" if self.terms.codes.always(name) else odd
        return f"SUM(CASE WHEN {wrong} THEN 1 ELSE 0 END)"

    def present(self, name: str) -> str:
        """Return the code that a region bears now."""
        at = self.column(name)
        if not self.terms.renamed:
            return at
        rest = f"SUBSTR({at}, 5, 2)"
        cases = [
            f"WHEN '{former}' THEN {self.dialect.joined.format(_text(now), rest)}"
            for former, now in sorted(self.terms.renamed.items())
        ]
        return f"CASE SUBSTR({at}, 1, 4) {' '.join(cases)} ELSE {at} END"

    def region(self) -> str:
        at = self.present(_HOME)
        place = self.dialect.joined.format(f"SUBSTR({at}, 1, 4)", "'00'") if self.terms.level == "prefecture" else at
        return f"CASE WHEN {_is_place(self.column(_HOME))} THEN {place} END"

    def scheme(self) -> str:
        if "insutype" not in self.of.columns or "insutype" not in self.of.needed:
            return "'all'"
        cases = [
            f"WHEN {self.among('insutype', codes)} THEN '{name}'" for name, codes in self.terms.codes.schemes().items()
        ]
        return f"CASE {' '.join(cases)} END"

    def period(self) -> str:
        month = self.dialect.month.format(self.column(self.of.period))
        return month if self.terms.period == "month" else f"SUBSTR({month}, 1, 4)"

    def standing(self) -> str:
        """Return what a row counts as: 1 counts, 2 is a refund, 3 bears an unknown flag, 0 is none of these."""
        counted = self.of.counted
        if not counted:
            return "1"
        counts = " AND ".join(self.among(column, codes) for column, codes in counted.items())
        known = " AND ".join(self.among(column, self.terms.codes.known(column)) for column in counted)
        cases = f"WHEN {counts} THEN 1"
        if "refd_setl_flag" in counted:
            cases += f" WHEN {self.among('vali_flag', counted['vali_flag'])} AND refd_setl_flag = '1' THEN 2"
        return f"CASE {cases} WHEN {known} THEN 0 ELSE 3 END"

    def base(self, stored: str, names: Collection[str]) -> str:
        """Return the rows with the columns of those names, their cell and what they count as."""
        columns = [
            f"{self.present(name)} AS {one.stored}" if one.kind == "region" and self.terms.renamed else one.stored
            for name, one in self.of.columns.items()
            if name in names
        ]
        cell = f"{self.region()} AS region_, {self.scheme()} AS scheme_, {self.period()} AS period_"
        return f"SELECT {', '.join(columns)},\n  {cell},\n  {self.standing()} AS standing_\n  FROM {stored}"

    def statement(self, stored: str) -> str:
        names = {name for part in parts_of(self.of.name) for name in part.columns()}
        names |= {fault.partition(".")[2] for fault in faults_of(self.of.name)} | {"psn_no"}
        selects = list(self.groupings())
        return f"WITH base_ AS (\n  {self.base(stored, names)}\n)\n" + "\nUNION ALL\n".join(selects) + "\n"

    def groupings(self) -> Iterator[str]:
        schemes = ("scheme_", "''") if self.scheme() != "'all'" else ("''",)
        year = "SUBSTR(period_, 1, 4)"
        periods = ("period_", year) if self.terms.period == "month" else ("period_",)
        placed = ["standing_ = 1", "region_ IS NOT NULL", "scheme_ IS NOT NULL", "period_ IS NOT NULL"]
        if self.terms.year is not None:
            placed.append(f"{year} = '{self.terms.year}'")
        for period, region, scheme in product(periods, ("region_", "''"), schemes):
            yield self.select(region, scheme, period, placed)
        lost = "standing_ = 1 AND (region_ IS NULL OR scheme_ IS NULL OR period_ IS NULL)"
        for name, kept in zip(SPECIAL, (lost, "standing_ = 2", "standing_ = 3"), strict=True):
            yield self.select(f"'{name}'", "''", _REST, [kept])

    def select(self, region: str, scheme: str, period: str, kept: list[str]) -> str:
        bills = self.added("medfee_sumamt") if "medfee_sumamt" in self.of.columns else "0"
        parts, faults = parts_of(self.of.name), faults_of(self.of.name)
        values = ["COUNT(*)", bills, *map(self.part, parts), *map(self.fault, faults)]
        names = heads(self.of.name)[4:-1]
        inner = ",\n    ".join(f"{value} AS {name}" for value, name in zip(values, names, strict=True))
        keys = [key for key in (region, scheme, period) if not key.startswith("'")]
        grouped = f"SELECT {region} AS region, {scheme} AS scheme, {period} AS period,\n    {inner}\n    FROM base_"
        grouped += _where(kept) + (f" GROUP BY {', '.join(keys)}" if keys else "")
        weighed = self.weighed(names, region=region, scheme=scheme)
        code = definition(self.of.name, self.terms)
        listed = ", ".join(names)
        return (
            f"SELECT '{code}' AS definition, region, scheme, period, {listed},\n"
            f"  {weighed} AS check_code\n  FROM (\n    {grouped}) grouped_"
        )

    def weighed(self, names: Sequence[str], *, region: str, scheme: str) -> str:
        whole = self.dialect.whole
        read = self.dialect.read or whole
        place = "0" if region.startswith("'") else read.format("region")
        cases = " ".join(f"WHEN '{name}' THEN {at}" for at, name in enumerate(self.terms.codes.schemes(), start=1))
        number = "0" if scheme.startswith("'") else f"CASE scheme {cases} ELSE 0 END"
        period = read.format(self.dialect.joined.format("SUBSTR(period, 1, 4)", "SUBSTR(period, 6, 2)"))
        numbers = [place, number, period, *(f"COALESCE({name}, 0)" for name in names)]
        total = " + ".join(f"{at} * {one}" for at, one in enumerate(numbers, start=1))
        return whole.format(self.dialect.remainder.format(f"({total})", MODULUS))

    def query(self, measure: Measure, cell: Cell) -> str:
        above, below = (" + ".join(map(self.part, parts)) for parts in (measure.above, measure.below))
        kept = ["standing_ = 1", f"period_ LIKE '{cell.period}%'"]
        kept += [f"region_ = '{cell.region}'"] if cell.region is not None else []
        kept += [f"scheme_ = '{cell.scheme}'"] if cell.scheme is not None else []
        chosen = f"{above} AS above" + (f", {below} AS below" if below else "")
        names = {name for part in measure.parts() for name in part.columns()} or {_HOME}
        rows = self.base(self.of.stored, names)
        return " ".join(f"SELECT {chosen} FROM ({rows}) base_{_where(kept)}".split())


def _text(code: str) -> str:
    return "'" + code.replace("'", "''") + "'"


def _is_place(at: str) -> str:
    """Return whether a column holds the six digits of a region, as near as every dialect can say it."""
    return f"LENGTH({at}) = 6 AND {at} BETWEEN '100000' AND '999999'"


def _where(conditions: Sequence[str]) -> str:
    return f"\n  WHERE {' AND '.join(conditions)}" if conditions else ""
