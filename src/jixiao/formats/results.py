"""计算结果: what an engine has left behind for an indicator, one file `data/results/<code>.json` each (`result/1`).

A result is an actual value with its origin: source, measure, restriction, parts, query, state of the data, and the
SHA-256 of every input, named relative to the bundle. An input that has changed since makes the result stale.
"""

from __future__ import annotations

import hashlib
import json
from os.path import commonpath
from typing import TYPE_CHECKING, Any, NamedTuple

from jixiao.errors import CannotParse
from jixiao.figures import exact
from jixiao.figures.figure import Figure, exactly
from jixiao.figures.notation import figure as read_figure
from jixiao.findings import Finding, Message, Place
from jixiao.formats.json_write import dumped
from jixiao.formats.json_write import figure as written
from jixiao.formats.opened import opened
from jixiao.indicators.indicator import Actual, Measured

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

SCHEMA = "result/1"
FOLDER = "data/results"
_OUTSIDE = "external:"


class Results(NamedTuple):
    """The results of a bundle by indicator code, where each stands, and what is wrong with them."""

    actuals: dict[str, Actual]
    places: dict[str, Place]
    findings: list[Finding]


def write(code: str, result: Actual) -> bytes:
    """Return a result as JSON; its value must be a figure and its origin `Measured`."""
    origin, value = result.origin, result.value
    assert isinstance(origin, Measured) and isinstance(value, Figure)
    return dumped(
        {
            "schema": SCHEMA,
            "code": code,
            "source": origin.source,
            "measure": origin.measure,
            "where": dict(origin.where),
            "value": written(value),
            "parts": {name: written(part) for name, part in origin.parts.items()},
            "query": origin.query,
            "digests": dict(origin.digests),
            "as_of": origin.as_of,
        }
    )


def digests(folder: Path, files: Iterable[Path]) -> dict[str, str]:
    """Return the SHA-256 of files; one inside the bundle is named by its path in it, any other as `external:path`.

    The path of a file outside begins below the folder that all of them share.
    """
    inside, resolved = folder.resolve(), [path.resolve() for path in files]
    outside = [path.parent for path in resolved if not path.is_relative_to(inside)]
    shared = commonpath(outside) if outside else inside
    return {
        path.relative_to(inside).as_posix()
        if path.is_relative_to(inside)
        else f"{_OUTSIDE}{path.relative_to(shared).as_posix()}": digest(path)
        for path in resolved
    }


def external(tables: Mapping[str, str]) -> dict[str, str]:
    """Return the digests of what is no file, a database table, under names that nobody looks for in the bundle."""
    return {f"{_OUTSIDE}{name}": told for name, told in tables.items()}


def digest(path: Path) -> str:
    """Return the SHA-256 of a file of any size."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def read(folder: Path) -> Results:
    """Return the results that lie in a bundle; a file that is no result raises `CannotParse`."""
    found = Results({}, {}, [])
    for path in sorted((folder / FOLDER).glob("*.json")):
        code, result = _read(path)
        place = Place(str(path))
        stale = _stale(code, result, folder, place)
        found.findings.extend(stale)
        found.places[f"results/{code}"] = place
        if not stale:  # nothing is scored from inputs that are not those that were measured
            found.actuals[code] = result
    return found


def of_json(raw: Any) -> tuple[str, Actual]:
    """Return the code and the value of a result as `write` spells it; `ValueError` and its like for anything else."""
    if raw["schema"] != SCHEMA:
        raise ValueError(raw["schema"])
    origin = Measured(
        _text(raw["source"]),
        _text(raw["measure"]),
        {_text(name): _figure(part) for name, part in raw["parts"].items()},
        {_text(name): _text(value) for name, value in raw["where"].items()},
        raw["query"],
        {_text(name): _text(value) for name, value in raw["digests"].items()},
        raw["as_of"],
    )
    return _text(raw["code"]), Actual(_figure(raw["value"]), origin)


def _read(path: Path) -> tuple[str, Actual]:
    try:
        return of_json(json.loads(opened(path).decode("utf-8")))
    except (UnicodeDecodeError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as problem:
        said = Message("result.unreadable", {"why": type(problem).__name__})
        raise CannotParse(said, remedy=Message("result.again"), place=Place(str(path))) from None


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _figure(raw: Mapping[str, str]) -> Figure:
    """Return the exact value in the unit that its printed text shows."""
    num, _, den = _text(raw["value"]).partition("/")
    top, bottom = exact.decimal(num), exact.decimal(den or "1")
    shown = read_figure(_text(raw["text"]))
    if top is None or bottom is None or bottom[0] <= 0 or not isinstance(shown, Figure):
        raise ValueError(raw["value"])
    return exactly(top[0] * exact.POWERS[bottom[1]], bottom[0] * exact.POWERS[top[1]], shown.unit)


def _stale(code: str, result: Actual, folder: Path, place: Place) -> list[Finding]:
    """Return a finding for every input that is gone or has changed; inputs outside the bundle are not looked for."""
    found = []
    assert isinstance(result.origin, Measured)
    for name, known in result.origin.digests.items():
        path = folder / name
        if name.startswith(_OUTSIDE) or not path.resolve().is_relative_to(folder.resolve()):
            continue
        args = {"code": code, "file": name}
        now = digest(path) if path.is_file() else None
        if now == known:
            continue
        said = Message("result.gone" if now is None else "result.stale", args)
        found.append(
            Finding("result_stale", "error", said, Message("result.again"), (f"actuals/{code}",), (place,), known, now)
        )
    return found
