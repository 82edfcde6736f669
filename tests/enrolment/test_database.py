"""数据库表: a register that lies in PostgreSQL gives the answer of the same register in a file."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import polars as pl
import pytest

from jixiao.errors import CannotOpen
from jixiao.operations.enrolment_compare import enrolment_compare
from jixiao.operations.enrolment_sample import enrolment_sample

pytest.importorskip("adbc_driver_postgresql")


@pytest.fixture
def server(tmp_path):
    """Start a PostgreSQL of its own on a socket in a temporary folder; skip where there is none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    programs = found[-1].parent if found else None
    if programs is None:
        pytest.skip("needs PostgreSQL")
    root = Path("/tmp") / f"jixiao-pg-{tmp_path.name}"
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir(mode=0o777)
    root.chmod(0o777)
    as_user = ["runuser", "-u", "postgres", "--"] if Path("/proc/self").owner() == "root" else []
    done = subprocess.run([*as_user, programs / "initdb", "-D", root / "data", "-A", "trust", "-U", "jixiao"], capture_output=True, check=False)  # fmt: skip
    if done.returncode:
        pytest.skip("PostgreSQL cannot be started here")
    options = f"-c listen_addresses= -c unix_socket_directories={root}"
    subprocess.run([*as_user, programs / "pg_ctl", "-D", root / "data", "-w", "-o", options, "-l", root / "log", "start"], check=True, capture_output=True)  # fmt: skip
    yield f"postgresql://jixiao@/postgres?host={root}"
    subprocess.run([*as_user, programs / "pg_ctl", "-D", root / "data", "-m", "immediate", "stop"], check=True, capture_output=True)  # fmt: skip
    shutil.rmtree(root, ignore_errors=True)


def test_a_table_is_a_register(server, tmp_path):
    enrolment_sample(1500, 5, tmp_path / "sample")
    want = enrolment_compare(tmp_path / "sample").value.summary()
    pl.read_parquet(tmp_path / "sample" / "own" / "*.parquet").write_database("own", server, engine="adbc")
    path = tmp_path / "sample" / "registers.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("[own/*]", f'["{server}&table=public.own"]'), encoding="utf-8"
    )

    made = enrolment_compare(tmp_path / "sample").value.summary()

    assert (made["rows"], made["suspects"]) == (want["rows"], want["suspects"])


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
