"""函件和通报: declaration, letters on the result, reports on correction and monitoring, bulletins."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from jixiao.documents.document import Cell, Heading, PageBreak, Paragraph, Table
from jixiao.documents.footer import check_code
from jixiao.evaluation.following_up import is_closed
from jixiao.figures.dates import day
from jixiao.figures.figure import Figure
from jixiao.findings import Message
from jixiao.forms.form import forms_for
from jixiao.forms.write import write
from jixiao.funds.ledger import WHOLE
from jixiao.funds.monitoring import alerts, progress
from jixiao.reports import tables, texts
from jixiao.reports.chapters.conclusion import result
from jixiao.reports.chapters.headings import heading
from jixiao.reports.charts import monitoring
from jixiao.reports.fund_narrative import regions_executed
from jixiao.reports.prose import clause, joined, paragraph, quoted, sentence
from jixiao.reports.report import titled
from jixiao.reports.standing import leaves

if TYPE_CHECKING:
    from jixiao.documents.document import Block
    from jixiao.evaluation.assess import Assessment
    from jixiao.evaluation.procedure import Addressee, Problem

_SIGNED = ("self_evaluation_table", "transfer_self_evaluation_table", "fund_self_evaluation_table", "basic_data_form")


def declared(of: Assessment) -> list[Block]:
    """Return 真实性声明: what the unit answers for, and the check codes of the papers that it hands in."""
    handed = [form for form in forms_for(of.evaluation) if form.id in _SIGNED]
    codes = [
        Message("report_paper.code", {"title": form.title, "code": check_code([write(form, of)])}) for form in handed
    ]
    unit = quoted(of, "head/unit")
    return [
        *_title(of, "资料真实性声明"),
        paragraph(Message("report_paper.declare", {"unit": unit, "project": quoted(of, "head/project")})),
        *([paragraph(Message("report_paper.codes", {"codes": joined(codes)}))] if codes else []),
        paragraph(Message("report_paper.answer")),
        paragraph(Message("report.signed_own"), kind="signature"),
        paragraph(Message("report.seal_own", {"unit": unit}), kind="seal"),
    ]


def letters(of: Assessment) -> list[tuple[str, Assessment]]:
    """Return for every addressee the assessment with that addressee alone and the problems it answers for."""
    return [(one.to, _for(of, one)) for one in of.evaluation.procedure.addressees]


def _for(of: Assessment, to: Addressee) -> Assessment:
    told = of.evaluation.procedure
    own = tuple(one for one in told.problems if one.who in (None, "", to.to))
    return of._replace(evaluation=replace(of.evaluation, procedure=replace(told, addressees=(to,), problems=own)))


def notified(of: Assessment) -> list[Block]:
    """Return the letter to the one addressee that the assessment has."""
    (to,) = of.evaluation.procedure.addressees
    head = of.evaluation.head
    problems = of.evaluation.procedure.problems
    owed = Message("report_paper.answer_by", {"by": to.by}) if to.by else Message("report_paper.answer_in_time")
    asked = paragraph(Message("report_paper.correct", {"count": len(problems)}), owed)
    told = [asked, _problems(of)] if problems else [paragraph(Message("report_paper.no_problem"))]
    by = head.commissioner or head.department or head.unit or ""
    return [
        *_title(of, "结果反馈通知"),
        *([Paragraph(to.document, "date")] if to.document else []),
        Paragraph(f"{to.to}："),
        paragraph(Message("report_paper.notify", {"project": quoted(of, "head/project"), "year": quoted(of, "year")})),
        heading("paper_result", 1),
        paragraph(*result(of)),
        *_money_of(of, to),
        heading("paper_problems", 1),
        *told,
        Paragraph(by, "sign"),
        *([Paragraph(to.sent, "sign")] if to.sent else []),
    ]


def _money_of(of: Assessment, to: Addressee) -> list[Block]:
    """Return the section on the addressee's own money, where the ledger has its region."""
    at = f"funds/tables/execution/{to.region}/{WHOLE}"
    try:
        names = ("budget", "received", "executed", "rate", "unspent")
        args = {part: quoted(of, f"{at}/{part}") for part in names} if to.region else {}
    except KeyError:
        args = {}
    if not args:
        return []
    told = "own_money" if isinstance(args["received"].value, Figure) else "own_money_spent"
    return [heading("paper_money", 1), paragraph(Message(f"report_paper.{told}", {**args, "region": to.region or ""}))]


def rectified(of: Assessment) -> list[Block]:
    """Return 整改情况报告: how many problems are closed, the list, and what is still open."""
    problems = of.evaluation.procedure.problems
    if not problems:
        return [*_title(of, "问题整改情况报告"), paragraph(Message("report_paper.no_problem"))]
    closed = [one for one in problems if is_closed(one)]
    counts = {"count": len(problems), "closed": len(closed), "open": len(problems) - len(closed)}
    held = [one for one in problems if one.accountable]
    return [
        *_title(of, "问题整改情况报告"),
        heading("paper_overview", 1),
        paragraph(Message("report_paper.rectified", counts), *_accountable(held)),
        heading("paper_closed", 1),
        *(_items([_done(one) for one in closed]) or [paragraph(Message("report_paper.none_closed"))]),
        heading("paper_open", 1),
        *(
            _items([_due(one) for one in problems if not is_closed(one)])
            or [paragraph(Message("report_paper.all_closed"))]
        ),
        heading("paper_list", 1),
        _problems(of),
    ]


