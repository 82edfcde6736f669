"""数据库表: a register that lies in PostgreSQL gives the answer of the same register in a file."""

from __future__ import annotations

import polars as pl
import pytest
from adbc_driver_postgresql import dbapi

from jixiao.errors import CannotOpen
from jixiao.operations.enrolment_compare import enrolment_compare
from jixiao.operations.enrolment_sample import enrolment_sample


@pytest.mark.postgres
def test_a_table_is_a_register(cluster, tmp_path):
    server = cluster.database()
    enrolment_sample(1500, 5, tmp_path / "sample")
    want = enrolment_compare(tmp_path / "sample").value.summary()
    pl.read_parquet(tmp_path / "sample" / "own" / "*.parquet").write_database("own", server, engine="adbc")
    path = tmp_path / "sample" / "registers.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("[own/*]", f'["{server}?table=public.own"]'), encoding="utf-8"
    )

    made = enrolment_compare(tmp_path / "sample").value.summary()

    assert (made["rows"], made["suspects"]) == (want["rows"], want["suspects"])
    (told,) = [name for name in made["inputs"] if name.startswith("postgresql://")]
    assert "jixiao@" not in told
    again = enrolment_compare(tmp_path / "sample").value.summary()
    assert again["inputs"] == made["inputs"]
    with dbapi.connect(server) as connection, connection.cursor() as cursor:
        cursor.execute("UPDATE own SET psn_name = 'x' WHERE psn_no = 'P1'")
        connection.commit()
    changed = enrolment_compare(tmp_path / "sample").value.summary()["inputs"]
    assert {name for name in changed if changed[name] != made["inputs"][name]} == {told}


def test_an_address_without_a_table_or_a_server_is_an_error_that_shows_no_account(tmp_path):
    enrolment_sample(1500, 5, tmp_path / "sample")
    path = tmp_path / "sample" / "registers.yaml"
    text = path.read_text(encoding="utf-8")
    for address in (
        "postgresql://somebody:secret@127.0.0.1:1/x",
        "postgresql://somebody:secret@127.0.0.1:1/x?table=own",
    ):
        path.write_text(text.replace("[own/*]", f'["{address}"]'), encoding="utf-8")

        with pytest.raises(CannotOpen) as problem:
            enrolment_compare(tmp_path / "sample")

        assert "secret" not in str(problem.value)
