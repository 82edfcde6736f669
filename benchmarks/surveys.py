"""问卷分析的速度: one million answers to thirty questions, jixiao beside the bare aggregations.

The bare programs are written for this one file: they know every column's type, decode nothing, refuse nothing and only
count (options, products of the scales, duplicate tokens, times, addresses). jixiao reads the same file knowing only the
questionnaire, decodes every spelling, judges every answer, and computes what a report prints. Each runs in a process of
its own, alternating; medians are compared.

    python benchmarks/surveys.py [ANSWERS] [ROUNDS]
"""

# ruff: noqa: PLC0415  (each program imports what it measures, in a process of its own)

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

ANSWERS = 1_000_000
SINGLES, MULTIPLES, SCALES = 15, 5, 10
Q = [f"Q{n}" for n in range(1, SINGLES + 1)]
M = [f"M{n}" for n in range(1, MULTIPLES + 1)]
S = [f"S{n}" for n in range(1, SCALES + 1)]


def written(folder: Path, answers: int) -> None:
    """Write the questionnaire and its answers; every value is a hash of its place."""
    import polars as pl

    at = pl.int_range(0, answers, eager=True)

    def drawn(seed: int, most: int) -> pl.Series:
        return at.hash(seed=seed) % most

    columns = {"序号": at + 1, "token": at.hash(seed=99).cast(pl.String), "seconds": drawn(5, 300) + 10}
    columns["address"] = drawn(7, max(2, answers // 5)).cast(pl.String)
    columns |= {name: drawn(100 + n, 5) + 1 for n, name in enumerate(Q)}
    for n, name in enumerate(M):
        mask = pl.DataFrame({"mask": drawn(200 + n, 31) + 1})
        parts = [pl.when((pl.col("mask") & (1 << bit)) != 0).then(pl.lit(str(bit + 1))) for bit in range(5)]
        columns[name] = mask.select(pl.concat_str(parts, separator="┋", ignore_nulls=True)).to_series()
    mood = drawn(300, 3)
    columns |= {
        name: (mood.cast(pl.Int64) - drawn(301 + n, 3).cast(pl.Int64) + 4).clip(1, 5) for n, name in enumerate(S)
    }
    pl.DataFrame(columns).write_csv(folder / "answers.csv")
    lines = ["schema: questionnaire/1", "id: speed", "title: 速度", "validity:", "  token: exclude",
             "  seconds: {then: exclude, limit: 20}", "  address: {then: count, limit: 10}",
             "  straight: {then: count, limit: 10}", "  complete: count",
             "sections:", "  - title: 题目", "    questions:"]  # fmt: skip
    options = "options: {o1: 甲, o2: 乙, o3: 丙, o4: 丁, o5: 戊}"
    lines += [f"      - {{code: {name}, kind: single, text: 题{name}, {options}}}" for name in Q]
    lines += [f"      - {{code: {name}, kind: multiple, text: 题{name}, {options}}}" for name in M]
    lines += [f"      - {{code: {name}, kind: scale, text: 题{name}}}" for name in S]
    (folder / "questionnaire.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def jixiao(folder: Path) -> list[int]:
    """Analyse the answers with jixiao."""
    from jixiao.operations.survey_analyse import survey_analyse

    found = survey_analyse(folder / "questionnaire.yaml", folder / "answers.csv").value
    assert found is not None
    whole = found.analysis.tally.all
    assert whole.moments is not None
    counts = [count for name in (*Q, *M, *S) for count in whole.counts[name].chosen]
    return [whole.valid, found.analysis.tally.broken["address"], *counts, *whole.moments.products[0]]


def polars(folder: Path) -> list[int]:
    """Count the same with Polars alone."""
    import polars as pl

    schema = {"序号": pl.Int64, "token": pl.String, "seconds": pl.Int64, "address": pl.String}
    schema |= dict.fromkeys(Q, pl.UInt8) | dict.fromkeys(M, pl.String) | dict.fromkeys(S, pl.UInt8)
    frame = pl.scan_csv(folder / "answers.csv", schema=schema).collect(engine="streaming")
    crowded = frame.select((pl.len().over("address") > 10).sum()).item()
    straight = frame.select((pl.max_horizontal(S) == pl.min_horizontal(S)).sum()).item()
    assert straight >= 0
    valid = frame.filter(pl.col("token").is_first_distinct() & (pl.col("seconds") >= 20))
    sums = [(pl.col(name) == at).sum().alias(f"{name}{at}") for name in Q for at in range(1, 6)]
    sums += [
        pl.col(name).str.contains(str(at), literal=True).sum().alias(f"{name}{at}") for name in M for at in range(1, 6)
    ]
    sums += [(pl.col(name) == at).sum().alias(f"{name}{at}") for name in S for at in range(1, 6)]
    products = [(pl.col(a) * pl.col(b)).sum().alias(f"{a}*{b}") for n, a in enumerate(S) for b in S[n:]]
    counts, found = valid.select(sums).row(0), valid.select(products).row(0)
    return [valid.height, crowded, *counts, *found[:SCALES]]


def duckdb(folder: Path) -> list[int]:
    """Count the same with DuckDB alone."""
    import duckdb as engine

    kinds = {"序号": "BIGINT", "token": "VARCHAR", "seconds": "BIGINT", "address": "VARCHAR"}
    kinds |= dict.fromkeys(Q, "UTINYINT") | dict.fromkeys(M, "VARCHAR") | dict.fromkeys(S, "UTINYINT")
    sums = [f'count(*) FILTER ("{name}" = {at})' for name in Q for at in range(1, 6)]
    sums += [f"count(*) FILTER (contains(\"{name}\", '{at}'))" for name in M for at in range(1, 6)]
    sums += [f'count(*) FILTER ("{name}" = {at})' for name in S for at in range(1, 6)]
    products = [f'sum("{a}"::INTEGER * "{b}")' for n, a in enumerate(S) for b in S[n:]]
    with engine.connect() as session:
        columns = json.dumps(kinds, ensure_ascii=False)
        session.execute(
            f"CREATE TABLE a AS FROM read_csv('{folder / 'answers.csv'}', header = true, columns = {columns})"
        )
        crowded = session.execute(
            "SELECT sum(n) FROM (SELECT count(*) n FROM a GROUP BY address) WHERE n > 10").fetchone()  # fmt: skip
        session.execute(f"SELECT count(*) FILTER (greatest({','.join(S)}) = least({','.join(S)})) FROM a").fetchone()
        row = session.execute(
            f"SELECT count(*), {', '.join(sums)}, {', '.join(products)} FROM a WHERE seconds >= 20 AND rowid IN "
            "(SELECT min(rowid) FROM a GROUP BY token)").fetchone()  # fmt: skip
    assert row is not None and crowded is not None
    return [
        row[0],
        int(crowded[0] or 0),
        *row[1 : 1 + len(sums)],
        *(int(value) for value in row[1 + len(sums) :][:SCALES]),
    ]


def once(name: str, folder: Path) -> None:
    """Run one of the programs and print its time, its memory and what it counted."""
    begun, busy = time.perf_counter(), time.process_time()
    found = {"jixiao": jixiao, "polars": polars, "duckdb": duckdb}[name](folder)
    took, worked = time.perf_counter() - begun, time.process_time() - busy
    # Not getrusage: its peak is inherited from the process that started this one.
    status = Path("/proc/self/status").read_text(encoding="ascii")
    memory = int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) / 2**10
    print(json.dumps({"seconds": took, "cpu": worked, "mib": memory, "found": found}))


def main(answers: int, rounds: int) -> None:
    """Run the programs in turn and print the table."""
    runs: dict[str, list[dict[str, float]]] = {"polars": [], "duckdb": [], "jixiao": []}
    with tempfile.TemporaryDirectory() as folder:
        written(Path(folder), answers)
        size = (Path(folder) / "answers.csv").stat().st_size / 2**20
        print(f"{answers:,} answers × {len(Q + M + S)} questions, {size:.0f} MiB of CSV, {rounds} rounds")
        for _ in range(rounds):
            for name, taken in runs.items():
                done = subprocess.run(
                    [sys.executable, __file__, "once", name, folder], capture_output=True, text=True, check=True
                )
                taken.append(json.loads(done.stdout))
        assert all(run["found"] == runs["polars"][0]["found"] for taken in runs.values() for run in taken), (
            "counts differ"
        )
    print(f"{'':8}{'median s':>10}{'× polars':>10}{'cpu s':>10}{'× polars':>10}{'peak MiB':>10}   all s")
    of = {name: [median(run[unit] for run in taken) for unit in ("seconds", "cpu")] for name, taken in runs.items()}
    for name, taken in runs.items():
        cells = "".join(f"{mine:10.2f}{mine / bare:10.2f}" for mine, bare in zip(of[name], of["polars"], strict=True))
        listed = " ".join(f"{run['seconds']:.2f}" for run in sorted(taken, key=lambda run: run["seconds"]))
        print(f"{name:8}{cells}{max(run['mib'] for run in taken):10.0f}   {listed}")


if __name__ == "__main__":
    if sys.argv[1:2] == ["once"]:
        once(sys.argv[2], Path(sys.argv[3]))
    else:
        main(*(int(word) for word in (sys.argv[1:] + [str(ANSWERS), "5"][len(sys.argv) - 1 :])))
