"""识出表格: every registered form, its regional variants too, is known again when somebody hands it in.

A form is laid from an example that has what it needs, written as a Word file and read as a stranger's.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from written import write as write_file

from jixiao.documents.document import Document
from jixiao.formats import any_read
from jixiao.forms.form import form, forms
from jixiao.forms.recognise import recognise
from jixiao.forms.write import write
from jixiao.operations.check import check

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


@cache
def assessed():
    return [check(folder).value for folder in sorted(EXAMPLES.iterdir()) if (folder / "evaluation.yaml").exists()]


def laid(name):
    """Return the fullest table of a form that an example gives."""
    tables = []
    for of in assessed():
        try:
            tables.append(write(form(name), of))
        except (AssertionError, LookupError):  # the example lacks what the form is about
            continue
    return max(tables, key=lambda table: sum(bool(cell.text) for _, _, cell in table.cells()))


@pytest.mark.parametrize("name", [known.id for known in forms()])
def test_form_that_is_handed_in_is_recognised(name, tmp_path):
    table = laid(name)
    path = write_file(Document((table,), form(name).title, form(name).title), "docx", tmp_path)

    found = [pair[0].id for read in any_read.read(path).tables() if (pair := recognise(forms(), read)) is not None]

    assert name in found
