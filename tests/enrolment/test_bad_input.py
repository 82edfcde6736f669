"""坏的输入: each names the file, the row where there is one, and what to do; outputs are whole or absent."""

from __future__ import annotations

import gzip
import json
import random
import signal
import subprocess
import sys
import time

import polars as pl
import pytest

from jixiao.enrolment.identity import full
from jixiao.errors import CannotOpen, CannotParse, CannotWrite, DoesNotFoot, JixiaoError
from jixiao.operations.enrolment_compare import enrolment_compare
from jixiao.operations.enrolment_sample import enrolment_sample

MANIFEST = """schema: registers/1
title: 测试
as_of: 2024-06-30
own: {{name: 甲方, files: [{own}], as_of: {date}}}
other: {{name: 乙方, files: [other.parquet]}}
deaths: {{name: 死亡登记, files: [deaths.parquet]}}
"""
HEAD = "psn_no,psn_name,certno,insutype,insu_admdvs,psn_insu_stas"


def person(at, **changes):
    row = {
        "psn_no": f"a{at}",
        "psn_name": f"人{at}",
        "certno": full(65010219900101001 + at * 7 % 20 * 10_000),
        "insutype": "390",
        "insu_admdvs": "652800",
        "psn_insu_stas": "1",
    }
    return {**row, **changes}


@pytest.fixture(params=[{}, {"memory": "1GB"}, {"engine": "duckdb"}], ids=["polars", "capped", "duckdb"])
def compare(request, tmp_path):
    """Return a function that writes three registers and compares them; `own` is rows or a text."""

    def run(own, *, name=None, date="2024-06-30", drop=(), out=None, manifest=None):
        schema = dict.fromkeys(HEAD.split(","), pl.String)
        name = name or ("own.csv" if isinstance(own, str) else "own.parquet")
        if isinstance(own, str):
            (tmp_path / name).write_text(own, encoding="utf-8")
        elif own is not None:
            pl.DataFrame(own, schema=schema).drop(*drop).write_parquet(tmp_path / name)
        pl.DataFrame([person(900)], schema=schema).write_parquet(tmp_path / "other.parquet")
        pl.DataFrame([{"certno": full(65010219900101999)}]).write_parquet(tmp_path / "deaths.parquet")
        text = manifest or MANIFEST.format(own=name, date=date)
        (tmp_path / "registers.yaml").write_text(text, encoding="utf-8")
        return enrolment_compare(tmp_path, out, **request.param)

    return run


def said(problem):
    return problem.value.what.text("zh"), str(problem.value.place)


def test_a_missing_column_is_named_with_the_heads_there_are(compare):
    with pytest.raises(CannotParse) as problem:
        compare([person(1)], drop=["psn_insu_stas"])

    assert "psn_insu_stas（人员参保状态）" in said(problem)[0]
    assert said(problem)[1].endswith("own.parquet")


def test_a_status_rule_by_fees_wants_their_period(compare):
    manifest = MANIFEST.format(own="own.parquet", date="2024-06-30") + "status: normal_and_paid\n"

    with pytest.raises(CannotParse) as problem:
        compare([person(1)], manifest=manifest)

    assert "accrym_begn（费款所属期开始）、accrym_end" in said(problem)[0]


def test_a_register_of_another_year_is_an_error_and_nothing_is_written(compare, tmp_path):
    made = compare([person(1)], date="2023-06-30", out=tmp_path / "out")

    assert (made.exit_code(), made.findings[0].check) == (1, "enrolment_dates")
    assert not (tmp_path / "out").exists()


def test_a_register_of_another_day_is_a_warning(compare):
    assert [
        one.severity for one in compare([person(1)], date="2024-05-31").findings if one.check == "enrolment_dates"
    ] == ["warning"]


def test_the_same_file_given_twice_is_refused(compare):
    manifest = MANIFEST.format(own="own.parquet, own.parquet", date="2024-06-30")

    with pytest.raises(CannotParse) as problem:
        compare([person(1)], name="own.parquet", manifest=manifest)

    assert "同一个文件" in said(problem)[0]


@pytest.mark.parametrize(
    ("number", "what"), [("6.50102E+17", "科学计数法"), ("650102199001010000", "000"), ("x", "没有一个可用")]
)
def test_a_ruined_column_refuses_the_file(compare, number, what):
    with pytest.raises(CannotParse) as problem:
        compare([person(at, certno=number) for at in range(20)])

    assert what in said(problem)[0]


def test_an_unknown_region_names_file_and_row(compare):
    made = compare([person(1), person(2, insu_admdvs="657700"), person(3)])

    (found,) = [one for one in made.findings if one.check == "enrolment_region"]
    assert (found.severity, found.places[0].line) == ("error", 2)
    assert found.places[0].file.endswith("own.parquet")


