"""正文里的满意度: satisfaction over the answers that a text counts.

    有效问卷 195 份，满意度 93.85%，其中非常满意 112 份、满意 71 份、一般 9 份、不满意 3 份

Of the ways to reckon it (the satisfied over all answers, with or without those who are satisfied on the whole, or
points for each answer) the one that fits is meant; where none fits, the satisfied over all answers.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from jixiao.review.arithmetic import computed, holds, span
from jixiao.review.said import Relation
from jixiao.review.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from jixiao.review.recognising.material import Passage
    from jixiao.review.recognising.mentions import Mention

_ANSWER = re.compile(
    r"(?P<best>(?:非常|十分|很)满意)|(?P<worst>(?:非常|很)?不(?:太)?满意)|(?P<fair>基本满意|一般|较?为满意|比较满意|较满意)"
    r"|(?P<good>(?<![不本较常分很])满意)"
)
_BEHIND = re.compile(r"[”\"』」]?(?:的)?(?:有|为|占|共|人数)?$")
_RATE = re.compile(r"满意(?:度|率)$")
_ORDER = ("best", "good", "fair", "worst")
_NEAR = Span((-15, 100), (15, 100))


def recognise(found: Sequence[Mention], passage: Passage) -> Iterator[Relation]:
    """Yield each rate of satisfaction over the answers counted beside it, and the answers over their number."""
    start = 0
    for stop in [*re.finditer("[。；;]", passage.text), None]:
        end = stop.start() if stop is not None else len(passage.text)
        yield from _of_question([m for m in found if start <= m.start < end], found, passage)
        start = end


def _of_question(inside: Sequence[Mention], found: Sequence[Mention], passage: Passage) -> Iterator[Relation]:
    answers = [(kind, m) for m in inside if m.base in ("份", "人") and (kind := _kind(m, passage)) is not None]
    if len(answers) < 2 or len({kind for kind, _ in answers}) != len(answers) or answers[0][0] != "best":
        return
    kinds, counted = [kind for kind, _ in answers], [m for _, m in answers]
    before = [m for m in found if m.end <= counted[0].start and not m.percent()]
    whole = next((m for m in reversed(before) if "有效" in m.label), None)
    complete = kinds[-1] == "worst"
    if complete and whole is not None:
        yield Relation("parts", (whole.claim, *(m.claim for m in counted)), whole.label, {"all": True, "wholes": ()})
    rates = [m for m in inside if m.percent() and _RATE.search(m.label)]
    if len(rates) == 1 and (complete or whole is not None):
        yield from _rate(rates[0], kinds, counted, whole)


def _kind(m: Mention, passage: Passage) -> str | None:
    """Return which answer a figure counts, by the word right before it."""
    before = _BEHIND.sub("", passage.text[max(0, m.start - 12) : m.start])
    match = next((one for one in _ANSWER.finditer(before) if one.end() == len(before)), None)
    return match.lastgroup if match is not None else None


def _rate(rate: Mention, kinds: list[str], counted: list[Mention], whole: Mention | None) -> Iterator[Relation]:
    inputs = tuple(m.claim for m in counted)
    tried = [Relation("weighted", (rate.claim, *inputs), rate.label, facts) for facts in _ways(kinds, counted, whole)]
    fitting = [relation for relation in tried if holds(relation)]
    value = computed(tried[0])
    if fitting:
        yield fitting[0]
    elif value is not None and value.plus(_NEAR).meets(span(rate.claim)):
        yield tried[0]


def _ways(kinds: list[str], counted: list[Mention], whole: Mention | None) -> Iterator[dict[str, Any]]:
    size = len(kinds)
    over: dict[str, Any] = {"bottom": (1,) * size}
    if whole is not None and kinds[-1] != "worst":
        over = {"over": whole.figure.num // whole.figure.den}
    for satisfied in (("best", "good"), ("best", "good", "fair")):
        yield {"top": tuple(int(kind in satisfied) for kind in kinds), **over}
    for points in ((100, 80, 60, 0), (100, 80, 60, 40), (100, 75, 50, 25), (100, 80, 60, 20), (100, 90, 60, 0)):
        told = dict(zip(_ORDER, points, strict=True))
        yield {"top": tuple(told[kind] for kind in kinds), "bottom": (100,) * size}
