"""待遇参数文件: parameters of an office's own, held against the national list of benefits before they are used."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from jixiao import library
from jixiao.errors import CannotParse
from jixiao.figures.figure import Figure, compared
from jixiao.figures.notation import figure
from jixiao.findings import Message, Place
from jixiao.formats import yaml_text
from jixiao.settlements.parameters import groups

if TYPE_CHECKING:
    from pathlib import Path

    from jixiao.formats.yaml_text import Loc, Tree

_SAID = ("value", "source", "mark")
_TOP = ("region", "since", "until")
_FULL = "full"


def read(path: Path) -> dict[str, Any]:
    """Return the sections of a file; `CannotParse` for a benefit that is not on the list or a value that is none."""
    return _Reader(path, yaml_text.read(path)).sections()


class _Reader(NamedTuple):
    path: Path
    tree: Tree

    def sections(self) -> dict[str, Any]:
        listed = library.read("settlements/benefit_list.yaml")["sections"]
        found = {name: raw for name, raw in self.tree.value.items() if name not in _TOP}
        for name, raw in found.items():
            if name not in listed:
                known = [f"{section}（{entry['zh']}）" for section, entry in listed.items()]
                raise self.wrong((name,), "unlisted", {"found": name, "known": known})
            self.section((name,), raw, listed[name])
        return found

    def section(self, loc: Loc, raw: Any, listed: Any) -> None:
        for name, entry in self.mapping(loc, raw).items():
            if name != "groups":
                self.parameter((*loc, name), entry, listed["parameters"].get(name), list(listed["parameters"]))
                continue
            for group, said in self.mapping((*loc, name), entry).items():
                at = (*loc, name, group)
                if group not in groups():
                    raise self.wrong(at, "unknown", {"found": group, "known": list(groups())})
                if list(listed["groups"]) == ["value"]:
                    self.parameter(at, said, listed["groups"]["value"], [])
                    continue
                for one, value in self.mapping(at, said).items():
                    self.parameter((*at, one), value, listed["groups"].get(one), list(listed["groups"]))
                    self.high_enough((*at, one), value["value"], listed.get("at_least", {}).get(one))

    def parameter(self, loc: Loc, raw: Any, unit: str | None, known: list[str]) -> None:
        if unit is None:
            raise self.wrong(loc, "unknown", {"found": loc[-1], "known": known})
        said = self.mapping(loc, raw)
        odd = [name for name in said if name not in _SAID]
        if odd or "value" not in said:
            raise self.wrong(loc, "unknown", {"found": odd or "—", "known": list(_SAID)})
        read = figure(said["value"]) if isinstance(said["value"], str) else None
        whole = loc[0] == "subsidised_enrolment" and said["value"] == _FULL
        fits = isinstance(read, Figure) and read.unit.base == ("" if unit == "%" else unit) and read.num >= 0
        if not whole and not (fits and isinstance(read, Figure) and (10_000 if unit == "%" else 100) % read.den == 0):
            raise self.wrong(loc, "value", {"found": said["value"], "unit": unit})

    def high_enough(self, loc: Loc, said: str, least: str | None) -> None:
        found, wanted = figure(said), figure(least or said)
        if isinstance(found, Figure) and isinstance(wanted, Figure) and compared(found, wanted) == -1:
            raise self.wrong(loc, "low", {"found": said, "least": least})

    def mapping(self, loc: Loc, raw: Any) -> dict[str, Any]:
        if not isinstance(raw, dict):
            raise self.wrong(loc, "unknown", {"found": raw, "known": list(_SAID)})
        return raw

    def wrong(self, loc: Loc, name: str, args: dict[str, Any]) -> CannotParse:
        at = loc
        while at and at not in self.tree.lines:
            at = at[:-1]
        place = Place(str(self.path), line=self.tree.lines.get(at, 1))
        said = Message(f"settlements.parameter.{name}", {"field": ".".join(map(str, loc)), **args})
        return CannotParse(said, remedy=Message(f"settlements.parameter.{name}.remedy", args), place=place)
