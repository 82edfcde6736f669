"""所言: what a document or an Evaluation says: claims, and the relations that it thereby says hold between them.

A claim is one figure, word or date about one subject, with its place. A relation is arithmetic that a reader may
rely on: a total over its parts, a rate with its two amounts, the same thing printed twice. Recognition makes
relations, checks test them; the same checks therefore run on any document and on what jixiao writes itself.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from jixiao.figures.figure import Figure
    from jixiao.findings import Message, Place

Key: TypeAlias = tuple[object, ...]
OCR = "OCR"  # the part that places name where text was recognised in a picture


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing said. Two claims are equal when they say the same of the same subject, wherever and however spelt.

    `kind`: weight, score, score_rate, target, actual, grade, budget, received, executed, execution_rate, amount, rate,
    share, count … `subject` is a path (`scored/C203`) or the words it is called by; `within` is the subject that it is
    a part of, `above` those that this is itself part of, nearest first; `label` is how it is named where it stands.
    """

    kind: str
    subject: str
    within: str | None
    key: Key
    figure: Figure | None = field(default=None, compare=False)
    text: str = field(default="", compare=False)
    place: Place | None = field(default=None, compare=False)
    label: str = field(default="", compare=False)
    above: tuple[str, ...] = field(default=(), compare=False, kw_only=True)

    def whereabouts(self) -> tuple[object, ...]:
        """Return what tells one printed figure from another: its place and text, or, where it has none, its path."""
        return (self.place, self.text) if self.place is not None else (self.kind, self.subject)


@dataclass(frozen=True, slots=True, eq=False)
class Relation:
    """What is said to hold between claims; the first is the result, the others are what it comes from.

    `kind` names the check's business (footing, parts, points, score_rate, rate, growth, difference, same, order,
    share, count, uses, rule …); `about` is what it is about, in words; `facts` holds what is no figure.
    """

    kind: str
    claims: tuple[Claim, ...]
    about: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def result(self) -> Claim:
        """Return the claim that is said to follow."""
        return self.claims[0]

    @property
    def inputs(self) -> tuple[Claim, ...]:
        """Return the claims that it follows from."""
        return self.claims[1:]


class Skipped(NamedTuple):
    """Something that was not read, and why."""

    place: Place | None
    text: str
    why: Message


@dataclass(frozen=True, eq=False)
class Said:
    """Everything a document says; `figures` counts the figures read, `facts` holds the document's own data."""

    claims: tuple[Claim, ...] = ()
    relations: tuple[Relation, ...] = ()
    not_read: tuple[Skipped, ...] = ()
    figures: int = 0
    facts: Mapping[str, Any] = field(default_factory=dict)

    def about(self, *kinds: str) -> Iterator[Relation]:
        """Yield the relations of some kinds."""
        return (relation for relation in self.relations if relation.kind in kinds)

    def checked(self) -> int:
        """Return how many figures stand in at least one relation."""
        return len({claim.whereabouts() for relation in self.relations for claim in relation.claims if claim.figure})
