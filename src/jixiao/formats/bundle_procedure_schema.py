"""评价过程和绩效监控在文件里的形状: what may stand under `procedure` and `monitoring` of a bundle, by name and kind."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Told(BaseModel):
    """A mapping whose names are known."""

    model_config = ConfigDict(extra="forbid", strict=True)


class StageShape(Told):
    """A stage of the schedule."""

    stage: str = ""
    until: str | None = None
    work: str | None = None
    done: str | None = None


class MemberShape(Told):
    """A member of the team, by role."""

    role: str = ""
    qualification: str | None = None
    duty: str | None = None


class DataItemShape(Told):
    """A figure of the basic data form."""

    item: str = ""
    indicator: str | None = None
    reported: str | None = None
    verified: str | None = None
    department: str | None = None
    evidence: str | None = None
    signed: str | None = None
    remark: str | None = None


class MaterialShape(Told):
    """A piece of the data list."""

    wanted: str = ""
    department: str | None = None
    received: str | None = None
    missing: str | None = None


class ProblemShape(Told):
    """A problem and the measure against it."""

    problem: str = ""
    cause: str | None = None
    measure: str | None = None
    who: str | None = None
    by: str | None = None
    state: str | None = None


class InterviewShape(Told):
    """A question of an interview and its answer."""

    question: str = ""
    answer: str | None = None
    respondent: str | None = None
    date: str | None = None
    place: str | None = None


class ProcedureShape(Told):
    """How the evaluation is carried out."""

    schedule: list[StageShape] = []
    team: list[MemberShape] = []
    data: list[DataItemShape] = []
    materials: list[MaterialShape] = []
    problems: list[ProblemShape] = []
    interviews: list[InterviewShape] = []


class ProgressShape(Told):
    """An indicator in the middle of the year."""

    so_far: str | None = None
    expected: str | None = None
    cause: str | None = None
    likelihood: str | None = None
    measure: str | None = None


class SpendingShape(Told):
    """The money of a source in the middle of the year."""

    executed: str | None = None
    expected: str | None = None


class MonitoringShape(Told):
    """The monitoring of the year."""

    until: str | None = None
    money: dict[str, SpendingShape] = {}
    indicators: dict[str, ProgressShape] = {}


INSIDE: dict[str, type[BaseModel]] = {
    "procedure": ProcedureShape, "schedule": StageShape, "team": MemberShape, "data": DataItemShape,
    "materials": MaterialShape, "problems": ProblemShape, "interviews": InterviewShape,
    "monitoring": MonitoringShape, "money": SpendingShape,
}  # fmt: skip
