"""资金明细: jixiao's sums and tables of a long ledger against plain DuckDB queries for the same sums, paired medians.

3,000 counties × 12 months × 20 accounts (720,000 lines, 分 as whole numbers) in Parquet. The reference asks DuckDB for
the sums by region, by account and by month and of the whole, in a connection of its own, and prints nothing; we also
check every amount, foot every table and print every table as text. Run: python benchmarks/funds.py [pairs]
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from pathlib import Path

import duckdb

from jixiao.engines.files import Source
from jixiao.engines.ledger import summed
from jixiao.funds.long import tables
from jixiao.operations.funds_shown import lines

COUNTIES, MONTHS, ACCOUNTS = 3000, 12, 20
AMOUNTS = ("allocated", "received", "paid")


def planted(path: Path) -> None:
    """Write the ledger: amounts from a counter, so that every run has the same."""
    duckdb.sql(
        f"""
        COPY (
            SELECT printf('%06d', 110000 + county) AS region, '账户' || printf('%02d', account) AS account,
                   '2024-' || printf('%02d', month) AS month,
                   (1000000 + (county * 7919 + month * 104729 + account * 1299709) % 900000)::BIGINT AS allocated,
                   (1000000 + (county * 7919 + month * 104729 + account * 1299709) % 800000)::BIGINT AS received,
                   (900000 + (county * 7907 + month * 104723 + account * 1299689) % 700000)::BIGINT AS paid
            FROM range({COUNTIES}) c(county), range(1, {MONTHS + 1}) m(month), range({ACCOUNTS}) a(account)
        ) TO '{path}' (FORMAT parquet)
        """
    )


def reference(path: Path) -> list[object]:
    """Ask DuckDB for the same sums."""
    sums = ", ".join(f"sum({name})" for name in AMOUNTS)
    with duckdb.connect() as db:
        return [
            db.execute(f"SELECT count(*), {sums} FROM read_parquet('{path}')").fetchall(),
            *(
                db.execute(f"SELECT {key}, {sums} FROM read_parquet('{path}') GROUP BY {key}").fetchall()
                for key in ("region", "account", "month")
            ),
        ]


def ours(path: Path) -> int:
    """Sum, foot and lay out every table; return how many cells are printed."""
    found = tables(summed(Source((str(path),)), "分"))
    return sum(len(line) for table in found for line in lines(table))


def main(pairs: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ledger.parquet"
        planted(path)
        ours(path), reference(path)
        times: list[tuple[float, float]] = []
        for number in range(pairs):
            pair = {}
            for one in (ours, reference) if number % 2 else (reference, ours):
                begun = time.perf_counter()
                one(path)
                pair[one.__name__] = time.perf_counter() - begun
            times.append((pair["ours"], pair["reference"]))
        whole = reference(path)[0][0]  # type: ignore[index]
        sums = summed(Source((str(path),)), "分")
        assert (sums.lines, *sums.whole) == tuple(map(int, whole)), "the sums differ"
    mine, plain = (statistics.median(side) for side in zip(*times, strict=True))
    ratio = statistics.median(one / other for one, other in times)
    print(f"{COUNTIES * MONTHS * ACCOUNTS:,} lines, {pairs} pairs, medians")
    print(f"  DuckDB, plain queries       {plain * 1000:8.1f} ms")
    print(f"  jixiao, checked and printed {mine * 1000:8.1f} ms   ratio {ratio:.2f} (at most 2)")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 15)
