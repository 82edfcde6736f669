"""去标识化: every token is HMAC of the cleaned text, whether an engine makes millions of them or plain Python a few."""

from __future__ import annotations

import hmac

import polars as pl
import pytest

from jixiao.enrolment.identity import full
from jixiao.operations.enrolment_pseudonymise import enrolment_pseudonymise

KEY = "an example of a key, long enough"
NUMBER = full(65010219900101001)
LEAP = full(65010219960229123)
MANIFEST = """schema: registers/1
title: 示例
as_of: 2024-06-30
status: normal
own: {name: 本地, files: [own.parquet]}
other: {name: 外地, files: [other.parquet]}
"""
# number as typed, certificate → the text whose token stands for the number, and the birth date in the name's token
NUMBERS = [
    (NUMBER, "01", f"number:{NUMBER}", "19900101"),
    (f" {NUMBER}", "01", f"number:{NUMBER}", "19900101"),
    (NUMBER[:6] + NUMBER[8:17], None, f"number:{NUMBER}", "19900101"),
    (LEAP, None, f"number:{LEAP}", "19960229"),
    ("650102199013010011", "01", None, None),
    (NUMBER, "03", f"03:{NUMBER}", None),
    (None, "01", None, None),
]
NAMES = [("甲乙", "甲乙"), ("甲 · 乙", "甲乙"), (" ", None), (None, None), ("O'丙", "O'丙")]


def token(text):
    return None if text is None else hmac.digest(KEY.encode(), text.encode(), "sha256").hex()


@pytest.fixture
def registers(tmp_path):
    """Write a register in which every spelling of a number meets every spelling of a name."""
    rows = [
        {"psn_no": f"P{at}", "psn_name": name, "psn_cert_type": kind, "certno": number, "insutype": "390",
         "insu_admdvs": "652800", "psn_insu_stas": "1"}
        for at, ((number, kind, _, _), (name, _)) in enumerate((one, two) for one in NUMBERS for two in NAMES)
    ]  # fmt: skip
    pl.DataFrame(rows, infer_schema_length=None).write_parquet(tmp_path / "own.parquet")
    pl.DataFrame(rows[:1]).write_parquet(tmp_path / "other.parquet")
    (tmp_path / "registers.yaml").write_text(MANIFEST, encoding="utf-8")
    (tmp_path / "key").write_text(KEY, encoding="utf-8")
    return tmp_path


def test_tokens_are_those_of_the_cleaned_texts(registers):
    heard = []

    enrolment_pseudonymise(
        registers, registers / "out", registers / "key", progress=lambda name, rows: heard.append((name, rows))
    )

    made = {row["psn_no"]: row for row in pl.read_parquet(registers / "out/own/*.parquet").iter_rows(named=True)}
    wanted = [(one, two) for one in NUMBERS for two in NAMES]
    assert len(made) == len(wanted)
    for at, ((_, _, number, born), (_, name)) in enumerate(wanted):
        row = made[token(f"psn_no:P{at}")]
        assert row["certno"] == token(number)
        assert row["psn_name"] == token(name and f"name:{name}")
        assert row["name_birth"] == token(f"birth:{name}:{born}" if name and born else None)
    assert heard[-1] == ("外地", 1)
    assert max(rows for name, rows in heard if name == "本地") == len(wanted)


def test_engines_and_plain_python_write_the_same_columns(registers):
    enrolment_pseudonymise(registers, registers / "out", registers / "key")

    parts = sorted((registers / "out/own").iterdir())

    assert [part.name for part in parts] == ["part-000.parquet", "plain.parquet"]
    assert len({tuple(pl.read_parquet_schema(part).items()) for part in parts}) == 1
