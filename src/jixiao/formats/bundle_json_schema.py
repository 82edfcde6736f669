"""评价项目文件的 JSON Schema: what editors complete and underline by, generated from the shape.

It ships as `schemas/evaluation-1.json`. Scalars may be written as numbers and may be blank, because every scalar is
read as text and a draft is welcome.
"""

from __future__ import annotations

import json
from typing import Any

from jixiao import library
from jixiao.formats.bundle_schema import BundleShape

NAME = "schemas/evaluation-1.json"
_SCALAR = ["string", "number", "boolean", "null"]


def schema() -> dict[str, Any]:
    """Return the JSON Schema of `evaluation.yaml`, described in Chinese."""
    made = _open(BundleShape.model_json_schema(by_alias=True, mode="validation"))
    assert isinstance(made, dict)
    made["properties"]["schema"]["const"] = "evaluation/1"
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "evaluation/1",
        **{name: value for name, value in made.items() if name not in ("title", "description")},
    }


def dumped() -> str:
    """Return the schema as the file that ships."""
    return json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"


def _open(part: Any, name: str | None = None) -> Any:
    """Return a part of the schema with scalars as people write them, blanks allowed and hints in place of titles."""
    if isinstance(part, list):
        return [_open(item) for item in part]
    if not isinstance(part, dict):
        return part
    opened = {key: value for key, value in part.items() if key not in ("title", "description", "default")}
    for key, value in opened.items():
        if key in ("properties", "$defs"):
            opened[key] = {each: _open(item, each if key == "properties" else None) for each, item in value.items()}
        elif key != "required":
            opened[key] = _open(value)
    if opened.get("type") == "string":
        opened["type"] = _SCALAR
    if "$ref" in opened:
        opened = {"anyOf": [opened, {"type": "null"}]}
    if "enum" in opened:
        opened = {**{key: value for key, value in opened.items() if key != "type"}, "enum": [*opened["enum"], None]}
    elif opened.get("type") in ("object", "array"):
        opened["type"] = [opened["type"], "null"]
    choices = [one for one in opened.get("anyOf", ()) if one != {"type": "null"}]
    if choices:
        opened = choices[0] if len(choices) == 1 and set(opened) == {"anyOf"} else {**opened, "anyOf": choices}
    hint = f"bundle.hint.{name}"
    if name is not None and hint in library.read("messages/bundle_hint.yaml"):
        opened = {"description": library.wording(hint, "zh"), **opened}
    return opened
