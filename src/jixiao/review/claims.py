"""论断: what an Evaluation or a finished document says, in one vocabulary, so that the same checks run on both.

A claim is a kind (weight, score, score_rate, target, grade), the subject it is about, what is said, and where.
The subject is a path (`scored/C203`, `scored`), and `within` is the subject that it is a part of.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias

from jixiao.evaluation.published import published
from jixiao.evaluation.reading import weight
from jixiao.figures.figure import Figure, exactly
from jixiao.figures.notation import figure
from jixiao.figures.target_notation import target as read_target
from jixiao.figures.unread import Unread
from jixiao.forms.form import forms
from jixiao.forms.read import read
from jixiao.forms.recognise import recognise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jixiao.documents.document import Document
    from jixiao.evaluation.assess import Assessment
    from jixiao.findings import Place
    from jixiao.forms.read import Reading

Key: TypeAlias = tuple[object, ...]
KINDS = ("weight", "score", "score_rate", "target", "grade")


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing said. Two claims are equal when they say the same of the same subject, wherever and however spelt."""

    kind: str
    subject: str
    within: str | None
    key: Key
    figure: Figure | None = field(default=None, compare=False)
    text: str = field(default="", compare=False)
    place: Place | None = field(default=None, compare=False)


def of_evaluation(of: Assessment) -> list[Claim]:
    """Return what an assessed Evaluation says, each figure as a reader gets it: scores exact, rates to two decimals."""
    found: list[Claim | None] = []
    for system in of.evaluation.systems:
        for node, above in system.walk():
            subject = f"{system.role}/{node.code}"
            within = f"{system.role}/{above[-1].code}" if above else system.role
            found += [_published(of, kind, subject, within) for kind in KINDS[:4]]
        found += [_published(of, kind, system.role, None) for kind in KINDS if kind != "target"]
    return [claim for claim in found if claim is not None]


def _published(of: Assessment, kind: str, subject: str, within: str | None) -> Claim | None:
    value = published(of, f"{subject}/{kind}") if kind != "target" or hasattr(_node(of, subject), "target") else None
    if isinstance(value, Figure):
        value = value.published(2)
        return Claim(kind, subject, within, key_of(value), value, str(value))
    return Claim(kind, subject, within, (str(value),), None, str(value)) if value is not None else None


def _node(of: Assessment, subject: str) -> object:
    role, _, code = subject.partition("/")
    system = next((system for system in of.evaluation.systems if system.role == role), None)
    return system.find(code) if system is not None else None


def of_document(document: Document) -> tuple[list[Claim], list[Unread]]:
    """Return what the recognised tables of a document say, and the cells of them that could not be read."""
    claims: list[Claim] = []
    unread: list[Unread] = []
    for table in document.tables():
        found = recognise(forms(), table)
        if found is None:
            continue
        form, match = found
        for claim in _claims(read(form, table, match)):
            if isinstance(claim, Unread):
                unread.append(claim)
            else:
                claims.append(claim)
    return claims, unread


def _claims(reading: Reading) -> Iterator[Claim | Unread]:
    for path, text in reading.values.items():
        subject, _, kind = path.rpartition("/")
        if kind not in KINDS or not text.strip() or text.strip() in ("—", "-", "/"):
            continue
        value = said_by(kind, text)
        place = reading.places.get(path)
        within = reading.within.get(subject)
        if isinstance(value, Unread):
            yield value
        elif isinstance(value, Figure):
            yield Claim(kind, subject, within, key_of(value), value, text, place)
        else:
            yield Claim(kind, subject, within, (value,), None, text, place)


def said_by(kind: str, text: str) -> Figure | str | Unread:
    """Return what the text of a claim of some kind says."""
    if kind in ("weight", "score"):
        read_points = weight(text)
        if isinstance(read_points, Unread):
            return read_points
        places = max(0, -int(read_points.as_tuple().exponent))
        return Figure(*_pair(read_points), places=places, spelt=text)
    if kind == "score_rate":
        return figure(text)
    if kind == "target":
        goal = read_target(text)
        return goal if isinstance(goal, Unread) else str(goal)
    return text


def _pair(value: Decimal) -> tuple[int, int]:
    whole = exactly(*value.as_integer_ratio())
    return whole.num, whole.den


def key_of(value: Figure) -> Key:
    """Return what makes two figures the same: exact value and base unit."""
    return (value.num, value.den, value.unit.base)
