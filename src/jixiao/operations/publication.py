"""公开的数据: a scored evaluation as a data package: CSV tables with their description, figures and names only.

What people wrote about the figures stays behind; what looks like the number of a telephone or a person is masked.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jixiao.formats.answers import listed
from jixiao.formats.json_write import dumped
from jixiao.operations.scored_lines import COLUMNS, Line, money_lines, scored_lines

if TYPE_CHECKING:
    from jixiao.evaluation.assess import Assessment

_PERSONAL = re.compile(r"(?<!\d)(?:1[3-9]\d{9}|[1-9]\d{5}(?:18|19|20)\d{9}[\dXx]|[1-9]\d{14})(?!\d)")
_INDICATORS = ("code", "level", "name", "target", "actual", "weight", "score", "score_rate")
_FUNDS = ("source", "unit", *COLUMNS, "execution_rate")


def published(of: Assessment, title: str, office: str) -> dict[str, bytes]:
    """Return the files of a publication by name: `datapackage.json`, `indicators.csv`, `funds.csv`."""
    tables = {"indicators": (_INDICATORS, _indicators(of)), "funds": (_FUNDS, _funds(of))}
    package = {
        "profile": "tabular-data-package", "name": "evaluation", "title": masked(title), "publisher": masked(office),
        "year": str(of.evaluation.year), "kind": of.evaluation.kind,
        "total": _plain(of.card.total) if of.card else "", "grade": (of.card.grade if of.card else None) or "",
        "resources": [_resource(name, heads) for name, (heads, _) in tables.items()],
    }  # fmt: skip
    files = {"datapackage.json": dumped(package)}
    return files | {f"{name}.csv": listed(heads, rows) for name, (heads, rows) in tables.items()}


def masked(text: str) -> str:
    """Return a text in which the numbers of persons and telephones are crossed out.

    >>> masked("联系人 13812345678，编号 2024001"), masked("参保 409.07万人")
    ('联系人 138********，编号 2024001', '参保 409.07万人')
    """
    return _PERSONAL.sub(lambda found: found.group()[:3] + "*" * (len(found.group()) - 3), text)


def lines(of: Assessment) -> list[Line]:
    """Return the lines of the scorecard as they may be published."""
    return [
        line._replace(name=masked(line.name), target=masked(line.target), actual=masked(line.actual))
        for line in scored_lines(of)
    ]


def money(of: Assessment, *, thousands: bool = True) -> list[tuple[str, list[str]]]:
    """Return the money by source as it may be published."""
    return [(masked(name), cells) for name, cells in money_lines(of, thousands=thousands)]


def _indicators(of: Assessment) -> list[list[str]]:
    return [
        [line.code, str(line.level), line.name, line.target, line.actual, line.weight, line.score, line.rate]
        for line in lines(of)
    ]


def _funds(of: Assessment) -> list[list[str]]:
    return [[name, "万元", *cells] for name, cells in money(of, thousands=False)]


def _plain(value: object) -> str:
    return "" if value is None else f"{value.normalize():f}"  # type: ignore[attr-defined]


def _resource(name: str, heads: tuple[str, ...]) -> dict[str, object]:
    schema = {"fields": [{"name": head, "type": "string"} for head in heads]}
    return {"name": name, "path": f"{name}.csv", "encoding": "utf-8", "profile": "tabular-data-resource",
            "schema": schema}  # fmt: skip
