"""手写的参照: the comparison written by hand for Polars, DuckDB and pandas, sharing nothing with jixiao but the question.

Behind each engine stands the same plain Python, that of the tests' oracle, for the few records that matter.
"""
# ruff: noqa: E501, PLC0415, PLR0912  (queries read best on one line; each engine is imported by the run that times it)

from __future__ import annotations

import importlib.util
import tempfile
from collections import defaultdict
from datetime import date
from pathlib import Path

HERE = Path(__file__).resolve().parent
AS_OF = date(2024, 6, 30)


def _oracle():
    """Load the plain-Python answer of the tests, which has this file's name and imports nothing of jixiao."""
    spec = importlib.util.spec_from_file_location("oracle", HERE.parent / "tests" / "oracles" / "enrolment.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


ORACLE = _oracle()


def settled(tallies, rows, odd, near):
    """Give the answer from what a hand-written engine left over: the same plain Python behind each reference."""
    schemes, name, number, settle = ORACLE.SCHEMES, ORACLE.name, ORACLE.number, ORACLE.settle
    table = defaultdict(int)
    for insutype, region, status, count in tallies:
        if status == "1" and insutype in schemes:
            table[region, schemes[insutype], "reported"] += count
            table[region, schemes[insutype], "left"] += count
    keyed, by_head, unusable, cases = defaultdict(list), defaultdict(list), [], []
    for side, record in (("dead" if side == "deaths" else side, record) for side, record in (*rows, *odd)):
        if record.get("psn_cert_type") not in (None, "01"):
            keyed[record["psn_cert_type"], "".join((record["certno"] or "").split()).upper()].append((side, record))
            continue
        head, usable = number(record["certno"], AS_OF)
        if usable:
            keyed[head].append((side, record))
        elif side == "own":
            unusable.append(record["psn_no"])
        if head:
            by_head[head].append((side, record))
    suspects = []
    for found in keyed.values():
        names = {name(record["psn_name"]) for _, record in found} - {None}
        if len(names) > 1 and any(side == "own" for side, _ in found):
            suspects.append(["names", *sorted({record["certno"] for _, record in found})])
        for group in (
            [[one for one in found if name(one[1]["psn_name"]) == n] for n in names] if len(names) > 1 else [found]
        ):
            settle(group, AS_OF, table, lambda record, column: cases.append([record["psn_no"], column]))
    for pair in near:
        left, right = (f"{number:017d}" for number in pair)
        for who in {name(r["psn_name"]) for _, r in by_head[left]} & {
            name(r["psn_name"]) for _, r in by_head[right]
        } - {None}:
            both = [one for head in (left, right) for one in by_head[head] if name(one[1]["psn_name"]) == who]
            if any(side == "own" for side, _ in both):
                suspects.append(["digit", *sorted({str(record["certno"]) for _, record in both})])
    return {
        "table": {" ".join(key): count for key, count in table.items() if count},
        "cases": sorted(cases),
        "suspects": sorted(suspects),
        "unusable": sorted(unusable),
    }


def near(rows):
    """Return pairs of numbers one digit apart among (key, number, own) rows."""
    groups = defaultdict(dict)
    for key, number, own in rows:
        groups[key][number] = groups[key].get(number) or own
    found = set()
    for members in groups.values():
        ordered = sorted(members)
        for at, left in enumerate(ordered):
            for right in ordered[at + 1 :]:
                if (members[left] or members[right]) and sum(
                    a != b for a, b in zip(str(left), str(right), strict=True)
                ) == 1:
                    found.add((left, right))
    return found


KEPT = ["psn_no", "psn_name", "psn_cert_type", "certno", "insutype", "insu_admdvs", "psn_insu_date", "die_date"]
SIDES = ("own", "other", "deaths")
SEPARATORS = "·•‧・．.∙⋅ 　\u00a0\t"


def by_polars(folder: Path):
    """Hand-written Polars: one streaming pass to integers, sorts, one pass back for the few rows that matter."""
    import polars as pl

    c = pl.col

    def scan(side):
        frame = pl.scan_parquet(f"{folder}/{side}/*.parquet")
        if side != "deaths":
            frame = frame.filter((c("psn_insu_stas") == "1") & c("insutype").is_in(["310", "390", "391", "380"]))
        names = frame.collect_schema().names()
        return frame.select(
            pl.lit(side).alias("side"), *(c(k) if k in names else pl.lit(None, pl.String).alias(k) for k in KEPT)
        )

    def divided(value, digits):
        half = value.cast(pl.Float64) + 0.5  # doubles are floored in vectors, integers are divided one by one
        return sum(((half / 10.0**k).floor() * -(2.0 ** (k + 2)) for k in range(1, digits)), half)

    everything = pl.concat([scan(side) for side in SIDES])
    digits = c("certno").str.strip_suffix("X")
    parsed = everything.with_columns(
        v=digits.cast(pl.Int64, strict=False), x=digits.str.len_bytes() == 17, w=c("certno").str.len_bytes() == 18
    )
    parsed = parsed.with_columns(n=pl.when(c("x")).then(c("v")).otherwise(c("v") // 10))
    parsed = parsed.with_columns(a=c("n") // 10**11, k=pl.when(c("x")).then(10).otherwise(c("v") - c("n") * 10))
    parsed = parsed.with_columns(r=c("n") - c("a") * 10**11)
    parsed = parsed.with_columns(b=c("r") // 1000)
    parsed = parsed.with_columns(y=c("b") // 10_000, m=c("b") // 100 % 100, d=c("b") % 100)
    sums = divided(c("a"), 6) * 4096.0 + divided(c("r"), 11) * 2.0 + c("k") - 2049.5
    fits = (sums / 11.0).floor() * 11.0 == sums - 0.5
    day = (
        c("m").is_between(1, 12)
        & (c("d") >= 1)
        & ((c("d") <= 28) | ((c("d") <= 30) & (c("m") != 2)) | ((c("d") == 31) & c("m").is_in([1, 3, 5, 7, 8, 10, 12])))
    )
    good = c("w") & (c("n") >= 10**16) & fits & day & (c("y") >= 1850) & (c("b") <= 20240630)
    good &= c("psn_cert_type").is_null() | (c("psn_cert_type") == "01")
    name = c("psn_name").str.replace_many(list(SEPARATORS), [""] * len(SEPARATORS))
    mark = pl.when(name != "").then((name.hash() % 900_000_000).cast(pl.Int64))
    parsed = parsed.with_columns(good=good.fill_null(value=False))
    keys = {
        "p": mark * 10**10 + c("a") * 10_000 + c("b") % 10_000,
        "q": mark * 10**10 + c("y") * 1000 + c("r") % 1000,
    }
    plain = parsed.filter("good").select("n", own=c("side") == "own", use=pl.lit(True), a=c("a"), y=c("y"), **keys)
    odd = parsed.filter(~c("good")).select("side", *KEPT)
    tally = pl.scan_parquet(f"{folder}/own/*.parquet").group_by("insutype", "insu_admdvs", "psn_insu_stas").len()
    kept, odd_rows, tallies = pl.collect_all([plain, odd, tally], engine="streaming")
    read = [
        (row, *ORACLE.number(row["certno"], AS_OF))
        for row in odd_rows.to_dicts()
        if row["psn_cert_type"] in (None, "01")
    ]
    more = pl.DataFrame(
        [(int(head), row["side"] == "own", use, row["psn_name"]) for row, head, use in read if head],
        schema={"n": pl.Int64, "own": pl.Boolean, "use": pl.Boolean, "psn_name": pl.String}, orient="row",
    ).with_columns(a=c("n") // 10**11, r=c("n") % 10**11)  # fmt: skip
    more = more.with_columns(b=c("r") // 1000, y=c("r") // 10**7).select("n", "own", "use", "a", "y", **keys)
    kept = pl.concat([kept, more])

    def twice(frame, column):
        return frame.select(c(column).drop_nulls().sort()).filter(c(column) == c(column).shift()).unique()

    numbers = twice(kept.filter("use"), "n")["n"].to_list()
    pairs = set()
    for key in ("p", "q"):
        pairs |= near(kept.join(twice(kept, key), on=key, how="semi").select(key, "n", "own").unique().rows())
    kept.group_by("a", "y").len()  # the areas that are checked against their eras
    wanted = {f"{n}{_last(n)}" for n in (*numbers, *(n for pair in pairs for n in pair))} - {
        row["certno"] for row, _, _ in read
    }
    found = everything.filter(c("psn_cert_type").is_null() | (c("psn_cert_type") == "01"))
    found = found.join(pl.LazyFrame({"certno": sorted(wanted)}, schema={"certno": pl.String}), on="certno", how="semi")
    rows = [(row["side"], row) for row in found.collect(engine="streaming").to_dicts()]
    return settled(tallies.rows(), rows, [(row["side"], row) for row in odd_rows.to_dicts()], pairs)


def _last(number):
    return "10X98765432"[sum(int(d) * 2 ** (17 - at) for at, d in enumerate(f"{number:017d}")) % 11]


def by_duckdb(folder: Path):
    """Hand-written DuckDB: integers, one table of keys, grouping; one pass back for the few rows that matter."""
    import duckdb

    spool = tempfile.TemporaryDirectory(prefix="bench-")
    db = duckdb.connect(f"{spool.name}/x.db", config={"preserve_insertion_order": False})
    parts = []
    for side in SIDES:
        names = db.read_parquet(f"{folder}/{side}/*.parquet").columns
        columns = ", ".join(k if k in names else f"NULL::VARCHAR AS {k}" for k in KEPT)
        where = "" if side == "deaths" else " WHERE psn_insu_stas = '1' AND insutype IN ('310','390','391','380')"
        parts.append(f"SELECT '{side}' AS side, {columns} FROM read_parquet('{folder}/{side}/*.parquet'){where}")
    db.execute("CREATE VIEW everything AS " + " UNION ALL ".join(parts))
    held = " OR ".join(f"contains(psn_name, '{mark}')" for mark in SEPARATORS)
    name = f"nullif(CASE WHEN {held} THEN translate(psn_name, '{SEPARATORS}', '') ELSE psn_name END, '')"
    weighed = " + ".join(f"(((n // {10 ** (16 - at)}) % 10) * {2 ** (17 - at) % 11})" for at in range(17))
    db.execute(f"""CREATE VIEW parsed AS
        WITH one AS (SELECT *, strlen(certno) = 18 AS w, TRY_CAST(left(certno, 17) AS BIGINT) AS n0,
            CASE WHEN substr(certno, 18) = 'X' THEN 10 WHEN substr(certno, 18) BETWEEN '0' AND '9' THEN ascii(substr(certno, 18)) - 48 END AS k
            FROM everything),
        two AS (SELECT *, CASE WHEN w AND n0 >= 10000000000000000 AND starts_with(certno, n0::VARCHAR) THEN n0 END AS n FROM one),
        three AS (SELECT *, n // 100000000000 AS a, n % 100000000000 AS r, (n // 1000) % 100000000 AS b FROM two)
        SELECT *, b // 10000 AS y, coalesce(
            (psn_cert_type IS NULL OR psn_cert_type = '01') AND ({weighed} + k) % 11 = 1
            AND (b // 100) % 100 BETWEEN 1 AND 12 AND b % 100 >= 1 AND b // 10000 >= 1850 AND b <= 20240630
            AND (b % 100 <= 28 OR (b % 100 <= 30 AND (b // 100) % 100 <> 2) OR (b % 100 = 31 AND (b // 100) % 100 IN (1,3,5,7,8,10,12))),
            false) AS good FROM three""")
    keys = f"CASE WHEN {name} IS NOT NULL THEN (hash({name}) % 900000000)::BIGINT END AS mark"
    pq = "mark * 10000000000 + a * 10000 + b % 10000 AS p, mark * 10000000000 + y * 1000 + r % 1000 AS q"
    db.execute(
        f"CREATE TABLE kept AS SELECT n, own, use, a, y, {pq} FROM (SELECT n, side = 'own' AS own, true AS use, a, y, b, r, {keys} FROM parsed WHERE good)"
    )
    columns = ", ".join(KEPT)
    odd = [
        dict(zip(("side", *KEPT), row, strict=True))
        for row in db.execute(f"SELECT side, {columns} FROM parsed WHERE NOT good").fetchall()
    ]
    tallies = db.execute(
        f"SELECT insutype, insu_admdvs, psn_insu_stas, count(*) FROM read_parquet('{folder}/own/*.parquet') GROUP BY ALL"
    ).fetchall()
    read = [(row, *ORACLE.number(row["certno"], AS_OF)) for row in odd if row["psn_cert_type"] in (None, "01")]
    db.execute("CREATE TABLE more (n BIGINT, own BOOLEAN, use BOOLEAN, psn_name VARCHAR)")
    values = [(int(head), row["side"] == "own", use, row["psn_name"]) for row, head, use in read if head]
    if values:
        db.execute(
            "INSERT INTO more SELECT unnest(?::BIGINT[]), unnest(?::BOOLEAN[]), unnest(?::BOOLEAN[]), unnest(?::VARCHAR[])",
            [list(v) for v in zip(*values, strict=True)],
        )
    db.execute(
        f"INSERT INTO kept SELECT n, own, use, a, y, {pq} FROM (SELECT *, n // 100000000000 AS a, n % 100000000000 AS r, (n // 1000) % 100000000 AS b, (n // 10000000) % 10000 AS y, {keys} FROM more)"
    )
    numbers = [row[0] for row in db.execute("SELECT n FROM kept WHERE use GROUP BY n HAVING count(*) > 1").fetchall()]
    pairs = set()
    for key in ("p", "q"):
        pairs |= near(
            db.execute(
                f"SELECT DISTINCT {key}, n, own FROM kept WHERE {key} IN (SELECT {key} FROM kept WHERE {key} IS NOT NULL GROUP BY {key} HAVING count(*) > 1)"
            ).fetchall()
        )
    db.execute("SELECT a, y, count(*) FROM kept GROUP BY ALL").fetchall()
    wanted = {f"{n}{_last(n)}" for n in (*numbers, *(n for pair in pairs for n in pair))} - {
        row["certno"] for row, _, _ in read
    }
    db.execute("CREATE TABLE wanted AS SELECT unnest(?::VARCHAR[]) AS certno", [sorted(wanted)])
    found = db.execute(
        f"SELECT side, {columns} FROM everything SEMI JOIN wanted USING (certno) WHERE psn_cert_type IS NULL OR psn_cert_type = '01'"
    ).fetchall()
    db.close()
    spool.cleanup()
    rows = [dict(zip(("side", *KEPT), row, strict=True)) for row in found]
    return settled(tallies, [(row["side"], row) for row in rows], [(row["side"], row) for row in odd], pairs)


def by_pandas(folder: Path):
    """Pandas as people write it: text columns, vectorised strings; the same answer."""
    import pandas as pd

    frames = []
    for side in SIDES:
        frame = pd.read_parquet(folder / side)
        if side == "own":
            tallies = (
                frame.groupby(["insutype", "insu_admdvs", "psn_insu_stas"]).size().reset_index().to_numpy().tolist()
            )
        if side != "deaths":
            frame = frame[(frame.psn_insu_stas == "1") & frame.insutype.isin(["310", "390", "391", "380"])]
        frames.append(frame.reindex(columns=KEPT).assign(side=side))
    frame = pd.concat(frames, ignore_index=True)
    frame[KEPT] = frame[KEPT].astype(object).where(frame[KEPT].notna(), None)
    card = frame.psn_cert_type.isna() | (frame.psn_cert_type == "01")
    text = frame.certno.fillna("")
    shaped = text.str.fullmatch(r"[1-9]\d{16}[0-9X]") & card
    head = text[shaped].str[:17]
    weights = [2 ** (17 - at) % 11 for at in range(17)]
    total = sum(head.str[at].astype("int64") * weight for at, weight in enumerate(weights))
    checks = (total % 11).map(dict(enumerate("10X98765432")))
    dates = pd.to_datetime(head.str[6:14], format="%Y%m%d", errors="coerce")
    good = (checks == text[shaped].str[17]) & dates.notna() & (dates <= pd.Timestamp(AS_OF)) & (dates.dt.year >= 1850)
    plain = pd.Series(index=frame.index, data=False)
    plain[good[good].index] = True
    frame["n"] = head.where(good)
    odd = [(row["side"], row) for row in frame[~plain].to_dict("records")]
    read = [(i, *ORACLE.number(frame.at[i, "certno"], AS_OF)) for i in frame.index[~plain] if card[i]]
    frame["use"] = plain
    for i, found, use in read:
        frame.at[i, "n"], frame.at[i, "use"] = found, use
    name = frame.psn_name.fillna("").str.replace(f"[{SEPARATORS}]", "", regex=True)
    some = frame.n.notna() & (name != "")
    numbers = set(frame.n[frame.use][frame.n[frame.use].duplicated(keep=False)])
    pairs = set()
    for key in (name + frame.n.str[:6] + frame.n.str[10:14], name + frame.n.str[6:10] + frame.n.str[14:17]):
        named = key[some]
        close = named[named.duplicated(keep=False)]
        rows = zip(close, frame.n[close.index].astype("int64"), frame.side[close.index] == "own", strict=True)
        pairs |= near(rows)
    wanted = numbers | {f"{n:017d}" for pair in pairs for n in pair}
    rows = [(row["side"], row) for row in frame[plain & frame.n.isin(wanted)].to_dict("records")]
    return settled(tallies, rows, odd, pairs)
