"""报告里的表: forms under the report's own captions, the table of key information, the list of data and evidence."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from jixiao.documents.document import Cell, Table
from jixiao.findings import Message
from jixiao.forms import form as forms
from jixiao.forms.write import write
from jixiao.indicators.indicator import Measured
from jixiao.reports import money
from jixiao.reports.prose import EMPTY, quoted, sentence
from jixiao.reports.standing import goal, leaves, named, rated, satisfaction, stand

if TYPE_CHECKING:
    from jixiao.evaluation.assess import Assessment


_SOURCES = ("funds", "survey")


def from_form(of: Assessment, form_id: str) -> Table:
    """Return the filled form, or the variant chosen for it, with its title as caption.

    The hidden keys, which a paper report has no use for, and the form's own footer are left out.
    """
    return replace(write(forms.chosen(form_id, of.evaluation), of), keys=(), footer=None)


def key_information(of: Assessment) -> Table:
    """Return 项目关键信息表: who, what, which money, which result, and the room for signature and seal."""
    rows = [
        [*_pair(of, "evaluator", "head/evaluator", 5)],
        [*_pair(of, "project", "head/project", 3), *_pair(of, "year", "year")],
        [*_pair(of, "department", "head/department", 5)],
        [*_pair(of, "unit", "head/unit", 5)],
        [*_pair(of, "commissioner", "head/commissioner", 5)],
        [
            _label("sources"),
            Cell("、".join(sentence(part) for part in money.parts(of, "received")) or EMPTY, cols=5, align="left"),
        ],
        [
            *_pair(of, "received", "funds/total/received"),
            *_pair(of, "executed", "funds/total/executed"),
            *_pair(of, "execution_rate", "funds/rate/execution_rate"),
        ],
        *[[*_pair(of, "satisfaction", f"scored/{node.code}/actual", 5)] for node in satisfaction(of)[:1]],
        [
            *_pair(of, "score", "scored/score"),
            *_pair(of, "score_rate", "scored/score_rate"),
            *_pair(of, "grade", "scored/grade"),
        ],
        [_label("signed"), Cell("\n\n", cols=5)],
    ]
    return Table.of(rows, widths=(42, 25, 24, 25, 24, 16))


def _pair(of: Assessment, label: str, path: str, cols: int = 1) -> list[Cell]:
    run = quoted(of, path)
    return [
        _label(label),
        Cell(run.text, cols=cols, value=run.value, bind=path, align="left" if cols > 2 else "center"),
    ]


def _label(name: str) -> Cell:
    return Cell(Message(f"report_key.{name}").text("zh"), head=True)


def completions(of: Assessment) -> Table:
    """Return completion and deviation of every scored indicator, and where it stands against its target."""
    heads = ("name", "completion", "deviation", "stand")
    rows = [[Cell(Message(f"report_deviation.head.{name}").text("zh"), head=True) for name in heads]]
    for node, _ in leaves(of):
        at = [quoted(of, f"scored/{node.code}/{name}") for name in heads[1:3]] if rated(of, node) else []
        cells = [Cell(run.text, value=run.value, bind=run.bind) for run in at] or [Cell(EMPTY), Cell(EMPTY)]
        word = Message(f"report_deviation.stand.{stand(of, node)}", {"goal": goal(of)})
        rows.append([Cell(named(of, node), align="left"), *cells, Cell(sentence(word))])
    caption = Message("report_deviation.table").text("zh")
    return replace(Table.of(rows, head_rows=1, widths=(76, 26, 26, 28)), caption=caption)


def evidence(of: Assessment) -> Table:
    """Return 数据来源与佐证材料清单: what stands behind every actual value."""
    heads = [_label(name) for name in ("number", "indicator", "actual", "origin", "evidence")]
    rows = [heads]
    for number, (node, _) in enumerate(leaves(of), 1):
        actual, proof = quoted(of, f"scored/{node.code}/actual"), quoted(of, f"scored/{node.code}/evidence")
        rows.append(
            [
                Cell(str(number)),
                Cell(named(of, node), align="left"),
                Cell(actual.text, value=actual.value, bind=actual.bind),
                Cell(_origin(of, node.code), align="left"),
                Cell(proof.text, align="left"),
            ]
        )
    return Table.of(rows, head_rows=1, widths=(10, 36, 22, 42, 46))


def _origin(of: Assessment, code: str) -> str:
    actual = of.actuals.get(code)
    if actual is None:
        return EMPTY
    if isinstance(actual.origin, Measured):
        return Message(f"report_key.from_{actual.origin.source if actual.origin.source in _SOURCES else 'data'}").text(
            "zh"
        )
    return actual.origin.document or EMPTY
