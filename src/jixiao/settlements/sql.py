"""SQL: the same definitions for engines where the data must stay: one statement a table, and the query of one value.

Every grouping is a SELECT of its own, joined by UNION ALL (MySQL has no GROUPING SETS), so distinct parts are counted
at each. Money is rounded to whole 分 row by row before it is added. The last column is a check code over the row: a
digit that changes on the way, or a column that is lost, no longer fits.
"""

from __future__ import annotations

import hashlib
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from jixiao.settlements.conditions import Among, ByDay, Elsewhere, Equal, Positive
from jixiao.settlements.measure import parts_of
from jixiao.settlements.tables import table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from jixiao.settlements.conditions import Condition
    from jixiao.settlements.gathering import Cell
    from jixiao.settlements.measure import Measure, Part
    from jixiao.settlements.tables import Table, Terms

MODULUS = 999_983


class Dialect(NamedTuple):
    """How one family of databases spells what differs: month and day of a time, joined texts, whole numbers, MOD."""

    month: str
    day: str
    joined: str
    whole: str
    remainder: str = "MOD({0}, {1})"


DIALECTS = {
    "postgresql": Dialect(
        "TO_CHAR({0}, 'YYYY-MM')", "TO_CHAR({0}, 'YYYY-MM-DD')", "CONCAT({0}, {1})", "CAST({0} AS BIGINT)"
    ),
    "mysql": Dialect(
        "DATE_FORMAT({0}, '%Y-%m')", "DATE_FORMAT({0}, '%Y-%m-%d')", "CONCAT({0}, {1})", "CAST({0} AS SIGNED)"
    ),
    "oracle": Dialect(
        "TO_CHAR({0}, 'YYYY-MM')", "TO_CHAR({0}, 'YYYY-MM-DD')", "CONCAT({0}, {1})", "CAST({0} AS NUMBER(20))"
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
UNPLACED = "unplaced"


def faults_of(name: str) -> tuple[str, ...]:
    """Return the faults that the statement counts."""
    of = table(name)
    read = {column for part in parts_of(name) for column in part.columns()}
    unknown = [one.name for one in of.columns.values() if one.kind == "amount" and not one.null_is_zero]
    missing = [f"missing.{column}" for column in unknown if column in read]
    found = ["negative", "over_scope"] if name == "settlements" else []
    codes = dict.fromkeys(one.column for part in parts_of(name) for one in part.where if isinstance(one, Among))
    return (*missing, *found, *(["no_person"] if "psn_no" in of.columns else []), *(f"unknown.{one}" for one in codes))


def heads(name: str) -> tuple[str, ...]:
    """Return the columns of the summary file of a table."""
    values = [f"p{at:02d}" for at in range(len(parts_of(name)))] + [f"f{at:02d}" for at in range(len(faults_of(name)))]
    return ("definition", "region", "scheme", "period", "n", *values, "check_code")


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
        fen = f"ROUND({value} * 100)"
        return self.dialect.whole.format(
            f"COALESCE(SUM(CASE WHEN {met} THEN {fen} END), 0)" if met else f"COALESCE(SUM({fen}), 0)"
        )

    def fault(self, fault: str) -> str:
        kind, _, name = fault.partition(".")
        if kind == "missing":
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

    def region(self) -> str:
        at = self.column("insu_admdvs")
        prefix = f"SUBSTR({at}, 1, 4)"
        if self.terms.renamed:
            cases = " ".join(f"WHEN '{former}' THEN '{now}'" for former, now in sorted(self.terms.renamed.items()))
            prefix = f"CASE {prefix} {cases} ELSE {prefix} END"
        rest = "'00'" if self.terms.level == "prefecture" else f"SUBSTR({at}, 5, 2)"
        return f"CASE WHEN LENGTH({at}) = 6 THEN {self.dialect.joined.format(prefix, rest)} END"

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

    def counting(self) -> list[str]:
        return [self.among(column, codes) for column, codes in self.of.counted.items()]

    def base(self, stored: str) -> str:
        used = {name for part in parts_of(self.of.name) for name in part.columns()}
        used |= {fault.partition(".")[2] for fault in faults_of(self.of.name)} | {"psn_no"}
        columns = ", ".join(one.stored for name, one in self.of.columns.items() if name in used)
        named = f"{self.region()} AS region_, {self.scheme()} AS scheme_, {self.period()} AS period_"
        return f"SELECT {columns},\n  {named}\n  FROM {stored}" + _where(self.counting())

    def statement(self, stored: str) -> str:
        selects = list(self.groupings())
        return f"WITH base_ AS (\n  {self.base(stored)}\n)\n" + "\nUNION ALL\n".join(selects) + "\n"

    def groupings(self) -> Iterator[str]:
        schemes = ("scheme_", "''") if self.scheme() != "'all'" else ("''",)
        year = "SUBSTR(period_, 1, 4)"
        periods = ("period_", year) if self.terms.period == "month" else ("period_",)
        for period, region, scheme in product(periods, ("region_", "''"), schemes):
            yield self.select(
                region, scheme, period, ["region_ IS NOT NULL", "scheme_ IS NOT NULL", "period_ IS NOT NULL"]
            )
        lost = "(region_ IS NULL OR scheme_ IS NULL OR period_ IS NULL)"
        yield self.select(f"'{UNPLACED}'", "''", "'0000'", [lost])

    def select(self, region: str, scheme: str, period: str, kept: list[str]) -> str:
        if self.terms.year is not None and period != "'0000'":
            kept = [*kept, f"SUBSTR(period_, 1, 4) = '{self.terms.year}'"]
        values = ["COUNT(*)", *map(self.part, parts_of(self.of.name)), *map(self.fault, faults_of(self.of.name))]
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
        place = "0" if region.startswith("'") else whole.format("region")
        cases = " ".join(f"WHEN '{name}' THEN {at}" for at, name in enumerate(self.terms.codes.schemes(), start=1))
        number = "0" if scheme.startswith("'") else f"CASE scheme {cases} ELSE 0 END"
        period = whole.format("REPLACE(period, '-', '')")
        numbers = [place, number, period, *(f"COALESCE({name}, 0)" for name in names)]
        total = " + ".join(f"{at} * {one}" for at, one in enumerate(numbers, start=1))
        return whole.format(self.dialect.remainder.format(f"({total})", MODULUS))

    def query(self, measure: Measure, cell: Cell) -> str:
        above, below = (" + ".join(map(self.part, parts)) for parts in (measure.above, measure.below))
        month = self.dialect.month.format(self.column(self.of.period))
        kept = [
            *self.counting(),
            f"{month} LIKE '{cell.period}%'" if len(cell.period) == 4 else f"{month} = '{cell.period}'",
        ]
        if cell.region is not None:
            kept.append(f"{self.region()} = '{cell.region}'")
        if cell.scheme is not None:
            kept.append(self.among("insutype", self.terms.codes.group("insutype", cell.scheme)))
        chosen = f"{above} AS above" + (f", {below} AS below" if below else "")
        return f"SELECT {chosen} FROM {self.of.stored}{_where(kept)}".replace("\n", " ")


def _text(code: str) -> str:
    return "'" + code.replace("'", "''") + "'"


def _where(conditions: Sequence[str]) -> str:
    return f"\n  WHERE {' AND '.join(conditions)}" if conditions else ""
