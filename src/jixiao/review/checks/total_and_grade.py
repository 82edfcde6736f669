"""总分与等级: the grade is the one that the total earns by the bands, and no score exceeds its weight.

Source: 财预〔2020〕10号: 90（含）以上优, 80（含）–90 良, 60（含）–80 中, 60 以下差.
A report that states bands of its own is held to those.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from jixiao.review.check import found
from jixiao.review.recognising.bands import SYNONYMS
from jixiao.scoring.grades import bands

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jixiao.findings import Finding
    from jixiao.review.said import Said

AUTHORITY = "caiyu-2020-10#grades"


def findings(said: Said) -> list[Finding]:
    """Return a finding for every grade that is not the one of its total, and every score above its weight."""
    return [*_grades(said), *_above(said)]


def _grades(said: Said) -> Iterator[Finding]:
    own = said.facts.get("bands")
    scale = bands() if own is None else own
    for relation in said.about("grade"):
        word, total = relation.claims[:2]
        printed = SYNONYMS.get(word.text.strip(), word.text.strip())
        if total.figure is None or printed not in {name for _, name in scale}:
            continue
        full = relation.claims[2].figure if len(relation.claims) > 2 else None
        share = Decimal(total.figure.num) / total.figure.den * (Decimal(100) * full.den / full.num if full else 1)
        earned = next((name for floor, name in scale if share >= floor), scale[-1][1])
        if earned != printed:
            yield found(
                "total_and_grade",
                "error",
                relation.claims,
                printed=word.text,
                expected=earned,
                authority=AUTHORITY,
                cause=f"grade{word.place!r}",
                total=total.text,
                grade=word.text,
                earned=earned,
            )


def _above(said: Said) -> Iterator[Finding]:
    seen: set[int] = set()
    for relation in said.about("within_full"):
        score, weight = relation.claims
        if score.figure is None or weight.figure is None or id(score) in seen:
            continue
        seen.add(id(score))
        if score.figure.num * weight.figure.den > weight.figure.num * score.figure.den and weight.figure.num > 0:
            yield found(
                "total_and_grade",
                "error",
                relation.claims,
                what="total_and_grade.above",
                printed=score.text,
                about=relation.about,
                score=score.text,
                weight=weight.text,
            )
