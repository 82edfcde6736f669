"""The wheel carries everything it needs: built from the tree, it scores an example where there is no tree."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    tree = folder / "tree"
    copy = "import shutil, sys; ignore = shutil.ignore_patterns('__pycache__', '*.egg-info'); "
    copy += "shutil.copytree(sys.argv[1] + '/src', sys.argv[2] + '/src', ignore=ignore); "
    copy += "shutil.copytree(sys.argv[1] + '/requirements', sys.argv[2] + '/requirements'); "
    copy += (
        "[shutil.copy(sys.argv[1] + '/' + name, sys.argv[2]) for name in ('pyproject.toml', 'README.md', 'LICENSE')]"
    )
    subprocess.run([sys.executable, "-c", copy, str(ROOT), str(tree)], check=True)
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(tree)]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    zipfile.ZipFile(wheel).extractall(folder / "site")
    return folder / "site"


def run(site: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the command from the unpacked wheel, with the tree out of reach."""
    outside = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    code = (
        "import sys; sys.path[:] = [sys.argv[1], *(p for p in sys.path if 'src' not in p.split('/')[-1:])]; "
        "import jixiao; assert jixiao.__file__.startswith(sys.argv[1]), jixiao.__file__; "
        "sys.argv = ['jixiao', *sys.argv[2:]]; from jixiao.cli import main; main()"
    )
    done = [sys.executable, "-P", "-S", "-c", f"import site; site.main(); {code}", str(site), *words]
    return subprocess.run(done, cwd=site.parent, env=outside, capture_output=True, text=True, check=False)


def test_wheel_scores_an_example_without_the_tree(unpacked: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"

    done = run(unpacked, "--lang", "zh", "evaluate", str(ROOT / "examples/bazhou-2024"), "--out", str(out))

    assert done.returncode == 0, done.stderr
    assert "总分 93.7 / 100    等级 优" in done.stdout
    assert (out / "scorecard.json").exists()


def test_wheel_holds_every_file_of_the_package(unpacked: Path) -> None:
    kept = {path.relative_to(unpacked) for path in (unpacked / "jixiao").rglob("*") if path.is_file()}
    there = {path.relative_to(ROOT / "src") for path in (ROOT / "src/jixiao").rglob("*") if path.is_file()}
    missing = {path for path in there if path.suffix != ".pyc"} - kept

    assert missing == set()
