"""经验、问题、建议、结果应用和其他说明: what follows from the result; the last page's signature and seal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao import library
from jixiao.documents.document import Paragraph
from jixiao.findings import Message
from jixiao.indicators.categories import not_set
from jixiao.indicators.system import ROLES
from jixiao.reports import problems, texts
from jixiao.reports.chapters.conclusion import result
from jixiao.reports.chapters.headings import heading
from jixiao.reports.prose import clause, paragraph, quoted
from jixiao.reports.standing import lost

if TYPE_CHECKING:
    from jixiao.documents.document import Block
    from jixiao.evaluation.assess import Assessment
    from jixiao.evaluation.model import Amendment

_SUPPORTED = ("优", "良")


def experience_and_problems(of: Assessment) -> list[Block]:
    """Return 主要经验及做法、存在的问题及原因分析."""
    return [
        heading("experience_and_problems", 1),
        heading("experience", 2),
        *texts.blocks(of, "experience", under=2),
        heading("problems", 2),
        *problems.problems(of),
    ]


def recommendations(of: Assessment, title: str = "recommendations") -> list[Block]:
    """Return 相关建议, or under the title given."""
    found = [*problems.recommendations(of), *texts.blocks(of, "recommendations", under=1)]
    none = texts.gap("recommendations") if lost(of) else paragraph(Message("report_problem.keep"))
    return [heading(title, 1), *(found or [none])]


def result_use(of: Assessment) -> list[Block]:
    """Return 评价结果应用建议: the text, else correction, budget by the grade, and publication."""
    found: list[Block] = [heading("result_use", 1)]
    if of.evaluation.texts.get("result_use", "").strip():
        return found + texts.blocks(of, "result_use", under=1)
    grade = {"grade": quoted(of, "scored/grade")}
    budget = "report_use.support" if grade["grade"].text in _SUPPORTED else "report_use.improve"
    return [
        *found,
        heading("correction", 2),
        paragraph(Message("report_use.correction", {"unit": quoted(of, "head/unit")})),
        heading("budget", 2),
        paragraph(Message(budget, grade)),
        heading("publication", 2),
        paragraph(Message("report_use.publication")),
    ]


def application(of: Assessment) -> list[Block]:
    """Return 绩效自评结果拟应用和公开情况: the result, then what is done with it, and that it is published."""
    used = texts.blocks(of, "result_use", under=1, default=(paragraph(Message("report_use.feedback")),))
    return [
        heading("applied", 1),
        paragraph(*result(of)),
        *used,
        paragraph(Message("report_use.own_publication")),
    ]


def notes(of: Assessment, limits: str = "report.limits") -> list[Block]:
    """Return 其他需要说明的问题: limits (the text, else that message), kinds not set, typed scores, changes, audits."""
    said = texts.blocks(of, "limits", under=1, default=(paragraph(Message(limits)),))
    system = of.evaluation.system("scored")
    alike: dict[str, list[Message]] = {}
    for code, given in of.evaluation.overrides.items():
        if system is not None and system.find(code) is not None:  # a check has found the others
            at = {"name": _name(of, code), "score": quoted(of, f"scored/{code}/score")}
            alike.setdefault(clause(given.reason), []).append(Message("report.typed_score", at))
    typed = [
        paragraph(Message("report.typed_scores", {"scores": scores, "reason": reason}))
        for reason, scores in alike.items()
    ]
    changed = [paragraph(_amendment(of, change)) for change in of.evaluation.amendments]
    return [heading("notes", 1), *said, *_not_set(of), *typed, *changed, *_audited(of)]


def _not_set(of: Assessment) -> list[Block]:
    """Return which kinds of indicators the form has a place for and the system has none of."""
    system = of.evaluation.system("scored")
    names = not_set(system) if system is not None else []
    kinds = [Message("report.kind_of_indicator", {"name": name}) for name in names]
    return [paragraph(Message("report.not_set", {"kinds": kinds}))] if kinds else []


def _audited(of: Assessment) -> list[Block]:
    """Return what audits and inspections found, each with its document and what was done."""
    said = []
    for one in of.evaluation.procedure.audits:
        source = Message("report.audit.document", {"document": one.document}) if one.document else ""
        done = "，".join(clause(text) for text in (one.measure, one.state) if text)
        args = {"by": one.by, "source": source, "found": clause(one.found or "—"), "done": done}
        said.append(Message("report.audit.done" if done else "report.audit.found", args))
    return [paragraph(Message("report.audits"), *said)] if said else []


def signature(of: Assessment) -> list[Block]:
    """Return the lines for the responsible evaluator's signature and the institution's seal."""
    seal = Message("report.seal", {"evaluator": quoted(of, "head/evaluator")})
    date = [Paragraph(of.evaluation.head.report_date, "sign")] if of.evaluation.head.report_date else []
    return [paragraph(Message("report.signed"), kind="signature"), paragraph(seal, kind="seal"), *date]


def own_signature(of: Assessment) -> list[Block]:
    """Return the lines for the signature and the seal of the unit that evaluated itself."""
    seal = Message("report.seal_own", {"unit": quoted(of, "head/unit")})
    date = [Paragraph(of.evaluation.head.report_date, "sign")] if of.evaluation.head.report_date else []
    return [paragraph(Message("report.signed_own"), kind="signature"), paragraph(seal, kind="seal"), *date]


def _amendment(of: Assessment, change: Amendment) -> Message:
    role, _, rest = change.path.partition("/")
    code, _, part = rest.partition("/")
    named = role in ROLES and f"report.part.{part}" in library.read("messages/report.yaml")
    what = Message(f"report.part.{part}", {"name": _name(of, code)}) if named else change.path
    return Message(
        "report.amendment",
        {
            "what": what,
            "before": change.before or "—",
            "after": change.after or "—",
            "cause": _cause(clause(change.asked_by), clause(change.consent).removesuffix("同意")),
            "reason": clause(change.reason),
        },
    )


def _cause(asked_by: str, consent: str) -> Message:
    """Return who asked for a change and who agreed; what the one who has to agree asks for needs no consent."""
    if asked_by and asked_by == consent:
        return Message("report.amended.required", {"by": asked_by})
    return Message("report.amended.agreed" if asked_by else "report.amended.consent", {"by": asked_by, "to": consent})


def _name(of: Assessment, code: str) -> str:
    """Return the name of a node in either system, or its code where no system has it."""
    nodes = (node for system in of.evaluation.systems if (node := system.find(code)))
    return next((node.name for node in nodes), code)
