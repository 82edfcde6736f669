"""LibreOffice 存过的资金表: a fund table that LibreOffice opened and saved again reads back unchanged."""

import subprocess

import pytest

from jixiao.documents.document import Document
from jixiao.evaluation.assess import assess
from jixiao.formats import bundle, excel_read, excel_write, word_read, word_write
from jixiao.forms.absorb import absorbed
from jixiao.forms.form import form, forms_for
from jixiao.forms.read import read
from jixiao.forms.recognise import recognise
from jixiao.forms.write import write

KINDS = {
    "xlsx": (excel_read, lambda table: excel_write.write([table])),
    "docx": (word_read, lambda table: word_write.write(Document((table,), table.name or ""))),
}


@pytest.mark.office
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("name", "form_id"),
    [("xinjiang-2024", "fund_execution_table"), ("kashgar-2022-funds", "fund_account_summary")],
)
def test_saved_table_changes_nothing(examples, tmp_path, kind, name, form_id):
    evaluation = bundle.read(examples / name).evaluation
    reader, written = KINDS[kind]
    ours, saved = tmp_path / f"table.{kind}", tmp_path / "saved"
    ours.write_bytes(written(write(form(form_id), assess(evaluation))))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", str(saved), str(ours)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)

    (table,) = [one for one in reader.read(saved / ours.name).tables() if recognise(forms_for(evaluation), one)]
    known, match = recognise(forms_for(evaluation), table)

    assert known.id == form_id
    assert absorbed(evaluation, known, read(known, table, match)) == (evaluation, [])