def _accountable(held: list[Problem]) -> list[Message]:
    parts = [
        Message("report_paper.held", {"problem": clause(one.problem), "how": clause(str(one.accountable))})
        for one in held
    ]
    return [Message("report_paper.accountable", {"parts": joined(parts)})] if parts else []


def _done(one: Problem) -> Message:
    told = {"problem": clause(one.problem), "measure": clause(one.measure or "—"), "proof": clause(one.proof or "—")}
    return Message("report_paper.done_on" if one.closed else "report_paper.done", {**told, "closed": one.closed or ""})


def _due(one: Problem) -> Message:
    told = {"problem": clause(one.problem), "measure": clause(one.measure or "—"), "who": one.who or "—"}
    return Message("report_paper.due", {**told, "by": one.by or "—", "state": one.state or "—"})


def monitored(of: Assessment) -> list[Block]:
    """Return 绩效运行监控报告: money and indicators so far and at the year's end, deviations and corrections."""
    told = of.evaluation.monitoring
    if not told.indicators and not told.money:
        return [*_title(of, "运行监控报告"), texts.gap_of(Message("report_paper.part.monitoring_table"))]
    names = ("executed", "expected")
    money = {name: quoted(of, f"monitoring/total/{name}") for name in names} | {"rate": quoted(of, "monitoring/rate")}
    pace = monitoring.chart(of)
    off = [code for code, one in told.indicators.items() if one.cause or one.measure]
    said = [_departing(of, code) for code in off]
    return [
        *_title(of, "运行监控报告"),
        heading("paper_money", 1),
        paragraph(Message("report_paper.so_far", {**money, "until": str(day(told.until or "") or told.until or "—")})),
        *([pace] if pace else []),
        heading("paper_indicators", 1),
        paragraph(Message("report_paper.watched", {"count": len(told.indicators), "off": len(off)})),
        *_items(said),
        heading("paper_list", 1),
        _upright(of, "monitoring_table"),
    ]


def _departing(of: Assessment, code: str) -> Message:
    one = of.evaluation.monitoring.indicators[code]
    name = next((node.name for node, _ in leaves(of) if node.code == code), code)
    told = {part: quoted(of, f"monitoring/indicators/{code}/{part}") for part in ("so_far", "expected")}
    target = quoted(of, f"scored/{code}/target")
    words = {"cause": clause(one.cause or "—"), "measure": clause(one.measure or "—"), "likely": one.likelihood or "—"}
    return Message("report_paper.departs", {**told, **words, "name": name, "target": target})


def reported(of: Assessment) -> list[Block]:
    """Return 工作通报: execution by month and region, lines crossed, corrections open, cases of supervision."""
    chapters: list[tuple[str, list[Block]]] = [
        ("paper_money", _spent(of)),
        ("paper_open", _items([_due(one) for one in of.evaluation.procedure.problems if not is_closed(one)])),
        ("paper_cases", [_upright(of, "case_statistics")] if of.evaluation.procedure.cases else []),
    ]
    told = [block for name, blocks in chapters if blocks for block in (heading(name, 1), *blocks)]
    return [*_title(of, "工作通报"), *(told or [paragraph(Message("report_paper.nothing"))])]


def _spent(of: Assessment) -> list[Block]:
    """Return how far execution is, where it fell behind, and what each region has executed."""
    ledger = of.evaluation.funds.ledger
    months = progress(ledger, of.evaluation.year) if ledger is not None else []
    said = []
    if months:
        last = months[-1]
        rate = last.rate.published(2) if last.rate is not None else "—"
        said.append(Message("report_paper.month", {"month": last.month, "paid": last.cumulated.text(), "rate": rate,
                                                   "due": last.due.published(2)}))  # fmt: skip
        for alert in alerts(months, [], of.evaluation.year):
            said.append(Message("report_paper.behind", {"month": alert.month, "by": alert.by.published(2)}))
    elif of.evaluation.funds.total("executed") is not None:
        names = {"executed": quoted(of, "funds/total/executed"), "rate": quoted(of, "funds/rate/budget_execution_rate")}
        said.append(Message("report_paper.executed", names))
    by_region = regions_executed(of)
    return [*([paragraph(*said)] if said else []), *([paragraph(*by_region)] if by_region else [])]


def _title(of: Assessment, ending: str) -> list[Block]:
    return [PageBreak(numbers="arabic"), Heading(titled(of, ending), 0)]


def _upright(of: Assessment, form_id: str) -> Table:
    return replace(tables.from_form(of, form_id), landscape=False)


def _problems(of: Assessment) -> Table:
    """Return the problems as a letter lists them: what, the measure, who answers for it, by when, how far it is."""
    names = ("problem", "measure", "who", "by", "state")
    heads = [Cell(Message(f"report_paper.head.{name}").text("zh"), head=True) for name in names]
    rows = [
        [Cell(getattr(one, name) or "—", align="left") for name in names] for one in of.evaluation.procedure.problems
    ]
    return Table.of([heads, *rows], head_rows=1, widths=(44, 48, 26, 22, 16))


def _items(said: list[Message]) -> list[Block]:
    return [Paragraph(sentence(one), "item") for one in said]
