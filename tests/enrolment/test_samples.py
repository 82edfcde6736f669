"""样例与整条路: samples with planted truth, compared from files to documents, on engines and in disguise."""

from __future__ import annotations

import json

import pytest
from openpyxl import load_workbook

from jixiao.enrolment.planting import planned
from jixiao.enrolment.sample import name_of, number_of, rows_of, spelt
from jixiao.errors import CannotOpen, JixiaoError
from jixiao.formats import case_lists, passwords_file
from jixiao.operations.enrolment_compare import enrolment_compare
from jixiao.operations.enrolment_merge import enrolment_merge
from jixiao.operations.enrolment_profile import enrolment_profile
from jixiao.operations.enrolment_pseudonymise import enrolment_pseudonymise
from jixiao.operations.enrolment_sample import enrolment_sample

EMBEDDED = ({}, {"memory": "1GB"}, {"engine": "duckdb", "memory": "1GB"})


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sample") / "registers"
    enrolment_sample(1500, 5, folder)
    return folder


def planted(folder):
    return json.loads((folder / "planted.json").read_text(encoding="utf-8"))


def assert_truth(folder, made):
    truth, summary = planted(folder), made.value.summary()
    for row in summary["rows"]:
        for scheme in ("employee", "resident"):
            figures = {name: int(count) for name, count in row[scheme].items() if name != "undecided"}
            assert figures == truth["table"].get(row["code"], {}).get(scheme, dict.fromkeys(figures, 0))
    gone = {(case.record.psn_no, case.column) for case in made.value.comparison.cases if case.column}
    assert gone == {(one["psn_no"], one["column"]) for one in truth["records"]}
    assert {kind: int(count) for kind, count in summary["suspects"].items()} == truth["suspects"]
    assert {why: int(count) for why, count in summary["unusable"].items()} == truth["unusable"]


@pytest.mark.parametrize("options", EMBEDDED, ids=["polars", "capped", "duckdb"])
def test_a_comparison_finds_what_was_planted_record_by_record(sample, options):
    assert_truth(sample, enrolment_compare(sample, **options))


@pytest.mark.deep
@pytest.mark.parametrize("options", [*EMBEDDED, {"engine": "spark", "master": "local[2]"}])
def test_a_million_persons_give_the_planted_truth_on_every_engine(tmp_path_factory, options):
    if options.get("engine") == "spark":
        pytest.importorskip("pyspark")
    folder = tmp_path_factory.mktemp("million") / "registers"
    enrolment_sample(1_000_000, 11, folder)

    assert_truth(folder, enrolment_compare(folder, **options))


def test_the_same_seed_gives_the_same_registers_and_expressions_the_same_persons_as_python(engine):
    block = planned(500, 3).blocks[1]

    (found,) = engine.gather(
        [rows_of(block, engine.counter(block.first, block.last), 3).select("psn_no", "psn_name", "certno")]
    )

    want = {(f"P{i}", name_of(n), spelt(n)) for i in range(block.first, block.last) for n in [number_of(i, 3)]}
    assert set(found) == want


def test_documents_are_whole_and_numbers_stand_in_case_lists_only(sample, tmp_path):
    out = tmp_path / "out"

    made = enrolment_compare(sample, out)

    assert made.exit_code() == 0
    names = {path.name for path in out.iterdir()}
    assert names == {
        "enrolment.json",
        "参保数据比对.xlsx",
        "参保数据比对.docx",
        "参保数据比对.html",
        "cases",
    }
    cells = [
        str(cell) for row in load_workbook(out / "参保数据比对.xlsx").active.iter_rows(values_only=True) for cell in row
    ]
    assert any("计入状态为正常参保（psn_insu_stas = 1）" in cell for cell in cells)
    bare = (out / "enrolment.json").read_text(encoding="utf-8") + (out / "参保数据比对.html").read_text(
        encoding="utf-8"
    )
    numbers = {case.record.certno for case in made.value.comparison.cases if case.record.certno}
    assert not any(number in bare for number in numbers)


def test_case_lists_open_with_their_password_only_and_come_back_with_decisions(sample, tmp_path):
    out = tmp_path / "out"
    enrolment_compare(sample, out)
    path = min((out / "cases").iterdir())
    key = passwords_file.read(tmp_path / "out-passwords.csv")[path.stem]
    with pytest.raises(CannotOpen):
        case_lists.read(path, "wrong")
    lines = sorted(case_lists.numbers(path, key))
    filled = [list(("",) * 13) for _ in lines]
    for row, line in zip(filled, lines, strict=True):
        row[0], row[11] = line, "已清退"
    filled[0][12] = "=本人说 11010519491231002X 是他"
    returned = tmp_path / "来自县里的名单.xlsx"
    returned.write_bytes(case_lists.sheet(case_lists.HEADS, filled, "x", key))

    merged = enrolment_merge(out, [returned], tmp_path / "merged")

    assert merged.value.counts == {"已清退": len(lines)}
    assert merged.value.regions[path.stem] == (len(lines), len(lines))
    text = (tmp_path / "merged" / "decisions.csv").read_text(encoding="utf-8-sig")
    assert f"{lines[0]},已清退,'=本人说 110105***********X 是他" in text.splitlines()


