"""整存整取: outputs are whole or absent, and the same input gives the same bytes whenever it is written."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
import zipfile
from io import BytesIO

import pytest

from jixiao.documents.document import Cell, Document, Heading, Paragraph, Table
from jixiao.errors import CannotWrite
from jixiao.formats import excel_write, html_write, word_write
from jixiao.formats.whole import whole
from jixiao.operations.evaluate import documents, evaluate, report_files, report_of


def files(folder):
    return {str(path.relative_to(folder)): path.read_text() for path in folder.rglob("*") if path.is_file()}


def write(target, texts):
    with whole(target) as staging:
        for name, text in texts.items():
            (staging / name).parent.mkdir(parents=True, exist_ok=True)
            (staging / name).write_text(text)


def test_output_appears_whole(tmp_path):
    write(tmp_path / "deep" / "out", {"a.txt": "甲", "data/b.txt": "乙"})

    assert files(tmp_path) == {"deep/out/a.txt": "甲", "deep/out/data/b.txt": "乙"}


def test_output_that_fails_midway_leaves_the_earlier_one_untouched(tmp_path):
    out = tmp_path / "out"
    write(out, {"a.txt": "earlier", "b.txt": "earlier"})

    with pytest.raises(RuntimeError), whole(out) as staging:
        (staging / "a.txt").write_text("later")
        raise RuntimeError

    assert files(tmp_path) == {"out/a.txt": "earlier", "out/b.txt": "earlier"}


def test_output_that_fails_midway_leaves_nothing_where_nothing_was(tmp_path):
    with pytest.raises(CannotWrite) as problem, whole(tmp_path / "out") as staging:
        (staging / "a.txt").write_text("later")
        raise OSError(28, "No space left on device")

    assert list(tmp_path.iterdir()) == []
    assert problem.value.what.text("zh") == "写不进去：磁盘已满"
    assert problem.value.place.file == str(tmp_path / "out")


def test_output_beside_foreign_files_keeps_them(tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    (out / "notes.txt").write_text("of somebody's")

    write(out, {"a.txt": "new"})

    assert files(out) == {"notes.txt": "of somebody's", "a.txt": "new"}


def test_output_whose_target_is_a_file_is_refused_and_the_file_kept(tmp_path):
    (tmp_path / "out").write_text("a file")

    with pytest.raises(CannotWrite):
        write(tmp_path / "out", {"a.txt": "new"})

    assert files(tmp_path) == {"out": "a file"}


def test_output_below_a_file_is_refused(tmp_path):
    (tmp_path / "file").write_text("a file")

    with pytest.raises(CannotWrite):
        write(tmp_path / "file" / "out", {"a.txt": "new"})

    assert files(tmp_path) == {"file": "a file"}


def test_output_over_a_folder_of_its_name_changes_nothing(tmp_path):
    out = tmp_path / "out"
    (out / "b.txt").mkdir(parents=True)
    (out / "a.txt").write_text("earlier")

    with pytest.raises(CannotWrite):
        write(out, {"a.txt": "later", "b.txt": "later"})

    assert files(tmp_path) == {"out/a.txt": "earlier"}


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_output_into_a_read_only_folder_is_refused(tmp_path):
    folder = tmp_path / "locked"
    folder.mkdir(mode=0o500)

    with pytest.raises(CannotWrite):
        write(folder / "out", {"a.txt": "new"})

    assert list(folder.iterdir()) == []


def test_evaluation_with_an_error_writes_nothing(examples, tmp_path):
    text = (examples / "bazhou-2024" / "evaluation.yaml").read_text("utf-8")
    (tmp_path / "evaluation.yaml").write_text(text.replace("C201: {value: 106人", "C201: {value: ≥106人"), "utf-8")

    outcome = evaluate(tmp_path, tmp_path / "out")

    assert (outcome.exit_code(), outcome.value.card.total) == (1, None)
    assert not (tmp_path / "out").exists()


SAMPLE = Document(
    (
        Heading("标题", 0),
        Heading("一、概况"),
        Paragraph("正文"),
        Table.of([[Cell("头", head=True)], [Cell("=1+1")]], caption="表1", unit="万元", head_rows=1, name="表1"),
    ),
    "标题",
)
_HASHES = """
import hashlib, json, sys, time
from pathlib import Path
later = time.time() + 40_000_000
time.time = lambda: later
from jixiao.operations.check import check
from jixiao.operations.evaluate import documents, report_files, report_of
of = check(Path(sys.argv[1])).value
written = {**documents(of), **report_files(report_of(of))}
print(json.dumps({name: hashlib.sha256(raw).hexdigest() for name, raw in written.items()}))
"""


def test_documents_have_the_same_bytes_in_another_process_at_a_later_hour(bazhou, examples):
    written = {**documents(bazhou), **report_files(report_of(bazhou))}
    here = {name: hashlib.sha256(raw).hexdigest() for name, raw in written.items()}
    command = [sys.executable, "-c", _HASHES, str(examples / "bazhou-2024")]
    env = {
        **os.environ,
        "PYTHONHASHSEED": "7",
        "TZ": "America/Lima",
        "PYTHONPATH": os.pathsep.join(sys.path),
        "SOURCE_DATE_EPOCH": "0",
    }

    there = subprocess.run(command, env=env, check=True, capture_output=True, encoding="utf-8").stdout

    import json

    assert json.loads(there) == here
    assert {name.rpartition(".")[2] for name in here} >= {"json", "xlsx", "docx", "html"}


@pytest.mark.parametrize("write_bytes", [lambda: excel_write.write(SAMPLE.tables()), lambda: word_write.write(SAMPLE)])
def test_office_archives_carry_no_time_of_their_making(write_bytes):
    with zipfile.ZipFile(BytesIO(write_bytes())) as archive:
        entries = archive.infolist()
        core = archive.read("docProps/core.xml").decode()

    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    assert entries[0].filename == "[Content_Types].xml"
    assert not [stamp for stamp in re.findall(r"\d{4}-\d\d-\d\d", core) if stamp != "2000-01-01"]


def test_text_that_begins_like_a_formula_stays_text():
    raw = excel_write.write(SAMPLE.tables())

    with zipfile.ZipFile(BytesIO(raw)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
        texts = archive.read("xl/sharedStrings.xml").decode()
    assert "<f>" not in sheet
    assert "=1+1" in texts


def test_html_escapes_what_a_cell_holds():
    page = html_write.write(
        Document((Table.of([[Cell('<script>alert("1")</script>', bind='a"b')]]),), "<title>")
    ).decode()

    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "<title>&lt;title&gt;</title>" in page
