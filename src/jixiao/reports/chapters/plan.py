"""工作方案的各章: what a client is shown first: purpose, methods, indicators, team, schedule, data, checks."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from jixiao.documents.document import Heading, PageBreak
from jixiao.evaluation.signing import STEPS
from jixiao.figures.dates import day
from jixiao.findings import Message
from jixiao.forms.form import forms_for
from jixiao.reports import tables, texts
from jixiao.reports.chapters.headings import heading
from jixiao.reports.chapters.work import applied_methods, grades, system
from jixiao.reports.prose import paragraph, quoted
from jixiao.reports.report import titled

if TYPE_CHECKING:
    from jixiao.documents.document import Block
    from jixiao.evaluation.assess import Assessment


def opening(of: Assessment) -> list[Block]:
    """Return the title of the plan."""
    return [PageBreak(numbers="arabic"), Heading(titled(of, "工作方案"), 0)]


def commission(of: Assessment) -> list[Block]:
    """Return who asked whom to evaluate what, and the period that is evaluated."""
    closing = of.evaluation.as_of and day(of.evaluation.as_of)
    named = {name: quoted(of, f"head/{name}") for name in ("commissioner", "evaluator", "unit", "project")}
    period = {"year": quoted(of, "year"), "until": closing or day(f"{of.evaluation.year}-12-31")}
    party = "commissioned" if of.evaluation.head.commissioner and of.evaluation.head.evaluator else "own"
    return [
        heading("plan_commission", 1),
        paragraph(Message(f"report_paper.plan.{party}", named), Message("report_paper.plan.period", period)),
    ]


def purpose(of: Assessment) -> list[Block]:
    """Return 评价目的、对象和范围, by the text of that name."""
    said = paragraph(Message("report.purpose", {"project": quoted(of, "head/project")}))
    return [heading("purpose", 1), *texts.blocks(of, "purpose", under=1, default=(said,))]


def methods(of: Assessment) -> list[Block]:
    """Return the methods that were chosen and what the text says of them."""
    return [heading("methods", 1), *applied_methods(of, under=1)]


def indicators(of: Assessment) -> list[Block]:
    """Return the system in words and as the table that the evaluated unit confirms."""
    if of.evaluation.system("scored") is None:
        return [heading("system", 1), paragraph(Message("report_paper.gap", {"what": "指标体系"}))]
    return [
        heading("system", 1),
        paragraph(*system(of, annexed=False)),
        paragraph(*grades(of)),
        tables.from_form(of, "indicator_confirmation"),
        PageBreak(),
    ]


def team(of: Assessment) -> list[Block]:
    """Return 组织分工."""
    return [heading("plan_team", 1), _table(of, "evaluation_team")]


def schedule(of: Assessment) -> list[Block]:
    """Return 进度安排."""
    return [heading("plan_schedule", 1), _table(of, "evaluation_schedule")]


def materials(of: Assessment) -> list[Block]:
    """Return the data list and the questions of the interviews."""
    asked = tables.from_form(of, "interview_record") if of.evaluation.procedure.interviews else None
    return [heading("plan_materials", 1), _table(of, "data_list"), *([asked] if asked else [])]


def quality(_: Assessment) -> list[Block]:
    """Return 质量控制: the steps that are signed, in their order."""
    steps = [Message("report_paper.plan.step", {"number": step.order + 1, "name": step.name}) for step in STEPS]
    return [heading("plan_quality", 1), paragraph(Message("report_paper.plan.quality", {"steps": steps}))]


def _table(of: Assessment, form_id: str) -> Block:
    """Return a form that there is something for, else the visible gap."""
    stands = next((form for form in forms_for(of.evaluation) if form.id == form_id), None)
    if stands is None:
        return texts.gap_of(Message(f"report_paper.part.{form_id}"))
    return replace(tables.from_form(of, form_id), landscape=False)
