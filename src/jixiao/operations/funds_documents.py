"""资金文件: fund tables and regional target tables as one workbook and one Word file each, and everything as JSON."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from jixiao.documents.document import Document, PageBreak, Table
from jixiao.documents.footer import footer
from jixiao.evaluation.assess import assess
from jixiao.findings import Message
from jixiao.formats import csv_write, excel_write, json_write, word_write
from jixiao.formats.whole import whole
from jixiao.forms.form import form
from jixiao.forms.write import state
from jixiao.forms.write import write as filled
from jixiao.funds import monitoring
from jixiao.operations.funds_shown import explained, lines, shown
from jixiao.reports.charts.monitoring import chart

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from jixiao.documents.document import Block
    from jixiao.evaluation.assess import Assessment
    from jixiao.evaluation.model import Evaluation
    from jixiao.figures.figure import Figure
    from jixiao.findings import Finding
    from jixiao.funds.tables import FundTable
    from jixiao.operations.funds_tables import Funded, Monitored

TARGETS, TABLES, RESULT = "区域绩效目标表", "资金表", "funds.json"
_FORMS = {
    "allocation": "fund_allocation_table",
    "execution": "fund_execution_table",
    "accounts": "fund_account_summary",
    "composition": "fund_composition",
}
_LONGEST = 200  # rows of a table that is laid out for paper; a longer one is written as CSV


def write(funded: Funded, issued: list[tuple[str, Evaluation]], out: Path, findings: tuple[Finding, ...] = ()) -> None:
    """Write the documents into a folder, all or none; while an error stands among the findings they are drafts."""
    files = {RESULT: json_write.dumped(funds_json(funded))}
    of = assess(funded.evaluation)._replace(findings=findings)
    watched = monitoring.table(funded.monitored.months, funded.monitored.paces)
    tables = (*funded.tables, *([watched] if watched is not None else []))
    brief = [table for table in tables if len(table.rows) <= _LONGEST]
    short = [_on_paper(table, of) for table in brief]
    short += [told for table in brief if (told := explained(table)) is not None]
    if short:
        files |= _together(TABLES, short, state(of), _drawn(funded, of))
    for table in funded.tables:
        if len(table.rows) > _LONGEST:
            files[f"{Message(f'funds.table.{table.id}').text()}.csv"] = csv_write.write(lines(table))
    if issued:
        files |= _together(TARGETS, target_tables(issued, findings), state(of))
    with whole(out) as staging:
        for name, raw in files.items():
            (staging / name).write_bytes(raw)


def _on_paper(table: FundTable, of: Assessment) -> Table:
    """Return a table as its statutory form prints it, or plainly where it has none."""
    if table.id in _FORMS:
        return filled(form(_FORMS[table.id]), of)
    plain = shown(table)
    return replace(plain, footer=footer(state(of), [plain]))


def target_tables(issued: list[tuple[str, Evaluation]], findings: tuple[Finding, ...] = ()) -> list[Table]:
    """Return the regional target tables, each named after its region."""
    known = form("regional_target_table")
    return [
        replace(filled(known, assess(evaluation)._replace(findings=findings)), name=name) for name, evaluation in issued
    ]


def _drawn(funded: Funded, of: Assessment) -> list[Block]:
    """Return the chart of 双监控, nothing where there are no months to draw."""
    evaluation = replace(of.evaluation, funds=replace(of.evaluation.funds, ledger=funded.watched))
    drawn = chart(of._replace(evaluation=evaluation)) if funded.watched is not None else None
    return [PageBreak(), drawn] if drawn is not None else []


def _together(name: str, tables: list[Table], said: str, more: Sequence[Block] = ()) -> dict[str, bytes]:
    """Return tables as one workbook and one Word file, each table on a page of its own, and what the paper has more."""
    laid = [block for table in tables for block in (PageBreak(landscape=table.landscape), table)]
    return {
        f"{name}.xlsx": excel_write.write(tables),
        f"{name}.docx": word_write.write(Document((*laid, *more), name, footer=footer(said, tables))),
    }


def funds_json(funded: Funded, lang: str = "zh") -> dict[str, Any]:
    """Return `funds/1`: every table with its cells by column, the monitoring by month, the forecast and the alerts."""
    told, evaluation = funded.monitored, funded.evaluation
    return {
        "schema": "funds/1",
        "project": evaluation.head.project,
        "year": str(evaluation.year),
        "tables": [
            {
                "id": table.id,
                "title": Message(f"funds.table.{table.id}").text(lang),
                "columns": ["/".join(key) for key in table.columns],
                "rows": [
                    {
                        "key": "/".join(row.key),
                        "steps": [step.text(lang) for step in row.steps],
                        "cells": {"/".join(key): _figure(row.cells.get(key)) for key in table.columns},
                    }
                    for row in table.rows
                ],
            }
            for table in funded.tables
        ],
        "monitoring": _monitoring(told),
        "lines": None if funded.long is None else str(funded.long.lines),
        "target_tables": str(funded.targets),
    }  # fmt: skip


def _monitoring(told: Monitored) -> dict[str, Any]:
    return {
        "months": [
            {"month": str(one.month), **{name: _figure(getattr(one, name)) for name in one._fields[1:]}}
            for one in told.months
        ],
        "completion": {
            code: [
                {"month": str(one.month), **{name: _figure(getattr(one, name)) for name in one._fields[1:]}}
                for one in pace
            ]
            for code, pace in told.paces.items()
        },
        "forecast": None if told.forecast is None else {
            "paid": _figure(told.forecast.paid), "rate": _figure(told.forecast.rate),
            "method": told.forecast.method, "error": _figure(told.forecast.error),
        },
        "alerts": [
            {"month": str(alert.month), "kind": alert.kind, "by": _figure(alert.by), "line": _figure(alert.line),
             "authority": alert.authority}
            for alert in told.alerts
        ],
    }  # fmt: skip


def _figure(figure: Figure | None) -> Any:
    """Return a figure as JSON; an amount says its unit, whether it was typed with it or took that of the funds."""
    told = json_write.figure(figure)
    return told if figure is None or told is None or figure.unit.base != "元" else {**told, "text": figure.text()}
