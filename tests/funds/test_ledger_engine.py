"""资金明细: the engine's sums are those of a dozen lines of Python, whatever file they come in; what is damaged is refused."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import duckdb
import pytest

from jixiao.engines.files import Source
from jixiao.engines.ledger import summed, summed_rows
from jixiao.errors import CannotOpen, CannotParse, DoesNotFoot
from jixiao.funds import long

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from oracles.funds import sums_of

HEADS = ["region", "account", "month", "allocated", "received", "paid"]


def drawn(count=400):
    """Lines of 20 counties, in 分; a second batch may be negative."""
    dice = random.Random(7)
    return [
        [f"6501{dice.randrange(20):02}", f"账户{dice.randrange(3)}", f"2024-{dice.randrange(1, 13):02}",
         dice.randrange(-10**6, 10**9), dice.randrange(10**9), dice.randrange(10**9)]
        for _ in range(count)
    ]  # fmt: skip


def csv_of(path, rows, heads=HEADS):
    path.write_text("\n".join(",".join(map(str, row)) for row in [heads, *rows]) + "\n", "utf-8")
    return Source((str(path),))


def parquet_of(path, rows, kind="BIGINT"):
    kinds = ["VARCHAR"] * 3 + [kind] * 3
    with duckdb.connect() as db:
        db.execute(f"CREATE TABLE t ({', '.join(f'{h} {k}' for h, k in zip(HEADS, kinds, strict=True))})")
        db.executemany(f"INSERT INTO t VALUES ({', '.join('?' * 6)})", rows)
        db.execute(f"COPY t TO '{path}' (FORMAT parquet)")
    return Source((str(path),))


def test_sums_are_those_of_plain_python_from_every_kind_of_file(tmp_path):
    rows = drawn()
    expected = sums_of(HEADS, rows)

    told = [
        summed(csv_of(tmp_path / "a.csv", rows), "分"),
        summed(parquet_of(tmp_path / "a.parquet", rows), "分"),
        summed_rows(HEADS, [[str(cell) for cell in row] for row in rows], tmp_path / "a.xlsx", "分"),
    ]

    for sums in told:
        assert (sums.lines, sums.whole) == (400, expected["whole"])
        assert {key: dict(groups) for key, groups in sums.by.items()} == {key: expected[key] for key in HEADS[:3]}


def test_files_together_are_the_file_they_were_cut_from(tmp_path):
    rows = drawn()
    parts = [rows[:150], rows[150:151], rows[151:]]

    told = long.joined({
        str(n): summed(csv_of(tmp_path / f"{n}.csv", part) if n else parquet_of(tmp_path / "0.parquet", part), "分")
        for n, part in enumerate(parts)
    })  # fmt: skip

    assert told == summed(csv_of(tmp_path / "all.csv", rows), "分")
    assert [table.id for table in long.tables(told)] == ["long_region", "long_account", "long_month"]


def test_file_that_lacks_a_column_is_named(tmp_path):
    whole = summed(csv_of(tmp_path / "a.csv", drawn(3)), "分")
    short = summed(csv_of(tmp_path / "b.csv", [["650100", 5]], ["地区", "支付数"]), "分")

    with pytest.raises(CannotParse) as caught:
        long.joined({"a.csv": whole, "b.csv": short})

    assert caught.value.place.file == "b.csv"
    assert caught.value.what.text("zh") == "缺少其他明细文件有的列：account、month、allocated、received"


def test_decimals_of_yuan_and_wan_are_exact(tmp_path):
    rows = [["650100", "甲", "2024-01", "0.10", "3054.91", ""], ["650200", "甲", "2024-01", "0.20", "1615.09", "1"]]

    sums = summed(csv_of(tmp_path / "a.csv", rows), "万元")

    assert sums.whole == (30_0000, 4670_00_0000, 100_0000)
    assert str(long.total(sums, "received")) == "4670万元"
    assert summed(parquet_of(tmp_path / "d.parquet", [["650100", "甲", "1", "0.1", "0.2", "3"]], "DECIMAL(18,2)"),
                  "元").whole == (10, 20, 300)  # fmt: skip


def test_tables_foot_and_have_rates(tmp_path):
    tables = long.tables(summed(csv_of(tmp_path / "a.csv", [["650100", "甲", "1", 400, 300, 100],
                                                           ["650200", "甲", "1", 0, 0, 0]]), "元"))  # fmt: skip

    regions = next(table for table in tables if table.id == "long_region")
    assert [row.label for row in regions.rows] == ["650100", "650200", "合计"]
    assert str(regions.rows[0].cells["rate",]) == "25%" and regions.rows[1].cells["rate",] is None


def test_table_that_does_not_foot_is_withheld():
    broken = long.Sums(("paid",), 2, (3,), {"region": {"甲": (1,), "乙": (1,)}})

    with pytest.raises(DoesNotFoot):
        long.tables(broken)


@pytest.mark.parametrize(
    ("cell", "what"),
    [
        ("１２３", "funds.long.amount"), ("12万元", "funds.long.amount"), ("1e5", "funds.long.amount"),
        ("0.30000000000000004", "funds.long.amount"), ("0.305", "funds.long.amount"), ("—", "funds.long.amount"),
        ("-5", "funds.long.negative"),
    ],
)  # fmt: skip
def test_amount_that_cannot_be_taken_is_refused_with_its_row(tmp_path, cell, what):
    rows = [["650100", "甲", "1", "1", "1", "1"], ["650200", "甲", "1", "1", "1", cell]]

    with pytest.raises(CannotParse) as caught:
        summed(csv_of(tmp_path / "a.csv", rows), "元")

    assert caught.value.what.id == what
    assert what == "funds.long.negative" or caught.value.place.line == 3


def test_binary_floats_are_refused(tmp_path):
    with pytest.raises(CannotParse) as caught:
        summed(parquet_of(tmp_path / "a.parquet", drawn(3), "DOUBLE"), "元")

    assert caught.value.what.text("zh") == "allocated 列是浮点数（DOUBLE），不能精确相加"


def test_unknown_region_and_missing_columns_are_refused(tmp_path):
    source = csv_of(tmp_path / "a.csv", [["650100", "甲", "1", 1, 1, 1], ["999999", "甲", "1", 1, 1, 1]])

    with pytest.raises(CannotParse) as caught:
        summed(source, "元", codes=["650100"])
    assert caught.value.what.text("zh") == "不认识的地区：999999"
    with pytest.raises(CannotParse) as caught:
        summed(csv_of(tmp_path / "b.csv", [["1", "2"]], ["county", "amount"]), "元")
    assert caught.value.what.id == "funds.long.heads"


def test_truncated_parquet_is_refused(tmp_path):
    source = parquet_of(tmp_path / "a.parquet", drawn(50))
    raw = (tmp_path / "a.parquet").read_bytes()
    (tmp_path / "a.parquet").write_bytes(raw[: len(raw) // 2])

    with pytest.raises(CannotOpen):
        summed(source, "分")
