"""模板字段: what an office's own template can print: the paths that texts quote, with dots, and lists to go through.

`scored.C203.actual` in a template is `{scored/C203/actual}` in a text. `indicators`, `sections`, `sources` and
`problems` are lists; a text is a list of its paragraphs.
"""

from __future__ import annotations

from dataclasses import fields as parts_of
from typing import TYPE_CHECKING, Any, NamedTuple

from jixiao.documents.document import Heading, Paragraph, Table
from jixiao.evaluation.model import Head
from jixiao.funds.measures import NAMES
from jixiao.funds.money import COLUMNS
from jixiao.reports import markdown, texts
from jixiao.reports.prose import clause, quoted
from jixiao.reports.report import title
from jixiao.reports.standing import leaves, short
from jixiao.reports.texts import reference

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jixiao.evaluation.assess import Assessment

WHOLE = ("score", "score_rate", "lost", "grade", "weight")
OF_GROUP = ("name", "weight", "score", "score_rate", "lost")
OF_INDICATOR = (
    "name", "weight", "target", "actual", "score", "score_rate", "lost", "completion", "deviation", "why", "measure",
    "evidence", "basis", "explanation", "criteria",
)  # fmt: skip
LISTS = ("indicators", "sections", "sources", "problems")


class Field(NamedTuple):
    """A field: its name in a template, and what it prints now (a list: the names of its items' parts)."""

    name: str
    example: str
    parts: tuple[str, ...] = ()


def context(of: Assessment) -> dict[str, Any]:
    """Return everything that a template can print, as texts in mappings and lists."""
    found: dict[str, Any] = {"title": title(of)}
    for path in _paths(of):
        text = _text(of, path)
        if text is not None:
            _put(found, path.split("/"), text)
    found["texts"] = {key: _paragraphs(of, key) for key in (*texts.KNOWN,) if key != texts.EDITS}
    found["sections"] = [_item(of, f"scored/{node.code}", OF_GROUP, node.code) for node in _roots(of)]
    found["indicators"] = [_indicator(of, node, above) for node, above in leaves(of)]
    lost = {node.code for node in short(of)}
    found["problems"] = [item for item in found["indicators"] if item["code"] in lost]
    found["sources"] = [_source(of, source.name) for source in of.evaluation.funds.sources]
    return found


def listed(of: Assessment) -> list[Field]:
    """Return the fields in the order of the evaluation; of lists their first item is the example."""
    found: list[Field] = []
    for name, value in context(of).items():
        if name in LISTS:
            first = value[0] if value else {}
            found.append(Field(name, "；".join(str(part) for part in first.values())[:60], tuple(first)))
        else:
            found += _fields(name, value)
    return found


def _fields(name: str, value: Any) -> Iterator[Field]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _fields(f"{name}.{key}" if key.isidentifier() else f'{name}["{key}"]', item)
    elif isinstance(value, list):
        yield Field(name, " ".join(value)[:60])
    else:
        yield Field(name, str(value)[:60])


def _paths(of: Assessment) -> Iterator[str]:
    yield from ("year", "as_of")
    yield from (f"head/{spec.name}" for spec in parts_of(Head))
    yield from (f"funds/total/{column}" for column in COLUMNS)
    yield from (f"funds/rate/{name}" for name in NAMES)
    for source in of.evaluation.funds.sources:
        yield from (f"funds/sources/{source.name}/{column}" for column in COLUMNS)
        yield from (f"funds/sources/{source.name}/rate/{name}" for name in NAMES)
    for system in of.evaluation.systems:
        whole = WHOLE if system.role == "scored" else ("weight",)
        yield from (f"{system.role}/{name}" for name in whole)
        yield from (f"{system.role}/count/{level}" for level in (1, 2, 3))
        for node, _ in system.walk():
            parts = OF_GROUP if hasattr(node, "children") else OF_INDICATOR
            yield from (f"{system.role}/{node.code}/{part}" for part in parts)


def _text(of: Assessment, path: str) -> str | None:
    """Return what a path prints; None for one that this evaluation does not have."""
    try:
        return quoted(of, path).text
    except KeyError:
        return None


def _put(tree: dict[str, Any], names: list[str], text: str) -> None:
    for name in names[:-1]:
        tree = tree.setdefault(name, {})
    tree[names[-1]] = text


def _roots(of: Assessment) -> tuple[Any, ...]:
    system = of.evaluation.system("scored")
    return system.roots if system else ()


def _item(of: Assessment, path: str, parts: tuple[str, ...], code: str) -> dict[str, str]:
    return {"code": code, **{part: _text(of, f"{path}/{part}") or "" for part in parts}}


def _indicator(of: Assessment, node: Any, above: tuple[Any, ...]) -> dict[str, str]:
    item = _item(of, f"scored/{node.code}", OF_INDICATOR, node.code)
    item |= {part: clause(item[part]) for part in ("why", "measure")}  # a template sets its own stops
    groups = [group.name for group in above]
    levels = {"level1": groups[0] if groups else "", "level2": groups[1] if len(groups) > 1 else ""}
    return {"code": item["code"], **levels, **{name: text for name, text in item.items() if name != "code"}}


def _source(of: Assessment, name: str) -> dict[str, str]:
    at = f"funds/sources/{name}"
    amounts: dict[str, str] = {column: _text(of, f"{at}/{column}") or "" for column in COLUMNS}
    return {"name": name} | amounts | {rate: _text(of, f"{at}/rate/{rate}") or "" for rate in NAMES}


def _paragraphs(of: Assessment, key: str) -> list[str]:
    """Return the paragraphs of a text, its references filled in; of a table the cells of a row in one line."""
    found: list[str] = []
    for block in markdown.blocks(of.evaluation.texts.get(key, ""), lambda path: reference(of, path)):
        if isinstance(block, Heading | Paragraph):
            found.append(block.text)
        elif isinstance(block, Table):
            found += ["　".join(cell.text for cell in row if cell) for row in block.grid]
    return found
