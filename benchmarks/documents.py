"""表格文件的速度: 1,000 self-evaluation tables as .xlsx and .docx, beside the Office libraries alone.

    python benchmarks/documents.py [--tables 1000]

Reference: XlsxWriter and python-docx given the finished cells (texts, numbers, merged areas, widths, borders), which
compute nothing; cells of a Word table are fetched once, which is the fast way. jixiao starts from the evaluation: it
assesses, scores, fills the form in and writes both files, reproducible to the byte. Both make the same cells, which is
checked. Medians of alternating rounds; memory is the peak while files are made and dropped, which must not grow with
their number.
"""

# ruff: noqa: PLC0415  (each side imports what it measures)

from __future__ import annotations

import argparse
import gc
import time
import tracemalloc
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from statistics import median
from typing import Any

from jixiao.documents.document import Document, Table
from jixiao.evaluation.assess import assess
from jixiao.figures.actual_notation import actual
from jixiao.figures.figure import Figure
from jixiao.formats import bundle, excel_write, word_write
from jixiao.forms.form import form
from jixiao.forms.write import write
from jixiao.indicators.indicator import Actual

ROUNDS = 3
EXAMPLE = Path(__file__).resolve().parents[1] / "examples" / "kashgar-2022-resident-medical"
FORM = form("self_evaluation_table")


def evaluations(count: int) -> list[Any]:
    """Return as many evaluations, each with another number of persons covered."""
    base = bundle.read(EXAMPLE).evaluation
    system = base.system("scored")
    code = next(node.code for node in system.indicators() if node.name == "参保人数")
    goal = system.find(code).target
    return [
        replace(base, actuals={**base.actuals, code: Actual(actual(f"{40000 + at}00人", goal))}) for at in range(count)
    ]


def finished(of: Any) -> Table:
    """Return the filled-in form."""
    return write(FORM, assess(of))


def ours(given: list[Any]) -> int:
    size = 0
    for of in given:
        table = finished(of)
        size += len(excel_write.write([table])) + len(word_write.write(Document((table,), FORM.title)))
    return size


def libraries(given: list[Table]) -> int:
    return sum(len(by_xlsxwriter(table)) + len(by_python_docx(table)) for table in given)


def our_books(given: list[Any]) -> int:
    return sum(len(excel_write.write([finished(of)])) for of in given)


def books(given: list[Table]) -> int:
    return sum(len(by_xlsxwriter(table)) for table in given)


def by_xlsxwriter(table: Table) -> bytes:
    import xlsxwriter

    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet()
    style = book.add_format({"font_name": "宋体", "font_size": 9, "border": 1, "text_wrap": True, "valign": "vcenter"})
    head = book.add_format({"bold": True, "border": 1, "text_wrap": True, "align": "center", "valign": "vcenter"})
    for at, width in enumerate(table.widths):
        sheet.set_column(at, at, width / 2)
    sheet.merge_range(0, 0, 0, len(table.grid[0]) - 1, table.caption, head)
    for row, column, cell in table.cells():
        shape = head if cell.head else style
        value = cell.value.num / cell.value.den if cell.hint and isinstance(cell.value, Figure) else cell.text
        if cell.rows > 1 or cell.cols > 1:
            sheet.merge_range(row + 1, column, row + cell.rows, column + cell.cols - 1, value, shape)
        else:
            sheet.write(row + 1, column, value, shape)
    for row, key in enumerate(table.keys):
        if key:
            sheet.write(row + 1, len(table.grid[0]), key)
    book.close()
    return out.getvalue()


def by_python_docx(table: Table) -> bytes:
    import docx

    document = docx.Document()
    document.add_paragraph(table.caption)
    rows, columns = len(table.grid), len(table.grid[0])
    made = document.add_table(rows, columns)
    made.style = "Table Grid"
    cells = made._cells
    for row, column, cell in table.cells():
        place = cells[row * columns + column]
        if cell.rows > 1 or cell.cols > 1:
            place = place.merge(cells[(row + cell.rows - 1) * columns + column + cell.cols - 1])
        run = place.paragraphs[0].add_run(cell.text)
        run.bold = cell.head
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def said_by(raw: bytes) -> list[str]:
    """Return what the table in a Word file says, cell by cell."""
    import docx
    from docx.oxml.ns import qn

    body = docx.Document(BytesIO(raw)).element.body
    return ["".join(text.text or "" for text in cell.iter(qn("w:t"))) for cell in body.iter(qn("w:tc"))]


def seconds(run: Any, given: list[Any]) -> float:
    gc.collect()
    begun = time.perf_counter()
    run(given)
    return time.perf_counter() - begun


def peak(given: list[Any]) -> float:
    gc.collect()
    tracemalloc.start()
    ours(given)
    most = tracemalloc.get_traced_memory()[1] / 2**20
    tracemalloc.stop()
    return most


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--tables", type=int, default=1000)
    count = parser.parse_args().tables

    given = evaluations(count)
    tables = [finished(of) for of in given]
    said = [text.replace("\n", "") for text in said_by(by_python_docx(tables[0])) if text]
    assert said == [text for text in said_by(word_write.write(Document((tables[0],)))) if text]
    ours(given[:5]), libraries(tables[:5])
    rounds = [(seconds(libraries, tables), seconds(ours, given)) for _ in range(ROUNDS)]
    reference, taken = (median(side) for side in zip(*rounds, strict=True))
    ratio = median(mine / bare for bare, mine in rounds)

    print(f"{count:,} tables, xlsx + docx         seconds   ratio   wanted")
    print(f"XlsxWriter + python-docx           {reference:7.2f}    1.00")
    print(f"jixiao, from the evaluation        {taken:7.2f}   {ratio:5.2f}   <= 1.3")
    excel = [(seconds(books, tables), seconds(our_books, given)) for _ in range(ROUNDS)]
    reference, taken = (median(side) for side in zip(*excel, strict=True))
    print(f"XlsxWriter alone, xlsx only        {reference:7.2f}    1.00")
    print(f"jixiao, xlsx only                  {taken:7.2f}   {median(mine / bare for bare, mine in excel):5.2f}")
    print(f"\npeak memory: {peak(given[:20]):.1f} MB at 20 tables, {peak(given[:100]):.1f} MB at 100")


if __name__ == "__main__":
    main()