def test_no_rows_is_an_error(compare):
    with pytest.raises(CannotParse) as problem:
        compare([])

    assert "没有一条计入的记录" in said(problem)[0]


def test_an_empty_or_absent_file_is_an_error(compare):
    with pytest.raises(CannotOpen):
        compare("")
    with pytest.raises(CannotOpen):
        compare(None, name="nowhere.parquet")


@pytest.mark.parametrize("keep", [0.5, 0.9])
def test_a_truncated_parquet_is_named(compare, tmp_path, keep):
    frame = pl.DataFrame([person(at) for at in range(2000)])
    frame.write_parquet(tmp_path / "own.parquet")
    whole = (tmp_path / "own.parquet").read_bytes()
    (tmp_path / "own.parquet").write_bytes(whole[: int(len(whole) * keep)])

    with pytest.raises(CannotOpen) as problem:
        compare(None, name="own.parquet")

    assert said(problem)[1].endswith("own.parquet")


@pytest.mark.parametrize("seed", range(8))
def test_a_parquet_damaged_inside_is_named(compare, tmp_path, seed):
    pl.DataFrame([person(at) for at in range(2000)]).write_parquet(tmp_path / "own.parquet")
    whole = bytearray((tmp_path / "own.parquet").read_bytes())
    whole[4:600] = random.Random(seed).randbytes(596)
    (tmp_path / "own.parquet").write_bytes(whole)

    with pytest.raises(JixiaoError) as problem:
        compare(None, name="own.parquet")

    assert said(problem)[1].endswith("own.parquet")


def test_a_broken_quote_names_its_row(compare):
    lines = [HEAD, *(",".join(person(at).values()) for at in range(3000))]
    lines[2501] = lines[2501].replace("人", '"人')

    with pytest.raises(CannotParse) as problem:
        compare("\n".join(lines) + "\n")

    assert said(problem) == ("引号没有成对", str(problem.value.place))
    assert problem.value.place.line == 2502


@pytest.mark.parametrize("change", [lambda line: line + ",又一个", lambda line: line[: line.rindex(",")]])
def test_a_row_with_more_or_fewer_fields_names_its_row(compare, change):
    lines = [HEAD, *(",".join(person(at).values()) for at in range(300))]
    lines[200] = change(lines[200])

    with pytest.raises(CannotParse) as problem:
        compare("\n".join(lines) + "\n")

    assert problem.value.place.line == 201


def test_a_file_cut_off_in_its_last_row_is_an_error(compare):
    lines = [HEAD, *(",".join(person(at).values()) for at in range(300))]

    with pytest.raises(CannotParse) as problem:
        compare("\n".join(lines)[:-5])

    assert problem.value.place.line == 301


@pytest.mark.parametrize("keep", [0.5, 0])
def test_a_gzip_that_breaks_off_or_is_none_is_named(compare, tmp_path, keep):
    text = "\n".join([HEAD, *(",".join(person(at).values()) for at in range(3000))]).encode()
    packed = gzip.compress(text)
    (tmp_path / "own.csv.gz").write_bytes(packed[: int(len(packed) * keep)] or text)

    with pytest.raises(CannotOpen) as problem:
        compare(None, name="own.csv.gz")

    assert said(problem)[1].endswith("own.csv.gz")


def test_a_file_that_leaves_its_encoding_names_the_row(compare, tmp_path):
    lines = [HEAD, *(",".join(person(at, psn_name="abc").values()) for at in range(30_000))]
    lines.append(",".join(person(30_001).values()))
    (tmp_path / "own.csv").write_bytes("\n".join(lines).encode("gb18030"))

    with pytest.raises(CannotParse) as problem:
        compare(None, name="own.csv")

    assert (said(problem)[0], problem.value.place.line) == ("不是 utf-8 编码", 30_002)


def test_parts_may_differ_in_encoding_but_not_in_columns(compare, tmp_path):
    for at, encoding in enumerate(("utf-8-sig", "gb18030", "utf-16")):
        text = f"{HEAD}\n{','.join(person(at).values())}\n"
        (tmp_path / f"own{at}.csv").write_bytes(text.encode(encoding))
    manifest = MANIFEST.format(own="own*.csv", date="2024-06-30")

    made = compare(None, name="own0.csv", manifest=manifest)

    assert made.value.comparison.total["resident"]["reported"] == 3
    (tmp_path / "own3.csv").write_text(",".join(reversed(HEAD.split(","))) + "\n", encoding="utf-8")
    with pytest.raises(CannotParse) as problem:
        compare(None, name="own0.csv", manifest=manifest)
    assert said(problem)[1].endswith("own3.csv")


