"""评价项目测试的公共部分: an evaluation without anything that lies in other files."""

from dataclasses import replace

import pytest


@pytest.fixture(scope="session")
def plain(bazhou):
    """Return the evaluation of 21 indicators without the results that engines left beside it."""
    return replace(bazhou.evaluation, results={})
