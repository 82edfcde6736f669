"""来回不变: whatever a free text says, the report that prints it gives it back; and our own forms fill onto themselves."""

from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jixiao.documents.document import Heading, Paragraph, Run, Table
from jixiao.formats import word_controls, word_write
from jixiao.operations.absorb import taken_from
from jixiao.operations.check import check
from jixiao.operations.evaluate import documents, report_of
from jixiao.operations.fill import fill

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
_WORDS = (
    st.text("参保居民基金支出按时足额享受待遇，。、（）“”%0123456789abcé", min_size=1, max_size=30)
    .map(str.strip)
    .filter(bool)
)
_PIECES = st.one_of(
    _WORDS.map(lambda words: f"文{words}"),
    _WORDS.map(lambda words: f"得{{scored/score}}分，{words}"),
    _WORDS.map(lambda words: f"项目由**{words.replace('*', '')}字**组成"),
    _WORDS.map(lambda words: f"1. 项{words}"),
    _WORDS.map(lambda words: f"- 点{words}"),
    _WORDS.map(lambda words: f"## 节{words}"),
    st.just("| 甲 | 乙 |\n|---|---|\n| {scored/C201/actual} | 2 |"),
)
_TEXTS = st.lists(_PIECES, min_size=1, max_size=5).map("\n\n".join)


@cache
def _example():
    return check(EXAMPLES / "bazhou-2024").value


def _with(text):
    """Return the example, assessed, with another text on what the project does."""
    of = _example()
    return of._replace(evaluation=replace(of.evaluation, texts={**of.evaluation.texts, "content": text}))


@settings(max_examples=8)
@given(text=_TEXTS)
def test_any_text_comes_back_as_it_was(text):
    of = _with(text)
    with TemporaryDirectory() as folder:
        path = Path(folder, "report.docx")
        path.write_bytes(word_write.write(report_of(of), tagged=True))

        taken, found = taken_from(of, word_controls.read(path))

    assert (taken.texts, taken.reasons, found) == ((), (), [])


@settings(max_examples=8)
@given(text=_TEXTS, words=_WORDS, at=st.integers(0, 200))
def test_paragraph_added_anywhere_is_in_the_next_report(text, words, at):
    """Whatever is added stands in the next report once, and taking that report back changes nothing more."""
    added = f"新加的一段{words}"
    of = _with(text)
    report = _as_read(report_of(of))
    where = [number for number, block in enumerate(report.blocks) if isinstance(block, Heading | Paragraph)][4:-4]
    number = where[at % len(where)]
    blocks = (*report.blocks[: number + 1], Paragraph(added), *report.blocks[number + 1 :])

    taken, _ = taken_from(of, replace(report, blocks=blocks))

    again = of._replace(evaluation=taken.evaluation)
    said = [block.text for block in report_of(again).blocks if isinstance(block, Paragraph)]
    assert said.count(added) == 1
    assert taken_from(again, _as_read(report_of(again)))[0].texts == ()


def _as_read(report):
    """Return a report as it is read from its Word file: values in runs and cells are what was printed."""
    blocks = []
    for block in report.blocks:
        if isinstance(block, Paragraph):
            runs = tuple(Run(run.text, run.bold, run.text if run.bind else None, run.bind) for run in block.runs)
            blocks.append(Paragraph(block.text, block.kind, None, runs))
        elif isinstance(block, Heading):
            blocks.append(Heading(block.text, block.level))
        elif isinstance(block, Table):
            caption = [Paragraph(block.caption, "caption")] if block.caption else []
            unit = [Paragraph(f"单位：{block.unit}", "unit")] if block.unit else []
            grid = tuple(tuple(cell for cell in row if cell is not None) for row in block.grid)
            blocks += [*caption, *unit, Table(grid, block.head_rows)]
        elif hasattr(block, "says"):
            blocks.append(Paragraph(block.caption, "caption"))
    return replace(report, blocks=tuple(blocks))


# Lists of the procedure that have fewer cells than any other form.
SHORT = {"审计和监督检查情况表.xlsx": 4, "评价结果公开登记表.xlsx": 3}


@pytest.mark.parametrize("name", ["bazhou-2024", "kashgar-2022-resident-medical", "xinjiang-2024"])
def test_our_own_forms_fill_onto_themselves(examples, tmp_path, name):
    for file, raw in documents(check(examples / name).value).items():
        if file.endswith(".xlsx") and "/" not in file:
            (tmp_path / file).write_bytes(raw)

            outcome = fill(tmp_path / file, examples / name, tmp_path / "out.xlsx")

            assert outcome.value.put == 0, file
            assert outcome.value.stood >= SHORT.get(file, 6), file
            assert [found.because for found in outcome.findings] == [], file
