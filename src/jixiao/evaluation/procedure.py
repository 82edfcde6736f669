"""评价过程: how an evaluation is carried out: schedule, team, collected data, materials, problems, interviews.

People stand here by their role and offices by their names; no person's name belongs into a bundle.

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
    """A problem that was found and the measure against it: who answers for it, by when, and how far it is."""

    problem: str
    cause: str | None = None
    measure: str | None = None
    who: str | None = None
    by: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class Interview:
    """A question and its answer in an interview (访谈): when, where, and what kind of respondent was asked."""

    question: str
    answer: str | None = None
    respondent: str | None = None
    date: str | None = None
    place: str | None = None


@dataclass(frozen=True, slots=True)
class Procedure:
    """Everything that the forms about the carrying out of an evaluation print."""

    schedule: tuple[Stage, ...] = ()
    team: tuple[Member, ...] = ()
    data: tuple[DataItem, ...] = ()
    materials: tuple[Material, ...] = ()
    problems: tuple[Problem, ...] = ()
    interviews: tuple[Interview, ...] = ()


ENTRIES = {"schedule": Stage, "team": Member, "data": DataItem, "materials": Material, "problems": Problem,
           "interviews": Interview}  # fmt: skip
VALUES = ("reported", "verified")
