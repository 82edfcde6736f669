"""结算说明 settlements.yaml: which files are which table, of which year, under which local column names and codes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from jixiao.errors import CannotOpen, CannotParse
from jixiao.findings import Message, Place
from jixiao.formats import yaml_text
from jixiao.settlements.codes import Codes, sets
from jixiao.settlements.tables import TABLES, Given, Terms, table

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from jixiao.formats.yaml_text import Loc, Tree

SCHEMA = "settlements/1"
FILE = "settlements.yaml"
_KEYS = ("files", "mapping", "constants", "delimiter", "encoding", "amounts")
_TOP = ("schema", "title", "year", "level", "codes", "alerts", "summaries", *TABLES)
_ESCAPES = {"\\x01": "\x01", "\\t": "\t"}
_DATA = (".parquet", ".pq", ".csv", ".txt", ".gz")
_LEVELS = ("prefecture", "county")


class Settlements(NamedTuple):
    """What measures are computed from: tables, terms, a title, alert lines as written, summary files by table."""

    tables: dict[str, Given]
    terms: Terms
    title: str = ""
    alerts: tuple[dict[str, str], ...] = ()
    summaries: Mapping[str, str] = {}
    place: Place = Place()


def read(path: Path) -> Settlements:
    """Return what `settlements.yaml` in a folder says; a data file by itself is a settlements table of any year."""
    if path.is_file() and path.suffix.lower() in _DATA:
        return Settlements({"settlements": Given("settlements", (path.name,))}, Terms(None), place=Place(str(path)))
    path = path / FILE if path.is_dir() else path
    if not path.exists():
        said = Message("settlements.absent", {"file": FILE})
        raise CannotOpen(said, remedy=Message("settlements.absent.remedy"), place=Place(str(path)))
    return _Reader(path, yaml_text.read(path)).settlements()


class _Reader(NamedTuple):
    path: Path
    tree: Tree

    def settlements(self) -> Settlements:
        top = self.tree.value
        self.known(top, _TOP, ())
        if top.get("schema") != SCHEMA:
            raise self.wrong(("schema",), top.get("schema", "—"), SCHEMA)
        tables = {name: self.table(name, top[name]) for name in TABLES if name in top}
        summaries = top.get("summaries") or {}
        if not isinstance(summaries, dict) or not all(isinstance(file, str) for file in summaries.values()):
            raise self.wrong(("summaries",), "—", "{settlements: summary.csv}")
        self.known(summaries, TABLES, ("summaries",))
        if not tables and not summaries:
            raise self.wrong((), "—", "settlements: {files: [settlements/*]}")
        level = top.get("level", _LEVELS[0])
        if level not in _LEVELS:
            raise self.wrong(("level",), level, list(_LEVELS))
        terms = Terms(self.year(top.get("year")), level=level, codes=self.codes(top.get("codes") or {}))
        alerts = self.alerts(top.get("alerts") or [])
        return Settlements(tables, terms, str(top.get("title", "")), alerts, summaries, Place(str(self.path)))

    def table(self, name: str, raw: Any) -> Given:
        if not isinstance(raw, dict):
            raise self.wrong((name,), raw, list(_KEYS))
        self.known(raw, _KEYS, (name,))
        files = raw.get("files") or []
        files = [files] if isinstance(files, str) else files
        if not files or not all(isinstance(one, str) for one in files):
            raise self.wrong((name, "files"), "—", f"[{name}/*.parquet]")
        columns = table(name).columns
        for key in ("mapping", "constants"):
            for local, value in (raw.get(key) or {}).items():
                named = value if key == "mapping" else local
                if named not in columns:
                    raise self.wrong((name, key, local), named, list(columns))
                if key == "constants" and columns[named].kind not in ("code", "id", "region"):
                    raise self.wrong((name, key, local), named, ["insutype", "insu_admdvs", "vali_flag"])
        amounts = raw.get("amounts", "元")
        if amounts not in ("元", "分"):
            raise self.wrong((name, "amounts"), amounts, ["元", "分"])
        delimiter = raw.get("delimiter")
        return Given(
            name, tuple(files), dict(raw.get("mapping") or {}), dict(raw.get("constants") or {}),
            _ESCAPES.get(delimiter or "", delimiter), raw.get("encoding"), amounts == "分",
        )  # fmt: skip

    def year(self, text: Any) -> int | None:
        if text is None:
            return None
        if not (isinstance(text, str) and text.isascii() and text.isdigit() and len(text) == 4):
            raise self.wrong(("year",), text, "2024")
        return int(text)

    def codes(self, raw: Any) -> Codes:
        """Return local codes: {med_type: {inpatient: ["2199"], known: ["99"]}}; `known` is in no group."""
        if not isinstance(raw, dict):
            raise self.wrong(("codes",), raw, list(sets()))
        self.known(raw, tuple(sets()), ("codes",))
        for column, groups in raw.items():
            if not isinstance(groups, dict) or not all(isinstance(codes, list) for codes in groups.values()):
                raise self.wrong(("codes", column), groups, "{inpatient: ['2199']}")
            self.known(groups, (*sets()[column]["groups"], "known"), ("codes", column))
        return Codes({column: {name: tuple(codes) for name, codes in groups.items()} for column, groups in raw.items()})

    def alerts(self, raw: Any) -> tuple[dict[str, str], ...]:
        names = ("measure", "at_most", "at_least", "high_cost", "per")
        if not isinstance(raw, list) or not all(isinstance(one, dict) for one in raw):
            raise self.wrong(("alerts",), raw, "- {measure: cost_per_visit.inpatient, at_most: 10000元/人次}")
        for at, one in enumerate(raw):
            self.known(one, names, ("alerts", at))
        return tuple(dict(one) for one in raw)

    def known(self, raw: Any, names: tuple[str, ...], loc: Loc) -> None:
        for name in raw:
            if name not in names:
                raise self.wrong((*loc, name), name, list(names))

    def wrong(self, loc: Loc, found: object, known: object) -> CannotParse:
        at = loc
        while at and at not in self.tree.lines:
            at = at[:-1]
        said = Message("settlements.wrong", {"field": ".".join(map(str, loc)) or "—", "found": found})
        remedy = Message("settlements.wrong.remedy", {"known": known})
        return CannotParse(said, remedy=remedy, place=Place(str(self.path), line=self.tree.lines.get(at, 1)))
