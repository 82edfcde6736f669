"""并表: what a filler typed into a form enters the evaluation; what we compute is compared, never taken."""

from dataclasses import replace

import pytest

from jixiao.documents.document import Table
from jixiao.evaluation.model import Reason
from jixiao.evaluation.paths import get
from jixiao.findings import Place
from jixiao.forms.absorb import absorbed
from jixiao.forms.form import form
from jixiao.forms.write import write


@pytest.fixture
def typed(invented, self_evaluation, readings):
    """Return a function that types texts into cells, by path, and gives the evaluation and findings after that."""

    def enter(of=invented, **texts):
        wanted = {path.replace("__", "/"): text for path, text in texts.items()}
        table = write(self_evaluation, of)
        grid = tuple(
            tuple(
                cell
                and replace(cell, text=wanted.get(cell.bind, cell.text), place=Place("表.xlsx", row=at, column="C"))
                for cell in row
            )
            for at, row in enumerate(table.grid, 1)
        )
        assert set(wanted) <= {cell.bind for row in grid for cell in row if cell}
        known, reading = readings([Table(grid, keys=table.keys)], of.evaluation)
        return absorbed(of.evaluation, known, reading)

    return enter


def test_untouched_form_changes_nothing(typed, invented):
    assert typed() == (invented.evaluation, [])


@pytest.mark.parametrize("name", ["objective_table", "score_details", "score_summary", "score_table"])
def test_untouched_third_party_form_changes_nothing(name, third_party, readings):
    known, reading = readings([write(form(name), third_party)], third_party.evaluation)

    assert absorbed(third_party.evaluation, known, reading) == (third_party.evaluation, [])


@pytest.mark.parametrize(
    ("path", "text", "stored", "value"),
    [
        ("head/unit", "示例县医疗保险中心", "head/unit", "示例县医疗保险中心"),
        ("texts/objective", "保障五万人的待遇。", "texts/objective", "保障五万人的待遇。"),
        ("scored/O101/target", "≥5.2万人", "scored/O101/target", "≥5.2万人"),
        ("scored/O101/actual", "5.1万人", "actuals/O101/value", "5.1万人"),
        ("scored/B101/actual", "部分减轻", "actuals/B101/value", "部分减轻"),
        ("scored/O101/weight", "12", "scored/O101/weight", "12"),
        ("funds/sources/当年财政拨款/executed", "1100", "funds/sources/当年财政拨款/executed", "1100"),
        ("funds/sources/其他资金/executed", "25.5", "funds/sources/其他资金/executed", "25.5"),
        ("reasons/O201", "费用结构变化", "reasons/O201/why", "费用结构变化"),
    ],
)
def test_typed_input_enters_the_evaluation(path, text, stored, value, typed):
    evaluation, findings = typed(**{path.replace("/", "__"): text})

    assert str(get(evaluation, stored)) == value
    assert not [found for found in findings if found.check not in ("form_computed", "form_amendment")]


def test_typed_target_asks_for_an_amendment(typed):
    _, findings = typed(scored__O101__target="≥5.2万人")
    (found,) = [found for found in findings if found.check == "form_amendment"]

    assert (found.severity, found.paths, found.printed) == ("warning", ("scored/O101/target",), "≥5.2万人")
    assert found.because.text("zh").startswith("指标值由「≥5万人」改为「≥5.2万人」")


def test_typed_amount_has_the_forms_unit(typed):
    evaluation, _ = typed(funds__sources__其他资金__executed="25.5")

    assert get(evaluation, "funds/sources/其他资金/executed").num == 255000


def test_printed_amount_does_not_round_the_exact_one(typed, invented):
    evaluation, _ = typed(head__unit="另一单位")

    assert evaluation.funds == invented.evaluation.funds
    assert str(get(evaluation, "funds/sources/当年财政拨款/executed")) == "1018.6349"


def test_typed_reason_keeps_its_measure_apart(typed):
    evaluation, _ = typed(reasons__O201="偏差原因：费用结构变化；改进措施：按月监测")

    assert evaluation.reasons["O201"] == Reason("费用结构变化", "按月监测")


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("scored/O101/score", "10", "9.8"),
        ("scored/O101/score", "9.8分", None),
        ("scored/Z101/score", "8.48", "8.49"),
        ("scored/Z101/actual", "84.9%", None),
        ("scored/Z101/actual", "85.9%", "84.85%"),
        ("scored/score", "98.3", "98.29"),
        ("scored/weight", "90", "100"),
        ("funds/total/executed", "1019", None),
        ("funds/total/executed", "1118.63", "1018.63"),
        ("scored/O101/score", "", None),
        ("scored/O101/score", "—", None),
    ],
)
def test_typed_computed_figure_is_compared_and_not_taken(path, text, expected, typed, invented):
    evaluation, findings = typed(**{path.replace("/", "__"): text})

    assert evaluation == invented.evaluation
    assert [(found.paths, found.printed, found.expected) for found in findings] == (
        [((path,), text, expected)] if expected else []
    )


def test_typed_score_is_compared_with_the_inputs_of_the_same_form(typed):
    _, stale = typed(scored__O101__actual="5万人")
    _, fresh = typed(scored__O101__actual="5万人", scored__O101__score="10", scored__score="98.49")

    assert [(found.paths[0], found.printed, found.expected) for found in stale] == [
        ("scored/O101/score", "9.8", "10"),
        ("scored/score", "98.29", "98.49"),
    ]
    assert fresh == []


def test_finding_about_a_typed_figure_has_its_place(typed):
    _, (found,) = typed(scored__O101__score="10")

    assert str(found.places[0]) == "表.xlsx C11"
    assert found.because.text("zh") == "表中填的是 10，按本表的数据应为 9.8"
    assert found.because.text("en") == "the table says 10; by its own data it should be 9.8"


def test_emptied_cell_keeps_the_value_and_says_so(typed, invented):
    evaluation, (found,) = typed(scored__O101__target="")

    assert evaluation == invented.evaluation
    assert (found.check, found.severity, found.paths) == ("form_emptied", "note", ("scored/O101/target",))


def test_unreadable_input_stands_as_a_hole_and_is_reported(typed):
    evaluation, findings = typed(scored__O101__actual="4.9斛")

    assert str(get(evaluation, "actuals/O101/value").why.id) == "figures.unknown_unit"
    assert [found.paths for found in findings if found.check == "form_unread"] == [("scored/O101/actual",)]


def test_row_of_another_evaluation_is_a_finding(invented, readings, filled):
    grid = [
        [cell and (replace(cell, text="别处的指标") if cell.text == "参保人数" else cell) for cell in row]
        for row in filled.grid
    ]

    known, reading = readings([Table(tuple(map(tuple, grid)))], invented.evaluation)
    evaluation, (found,) = absorbed(invented.evaluation, known, reading)

    assert evaluation == invented.evaluation
    assert (found.check, found.printed) == ("unknown_row", "别处的指标")


def test_execution_score_has_no_home_without_its_indicator(invented, readings, filled):
    system = invented.evaluation.system("scored")
    bare = replace(invented.evaluation, systems=(replace(system, roots=system.roots[1:]),), actuals={}, reasons={})

    _, reading = readings([filled], bare)

    assert [(found.check, found.printed) for found in reading.findings] == [
        ("form_no_place", "10"),
        ("form_no_place", "84.85%"),
        ("form_no_place", "8.49"),
    ]
