"""表格式报告的各章: project and money, objective, course of the evaluation and result, each as one table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao.documents.document import Cell, Heading, PageBreak, Paragraph, Table
from jixiao.figures.dates import day
from jixiao.findings import Message
from jixiao.reports import problems as missed
from jixiao.reports import texts
from jixiao.reports.chapters.headings import heading
from jixiao.reports.chapters.work import grades, system
from jixiao.reports.prose import EMPTY, quoted, sentence
from jixiao.reports.report import title_lines

if TYPE_CHECKING:
    from jixiao.documents.document import Block
    from jixiao.evaluation.assess import Assessment

_PAGE = 156.0  # mm between the margins
_LABEL = 28.0
_SIX = (_LABEL, 22.0, 27.0, 28.0, 22.0, 29.0)


def opening(of: Assessment) -> list[Block]:
    """Return the title; the first chapter follows on the same page."""
    return [PageBreak(numbers="arabic"), Heading(title_lines(of), 0)]


def basics(of: Assessment) -> list[Block]:
    """Return 项目基本情况: who evaluated what for whom, and the money by source."""
    rows = [
        [_head("project"), _value(of, "head/project", 5)],
        [_head("year"), _value(of, "year", 2), _head("department"), _value(of, "head/department", 2)],
        [_head("commissioner"), _value(of, "head/commissioner", 2), _head("unit"), _value(of, "head/unit", 2)],
        [_head("evaluating"), _value(of, "head/evaluator", 5)],
        [_head("background"), _prose(of, "background", 5)],
        *_money(of),
    ]
    return [heading("compact_basics", 1), Table.of(rows, widths=_SIX)]


def _money(of: Assessment) -> list[list[Cell]]:
    """Return budget and receipt, of the whole and by source, then what was executed and what is left of it."""
    rows = [[_head("budgeted", 2), _value(of, "funds/total/revised_budget"), _head("received"),
             _value(of, "funds/total/received")]]  # fmt: skip
    for source in of.evaluation.funds.sources:
        name, path = Message("report_key.of_which", {"name": source.name}).text("zh"), f"funds/sources/{source.name}"
        rows.append([Cell(name, cols=2, head=True), _value(of, f"{path}/revised_budget"), Cell(name, head=True),
                     _value(of, f"{path}/received")])  # fmt: skip
    rows += [
        [_head("executed", 2), _value(of, "funds/total/executed"), _head("unspent"), _value(of, "funds/total/unspent")],
        [_head("execution_rate", 2), _value(of, "funds/rate/execution_rate", 3)],
    ]
    rows[0].insert(0, Cell(Message("report_key.money").text("zh"), rows=len(rows), head=True))
    return rows


def objectives(of: Assessment) -> list[Block]:
    """Return 项目绩效目标."""
    return [heading("objectives", 1), _said(("year_objective", _prose(of, "objective")))]


def work(of: Assessment) -> list[Block]:
    """Return 评价基本情况: period, indicator system and grades, methods, course of the work."""
    closing = of.evaluation.as_of and day(of.evaluation.as_of)
    period = {"year": quoted(of, "year"), "until": closing or day(f"{of.evaluation.year}-12-31")}
    designed = "".join(sentence(said) for said in (*system(of, annexed=False), *grades(of)))
    return [
        heading("compact_work", 1),
        _said(
            ("period", _cell(sentence(Message("report_key.from_until", period)))),
            ("system", _cell(designed or EMPTY)),
            ("methods", _prose(of, "methods")),
            ("process", _prose(of, "process")),
        ),
    ]


def conclusion(of: Assessment) -> list[Block]:
    """Return 评价结论和绩效分析: score and grade, then score and score rate of every section; the text on results."""
    sections = of.card.sections if of.card else ()
    half = max(1, len(sections) // 2)
    rows = [
        [_head("result"), _head("score"), _value(of, "scored/score", half), _head("grade"),
         _value(of, "scored/grade", len(sections) - half or 1)],
        [Cell(Message("report_key.analysis").text("zh"), rows=3, head=True), _head("section"),
         *(Cell(section.name, head=True) for section in sections), _head("total")],
    ]  # fmt: skip
    for name in ("score", "score_rate"):
        at = [f"scored/{section.code}/{name}" for section in sections]
        rows.append([_head(name), *(_value(of, path) for path in (*at, f"scored/{name}"))])
    wide = (_PAGE - _LABEL) / (len(sections) + 2)
    table = Table.of(rows, widths=(_LABEL, *[wide] * (len(sections) + 2)))
    return [heading("compact_conclusion", 1), table, *texts.blocks(of, "results", under=1)]


def problems(of: Assessment) -> list[Block]:
    """Return 存在问题."""
    return [heading("compact_problems", 1), *missed.problems(of, level=2)]


def _said(*rows: tuple[str, Cell]) -> Table:
    return Table.of([[_head(name), cell] for name, cell in rows], widths=(_LABEL, _PAGE - _LABEL))


def _head(name: str, cols: int = 1) -> Cell:
    return Cell(Message(f"report_key.{name}").text("zh"), cols=cols, head=True)


def _value(of: Assessment, path: str, cols: int = 1) -> Cell:
    run = quoted(of, path)
    return Cell(run.text, cols=cols, value=run.value, bind=path, align="left" if cols > 3 else "center")


def _cell(text: str, cols: int = 1) -> Cell:
    return Cell(text, cols=cols, align="left")


def _prose(of: Assessment, key: str, cols: int = 1) -> Cell:
    """Return a free text as one cell, a paragraph below the other."""
    lines = [block.text for block in texts.blocks(of, key) if isinstance(block, Heading | Paragraph)]
    return _cell("\n".join(lines), cols)
