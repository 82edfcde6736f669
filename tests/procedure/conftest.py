"""过程测试的公共部分: the invented fund that was carried out, in a folder of its own."""

import shutil
from pathlib import Path

import pytest

FUND = Path(__file__).parents[1] / "forms" / "carried_out"


@pytest.fixture
def fund(tmp_path):
    """Return a copy of the invented fund with its procedure."""
    return shutil.copytree(FUND, tmp_path / "fund")


@pytest.fixture
def change(fund):
    """Return a function that replaces one text of the fund by another."""

    def changed(old, new):
        path = fund / "evaluation.yaml"
        text = path.read_text("utf-8")
        assert text.count(old) >= 1, old
        path.write_text(text.replace(old, new), "utf-8")

    return changed
