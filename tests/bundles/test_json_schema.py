"""编辑器用的 JSON Schema: the one that ships is the one the shape gives, and it tells people what to write."""

from __future__ import annotations

import jsonschema

from jixiao import library
from jixiao.formats import bundle_json_schema

AGAIN = "rewrite the file that ships with the text that bundle_json_schema.dumped() returns"


def test_schema_that_ships_is_the_one_of_the_shape():
    shipped = library.root().joinpath(bundle_json_schema.NAME).read_text(encoding="utf-8")

    assert shipped == bundle_json_schema.dumped(), AGAIN


def test_schema_is_valid_and_says_what_belongs_where():
    schema = bundle_json_schema.schema()

    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["$defs"]["NodeShape"]["properties"]["weight"]["description"] == "分值，不带单位"


def test_schema_takes_drafts_and_numbers_and_refuses_unknown_names():
    check = jsonschema.Draft202012Validator(bundle_json_schema.schema())
    draft = {
        "schema": "evaluation/1",
        "kind": "fund",
        "year": 2024,
        "head": {"project": None},
        "actuals": {"A1": "95%"},
    }

    assert check.is_valid(draft)
    assert check.is_valid(
        {**draft, "systems": {"scored": {"extends": "fund-2023", "indicators": [{"code": "F1", "weight": 5}]}}}
    )
    assert not check.is_valid({**draft, "kind": "other"})
    assert not check.is_valid({**draft, "had": {}})
    assert not check.is_valid({**draft, "schema": "evaluation/9"})
