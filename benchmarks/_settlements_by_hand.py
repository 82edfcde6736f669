"""The parts of every settlement measure by Polars and by DuckDB, written by hand for one file of known types.

Nothing is checked and nothing can be asked differently; that is what the comparison is against. Both reduce persons and
institutions to one row a region and scheme before they count them, which is the quickest way known for either.
"""

# ruff: noqa: E501, PLC0415  (queries stand as they would be typed; each run imports what it times)

from __future__ import annotations

from pathlib import Path

INPATIENT = ("21", "2101", "2105", "26", "28", "52")
OUTPATIENT = ("11", "1301", "14", "140101", "51")
SCHEMES = {"310": "employee", "390": "resident"}
FUNDS = (
    "fund_pay_sumamt",
    "hifp_pay",
    "cvlserv_pay",
    "hifes_pay",
    "hifmi_pay",
    "hifob_pay",
    "hifdm_pay",
    "maf_pay",
    "oth_pay",
)
IN, OUT, ORDINARY, CASE, STOP = (
    "med_type∈inpatient", "med_type∈outpatient", "med_type∈ordinary_outpatient", "clr_way∈case_payment", "setl_type∈one_stop"
)  # fmt: skip
AWAY = "mdtrtarea_admdvs≠insu_admdvs"
# What is added: an amount or a count (None) with the conditions that have to hold.
ADDED = [
    *((fund, ()) for fund in FUNDS),
    *((column, (IN,)) for column in ("fund_pay_sumamt", "medfee_sumamt", "inscp_scp_amt", "hifp_pay", "hifmi_pay", "hifob_pay", "maf_pay")),
    ("hifp_pay", (IN, CASE)), ("medfee_sumamt", (OUT,)), ("maf_pay", (OUT,)),
    (None, ("fund_pay_sumamt>0",)), (None, (IN, "fund_pay_sumamt>0")), (None, (OUT, "fund_pay_sumamt>0")),
    (None, (IN, CASE)), (None, (IN,)), (None, (OUT,)), (None, (IN, "maf_pay>0")), (None, (OUT, "maf_pay>0")),
    (None, ("maf_pay>0", STOP)), (None, ("maf_pay>0",)), (None, (AWAY,)), (None, ()), (None, (ORDINARY, "hifp_pay>0")),
    (None, (ORDINARY,)),
]  # fmt: skip
COUNTED = {
    "psn_no": [
        ("fund_pay_sumamt>0",), (IN, "fund_pay_sumamt>0"), (OUT, "fund_pay_sumamt>0"), (IN, "maf_pay>0"), (OUT, "maf_pay>0"),
        (AWAY,), (ORDINARY, "hifp_pay>0"),
    ],
    "fixmedins_code": [(IN, CASE), (IN,), (ORDINARY, "hifp_pay>0"), (ORDINARY,)],
    "insu_admdvs": [("maf_pay>0", STOP), ("maf_pay>0",)],
}  # fmt: skip


def name(how: str, column: str | None, conditions: tuple[str, ...]) -> str:
    return f"{how}({'; '.join([column or '*', *conditions])})"


def named(column: str | None, conditions: tuple[str, ...]) -> str:
    return name("count" if column is None else "sum", column, conditions)


def rolled_up(rows, width: int) -> dict[str, dict[str, int]]:
    """Return the sums of rows (region, scheme, period, values) at every grouping."""
    found: dict[str, list[int]] = {}
    for region, scheme, period, *values in rows:
        for at in {(r, s, p) for r in (region, "") for s in (scheme, "") for p in (period, period[:4])}:
            into = found.setdefault(" ".join(at), [0] * width)
            for place, value in enumerate(values):
                into[place] += int(value or 0)
    heads = [named(*one) for one in ADDED]
    return {at: dict(zip(heads, values, strict=True)) for at, values in found.items()}


