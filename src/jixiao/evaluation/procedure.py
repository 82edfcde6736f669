"""评价过程: how an evaluation is carried out, signed, answered, followed up and used, list by list.

A list is a record here and its name in `ENTRIES`; its shape in a bundle follows from the record, and a form over it
makes it printed, read back and typed on the web. People stand here by their role and offices by their names; no
person's name belongs into a bundle.

>>> Procedure(team=(Member("项目主评人", duty="评价过程指导"),)).team[0].duty
'评价过程指导'
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jixiao.figures.actual import Value


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of the schedule (评价进度): what it is, by when, what is done in it, and when it was done."""

    stage: str
    until: str | None = None
    work: str | None = None
    done: str | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """A member of the team (评价人员) by role: the qualification it needs and the duty it has."""

    role: str
    qualification: str | None = None
    duty: str | None = None


@dataclass(frozen=True, slots=True)
class DataItem:
    """A figure of the basic data form (基础数据): as it was reported, as it was verified on site, and from where.

    `indicator` is the code of the indicator that it is for, `signed` says who answers for it and when.
    """

    item: str
    indicator: str | None = None
    reported: Value | None = None
    verified: Value | None = None
    department: str | None = None
    evidence: str | None = None
    signed: str | None = None
    remark: str | None = None


@dataclass(frozen=True, slots=True)
class Material:
    """A piece of the data list (资料清单): what was wanted of whom, when it was received, and what is missing."""

    wanted: str
    department: str | None = None
    received: str | None = None
    missing: str | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem that was found and the measure against it: who answers for it, by when, and how far it is.

    It is `closed` on a day with its `proof`; `accountable` says what accountability it led to (问责).
    """

    problem: str
    cause: str | None = None
    measure: str | None = None
    who: str | None = None
    by: str | None = None
    state: str | None = None
    closed: str | None = None
    proof: str | None = None
    accountable: str | None = None


@dataclass(frozen=True, slots=True)
class Interview:
    """A question and its answer in an interview (访谈): when, where, and what kind of respondent was asked."""

    question: str
    answer: str | None = None
    respondent: str | None = None
    date: str | None = None
    place: str | None = None


@dataclass(frozen=True, slots=True)
class Photograph:
    """A photograph taken on site: the title of the evidence that holds the file, what it proves, when and where."""

    photo: str
    indicator: str | None = None
    date: str | None = None
    place: str | None = None


@dataclass(frozen=True, slots=True)
class Method:
    """A method of the evaluation (评价方法) and what it is used for here; known methods explain themselves."""

    method: str
    used_for: str | None = None


@dataclass(frozen=True, slots=True)
class Opinion:
    """What an expert, named by a role (专家一), holds an indicator's weight to be (权重论证), and why."""

    expert: str
    indicator: str | None = None
    weight: Value | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class SignOff:
    """A step that somebody signed (审签): what was decided, with what opinion, when.

    `form` and `code` name the paper that was signed and the check code that stood on it, so that a later change shows.
    """

    step: str
    by: str | None = None
    result: str | None = None
    opinion: str | None = None
    date: str | None = None
    form: str | None = None
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment on a draft (征求意见): on which draft, by whom, what was answered, and whether it was taken."""

    comment: str
    by: str | None = None
    draft: str | None = None
    date: str | None = None
    taken: str | None = None
    reply: str | None = None


@dataclass(frozen=True, slots=True)
class SecondScore:
    """The score that a spot check gives an indicator beside the first one (抽查复核), and why."""

    indicator: str
    score: Value | None = None
    reason: str | None = None
    by: str | None = None


@dataclass(frozen=True, slots=True)
class Addressee:
    """An office that is told the result (结果通报): where it stands in the funds, by when it answers, what was sent."""

    to: str
    region: str | None = None
    by: str | None = None
    document: str | None = None
    sent: str | None = None
    answered: str | None = None


@dataclass(frozen=True, slots=True)
class Publication:
    """A place where the result was published (公开): since when, and under which address."""

    where: str
    date: str | None = None
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Control:
    """A control point of internal control (内控要点): before, during or after the business, and what proves it."""

    control: str
    phase: str | None = None
    who: str | None = None
    evidence: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """A case of supervision (案件台账): against what kind of institution, what was found, and what became of it."""

    case: str
    kind: str | None = None
    date: str | None = None
    found_by: str | None = None
    amount: Value | None = None
    repaid: Value | None = None
    penalty: Value | None = None
    handled: str | None = None
    transferred: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class Audit:
    """What an audit or inspection found (审计、巡视、财政监督), by which document, and what was done."""

    by: str
    document: str | None = None
    date: str | None = None
    found: str | None = None
    measure: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class Procedure:
    """Everything that the forms about the carrying out of an evaluation print."""

    schedule: tuple[Stage, ...] = ()
    team: tuple[Member, ...] = ()
    methods: tuple[Method, ...] = ()
    data: tuple[DataItem, ...] = ()
    materials: tuple[Material, ...] = ()
    interviews: tuple[Interview, ...] = ()
    photographs: tuple[Photograph, ...] = ()
    opinions: tuple[Opinion, ...] = ()
    comments: tuple[Comment, ...] = ()
    sign_offs: tuple[SignOff, ...] = ()
    second_scores: tuple[SecondScore, ...] = ()
    problems: tuple[Problem, ...] = ()
    addressees: tuple[Addressee, ...] = ()
    publications: tuple[Publication, ...] = ()
    controls: tuple[Control, ...] = ()
    cases: tuple[Case, ...] = ()
    audits: tuple[Audit, ...] = ()


ENTRIES: dict[str, type] = {
    "schedule": Stage, "team": Member, "methods": Method, "data": DataItem, "materials": Material,
    "interviews": Interview, "photographs": Photograph, "opinions": Opinion, "comments": Comment,
    "sign_offs": SignOff, "second_scores": SecondScore, "problems": Problem, "addressees": Addressee,
    "publications": Publication, "controls": Control, "cases": Case,
    "audits": Audit,
}  # fmt: skip
VALUES = ("reported", "verified", "weight", "score", "amount", "repaid", "penalty")
