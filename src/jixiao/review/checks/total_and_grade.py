"""总分与等级: the grade is the one that the total earns by the bands.

Authority: 财预〔2020〕10号: 90（含）以上优, 80（含）–90 良, 60（含）–80 中, 60 以下差.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from jixiao.findings import Finding, Message
from jixiao.review.check import one_of
from jixiao.scoring.grades import bands, grade

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jixiao.review.claims import Claim

AUTHORITY = "caiyu-2020-10#grades"
_SYNONYMS = {"优秀": "优", "良好": "良", "中等": "中", "较差": "差"}


def findings(claims: Sequence[Claim]) -> list[Finding]:
    """Return a finding for every grade that is not the one of its total."""
    found = []
    for claim in claims:
        if claim.kind != "grade":
            continue
        total, full = (
            one_of(claims, "score", claim.subject),
            one_of(claims, "weight", claim.subject),
        )
        printed = _SYNONYMS.get(claim.text.strip(), claim.text.strip())
        if total is None or total.figure is None or printed not in {name for _, name in bands()}:
            continue
        out_of = full.figure if full is not None and full.figure is not None else None
        points = Decimal(total.figure.num) / total.figure.den
        earned = grade(points, Decimal(out_of.num) / out_of.den if out_of else Decimal(100))
        if earned != printed:
            said = Message(
                "review.total_and_grade",
                {"total": total.text, "printed": claim.text, "earned": earned},
            )
            places = tuple(one.place for one in (claim, total) if one.place is not None)
            paths = (f"{claim.subject}/grade", f"{claim.subject}/score")
            remedy = Message("review.total_and_grade.remedy", {"earned": earned})
            found.append(
                Finding(
                    "total_and_grade",
                    "error",
                    said,
                    remedy,
                    paths,
                    places,
                    claim.text,
                    earned,
                    AUTHORITY,
                    cause=paths[0],
                )
            )
    return found
