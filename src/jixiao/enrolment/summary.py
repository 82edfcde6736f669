"""比对结果摘要: a comparison as `enrolment/1`, for machines; personal numbers in it are masked, counts are text."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from jixiao.enrolment.charging import COLUMNS
from jixiao.enrolment.comparison import SCHEMES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jixiao.enrolment.comparison import Comparison
    from jixiao.enrolment.groups import Coverage


def summary(
    of: Comparison, names: Mapping[str, str], covered: Coverage | None, digests: Mapping[str, str]
) -> dict[str, Any]:
    """Return the summary; every number is a decimal string, nobody's number or name is in it."""
    return {
        "schema": "enrolment/1",
        "title": names["title"],
        "as_of": of.terms.as_of.isoformat(),
        "status": {"rule": of.terms.status, "codes": list(of.terms.codes()), "paid": of.terms.paid()},
        "mode": of.terms.mode,
        "precedence": list(COLUMNS) if of.terms.mode == "charge" else ["deceased", *COLUMNS[:4]],
        "jurisdictions": {"own": names["own"], "other": names["other"]},
        "rows": [
            {
                "code": row.region.code,
                "name": row.region.name,
                **{scheme: _texts(row.figures[scheme]) for scheme in SCHEMES},
            }
            for row in of.rows
        ],
        "total": {scheme: _texts(of.total[scheme]) for scheme in SCHEMES},
        "rules": {rule: str(count) for rule, count in sorted(Counter(case.rule.id for case in of.cases).items())},
        "suspects": {kind: str(count) for kind, count in sorted(Counter(one.kind for one in of.suspects).items())},
        "unusable": {
            str(why): str(count)
            for why, count in sorted(Counter(str(one.identity.why) for one in of.unusable if one.side == 0).items())
        },
        "groups": [
            {
                "name": group.name,
                "listed": str(group.listed),
                "enrolled": str(group.enrolled),
                "unusable": str(group.unusable),
            }
            for group in (covered.groups if covered else ())
        ],
        "inputs": dict(digests),
    }


def _texts(figures: Mapping[str, int]) -> dict[str, str]:
    return {name: str(count) for name, count in figures.items()}
