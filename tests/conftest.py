"""测试的公共部分: how random examples are drawn, golden files compared, and what needs a program beside us is run."""

from __future__ import annotations

import difflib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

import jixiao as jixiao_package

HERE = Path(__file__).resolve().parent
EXAMPLES = HERE.parent / "examples"
sys.path.insert(0, str(HERE))  # what several tests share (`strategies`) is imported from here
sys.path.append(str(HERE.parent / "tools"))
import postgres as own_postgres  # noqa: E402  (from tools)

# A whole evaluation is large and slow to draw, the more so on a busy machine: neither says that a test is wrong.
_LARGE = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]
settings.register_profile(
    "quick", max_examples=20, deadline=None, derandomize=True, database=None, suppress_health_check=_LARGE
)
settings.register_profile("deep", max_examples=3000, deadline=None, suppress_health_check=_LARGE)
settings.load_profile("quick")

_SOURCE = str(Path(jixiao_package.__file__).resolve().parents[1])
_RUN = "import sys; sys.argv[0] = 'jixiao'; from jixiao.cli import main; main()"


def pytest_addoption(parser):
    parser.addoption("--goldens", action="store_true", help="rewrite the golden files; read the difference")


# what a marked test needs, and how it is found; JIXIAO_REQUIRE names the marks that may not be skipped
NEEDED = {
    "office": ("LibreOffice", lambda: shutil.which("soffice")),
    "browser": ("Chromium", lambda: shutil.which("chromium")),
    "postgres": ("PostgreSQL", own_postgres.programs),
    "mariadb": ("MariaDB", lambda: shutil.which("mariadb-install-db")),
}


def pytest_collection_modifyitems(config, items):
    """Under --goldens run only what compares with a golden file."""
    if config.getoption("--goldens"):
        items[:] = [item for item in items if "golden" in getattr(item, "fixturenames", ())]


def pytest_runtest_setup(item):
    for mark, (called, found) in NEEDED.items():
        if item.get_closest_marker(mark) is None or found():
            continue
        if mark in os.environ.get("JIXIAO_REQUIRE", "").split(","):
            pytest.fail(f"{called} is wanted (JIXIAO_REQUIRE) and is not there", pytrace=False)
        pytest.skip(f"needs {called}")


@pytest.fixture
def golden(request):
    """Return a function that compares a text with a golden file, or writes the file under --goldens."""

    def compare(name, text):
        path = HERE / "golden" / name
        if request.config.getoption("--goldens"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        wanted = path.read_text(encoding="utf-8") if path.exists() else ""
        changes = "\n".join(difflib.unified_diff(wanted.splitlines(), text.splitlines(), path.name, "now", lineterm=""))
        assert text == wanted, f"{changes}\n(make goldens rewrites it)"

    return compare


@pytest.fixture
def jixiao(tmp_path):
    """Return a function that runs the command line in a process of its own, as a person would."""

    def run(*words, lang="zh_CN.UTF-8", stdin=None):
        outer = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG"))}
        env = {**outer, "LANG": lang, "PYTHONPATH": _SOURCE, "PYTHONUTF8": "1", "NO_COLOR": "1"}
        command = [sys.executable, "-c", _RUN, *map(str, words)]
        return subprocess.run(
            command, env=env, cwd=tmp_path, capture_output=True, encoding="utf-8", timeout=120, check=False, input=stdin
        )

    return run


@pytest.fixture
def resaved(tmp_path):
    """Return a function that lets LibreOffice open a file and save it in a format; the new path is returned."""

    def convert(path, to):
        out = tmp_path / "resaved"
        profile = f"-env:UserInstallation=file://{tmp_path}/profile"
        command = ["soffice", profile, "--headless", "--convert-to", to, "--outdir", str(out), str(path)]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        return out / f"{path.stem}.{to.partition(':')[0]}"

    return convert


@pytest.fixture(scope="session")
def cluster():
    """Return a PostgreSQL of these tests' own; `cluster.database()` is the address of a new empty database in it."""
    with own_postgres.Cluster() as one:
        yield one


@pytest.fixture(scope="session")
def examples():
    """Return the folder of the example bundles."""
    return EXAMPLES


@pytest.fixture(scope="session")
def bazhou():
    """Return the assessed example of a third-party evaluation of 21 indicators: 93.7 points, 优, no errors."""
    from jixiao.operations.check import check

    return check(EXAMPLES / "bazhou-2024").value
