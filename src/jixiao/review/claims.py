"""论断: what an Evaluation or a finished document says, in one vocabulary, so that the same checks run on both.

A claim is a kind (weight, score, score_rate, target, grade), the subject it is about, what is said, and where.
The subject is a path (`scored/C203`, `scored`), and `within` is the subject that it is a part of.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from jixiao.evaluation.published import published
from jixiao.evaluation.reading import weight
from jixiao.figures.figure import Figure, exactly
from jixiao.figures.notation import figure
from jixiao.figures.target_notation import target as read_target
from jixiao.figures.unread import Unread
from jixiao.forms.form import forms
from jixiao.forms.read import read
from jixiao.forms.recognise import recognise
from jixiao.review.said import Claim, Key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jixiao.documents.document import Document
    from jixiao.evaluation.assess import Assessment
    from jixiao.forms.read import Reading

KINDS = ("weight", "score", "score_rate", "target", "grade")


def of_evaluation(of: Assessment) -> list[Claim]:
    """Return what an assessed Evaluation says, each figure as a reader gets it: scores exact, rates to two decimals."""
    found: list[Claim | None] = []
    for system in of.evaluation.systems:
        for node, above in system.walk():
            subject = f"{system.role}/{node.code}"
            within = (*(f"{system.role}/{group.code}" for group in reversed(above)), system.role)
            found += [_published(of, kind, subject, within) for kind in KINDS[:4]]
        found += [_published(of, kind, system.role, ()) for kind in KINDS if kind != "target"]
    return [claim for claim in found if claim is not None]


def _published(of: Assessment, kind: str, subject: str, within: tuple[str, ...]) -> Claim | None:
    value = published(of, f"{subject}/{kind}") if kind != "target" or hasattr(_node(of, subject), "target") else None
    if isinstance(value, Figure):
        value = value.published(2) if kind == "score_rate" else value
        return Claim(kind, subject, _nearest(within), key_of(value), value, str(value), above=within[1:])
    if value is None:
        return None
    return Claim(kind, subject, _nearest(within), (str(value),), None, str(value), above=within[1:])


def _nearest(within: tuple[str, ...]) -> str | None:
    return within[0] if within else None


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
        within = _chain(subject, reading)
        if isinstance(value, Unread):
            yield value
        elif isinstance(value, Figure):
            yield Claim(kind, subject, _nearest(within), key_of(value), value, text, place, above=within[1:])
        else:
            yield Claim(kind, subject, _nearest(within), (value,), None, text, place, above=within[1:])


def _chain(subject: str, reading: Reading) -> tuple[str, ...]:
    """Return the subjects that a subject is part of, nearest first."""
    chain = [subject]
    while (upper := reading.within.get(chain[-1])) is not None and upper not in chain:
        chain.append(upper)
    return tuple(chain[1:])


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
