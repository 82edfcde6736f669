"""填表测试的公共部分: the invented fund and the examples, assessed; small tables written as text."""

from pathlib import Path

import pytest

from jixiao.documents.document import Cell, Document, Table
from jixiao.evaluation.assess import assess
from jixiao.formats import bundle, excel_read, excel_write, html_read, html_write, word_read, word_write
from jixiao.forms.form import form, forms
from jixiao.forms.read import read
from jixiao.forms.recognise import recognise
from jixiao.forms.write import write

HERE = Path(__file__).resolve().parent
EXAMPLES = HERE.parent.parent / "examples"


@pytest.fixture(scope="session")
def invented():
    """Return the assessed invented fund; its comments explain every number."""
    return assess(bundle.read(HERE / "invented").evaluation)


@pytest.fixture(scope="session")
def third_party():
    """Return an assessed third-party evaluation with a declared and a scored system."""
    return assess(bundle.read(EXAMPLES / "bazhou-2024").evaluation)


@pytest.fixture(scope="session")
def laid_out():
    """Return a function that makes a table of tab-separated lines; `>` goes on from the left, `^` from above."""

    def table(text):
        lines = [line.strip("\n").split("\t") for line in text.strip("\n").splitlines()]
        width = max(map(len, lines))
        grid = [[cell.strip() for cell in line] + [""] * (width - len(line)) for line in lines]
        return Table.of([_cells(grid, at) for at in range(len(grid))])

    def _cells(grid, at):
        row = []
        for column, text in enumerate(grid[at]):
            if text in (">", "^"):
                continue
            cols = rows = 1
            while column + cols < len(grid[at]) and grid[at][column + cols] == ">":
                cols += 1
            while at + rows < len(grid) and grid[at + rows][column] == "^":
                rows += 1
            row.append(Cell(text, rows, cols))
        return row

    return table


@pytest.fixture(scope="session")
def recognised():
    """Return a function that says which form a table is, by its id, None for no form."""

    def name(table):
        found = recognise(forms(), table)
        return None if found is None else found[0].id

    return name


@pytest.fixture(scope="session")
def readings():
    """Return a function that recognises the one form in a file or among tables, and gives it and what was read."""
    readers = {".xlsx": excel_read, ".docx": word_read, ".html": html_read}

    def reading(source, evaluation):
        tables = source if isinstance(source, list) else readers[source.suffix].read(source).tables()
        found = [(table, pair) for table in tables if (pair := recognise(forms(), table)) is not None]
        (table, (known, match)), *others = found
        assert others == []
        return known, read(known, table, match, evaluation.system(known.block().role))

    return reading


@pytest.fixture
def saved(tmp_path):
    """Return a function that saves a table as xlsx, docx or html and gives the path."""
    writers = {
        "xlsx": lambda table: excel_write.write([table]),
        "docx": lambda table: word_write.write(Document((table,), table.name or "")),
        "html": lambda table: html_write.write(Document((table,), table.name or "")),
    }

    def save(table, kind):
        path = tmp_path / f"form.{kind}"
        path.write_bytes(writers[kind](table))
        return path

    return save


@pytest.fixture(scope="session")
def self_evaluation():
    """Return the definition of the self-evaluation table."""
    return form("self_evaluation_table")


@pytest.fixture(scope="session")
def filled(self_evaluation, invented):
    """Return the self-evaluation table of the invented fund."""
    return write(self_evaluation, invented)


@pytest.fixture
def saved_form(saved, filled):
    """Return a function that saves the self-evaluation table of the invented fund."""
    return lambda kind: saved(filled, kind)
