"""个人信息: a telephone number, an identity number, a bank card or a named person stands in the evaluation.

People stand in an evaluation by their roles. What was found is said by its kind; the thing itself is never repeated.
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any

from jixiao import personal
from jixiao.findings import Finding, Message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jixiao.evaluation.model import Evaluation

_PARTS = ("head", "reasons", "evidence", "texts", "amendments", "procedure")
_HOMES = ("jixiao.evaluation.procedure", "jixiao.evaluation.model")


def findings(evaluation: Evaluation) -> Iterator[Finding]:
    """Yield a warning for every text that holds any."""
    for name in _PARTS:
        for path, text in _texts(getattr(evaluation, name), name):
            kinds = dict.fromkeys(one.kind for one in personal.found(text))
            if kinds:
                said = Message("check.personal", {"kinds": [Message(f"check.personal.{kind}") for kind in kinds]})
                yield Finding("personal_data", "warning", said, Message("check.personal.remedy"), paths=(path,))


def _texts(value: Any, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _texts(item, f"{path}/{key}")
    elif isinstance(value, tuple) and not hasattr(value, "_fields"):
        for at, item in enumerate(value):
            yield from _texts(item, f"{path}/{at}")
    elif is_dataclass(value) and type(value).__module__ in _HOMES:
        for spec in fields(value):
            yield from _texts(getattr(value, spec.name), f"{path}/{spec.name}")
