"""公开的数据: a scored evaluation as a data package: CSV tables with their description, figures and names only.

What people wrote about the figures stays behind; personal data in what is left are masked. Every file is described with
its columns, its size and its digest, as open-data portals read it (Frictionless Data).
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from jixiao.formats.answers import listed
from jixiao.formats.json_write import dumped
from jixiao.operations.scored_lines import COLUMNS, Line, money_lines, scored_lines
from jixiao.personal import masked

if TYPE_CHECKING:
    from collections.abc import Callable

    from jixiao.evaluation.assess import Assessment

    Hide = Callable[[str], str]

_INDICATORS = ("code", "level", "name", "target", "actual", "weight", "score", "score_rate")
_FUNDS = ("source", "unit", *COLUMNS, "execution_rate")


def published(of: Assessment, title: str, office: str, hide: Hide = masked) -> dict[str, bytes]:
    """Return the files of a publication by name: `datapackage.json`, `indicators.csv`, `funds.csv`.

    `hide` masks the texts. Where and when the evaluation says that it was published stands in the description.
    """
    tables = {"indicators": (_INDICATORS, _indicators(of, hide)), "funds": (_FUNDS, _funds(of, hide))}
    files = {f"{name}.csv": listed(heads, rows) for name, (heads, rows) in tables.items()}
    told = of.evaluation.procedure.publications[:1]
    package = {
        "profile": "tabular-data-package", "name": "evaluation", "title": hide(title), "publisher": hide(office),
        "year": str(of.evaluation.year), "kind": of.evaluation.kind,
        "total": _plain(of.card.total) if of.card else "", "grade": (of.card.grade if of.card else None) or "",
        **{name: said for one in told for name, said in (("created", one.date), ("homepage", one.link)) if said},
        "resources": [_resource(name, heads, files[f"{name}.csv"]) for name, (heads, _) in tables.items()],
    }  # fmt: skip
    return {"datapackage.json": dumped(package), **files}


def lines(of: Assessment, hide: Hide = masked) -> list[Line]:
    """Return the lines of the scorecard as they may be published."""
    return [
        line._replace(name=hide(line.name), target=hide(line.target), actual=hide(line.actual))
        for line in scored_lines(of)
    ]


def money(of: Assessment, hide: Hide = masked, *, thousands: bool = True) -> list[tuple[str, list[str]]]:
    """Return the money by source as it may be published."""
    return [(hide(name), cells) for name, cells in money_lines(of, thousands=thousands)]


def _indicators(of: Assessment, hide: Hide) -> list[list[str]]:
    return [
        [line.code, str(line.level), line.name, line.target, line.actual, line.weight, line.score, line.rate]
        for line in lines(of, hide)
    ]


def _funds(of: Assessment, hide: Hide) -> list[list[str]]:
    return [[name, "万元", *cells] for name, cells in money(of, hide, thousands=False)]


def _plain(value: object) -> str:
    return "" if value is None else f"{value.normalize():f}"  # type: ignore[attr-defined]


def _resource(name: str, heads: tuple[str, ...], raw: bytes) -> dict[str, object]:
    schema = {"fields": [{"name": head, "type": "string"} for head in heads]}
    return {"name": name, "path": f"{name}.csv", "encoding": "utf-8", "profile": "tabular-data-resource",
            "bytes": len(raw), "hash": f"sha256:{hashlib.sha256(raw).hexdigest()}", "schema": schema}  # fmt: skip