def by_polars(folder: Path, monthly: bool = False) -> dict[str, dict[str, int]]:
    import polars as pl

    files = str(folder / "settlements/*.parquet")
    amounts = ["medfee_sumamt", "inscp_scp_amt", *FUNDS]
    base = (
        pl.scan_parquet(files)
        .filter(pl.col("vali_flag") == "1", pl.col("refd_setl_flag") == "0")
        .with_columns(
            pl.col(amounts).to_physical().cast(pl.Int64),
            r=pl.col("insu_admdvs").str.slice(0, 4),
            p=(pl.col("setl_time").dt.year().cast(pl.Int32) * 100 + (pl.col("setl_time").dt.month() if monthly else 0)),
        )
    )
    inpatient, outpatient = pl.col("med_type").is_in(INPATIENT), pl.col("med_type").is_in(OUTPATIENT)
    said = {
        IN: inpatient, OUT: outpatient, ORDINARY: pl.col("med_type") == "11", CASE: pl.col("clr_way").is_in(["3", "4"]),
        STOP: pl.col("setl_type") == "2", AWAY: pl.col("mdtrtarea_admdvs").str.slice(0, 4) != pl.col("r"),
        **{f"{fund}>0": pl.col(fund) > 0 for fund in FUNDS},
    }  # fmt: skip

    def met(conditions):
        return pl.all_horizontal([said[one] for one in conditions]) if conditions else pl.lit(value=True)

    sums = [
        (met(of).sum() if column is None and of else pl.len() if column is None else pl.when(met(of)).then(pl.col(column)).sum()
         if of else pl.col(column).sum()).alias(f"v{at}")
        for at, (column, of) in enumerate(ADDED)
    ]  # fmt: skip
    keys = ["r", "insutype", "p"]
    added = base.group_by(keys).agg(sums).collect(engine="streaming")
    spelt = [(f"{r}00", SCHEMES[s], period(p), *rest) for r, s, p, *rest in added.rows()]
    found = rolled_up(spelt, len(ADDED))
    for column, wanted in COUNTED.items():
        flags = [f"f{at}" for at in range(len(wanted))]
        fine = (
            base.select(*keys, pl.col(column), *(met(of).alias(flag) for flag, of in zip(flags, wanted, strict=True)))
            .group_by(*keys, column).agg(pl.col(flags).max()).collect(engine="streaming").lazy()
        )  # fmt: skip
        years = [fine, fine.with_columns(p=pl.col("p") // 100 * 100)] if monthly else [fine]
        groups = [["r", "insutype"], ["r"], ["insutype"], []]
        frames = [
            one.group_by(*kept, "p", column).agg(pl.col(flags).max()).group_by(*kept, "p").agg(pl.col(flags).sum())
            for one in years for kept in groups
        ]  # fmt: skip
        done = pl.collect_all(frames, engine="streaming")
        for frame, kept in zip(done, groups * len(years), strict=True):
            for row in frame.select(*kept, "p", *flags).iter_rows(named=True):
                at = f"{row['r'] + '00' if 'r' in kept else ''} {SCHEMES[row['insutype']] if 'insutype' in kept else ''} {period(row['p'])}"
                found[at] |= {
                    name("distinct", column, of): row[flag] or 0 for flag, of in zip(flags, wanted, strict=True)
                }
    return found


def period(number: int) -> str:
    return f"{number // 100}-{number % 100:02d}" if number % 100 else f"{number // 100}"


def by_duckdb(folder: Path, monthly: bool = False) -> dict[str, dict[str, int]]:
    import duckdb

    db = duckdb.connect()
    text = {IN: f"med_type IN {INPATIENT}", OUT: f"med_type IN {OUTPATIENT}", ORDINARY: "med_type = '11'", CASE: "clr_way IN ('3', '4')",
            STOP: "setl_type = '2'", AWAY: "left(mdtrtarea_admdvs, 4) <> left(insu_admdvs, 4)", **{f"{fund}>0": f"{fund} > 0" for fund in FUNDS}}  # fmt: skip

    def met(conditions):
        return " AND ".join(text[one] for one in conditions)

    month = "+ month(setl_time)" if monthly else ""
    keys = f"left(insu_admdvs, 4) r, insutype s, year(setl_time) * 100 {month} p"
    source = f"FROM read_parquet('{folder}/settlements/*.parquet') WHERE vali_flag = '1' AND refd_setl_flag = '0'"
    sums = ", ".join(
        (f"count(*) FILTER ({met(of)})" if of else "count(*)") if column is None
        else f"sum(CASE WHEN {met(of)} THEN {column} END)" if of else f"sum({column})"
        for column, of in ADDED
    )  # fmt: skip
    rows = db.execute(f"SELECT {keys}, {sums} {source} GROUP BY 1, 2, 3").fetchall()
    fen = [100 if column else 1 for column, _ in ADDED]
    spelt = [
        (f"{r}00", SCHEMES[s], period(p), *((v or 0) * f for v, f in zip(rest, fen, strict=True)))
        for r, s, p, *rest in rows
    ]
    found = rolled_up(spelt, len(ADDED))
    for column, wanted in COUNTED.items():
        flags = [f"f{at}" for at in range(len(wanted))]
        maxima = ", ".join(f"max({met(of)}) {flag}" for flag, of in zip(flags, wanted, strict=True))
        db.execute(
            f"CREATE OR REPLACE TEMP TABLE fine AS SELECT {keys}, {column} k, {maxima} {source} GROUP BY 1, 2, 3, 4"
        )
        for p in ("p", "p // 100 * 100") if monthly else ("p",):
            for kept in (("r", "s"), ("r",), ("s",), ()):
                again, total = (
                    ", ".join(f"max({flag}) {flag}" for flag in flags),
                    ", ".join(f"count_if({flag})" for flag in flags),
                )
                heads = ", ".join([*kept, f"{p} AS p2"])
                group = ", ".join(str(at + 1) for at in range(len(kept) + 2))
                inner = f"SELECT {heads}, k, {again} FROM fine GROUP BY {group}"
                outer = ", ".join([*kept, "p2"])
                for row in db.execute(f"SELECT {outer}, {total} FROM ({inner}) GROUP BY {outer}").fetchall():
                    told = dict(zip((*kept, "p"), row, strict=False))
                    at = f"{told['r'] + '00' if 'r' in kept else ''} {SCHEMES[told['s']] if 's' in kept else ''} {period(told['p'])}"
                    values = row[len(kept) + 1 :]
                    found[at] |= {name("distinct", column, of): value for value, of in zip(values, wanted, strict=True)}
    return {at: {part: int(value) for part, value in values.items()} for at, values in found.items()}
