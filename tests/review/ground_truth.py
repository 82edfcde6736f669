"""种子清单: the list of what is wrong in the source reports, and how findings are held against it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import yaml

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jixiao.findings import Finding

FOLDER = Path(__file__).resolve().parents[1] / "cases" / "seeds"


class Item(NamedTuple):
    """One thing that is wrong: the lines where it stands, its kind, and how sure a reader is."""

    lines: frozenset[int]
    kind: str
    sure: str
    about: str
    printed: str


def items(name: str) -> list[Item]:
    raw = yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    return [
        Item(frozenset(i["lines"]), i["kind"], i["sure"], i.get("about", ""), str(i.get("printed", "")))
        for i in raw["items"]
    ]


def names() -> dict[str, str]:
    """Return the seed's number by the list's name."""
    return {
        path.stem: yaml.safe_load(path.read_text(encoding="utf-8"))["seed"] for path in sorted(FOLDER.glob("*.yaml"))
    }


class Score(NamedTuple):
    """Items found and missed, and findings that no item accounts for."""

    found: list[Item]
    missed: list[Item]
    unaccounted: list[Finding]


def held_against(findings: Sequence[Finding], listed: Sequence[Item]) -> Score:
    """Return the score of some findings: an item is found when a finding names one of its lines first, or all of them."""
    found, missed = [], []
    for item in listed:
        hit = any(_names(finding, item) for finding in findings)
        (found if hit else missed).append(item)
    unaccounted = [finding for finding in findings if not any(_names(finding, item) for item in listed)]
    return Score(found, missed, unaccounted)


FITS = {
    "score_rate": ("score_rates",),
    "year": ("dates",),
    "date": ("dates",),
    "insurance_name": ("insurance_names",),
    "score_text": ("process_scores", "repeated", "section_sums"),
    "unit": ("units", "number_twice"),
    "share_base": ("survey_shares",),
    "order": ("ordering",),
    "footing": ("footing",),
    "numbering": ("style",),
    "brackets": ("style",),
    "word": ("style",),
    "format": ("style",),
    "direction": ("targets", "growth", "trends"),
    "parts": ("parts_and_whole",),
    "same_figure": ("repeated", "stated_goals", "execution_said"),
    "verdict": ("targets", "overall_claims", "copied_actuals"),
    "target_missed": ("targets",),
    "echo": ("targets",),
    "document_number": ("document_numbers", "known_documents"),
    "document_title": ("document_numbers", "known_documents"),
    "target_text": ("repeated",),
    "count": ("counts",),
    "section_sum": ("section_sums",),
    "actual_text": ("repeated",),
    "missing": ("missing_parts", "overall_claims"),
    "uses_sources": ("uses_and_sources",),
    "cut_off": ("score_rates",),
    "over_fulfilment": ("targets",),
    "balance": ("balances",),
    "deviation": ("balances",),
    "label": ("style",),
    "name": ("units", "overall_claims"),
    "code": ("region_codes",),
    "reason": ("targets",),
}


def _names(finding: Finding, item: Item) -> bool:
    return finding.check in FITS.get(item.kind, ()) and any(place.line in item.lines for place in finding.places)
