"""评价过程和绩效监控在文件里的形状: what may stand under `procedure` and `monitoring` of a bundle, by name and kind."""

from __future__ import annotations

from dataclasses import MISSING, fields
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, create_model

from jixiao.evaluation.procedure import ENTRIES


class Told(BaseModel):
    """A mapping whose names are known."""

    model_config = ConfigDict(extra="forbid", strict=True)


def _entry(record: type) -> type[BaseModel]:
    """Return the shape of a record of texts: what it has to have may be blank in a draft, the rest may be absent."""
    due = {spec.name: (str, "") for spec in fields(record) if spec.default is MISSING}
    free = {spec.name: (str | None, None) for spec in fields(record) if spec.default is not MISSING}
    return create_model(f"{record.__name__}Shape", __base__=Told, __doc__=record.__doc__, **{**due, **free})  # type: ignore[call-overload, no-any-return]


SHAPES = {name: _entry(record) for name, record in ENTRIES.items()}
if TYPE_CHECKING:

    class ProcedureShape(Told):
        """How the evaluation is carried out: a list for each of the records."""

else:
    ProcedureShape = create_model(
        "ProcedureShape", __base__=Told, **{name: (list[shape], []) for name, shape in SHAPES.items()}
    )


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
    "procedure": ProcedureShape, **SHAPES, "monitoring": MonitoringShape, "money": SpendingShape,
}  # fmt: skip
