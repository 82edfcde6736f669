"""资金表自审: the fund tables of the examples hold, and a figure that is changed in one of them is found."""

from dataclasses import replace
from pathlib import Path

import pytest

from jixiao.documents.document import Document
from jixiao.evaluation.assess import assess
from jixiao.figures.figure import Figure
from jixiao.formats import bundle
from jixiao.forms.form import form
from jixiao.forms.write import write
from jixiao.review.report import reviewed

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
TABLES = {
    "fund_allocation_table": "xinjiang-2024",
    "fund_execution_table": "xinjiang-2024",
    "fund_account_summary": "kashgar-2022-funds",
}
STEP = 9  # every so many figures are changed: a review of each takes too long


@pytest.fixture(scope="module")
def table():
    return lambda form_id: write(form(form_id), assess(bundle.read(EXAMPLES / TABLES[form_id]).evaluation))


def findings(table):
    return reviewed(Document((table,), table.name)).findings


@pytest.mark.parametrize("form_id", TABLES)
def test_table_holds(form_id, table):
    assert findings(table(form_id)) == ()


@pytest.mark.parametrize("form_id", TABLES)
def test_changed_figure_is_found(form_id, table):
    written = table(form_id)
    figures = [at for *at, cell in written.cells() if isinstance(cell.value, Figure) and cell.value.num][::STEP]

    found = [findings(changed(written, *at)) != () for at in figures]

    assert len(figures) > 4
    assert sum(found) >= len(found) - 1  # a receipt that no other figure speaks of cannot be told


def changed(table, row, column):
    """Return the table with the first digit of one figure three higher."""
    grid = [list(line) for line in table.grid]
    text = grid[row][column].text
    at = next(n for n, sign in enumerate(text) if sign.isdigit())
    digit = str((int(text[at]) + 3) % 10 or 7)
    grid[row][column] = replace(grid[row][column], text=text[:at] + digit + text[at + 1 :], value=None)
    return replace(table, grid=tuple(map(tuple, grid)))
