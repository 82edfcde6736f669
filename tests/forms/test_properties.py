"""表格的不变量.

1. A form that nobody touched, written and read back, changes nothing and finds nothing.
2. Writing is a function: the same evaluation gives the same table.
3. What a row is read as does not depend on where the table stands in its sheet.
"""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import evaluations

from jixiao.documents.document import Cell, Table
from jixiao.evaluation.amendments import amend
from jixiao.evaluation.assess import assess
from jixiao.evaluation.model import Amendment
from jixiao.forms.absorb import absorbed
from jixiao.forms.form import forms, forms_for
from jixiao.forms.read import read
from jixiao.forms.recognise import recognise
from jixiao.forms.write import write

OTHERS = ("self-evaluation", "transfer", "fund")


@given(evaluations())
def test_forms_of_any_evaluation(evaluation):
    assert_forms_hold(evaluation)


@settings(max_examples=9)
@given(evaluations(), st.sampled_from(OTHERS))
def test_forms_of_any_evaluation_of_another_kind_with_an_amendment(evaluation, kind):
    assert_forms_hold(replace(amended(evaluation), kind=kind))


def amended(evaluation):
    """Return the evaluation with its first scored indicator renamed by consent, so that it has an 原表."""
    system = evaluation.system("scored")
    node = next(iter(system.indicators()), None) if system is not None else None
    if node is None:
        return evaluation
    told = Amendment(f"scored/{node.code}/name", node.name, "另行约定的指标", "甲局", "乙局", "口径调整", "2024-06-30")
    return amend(evaluation, told)


def assert_forms_hold(evaluation):
    assessed = assess(evaluation)
    mine = forms_for(evaluation)
    known = (*mine, *(form for form in forms() if form.id not in {one.id for one in mine}))
    for form in mine:
        table = write(form, assessed)
        assert write(form, assess(evaluation)) == table  # 2

        found, match = recognise(known, table)
        reading = read(form, table, match, evaluation.system(form.block().role))
        assert found == form
        assert absorbed(evaluation, form, reading) == (evaluation, [])  # 1

        width = len(table.grid[0]) + 1
        pushed = Table(((Cell(""),) * width, *((Cell(""), *row) for row in table.grid)), keys=(None, *table.keys))
        _, moved = recognise(known, pushed)
        assert read(form, pushed, moved, evaluation.system(form.block().role)).values == reading.values  # 3
