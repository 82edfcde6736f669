"""案例: every figure that a source report printed is what we compute from its facts, or its difference is explained.

`examples/X/printed.yaml` holds what was printed, `examples/X/explained.yaml` the differences with their reasons:
strictly both ways, so that an unexplained difference fails and so does an explained one that no longer occurs.
Two figures differ only when no value could print as both. What the check finds wrong with the facts themselves (a target
copied as the actual value, a score that nobody printed) stands there too: `finding` is the check, `at` its paths.
"""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from jixiao.evaluation.published import published
from jixiao.figures.figure import Figure
from jixiao.figures.notation import figure
from jixiao.funds.measures import measure
from jixiao.funds.money import COLUMNS
from jixiao.operations.check import check

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
NAMES = sorted(path.parent.name for path in EXAMPLES.glob("*/printed.yaml"))
LEVELS = ("一级指标", "二级指标", "三级指标")
AS = {"rate": "score_rate"}


def load(path):
    return yaml.load(path.read_text("utf-8"), yaml.BaseLoader) if path.exists() else None


def claims(printed, at=""):
    """Yield every printed figure with its name: `indicators/C203/rate`."""
    for key, value in printed.items():
        if isinstance(value, dict):
            yield from claims(value, f"{at}{key}/")
        else:
            yield f"{at}{key}", value


def computed(of, claim):
    """Return what we say where the report printed this claim; `KeyError` for a claim that nothing answers."""
    kind, *rest = claim.split("/")
    if kind in ("total", "grade") and not rest:
        return published(of, f"scored/{'score' if kind == 'total' else kind}")
    if kind == "counts":
        return str(sum(1 for _, above in counted(of).walk() if len(above) == LEVELS.index(rest[0])))
    if kind == "funds":
        return of.evaluation.funds.total(rest[0]) if rest[0] in COLUMNS else measure(of.evaluation.funds, rest[0])[0]
    if kind == "sources" and len(rest) == 2:
        return published(of, f"funds/sources/{rest[0]}/{'total' if rest[1] in COLUMNS else 'rate'}/{rest[1]}")
    if kind == "tables":
        return published(of, f"funds/{claim}")
    if kind in ("sections", "indicators") and len(rest) == 2:
        return published(of, f"scored/{rest[0]}/{AS.get(rest[1], rest[1])}")
    raise KeyError(claim)


def counted(of):
    """Return the system whose indicators a report counts: what was declared, else what is scored."""
    return of.evaluation.system("declared") or of.evaluation.system("scored")


def agree(printed, value):
    if printed == str(value):
        return True
    value = getattr(value, "value", value)
    read = figure(printed)
    return (
        isinstance(read, Figure)
        and isinstance(value, Figure)
        and read.unit.base == value.unit.base
        and read.interval().meets(value.interval())
    )


def shown(value):
    if isinstance(value, Figure):
        return str(value if value.spelt is not None else value.published(2))
    return "—" if value is None else str(value)


@pytest.mark.parametrize("name", NAMES)
def test_printed_figures_are_computed_or_explained(name):
    folder = EXAMPLES / name
    of = check(folder).value
    differences = []

    for claim, printed in claims(load(folder / "printed.yaml")):
        value = computed(of, claim)
        if not agree(printed, value):
            differences.append({"claim": claim, "printed": printed, "computed": shown(value)})

    explained = load(folder / "explained.yaml") or []
    told = [entry for entry in explained if "claim" in entry]
    assert differences == [{key: entry[key] for key in ("claim", "printed", "computed")} for entry in told]
    assert all(entry["because"].strip() and entry["source"].strip() for entry in explained)


@pytest.mark.parametrize("name", NAMES)
def test_example_has_no_unexplained_errors_and_a_total_where_one_is_printed(name):
    outcome = check(EXAMPLES / name)
    explained = load(EXAMPLES / name / "explained.yaml") or []

    found = {(finding.check, finding.paths[0]) for finding in outcome.findings if finding.severity == "error"}
    assert found == {(entry["finding"], path) for entry in explained if "finding" in entry for path in entry["at"]}
    assert (outcome.value.card.total is not None) == ("total" in load(EXAMPLES / name / "printed.yaml"))


def test_examples_hold_something():
    assert "bazhou-2024" in NAMES
    assert len(list(claims(load(EXAMPLES / "bazhou-2024" / "printed.yaml")))) > 90


@pytest.mark.parametrize(
    ("printed", "value", "same"),
    [("84.3%", "84.25%", True), ("97%", "95%", False), ("优", "优", True), ("81.35万人", "813500人", True)],
)
def test_printed_figure_agrees_with_every_value_that_prints_so(printed, value, same):
    assert agree(printed, figure(value) if value != "优" else value) is same
