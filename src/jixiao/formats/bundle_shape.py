"""形状检查: a bundle's tree held against its shape; the first thing that does not fit is said in the users' words."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from jixiao import library
from jixiao.errors import CannotParse
from jixiao.findings import Message
from jixiao.formats import bundle_schema

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jixiao.formats.bundle_source import Source
    from jixiao.formats.yaml_text import Loc

_KINDS = {"string": "string", "model": "model", "dict": "dict", "list": "list"}


def checked(source: Source) -> bundle_schema.BundleShape:
    """Return the shape of a tree; `CannotParse` names the place of the first part that has another."""
    try:
        return bundle_schema.BundleShape.model_validate(source.value)
    except ValidationError as problems:
        errors = [_told(error["loc"], source.value) | dict(error) for error in problems.errors(include_url=False)]
    first = min(errors, key=lambda error: _order(source, error["at"]))
    said, remedy = _said(first)
    if len(errors) > 1:
        remedy = Message("bundle.more", {"remedy": remedy, "count": len(errors) - 1})
    raise CannotParse(said, remedy=remedy, place=source.place(first["at"]))


def _told(loc: Loc, value: Any) -> dict[str, Any]:
    """Return the location without the marks that the checker adds for keys and alternatives."""
    at: Loc = ()
    part: Any
    for part in loc:
        if isinstance(value, dict) and part not in value:
            return {"at": (*at, part)} if part == loc[-1] else {"at": at}
        if not isinstance(value, dict | list):
            return {"at": at}
        value, at = value[part], (*at, part)
    return {"at": at}


def _order(source: Source, loc: Loc) -> tuple[Any, ...]:
    place = source.place(loc)
    return (place.part or "", place.line or place.row or 0)


def _said(error: Mapping[str, Any]) -> tuple[Message, Message]:
    """Return what is wrong and what to do about it."""
    at, kind = error["at"], error["type"]
    name, remedy = field(at), Message("bundle.shape.remedy")
    if kind == "missing":
        return Message("bundle.missing", {"field": name}), Message("bundle.missing.remedy", {"key": at[-1]})
    if kind == "extra_forbidden":
        siblings = bundle_schema.names_at(at)
        near = get_close_matches(str(at[-1]), siblings, 1, 0.5) or siblings
        return Message("bundle.unknown_field", {"field": ".".join(map(str, at))}), Message(
            "bundle.unknown_field.remedy", {"near": near}
        )
    if kind == "literal_error":
        known = [choice.strip(" '") for choice in error["ctx"]["expected"].replace(" or ", ",").split(",")]
        return Message("bundle.choice", {"field": name, "found": error["input"], "known": known}), remedy
    family = kind.split("_")[0]
    if kind in ("string_type", "model_type", "model_attributes_type", "dict_type", "list_type"):
        return Message("bundle.wrong_kind", {"field": name, "wanted": Message(f"bundle.kind.{_KINDS[family]}")}), remedy
    key = next((str(part) for part in reversed(at) if not isinstance(part, int)), "")
    wanted = f"bundle.wrong_value.{key}"
    if wanted in library.read("messages/bundle.yaml"):
        remedy = Message(wanted)
    return Message("bundle.wrong_value", {"field": name, "found": error["input"]}), remedy


def field(loc: Loc) -> Message | str:
    """Return a location as people call it: the word for its last name, with the name as it is written.

    >>> field(("systems", "scored", "indicators", 0, "weight")).text("zh")
    '分值（weight）'
    """
    key = next((str(part) for part in reversed(loc) if not isinstance(part, int)), "")
    if f"bundle.field.{key}" not in library.read("messages/bundle_field.yaml"):
        return key
    return Message("bundle.field", {"word": Message(f"bundle.field.{key}"), "key": key})
