"""核对版: formulas that give exactly what the form prints, recalculated by an office program."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from strategies import evaluations

from jixiao.evaluation.assess import assess
from jixiao.formats import bundle, excel_write
from jixiao.forms.form import form, forms_for
from jixiao.forms.live import formulas
from jixiao.forms.write import write
from jixiao.operations.evaluate import documents
from jixiao.scoring.score import Override

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
CASES = [
    ("kashgar-2022-resident-medical", "self_evaluation_table"),
    ("kashgar-2022-public-pension", "fund_self_evaluation_table"),
    ("xinjiang-2024", "transfer_self_evaluation_table"),
    ("bazhou-2024", "score_details"),
    ("bazhou-2024", "score_summary"),
]


def written(of, table, tmp_path, name):
    path = tmp_path / name
    path.write_bytes(excel_write.write([table], formulas(of, table)))
    return path


def texts(of, table, tmp_path):
    """Return the formulas of a form by their cell."""
    sheet = openpyxl.load_workbook(written(of, table, tmp_path, "live.xlsx")).active
    return {cell.coordinate: cell.value for row in sheet.iter_rows() for cell in row if cell.data_type == "f"}


def test_formulas_of_the_self_evaluation_table(invented, self_evaluation, tmp_path):
    assert texts(invented, write(self_evaluation, invented), tmp_path) == {
        "D5": "=ROUND(SUM(D6:D7),2)",
        "E5": "=ROUND(SUM(E6:E7),2)",
        "F5": "=ROUND(SUM(F6:F7),2)",
        "H5": "=ROUND(F5/E5,4)",
        "I5": "=ROUND(G5*MIN(1,H5),2)",
        "G17": "=ROUND(SUM(G5,G12:G16),0)",
        "H17": "=ROUND(SUM(H12:H16,I5),2)",
        "H12": '=ROUND(G12*MIN(1,VALUE(SUBSTITUTE(F12,"万人",""))/VALUE(SUBSTITUTE(SUBSTITUTE(E12,"≥",""),"万人",""))),1)',
        "H13": '=ROUND(G13*MIN(1,VALUE(SUBSTITUTE(F13,"%",""))/VALUE(SUBSTITUTE(SUBSTITUTE(E13,"≥",""),"%",""))),0)',
        "H14": '=ROUND(G14*MIN(1,VALUE(SUBSTITUTE(F14,"%",""))/VALUE(SUBSTITUTE(E14,"%",""))),0)',
        "H16": '=ROUND(G16*MIN(1,VALUE(SUBSTITUTE(F16,"%",""))/VALUE(SUBSTITUTE(SUBSTITUTE(E16,"≥",""),"%",""))),0)',
    }


def test_formulas_keep_the_value_that_they_give(invented, self_evaluation, tmp_path):
    table = write(self_evaluation, invented)
    live = openpyxl.load_workbook(written(invented, table, tmp_path, "live.xlsx"), data_only=True).active
    (tmp_path / "plain.xlsx").write_bytes(excel_write.write([table]))
    plain = openpyxl.load_workbook(tmp_path / "plain.xlsx").active

    assert [[cell.value for cell in row] for row in live.iter_rows()] == [
        [cell.value for cell in row] for row in plain.iter_rows()
    ]


def test_typed_score_stays_a_value(invented, self_evaluation, tmp_path):
    typed = assess(replace(invented.evaluation, overrides={"O101": Override(Decimal(9), "复核扣分")}))

    assert "H12" not in texts(typed, write(self_evaluation, typed), tmp_path)


def test_sums_of_a_computed_table(third_party, tmp_path):
    found = texts(third_party, write(form("score_summary"), third_party), tmp_path)

    assert found["B7"] == "=ROUND(SUM(B3:B6),0)"
    assert found["C7"] == "=ROUND(SUM(C3:C6),1)"
    assert found["D7"] == "=ROUND(C7/B7,3)"


@settings(max_examples=15)
@given(evaluations())
def test_formula_stands_only_in_a_cell_of_a_number(evaluation):
    assessed = assess(evaluation)
    for known in forms_for(evaluation):
        table = write(known, assessed)
        cells = {(row, column): cell for row, column, cell in table.cells()}
        found = formulas(assessed, table)

        assert all(cells[at].hint for at in found)
        assert all(
            part in cells and part != at for at, parts in found.items() for part in parts if isinstance(part, tuple)
        )


@pytest.mark.office
@pytest.mark.parametrize(("example", "name"), CASES)
def test_recalculated_formulas_give_what_was_printed(example, name, tmp_path, resaved):
    of = assess(bundle.read(EXAMPLES / example).evaluation)
    table = write(form(name), of)
    path = written(of, table, tmp_path, "live.xlsx")
    openpyxl.load_workbook(path).save(path)  # drops the values that the formulas were saved with

    again = openpyxl.load_workbook(resaved(path, "xlsx:Calc MS Excel 2007 XML"), data_only=True).active
    (tmp_path / "plain.xlsx").write_bytes(excel_write.write([table]))
    plain = openpyxl.load_workbook(tmp_path / "plain.xlsx").active
    top = 1 + bool(table.unit)
    computed = [(top + row + 1, column + 1) for row, column in formulas(of, table)]

    assert len(computed) > 2
    assert [again.cell(*at).value for at in computed] == [plain.cell(*at).value for at in computed]


def test_evaluation_is_handed_in_with_both_versions(invented, tmp_path):
    files = documents(invented)
    title = form("self_evaluation_table").title
    for name in (f"{title}.xlsx", f"核对/{title}.xlsx"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(files[name])

    plain, live = (openpyxl.load_workbook(tmp_path / folder / f"{title}.xlsx").active for folder in ("", "核对"))
    assert (plain["H17"].value, live["H17"].value) == (98.29, "=ROUND(SUM(H12:H16,I5),2)")
