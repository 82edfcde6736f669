"""样例结算记录: settlements of invented persons whose measures are known before any engine has seen them.

A pattern of a few thousand rows is repeated; every repetition (cycle) is of other persons and other settlements, and
its bills are higher by an amount of its own. So what a measure must be follows from the pattern by multiplication,
in plain Python, for any number of rows. The rows are scattered over the file: no engine profits from their order.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from hashlib import blake2b
from math import gcd
from typing import TYPE_CHECKING, Any

import narwhals as nw

from jixiao.settlements.cells import Cell, groupings
from jixiao.settlements.codes import Codes
from jixiao.settlements.conditions import Among, ByDay, Elsewhere, Equal, Positive
from jixiao.settlements.measure import Part, measures, parts_of
from jixiao.settlements.tables import TABLES, table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from jixiao.settlements.conditions import Condition

YEAR = 2024
CYCLE, PERSONS, SIDE = 10_006, 1_250, 1_200  # rows and persons of a cycle; rows of each smaller table
_STEP = 100_000_007  # a prime; times the most rows it stays below 2^53
_REGIONS = ("652800", "653100", "650400", "652300")
_FUNDS = ("hifp_pay", "cvlserv_pay", "hifes_pay", "hifmi_pay", "hifob_pay", "hifdm_pay", "maf_pay", "oth_pay")
COLUMNS = (
    "setl_id", "psn_no", "insutype", "insu_admdvs", "mdtrtarea_admdvs", "med_type", "setl_type", "clr_way", "setl_time",
    "fixmedins_code", "vali_flag", "refd_setl_flag", "medfee_sumamt", "inscp_scp_amt", *_FUNDS, "fund_pay_sumamt",
    "psn_cash_pay",
)  # fmt: skip
Row = dict[str, Any]


class Draw:
    """Numbers that depend on a seed and a place alone."""

    def __init__(self, *of: object) -> None:
        """Begin at a place."""
        self._of, self._at = of, 0

    def __call__(self, below: int) -> int:
        """Return the next number in [0, below)."""
        self._at += 1
        raw = blake2b(repr((*self._of, self._at)).encode(), digest_size=8).digest()
        return int.from_bytes(raw, "big") % below


@cache
def pattern(seed: int) -> tuple[Row, ...]:
    """Return the rows of a cycle; persons are numbered within it, amounts are 分, times are text."""
    rows: list[Row] = []
    while len(rows) < CYCLE:
        at = len(rows)
        draw = Draw(seed, at)
        row = _row(draw, at)
        refunded = at % 2 == 0 and draw(60) == 0 and at + 1 < CYCLE
        if refunded:
            row["refd_setl_flag"] = "1"
            against = {name: -value for name, value in row.items() if isinstance(value, int) and name != "person"}
            rows += [row, {**row, **against}]
        else:
            rows.append(row)
    return tuple(rows)


def _row(draw: Draw, at: int) -> Row:
    person = draw(PERSONS)
    home = Draw("person", person)
    county = int(_REGIONS[home(len(_REGIONS))]) + 1 + home(6)
    kind = draw(20)
    med_type = "21" if kind < 4 else "52" if kind == 4 else "14" if kind < 8 else "41" if kind == 8 else "11"
    inpatient = med_type in ("21", "52")
    employee = home(3) == 0
    if draw(150) == 0:  # a few persons change scheme or region within the year
        employee, county = not employee, int(_REGIONS[draw(len(_REGIONS))]) + 1
    abroad = draw(12) == 0
    area = int(_REGIONS[draw(len(_REGIONS))]) + 1 if abroad else county
    bill = 300_000 + draw(3_000_000) if inpatient else 5_000 + draw(60_000)
    scope = bill - bill * draw(30) // 100
    funds = _paid(draw, scope, inpatient=inpatient, employee=employee, aided=home(9) == 0)
    total = sum(funds.values())
    return {
        "person": person, "insutype": "310" if employee else "390", "insu_admdvs": str(county),
        "mdtrtarea_admdvs": str(area), "med_type": med_type, "setl_type": "1" if draw(25) == 0 else "2",
        "clr_way": str(3 + draw(2)) if inpatient and draw(10) < 9 else "1",
        "setl_time": f"{YEAR}-{1 + draw(12):02d}-{1 + draw(28):02d} {draw(24):02d}:{draw(60):02d}:00",
        "fixmedins_code": f"H{area // 100 * 100}{(draw(9) if inpatient else 10 + draw(80)):05d}",
        "vali_flag": "0" if draw(200) == 0 else "1", "refd_setl_flag": "0", "medfee_sumamt": bill,
        "inscp_scp_amt": scope, **funds, "fund_pay_sumamt": total, "psn_cash_pay": bill - total,
    }  # fmt: skip


def _paid(draw: Draw, scope: int, *, inpatient: bool, employee: bool, aided: bool) -> dict[str, int]:
    """Return what each fund paid, in 分; many outpatient settlements are paid by nobody."""
    paid = dict.fromkeys(_FUNDS, 0)
    if not inpatient and draw(3) == 0:
        return paid
    paid["hifp_pay"] = scope * (50 + draw(30)) // 100
    left = scope - paid["hifp_pay"]
    if inpatient and left > 300_000:
        paid["hifob_pay" if employee else "hifmi_pay"] = (left - 300_000) * 6 // 10
    if aided:
        paid["maf_pay"] = (scope - sum(paid.values())) * (30 + draw(40)) // 100
    for name in ("cvlserv_pay", "hifes_pay", "hifdm_pay", "oth_pay"):
        if draw(40) == 0:
            paid[name] = (scope - sum(paid.values())) * draw(20) // 100
    return paid


def higher(cycle: int) -> int:
    """Return by how many 分 the bills of a cycle are higher."""
    return cycle * 7919 % 10_007


def scattered(counter: nw.LazyFrame[Any], frame: nw.LazyFrame[Any], rows: int, seed: int) -> nw.LazyFrame[Any]:
    """Return rows of the table; `counter` holds their numbers `i`, `frame` the pattern with its places `p`."""
    step = next(step for step in range(_STEP, _STEP + rows + 1) if gcd(step, rows) == 1)
    place = (nw.col("i") * (step % rows) + seed) % rows
    made = counter.select("i", k=place).with_columns(p=nw.col("k") % CYCLE, c=nw.col("k") // CYCLE)
    made = made.join(frame, on="p", how="left")
    more = nw.col("c") * 7919 % 10_007 * nw.when(nw.col("medfee_sumamt") < 0).then(nw.lit(-1)).otherwise(nw.lit(1))
    return (
        made.with_columns(
            medfee_sumamt=nw.col("medfee_sumamt") + more,
            psn_cash_pay=nw.col("psn_cash_pay") + more,
            psn_no=nw.concat_str(nw.lit("65"), (nw.col("c") * PERSONS + nw.col("person") + 10**13).cast(nw.String)),
            setl_id=nw.concat_str(nw.lit("65"), (nw.col("k") + 10**16).cast(nw.String)),
        )
        .sort("i")
        .select(*COLUMNS)
    )


def side(name: str, seed: int) -> list[Row]:
    """Return the rows of one of the smaller tables; amounts are 分."""
    return [_SIDES[name](Draw(seed, name, at), at) for at in range(SIDE)]


def _contribution(draw: Draw, at: int) -> Row:
    region = int(_REGIONS[draw(4)]) + 1 + draw(6)
    aid = (0, 0, 36_000, 24_000, 20_000)[draw(5)]
    return {
        "psn_no": f"65{10**13 + at // 2 * 2}", "insutype": "390", "insu_admdvs": str(region),
        "clct_time": f"{YEAR}-{1 + draw(12):02d}-{1 + draw(28):02d}", "clct_flag": "0" if draw(30) == 0 else "1",
        "revs_flag": "R" if draw(40) == 0 else "Z", "psn_clct_amt": 36_000 - aid, "aid_clct_amt": aid,
    }  # fmt: skip


def _payment(draw: Draw, at: int) -> Row:
    month, due = f"{YEAR}-{1 + at % 12:02d}", 14_000 + draw(5_000)
    return {
        "psn_no": f"66{10**13 + at // 12}", "insu_admdvs": str(int(_REGIONS[at // 12 % 4]) + 1), "pay_month": month,
        "pay_date": f"{month}-{(26 if draw(50) == 0 else 10 + draw(16)):02d}", "due_amount": due,
        "pay_amount": due - (100 if draw(80) == 0 else 0), "first_flag": "1" if at % 12 == at // 12 % 12 else "0",
    }  # fmt: skip


def _case(draw: Draw, at: int) -> Row:
    region = int(_REGIONS[draw(4)]) + 1
    outcome = str(draw(9))
    found_by = str(1 + draw(5))
    return {
        "case_no": f"C{at:06d}", "fixmedins_code": f"H{region // 100 * 100}{draw(90):05d}", "insu_admdvs": str(region),
        "check_date": f"{YEAR - at % 2}-{1 + draw(12):02d}-{1 + draw(28):02d}", "outcome": outcome,
        "recovered_amount": draw(500_000) if outcome >= "2" else 0,
        "penalty_amount": draw(90_000) if outcome == "4" else 0, "found_by": found_by,
        "exposed_flag": "1" if draw(20) == 0 else "0", "reward_amount": draw(5_000) if found_by == "3" else 0,
    }  # fmt: skip


_SIDES = {"contributions": _contribution, "payments": _payment, "supervision": _case}


# ── what the measures must be ────────────────────────────────────────────────────────────────────────────────────────


class _Seen:
    """The parts of rows by cell: sums, the different values, and how many bills a sum holds."""

    def __init__(self) -> None:
        self.sums: dict[tuple[Cell, Part], int] = defaultdict(int)
        self.sets: dict[tuple[Cell, Part], set[Any]] = defaultdict(set)
        self.bills: dict[tuple[Cell, Part], int] = defaultdict(int)

    def rolled_up(self) -> _Seen:
        """Return the same at every grouping."""
        made = _Seen()
        for (cell, part), found in self.sums.items():
            for wider in groupings(cell):
                made.sums[wider, part] += found
                made.bills[wider, part] += self.bills[cell, part]
        for (cell, part), values in self.sets.items():
            for wider in groupings(cell):
                made.sets[wider, part] |= values
        return made


def planted(rows: int, seed: int) -> dict[str, Any]:
    """Return `planted/1`: every measure at every grouping as a pair of integers; None where the denominator is zero."""
    values = []
    for name in TABLES:
        parts = _settled(rows, seed) if name == "settlements" else _of(_seen(name, side(name, seed)))
        cells = sorted({cell for cell, _ in parts}, key=str)
        for measure, of in measures().items():
            for cell in cells if of.table == name else ():
                above, below = (sum(parts[cell, part] for part in parts_) for parts_ in (of.above, of.below))
                value = None if of.below and not below else [str(above), str(below or 1)]
                values.append([measure, cell.region, cell.scheme, cell.period, value])
    return {"schema": "planted/1", "rows": str(rows), "values": values}


def _of(seen: _Seen) -> dict[tuple[Cell, Part], int]:
    return {**seen.sums, **{key: len(values) for key, values in seen.sets.items()}}


def _settled(rows: int, seed: int) -> dict[tuple[Cell, Part], int]:
    """Return the parts of `rows` settlements: whole cycles by multiplication, and the begun one."""
    cycles, rest = divmod(rows, CYCLE)
    whole = _seen("settlements", pattern(seed)) if cycles else _Seen()
    begun = _seen("settlements", pattern(seed)[:rest])
    raised = sum(higher(cycle) for cycle in range(cycles))
    parts: dict[tuple[Cell, Part], int] = {}
    for key in {**whole.sums, **begun.sums}:
        parts[key] = cycles * whole.sums[key] + begun.sums[key]
        parts[key] += whole.bills[key] * raised + begun.bills[key] * higher(cycles)
    for key in {**whole.sets, **begun.sets}:
        one, other = whole.sets[key], begun.sets[key]
        parts[key] = cycles * len(one) + len(other) if key[1].column == "psn_no" else len(one | other)
    return parts


def _seen(name: str, rows: Iterable[Row]) -> _Seen:
    """Return the parts of rows at every grouping, row by row."""
    seen, of, codes = _Seen(), table(name), Codes()
    schemes = {code: scheme for scheme, listed in codes.schemes().items() for code in listed}
    conditions = dict.fromkeys(one for part in parts_of(name) for one in part.where)
    for row in rows:
        if any(row[column] not in counted for column, counted in of.counted.items()):
            continue
        scheme = schemes[row["insutype"]] if "insutype" in row else None
        cell = Cell(f"{row['insu_admdvs'][:4]}00", scheme, row[of.period][:7])
        met = {one for one in conditions if _met(one, row, codes)}
        for part in parts_of(name):
            _enter(seen, (cell, part), row, met=met.issuperset(part.where))
    return seen.rolled_up()


def _enter(seen: _Seen, key: tuple[Cell, Part], row: Row, *, met: bool) -> None:
    part = key[1]
    if part.how == "distinct":
        found = seen.sets[key]
        if met:
            found.add(row.get(part.column or "", row.get("person")))
        return
    seen.sums[key] += (row[part.column or ""] if part.how == "sum" else 1) if met else 0
    seen.bills[key] += 1 if met and part.column == "medfee_sumamt" else 0


def _met(one: Condition, row: Mapping[str, Any], codes: Codes) -> bool:
    found = row[one.column]
    if isinstance(one, Among):
        return found in codes.group(one.column, one.group)
    if isinstance(one, Positive):
        return bool(found > 0)
    if isinstance(one, Elsewhere):
        return bool(found[:4] != row[one.home][:4])
    if isinstance(one, ByDay):
        return bool(found <= f"{row[one.month]}-{one.day:02d}")
    assert isinstance(one, Equal)
    return bool(found == row[one.other])


def typed(columns: Sequence[str], name: str) -> dict[str, str]:
    """Return the kind of each column of a table for a frame: text or integer."""
    kinds = {column.name: column.kind for column in table(name).columns.values()}
    return {column: "integer" if kinds.get(column) == "amount" or column == "person" else "text" for column in columns}
