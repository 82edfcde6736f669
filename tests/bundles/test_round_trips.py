"""往返: an evaluation written as YAML or as a workbook reads back as the same value.

1. YAML text, in the house style and with comments, gives an equal evaluation.
2. A workbook gives an equal evaluation, whatever order its columns have.
3. The JSON Schema accepts what is written.
4. Every text that a YAML file can hold survives the house style.
"""

from __future__ import annotations

from dataclasses import replace

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from strategies import evaluations

from jixiao.evaluation.diff import differences
from jixiao.evaluation.model import Amendment, Head
from jixiao.formats import (
    bundle,
    bundle_draft,
    bundle_emit,
    bundle_json_schema,
    bundle_source,
    workbook_write,
    yaml_text,
)
from jixiao.formats.bundle_encode import encoded
from jixiao.scoring.rule import known

# What a person can type into a text: no control characters, no blank ends (a YAML text keeps them, an office does not).
typed = st.text(
    st.characters(codec="utf-8", exclude_categories=["C"], exclude_characters="\x85\u2028\u2029"),
    min_size=1,
    max_size=40,
)
texts = typed.filter(lambda text: text.strip())
chapters = st.lists(typed, min_size=1, max_size=4).map("\n".join).filter(lambda text: text.strip())
codes = st.from_regex(r"[A-Z][0-9]{1,3}", fullmatch=True)


@st.composite
def full_evaluations(draw):
    """Draw an evaluation with everything that an office may add: texts of several lines, amendments, a rule pack."""
    amendments = st.builds(
        Amendment, texts, st.none() | texts, st.none() | texts, texts, st.just("") | texts, texts, st.none() | texts
    )
    return replace(
        draw(evaluations()),
        kind=draw(st.sampled_from(["self-evaluation", "transfer", "fund", "third-party"])),
        as_of=draw(st.none() | st.just("2024-12-31")),
        pack=draw(st.none() | texts),
        head=draw(st.builds(Head, *[st.none() | texts for _ in range(8)])),
        texts=draw(st.dictionaries(texts.map(str.strip), chapters, max_size=3)),
        amendments=tuple(draw(st.lists(amendments, max_size=2))),
    )


def reread(raw, tmp_path, name):
    path = tmp_path / name
    path.write_bytes(raw)
    return bundle.read(path)


def told(before, after):
    return [(found.path, found.before, found.after) for found in differences(before, after)]


@given(full_evaluations())
def test_yaml_reads_back_as_the_same_evaluation(tmp_path_factory, evaluation):
    folder = tmp_path_factory.mktemp("yaml")

    for raw in (bundle_emit.written(encoded(evaluation)), bundle_draft.written(evaluation)):
        again = reread(raw.encode(), folder, "evaluation.yaml").evaluation

        assert told(evaluation, again) == []
        assert again == evaluation


@settings(max_examples=12)
@given(full_evaluations())
def test_workbook_reads_back_as_the_same_evaluation(tmp_path_factory, evaluation):
    again = reread(workbook_write.write(evaluation), tmp_path_factory.mktemp("book"), "a.xlsx")

    assert told(evaluation, again.evaluation) == []
    assert again.evaluation == evaluation
    assert not [found for found in again.findings if found.check == "workbook"]


SCHEMA = jsonschema.Draft202012Validator(bundle_json_schema.schema())


@settings(max_examples=30)
@given(full_evaluations())
def test_json_schema_describes_what_is_written(evaluation):
    tree = blanks_as_editors_see_them(bundle_draft.with_blanks(evaluation))

    assert [error.message for error in SCHEMA.iter_errors(tree)] == []


def blanks_as_editors_see_them(value):
    """A name with nothing behind it is null to everybody but us."""
    if isinstance(value, dict):
        return {key: blanks_as_editors_see_them(item) for key, item in value.items()}
    return [blanks_as_editors_see_them(item) for item in value] if isinstance(value, list) else value or None


any_text = st.text(st.characters(codec="utf-8"), max_size=30)
names = any_text.filter(bool)
branches = st.lists(any_text, max_size=3) | st.dictionaries(
    names, any_text | st.lists(any_text, max_size=2), max_size=3
)
trees = any_text | branches | st.lists(branches, max_size=2) | st.dictionaries(names, branches, max_size=2)


@given(st.dictionaries(names, trees, min_size=1, max_size=4))
def test_any_tree_survives_the_house_style(tmp_path_factory, tree):
    path = tmp_path_factory.mktemp("tree") / "any.yaml"

    again = yaml_text.of_text(path, bundle_emit.written(tree)).value

    assert empties_as_texts(again) == empties_as_texts(tree)


def empties_as_texts(value):
    """An empty mapping, an empty list and an empty text are all one blank."""
    if isinstance(value, dict):
        return {key: empties_as_texts(item) for key, item in value.items()} or ""
    return [empties_as_texts(item) for item in value] or "" if isinstance(value, list) else value


def test_same_workbook_has_the_same_bytes(plain):
    assert workbook_write.write(plain) == workbook_write.write(plain)


@pytest.mark.office
def test_workbook_reads_back_after_an_office_program_saved_it(plain, bazhou, tmp_path, resaved):
    path = tmp_path / "巴州.xlsx"
    path.write_bytes(workbook_write.write(plain, bazhou.findings))

    again = bundle.read(resaved(path, "xlsx"))

    assert told(plain, again.evaluation) == []
    assert again.evaluation == plain


def test_drop_downs_offer_every_rule_with_its_title(plain, tmp_path):
    path = tmp_path / "book.xlsx"
    path.write_bytes(workbook_write.write(plain))
    book = load_workbook(path)

    offered = {cell.value for row in book["选项"].iter_rows() for cell in row if cell.value}

    assert {name.split()[0] for name in offered if name.split()[0] in known()} == set(known())
    assert {"正向", "反向", "计划标准", "第三方评价", "拨入财政专户"} <= offered
    assert book["选项"].sheet_state == "hidden"
    assert {str(rule.sqref).split(":")[0] for rule in book["指标体系"].data_validations.dataValidation} >= {
        "A2",
        "H2",
        "L2",
    }


def test_blanks_are_nothing_and_keep_their_place(tmp_path):
    path = tmp_path / "evaluation.yaml"
    path.write_text(
        "schema: evaluation/1\nkind: fund\nyear: 2024\nhead:\n  project:\nactuals:\nreasons:\n  A1:\n", "utf-8"
    )

    read = bundle.read(path)

    assert read.evaluation.head.project is None
    assert read.evaluation.reasons == {}
    assert read.place("head/project").line == 5
    assert bundle_source.is_blank(" \n")
