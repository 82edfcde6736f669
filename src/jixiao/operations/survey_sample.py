"""抽样: work out a questionnaire's sample, and draw it from a list of ids by hash of the plan's seed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from jixiao.errors import CannotParse, NotKnown
from jixiao.findings import Finding, Message, Place
from jixiao.formats import answers
from jixiao.formats.whole import whole
from jixiao.operations.outcome import Outcome
from jixiao.operations.survey_read import read
from jixiao.surveys import sampling
from jixiao.surveys.sampling import Plan

if TYPE_CHECKING:
    from pathlib import Path

    from jixiao.surveys.questionnaire import Sample


class Sampled(NamedTuple):
    """The plan worked out, and the ids drawn by stratum where a list was given."""

    plan: Plan
    drawn: dict[str, list[str]]


def survey_sample(
    form: Path, listed: Path | None = None, *, column: str = "id", out: Path | None = None, lang: str = "zh"
) -> Outcome[Sampled]:
    """Return the sample of a questionnaire; with `out` the ids drawn are written there as `sample.csv`.

    `NotKnown` where the questionnaire has no sample plan or no seed to draw by.
    """
    outcome = read(form)
    sample = outcome.value.sample
    if sample is None:
        raise NotKnown(
            Message("survey.sample.no_plan"), remedy=Message("survey.sample.no_plan.remedy"), place=Place(str(form))
        )
    plan = sampling.plan(sample)
    if isinstance(plan, Message):
        raise NotKnown(plan, remedy=Message("survey.sample.no_plan.remedy"), place=Place(str(form)))
    if listed is None:
        return Outcome(Sampled(plan, {}), outcome.findings)
    if sample.seed is None:
        raise NotKnown(
            Message("survey.sample.no_seed"), remedy=Message("survey.sample.no_plan.remedy"), place=Place(str(form))
        )
    persons = _persons(listed, column, sample)
    counts = dict(plan.strata) or {"": plan.issued}
    drawn = sampling.drawn(sample.seed, persons, counts)
    findings = [*outcome.findings, *_short(persons, counts, drawn, listed)]
    if out is not None:
        with whole(out) as staging:
            (staging / "sample.csv").write_bytes(answers.listed(("stratum", column), _rows(drawn)))
    return Outcome(Sampled(plan, drawn), tuple(findings))


def _rows(drawn: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(stratum, person) for stratum, persons in drawn.items() for person in persons]


def _persons(path: Path, column: str, sample: Sample) -> list[tuple[str, str]]:
    """Return the stratum and the id of everybody on the list."""
    heads, rows = answers.rows(path)
    wanted = [column, *([sample.strata.by] if sample.strata else [])]
    absent = next((name for name in wanted if name not in heads), None)
    if absent is not None:
        said = Message("survey.sample.no_id", {"column": absent, "heads": list(heads)})
        raise CannotParse(said, remedy=Message("survey.sample.no_id.remedy"), place=Place(str(path), line=1))
    own, part = heads.index(column), heads.index(wanted[1]) if len(wanted) > 1 else None
    return [(row[part].strip() if part is not None else "", row[own].strip()) for row in rows
            if len(row) == len(heads) and row[own].strip()]  # fmt: skip


def _short(
    persons: list[tuple[str, str]], counts: dict[str, int], drawn: dict[str, list[str]], path: Path
) -> list[Finding]:
    """Return a finding for every stratum with fewer persons than are wanted, and for rows of no stratum."""
    place, found = Place(str(path)), []
    for stratum, wanted in counts.items():
        if len(drawn[stratum]) < wanted:
            args = {"stratum": stratum or "—", "wanted": wanted, "listed": len(drawn[stratum])}
            found.append(Finding("sample_short", "warning", Message("survey.sample.short", args), places=(place,)))
    rest = sum(1 for stratum, _ in persons if stratum not in counts)
    if rest:
        said = Message("survey.sample.unlisted", {"rows": rest})
        found.append(Finding("sample_unlisted", "warning", said, places=(place,)))
    return found