@pytest.mark.parametrize(("number", "what"), [("6.50102E+17", "科学计数法"), ("650102199001010000", "000")])
def test_one_ruined_file_among_many_is_refused_by_its_name(compare, tmp_path, number, what):
    sound = [HEAD, *(",".join(person(at).values()) for at in range(30_000))]
    ruined = [HEAD, *(",".join(person(at, certno=number).values()) for at in range(100))]
    (tmp_path / "own0.csv").write_text("\n".join(sound), encoding="utf-8")
    (tmp_path / "own1.csv").write_text("\n".join(ruined), encoding="utf-8")

    with pytest.raises(CannotParse) as problem:
        compare(None, name="own0.csv", manifest=MANIFEST.format(own="own*.csv", date="2024-06-30"))

    assert what in said(problem)[0]
    assert said(problem)[1].endswith("own1.csv")


def test_numbers_in_a_column_of_codes_are_masked_and_few_are_told(compare):
    rows = [person(at) for at in range(60)]
    number = [row["certno"] for row in rows]
    made = compare([{**row, "insu_admdvs": row["certno"], "insutype": ("390", row["certno"])[at % 2]} for at, row in enumerate(rows)])  # fmt: skip

    shown = json.dumps(made.value.summary()) + "".join(
        one.because.text("zh") + one.remedy.text("zh") for one in made.findings
    )

    assert not any(one in shown for one in number)
    assert "650102***********" in shown
    assert len(made.findings) < 60


def test_a_table_that_does_not_foot_is_withheld(compare, monkeypatch, tmp_path):
    from jixiao.enrolment import comparison

    rows = comparison._rows
    monkeypatch.setattr(comparison, "_rows", lambda *given: rows(*given)[:-1])

    with pytest.raises(DoesNotFoot):
        compare([person(1), person(2, insu_admdvs="653100")], out=tmp_path / "out")

    assert not (tmp_path / "out").exists()


def test_a_disk_that_is_full_leaves_nothing(compare, monkeypatch, tmp_path):
    from jixiao.formats import word_write

    def full_disk(document):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(word_write, "write", full_disk)

    with pytest.raises(CannotWrite):
        compare([person(1)], out=tmp_path / "out")

    assert not (tmp_path / "out").exists()


@pytest.fixture
def tiny_disk(tmp_path):
    """Give a folder on a file system of 100 kB, where one may be mounted."""
    folder = tmp_path / "tiny"
    folder.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=100k", "tmpfs", folder], capture_output=True, check=False)  # fmt: skip
    if mounted.returncode:
        pytest.skip("needs the right to mount a file system")
    yield folder
    subprocess.run(["umount", folder], check=True)


@pytest.mark.parametrize("options", [{}, {"memory": "1GB"}, {"engine": "duckdb"}], ids=["polars", "capped", "duckdb"])
def test_a_disk_that_is_really_full_is_an_error_and_leaves_nothing(tiny_disk, tmp_path, options):
    (tiny_disk / "filler").write_bytes(bytes(70_000))
    enrolment_sample(5000, 5, tmp_path / "sample")

    with pytest.raises(CannotWrite) as problem:
        enrolment_compare(tmp_path / "sample", tiny_disk / "out", **options)
    with pytest.raises(CannotWrite):
        enrolment_sample(50_000, 5, tiny_disk / "more")

    assert said(problem)[0] == "写不进去：磁盘已满"
    assert not [path for path in tiny_disk.iterdir() if path.name not in ("filler", "out-passwords.csv")]


def test_a_run_killed_half_way_leaves_an_earlier_output_as_it_was(compare, tmp_path):
    out = tmp_path / "out"
    compare([person(1)], out=out)
    before = (out / "enrolment.json").read_bytes()
    code = (
        "import sys, time; from pathlib import Path; from jixiao.formats import word_write\n"
        "def wait(document): print('here', flush=True); time.sleep(60)\n"
        "word_write.write = wait\n"
        "from jixiao.operations.enrolment_compare import enrolment_compare\n"
        "enrolment_compare(Path(sys.argv[1]), Path(sys.argv[2]))"
    )
    with subprocess.Popen([sys.executable, "-c", code, tmp_path, out], stdout=subprocess.PIPE) as running:
        assert running.stdout.readline() == b"here\n"
        running.send_signal(signal.SIGKILL)
        time.sleep(0.1)

    assert (out / "enrolment.json").read_bytes() == before
    assert {path.name for path in out.iterdir()} >= {"enrolment.json", "cases"}
