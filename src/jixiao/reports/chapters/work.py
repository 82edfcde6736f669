"""评价工作概述: purpose, methods, the indicator system and its grades, how the work went."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao import library
from jixiao.authorities import cited
from jixiao.documents.document import Run
from jixiao.evaluation.published import points
from jixiao.findings import Message
from jixiao.reports import texts
from jixiao.reports.chapters.headings import heading
from jixiao.reports.prose import clause, paragraph, quoted
from jixiao.reports.standing import counted, goal, leaves
from jixiao.scoring.grades import DEFAULT, bands

if TYPE_CHECKING:
    from jixiao.documents.document import Block
    from jixiao.evaluation.assess import Assessment


def chapter(of: Assessment, title: str = "work") -> list[Block]:
    """Return the chapter under a title of its own or the usual one."""
    purpose = Message("report.purpose", {"project": quoted(of, "head/project")})
    return [
        heading(title, 1),
        heading("purpose", 2),
        *texts.blocks(of, "purpose", under=2, default=(paragraph(purpose),)),
        heading("methods", 2),
        *applied_methods(of, under=2),
        heading("system", 2),
        paragraph(*system(of)),
        paragraph(*grades(of)),
        heading("process", 2),
        *texts.blocks(of, "process", under=2),
    ]


def applied_methods(of: Assessment, *, under: int) -> list[Block]:
    """Return a paragraph per chosen method, what it is and what it is used for, then the text on methods."""
    known, said = library.read("reports/methods.yaml"), []
    for one in of.evaluation.procedure.methods:
        args = {"method": one.method, "what": known.get(one.method, ""), "used_for": clause(one.used_for or "")}
        known_as = "known" if one.method in known else "named"
        said.append(Message(f"report.method.{known_as}{'_used' if one.used_for else ''}", args))
    chosen = [paragraph(one, kind="item") for one in said]
    told = "methods" in of.evaluation.texts or not chosen
    return [*chosen, *(texts.blocks(of, "methods", under=under) if told else [])]


def system(of: Assessment, *, annexed: bool = True) -> list[Message]:
    """Return what the scored system consists of, and where its table stands if it is `annexed`."""
    scored = of.evaluation.system("scored")
    if scored is None:
        return []
    counts = {f"level{level}": quoted(of, f"scored/count/{level}") for level in (1, 2, 3)}
    weights = [
        Message("report.section_weight", {"name": section.name, "weight": quoted(of, f"scored/{section.code}/weight")})
        for section in scored.roots
    ]
    named = cited(scored.authority)
    based = [Message("report.system_authority", {"authority": named})] if named else []
    said = {"full": quoted(of, "scored/weight"), "weights": weights, "goal": goal(of)}
    if not annexed:
        name = "counted" if leaves(of) else "sections"
        return [*based, Message(f"report.system_{name}", {**counts, **said})]
    if of.evaluation.kind == "third-party":
        return [*based, Message("report.system", {**counts, **said})]
    return [*based, Message("report.system_own", {"count": counted(of), **said})]


def grades(of: Assessment) -> list[Message]:
    """Return the bands of the grades."""
    known, said = bands(), []
    for number, (floor, grade) in enumerate(known):
        named = {"floor": Run(str(points(floor))), "grade": grade}
        if number == 0:
            said.append(Message("report.grade.top", named))
        elif number < len(known) - 1:
            said.append(Message("report.grade.band", {**named, "ceiling": Run(str(points(known[number - 1][0])))}))
        else:
            said.append(
                Message("report.grade.last", {"ceiling": Run(str(points(known[number - 1][0]))), "grade": grade})
            )
    return [Message("report.grades", {"authority": cited(DEFAULT), "bands": said})] if of.card else []
