"""比对结果摘要: a comparison as `enrolment/1`, for machines, and read back; nobody's number is in it."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from jixiao.enrolment.candidates import Candidates
from jixiao.enrolment.charging import COLUMNS
from jixiao.enrolment.comparison import SCHEMES, Comparison, Row
from jixiao.enrolment.groups import Coverage, Group
from jixiao.enrolment.registers import Terms
from jixiao.regions import Region

if TYPE_CHECKING:
    from collections.abc import Mapping

SCHEMA = "enrolment/1"


class Summarised(NamedTuple):
    """What a summary says: the comparison without its cases, what names it, the coverage, the digests of its inputs."""

    comparison: Comparison
    names: dict[str, str]
    covered: Coverage | None
    digests: dict[str, str]


def summary(
    of: Comparison, names: Mapping[str, str], covered: Coverage | None, digests: Mapping[str, str]
) -> dict[str, Any]:
    """Return the summary; every number is a decimal string, nobody's number or name is in it."""
    return {
        "schema": SCHEMA,
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


def read(tree: Mapping[str, Any]) -> Summarised:
    """Return what a summary says; `ValueError`, `KeyError` or `TypeError` for anything that is none.

    Its table and its measures are those of the comparison it was made from. Who is meant in it, it does not say.
    """
    if tree["schema"] != SCHEMA:
        raise ValueError(tree["schema"])
    terms = Terms(date.fromisoformat(tree["as_of"]), tree["status"]["rule"], tree["mode"])
    rows = tuple(Row(Region(row["code"], row["name"]), _figures(row)) for row in tree["rows"])
    found = Comparison(terms, rows, _figures(tree["total"]), (), (), (), Candidates((), (), (), (), ()))
    groups = tuple(
        Group(one["name"], int(one["listed"]), int(one["enrolled"]), int(one["unusable"])) for one in tree["groups"]
    )
    names = {**tree["jurisdictions"], "title": tree["title"]}
    return Summarised(found, names, Coverage(groups) if groups else None, dict(tree["inputs"]))


def _figures(row: Mapping[str, Any]) -> dict[str, dict[str, int]]:
    return {scheme: {name: int(count) for name, count in row[scheme].items()} for scheme in SCHEMES}


def _texts(figures: Mapping[str, int]) -> dict[str, str]:
    return {name: str(count) for name, count in figures.items()}
