"""表格定义: every form is whole, belongs to somebody, and is recognised as itself and nothing else."""

from dataclasses import replace

import pytest

from jixiao import authorities
from jixiao.forms.form import Block, Field, Form, Line, forms, forms_for, known
from jixiao.forms.recognise import anchors, recognise
from jixiao.forms.write import write


@pytest.mark.parametrize("form", forms(), ids=known())
def test_every_row_of_a_form_has_the_forms_width(form):
    widths = {
        sum(cell.cols for cell in part.cells) + (beside is not None)
        for parts, beside in form.runs()
        for part in parts
        if isinstance(part, Line)
    }

    assert widths <= {form.width()}
    assert form.block().columns[-1].width > 0


@pytest.mark.parametrize("form", forms(), ids=known())
def test_every_form_has_an_authority_and_can_be_recognised(form):
    block = form.block()

    assert authorities.authority(form.authority).id == form.authority
    assert any(column.required for column in block.columns)
    assert set(block.total) <= {column.head for column in block.columns}
    assert sum(column.kind in ("leaf", "entry") for column in block.columns) == 1


@pytest.mark.parametrize("form", forms(), ids=known())
def test_every_field_of_a_form_is_named_by_a_label(form):
    fields = [cell for parts, _ in form.runs() for line in parts if isinstance(line, Line) for cell in line.cells]
    named = [anchor.field for anchor in anchors(form) if anchor.left or anchor.above]

    assert named == [cell for cell in fields if isinstance(cell, Field)]


def test_forms_for_each_kind_of_evaluation(invented, third_party):
    assert [form.id for form in forms_for(invented.evaluation)] == [
        "objective_declaration",
        "score_table",
        "self_evaluation_table",
    ]
    assert [form.id for form in forms_for(third_party.evaluation)] == [
        "evaluation_schedule",
        "evaluation_team",
        "objective_table",
        "score_details",
        "score_summary",
        "score_table",
    ]


def test_forms_for_leaves_out_what_the_year_or_the_systems_do_not_have(third_party, monkeypatch):
    scored_only = replace(third_party.evaluation, systems=third_party.evaluation.systems[1:])
    later = Form("later", "后来的表", "caiyu-2020-10", (Block("scored", ()),), since=2025)
    earlier = replace(later, since=None, until=2023)
    monkeypatch.setattr("jixiao.forms.form.forms", lambda: (*forms(), later, earlier))

    told = ["evaluation_schedule", "evaluation_team"]
    assert [form.id for form in forms_for(scored_only)] == [*told, "score_details", "score_summary", "score_table"]


@pytest.mark.parametrize("name", ["objective_table", "score_details", "score_summary", "score_table"])
def test_our_own_table_is_recognised_as_itself(name, third_party):
    written = next(form for form in forms_for(third_party.evaluation) if form.id == name)

    found, match = recognise(forms(), write(written, third_party))

    assert (found.id, match.sure) == (name, 100)


def test_our_self_evaluation_table_is_recognised_as_itself(self_evaluation, invented):
    found, match = recognise(forms(), write(self_evaluation, invented))

    assert (found.id, match.sure, match.head_row) == ("self_evaluation_table", 100, 9)
