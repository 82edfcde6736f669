"""前后一致: the same thing printed twice has one value, in whatever unit and to whatever decimals it is printed.

Source: a report states one figure for one thing (财预〔2020〕10号: 数据真实、完整); R37, R50 of the rule catalogue.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from jixiao.review.check import found, suspects
from jixiao.review.verdicts import verdicts

if TYPE_CHECKING:
    from jixiao.findings import Finding, Severity
    from jixiao.review.said import Relation, Said


def findings(said: Said) -> list[Finding]:
    """Return a finding for every pair of figures that stand for the same thing and cannot be the same."""
    result = []
    for broken in verdicts(said).of("same"):
        relation = broken.relation
        one, other = relation.claims
        kind = relation.facts.get("kind", "")
        where = replace(one.place, quote=None) if one.place else None
        result.append(
            found(
                "repeated",
                "error",
                suspects(broken),
                printed=(broken.suspect or one).text,
                expected=broken.expected,
                cause=f"same{relation.about}{where!r}" if kind in ("weight", "score") and where else None,
                what=f"repeated.{kind}" if kind in _NAMED else "repeated",
                about=relation.about,
                one=one.text,
                other=other.text,
            )
        )
    result += [_apart(relation, "error", "target", "{}") for relation in said.about("target_text")]
    result += [_apart(relation, "warning", "actual", "「{}」") for relation in said.about("words")]
    return result


def _apart(relation: Relation, severity: Severity, what: str, shown: str) -> Finding:
    """Return the finding for two spellings of one thing that are no figures to be compared."""
    one, other = relation.claims
    return found(
        "repeated",
        severity,
        relation.claims,
        what=f"repeated.{what}",
        printed=one.text,
        about=relation.about,
        one=shown.format(one.text),
        other=shown.format(other.text),
    )


_NAMED = ("weight", "score", "target", "actual")
