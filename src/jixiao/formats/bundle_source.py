"""评价项目的来源: the tree that a bundle's files hold, before its meaning is read, with the place of everything in it.

YAML file, workbook and catalogue all become this one tree, so that there is one meaning. What was left blank is left
out: a name with nothing behind it is a place to fill, not a value.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from jixiao.findings import Finding, Place
from jixiao.formats import yaml_text

if TYPE_CHECKING:
    from pathlib import Path

    from jixiao.formats.yaml_text import Loc


class Source(NamedTuple):
    """A tree of dicts, lists and texts, the place of each of its parts by location, and what was found in reading."""

    value: dict[str, Any]
    places: dict[Loc, Place]
    findings: tuple[Finding, ...] = ()

    def place(self, loc: Loc) -> Place:
        """Return where a part stands, or the nearest thing around it."""
        while loc and loc not in self.places:
            loc = loc[:-1]
        return self.places.get(loc, Place())


def of_yaml(path: Path, name: str | None = None) -> Source:
    """Return what a YAML file holds; its places bear `name`, by default the path."""
    tree = yaml_text.read(path)
    places = {loc: Place(name or str(path), line=line) for loc, line in tree.lines.items()}
    return Source(without_blanks(tree.value), places)


def without_blanks(value: Any) -> Any:
    """Return a tree without the names that have nothing behind them.

    >>> without_blanks({"name": "x", "target": " ", "children": [{"name": ""}]})
    {'name': 'x', 'children': [{}]}
    """
    if isinstance(value, dict):
        return {key: without_blanks(item) for key, item in value.items() if not is_blank(item)}
    return [without_blanks(item) for item in value] if isinstance(value, list) else value


def is_blank(value: Any) -> bool:
    """Return whether a text holds nothing a reader could see."""
    return isinstance(value, str) and not value.strip()