def test_passwords_lie_beside_the_lists_for_their_owner_alone_and_outlast_the_run(sample, tmp_path):
    enrolment_compare(sample, tmp_path / "out")
    path = tmp_path / "out-passwords.csv"
    first = path.read_text()

    enrolment_compare(sample, tmp_path / "out")

    assert (path.read_text(), path.stat().st_mode & 0o777) == (first, 0o600)
    keys = passwords_file.read(path)
    assert set(keys) == {found.stem for found in (tmp_path / "out" / "cases").iterdir()}
    assert len(set(keys.values())) == len(keys)
    assert not any(key.encode() in found.read_bytes() for key in keys.values() for found in (tmp_path / "out").rglob("*.*"))  # fmt: skip


@pytest.mark.parametrize("digest", ["sha256", "sm3"])
def test_tokens_give_the_same_table_and_hide_numbers(sample, tmp_path, digest):
    key = tmp_path / "key"
    key.write_text("an example of a key, long enough", encoding="utf-8")
    enrolment_pseudonymise(sample, tmp_path / "tokens", key, digest=digest)

    made = enrolment_compare(tmp_path / "tokens").value.summary()

    clear = enrolment_compare(sample).value.summary()
    assert (made["rows"], made["total"]) == (clear["rows"], clear["total"])
    number = spelt(number_of(0, 5)).encode()
    assert not any(number in path.read_bytes() for path in (tmp_path / "tokens").rglob("*.parquet"))


def test_a_profile_says_what_is_there(sample):
    own = enrolment_profile(sample).value[0]

    assert own.rows == 1500 + len([row for row in planned(1500, 5).rows["own"]])
    assert own.unknown == {"insutype": {"340": 2}, "psn_cert_type": {"03": 4}}
    assert {name: own.numbers[name] for name in planted(sample)["unusable"]} == planted(sample)["unusable"]


def test_a_profile_needs_no_manifest_and_says_which_columns_are_missing(sample, tmp_path):
    for name, text in (
        ("own/a.csv", "证件号码,姓名,备注\n11010519491231002X,甲,1\n"),
        ("别的.csv", "11010519491231002X,390\n11010519491231002X,390\n"),
        ("说明.md", "x"),
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")

    own, other = enrolment_profile(tmp_path).value

    assert (own.role, own.rows, own.numbers) == ("own", 1, {"usable": 1})
    assert own.columns == {"证件号码": "certno", "姓名": "psn_name", "备注": None}
    assert own.missing == ("insutype", "insu_admdvs", "psn_insu_stas")
    assert (other.role, other.rows, other.numbers) == ("unknown", 1, {})
    assert list(other.columns) == ["110105***********X", "390"]


@pytest.mark.parametrize("dialect", [("|", "gb18030", False), ("\x01", "utf-8", False), (",", "utf-8", True)])
@pytest.mark.parametrize("options", EMBEDDED, ids=["polars", "capped", "duckdb"])
def test_text_in_parts_gives_the_answer_of_parquet(sample, tmp_path, dialect, options):
    import gzip

    import polars as pl

    delimiter, encoding, packed = dialect
    for side in ("own", "other", "deaths"):
        (tmp_path / side).mkdir()
        for path in (sample / side).glob("*.parquet"):
            text = (
                pl.read_parquet(path)
                .write_csv(separator=delimiter, null_value="\\N", quote_style="never")
                .encode(encoding)
            )
            name = tmp_path / side / f"{path.stem}.csv{'.gz' if packed else ''}"
            name.write_bytes(gzip.compress(text) if packed else text)
    for name in ("registers.yaml", "planted.json"):
        (tmp_path / name).write_bytes((sample / name).read_bytes())

    assert_truth(tmp_path, enrolment_compare(tmp_path, **options))


def test_an_excel_register_is_read(sample, tmp_path):
    import polars as pl
    import xlsxwriter

    frame = pl.read_parquet(sample / "own" / "*.parquet")
    book = xlsxwriter.Workbook(tmp_path / "own.xlsx")
    sheet = book.add_worksheet()
    for row, values in enumerate([frame.columns, *frame.rows()]):
        sheet.write_row(row, 0, [value or "" for value in values])
    book.close()
    manifest = (sample / "registers.yaml").read_text(encoding="utf-8").replace("own/*", "own.xlsx")
    manifest = manifest.replace("[other/*]", f"[{sample}/other/*]").replace("[deaths/*]", f"[{sample}/deaths/*]")
    (tmp_path / "registers.yaml").write_text(manifest, encoding="utf-8")
    (tmp_path / "planted.json").write_bytes((sample / "planted.json").read_bytes())

    assert_truth(tmp_path, enrolment_compare(tmp_path))


def test_too_few_persons_for_what_is_planted_are_refused(tmp_path):
    with pytest.raises(JixiaoError):
        enrolment_sample(10, 1, tmp_path / "x")
    assert not (tmp_path / "x").exists()
