"""JSON of templates, batches and returned forms fits the schemas that ship."""

import json
from importlib import resources

import pytest
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from jixiao.operations.collect import Collected, Entry, collected_json
from jixiao.operations.evaluate_all import batch_json, evaluate_all
from jixiao.operations.fields import fields, fields_json, sample_template


def _checked(document):
    name = document["schema"].replace("/", "-")
    schema = json.loads(resources.files("jixiao").joinpath(f"schemas/{name}.json").read_text("utf-8"))
    Draft202012Validator(schema).validate(document)


def test_fields_fit_their_schema(examples, tmp_path):
    _checked(fields_json(fields(examples / "bazhou-2024")))
    template = sample_template("report", tmp_path / "r.docx").value
    _checked(fields_json(fields(examples / "bazhou-2024", template)))


def test_batch_fits_its_schema(examples, tmp_path):
    import shutil

    shutil.copytree(examples / "bazhou-2024", tmp_path / "many" / "a")
    (tmp_path / "many" / "b").mkdir()
    (tmp_path / "many" / "b" / "evaluation.yaml").write_text("[", "utf-8")

    document = batch_json(evaluate_all(tmp_path / "many"))

    _checked(document)
    assert [one["total"] for one in document["bundles"]] == ["93.7", None]


def test_collected_fits_its_schema():
    entry = Entry("甲县", "参保人数", None, None, None)

    _checked(collected_json(Collected(("甲县",), ("乙县",), (entry,), {}, ())))


def test_schema_refuses_a_number_that_is_no_text():
    with pytest.raises(ValidationError):
        _checked({"schema": "collected/1", "returned": [], "missing": [], "entries": [], "sums": {"a": 1.5}})
