"""存取: an Evaluation as canonical bytes, and read and assessed from them, without a folder.

The bytes are JSON: the tree of a bundle with its keys sorted, nothing between its signs, and beside it the results that
engines left behind. Equal evaluations have equal bytes, so a hash over them says whether anything was changed.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from jixiao.errors import CannotParse
from jixiao.evaluation.assess import Assessment, assess
from jixiao.findings import Finding, Message, ordered
from jixiao.formats import bundle, results
from jixiao.formats.bundle_encode import encoded
from jixiao.formats.bundle_source import Source, without_blanks
from jixiao.operations.outcome import Outcome
from jixiao.reports import report

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jixiao.evaluation.model import Evaluation

_DEEPEST = 60


def tree_of(evaluation: Evaluation) -> dict[str, Any]:
    """Return the tree that is stored: `{"evaluation": …, "results": […]}`, all scalars as text."""
    left = [json.loads(results.write(code, actual)) for code, actual in sorted(evaluation.results.items())]
    return {"evaluation": encoded(evaluation), **({"results": left} if left else {})}


def written(evaluation: Evaluation) -> bytes:
    """Return the canonical bytes of an evaluation."""
    return json.dumps(tree_of(evaluation), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def read(raw: bytes) -> Outcome[Evaluation]:
    """Return the evaluation that some bytes hold, and what is open in it; `CannotParse` for anything else.

    A bundle's own tree, without the results beside it, is read as well. Numbers are taken as they are spelt.
    """
    try:
        tree = json.loads(raw.decode("utf-8-sig"), parse_int=str, parse_float=str, parse_constant=str)
    except (UnicodeDecodeError, ValueError, RecursionError) as problem:
        raise _unreadable(type(problem).__name__) from None
    if not isinstance(tree, dict) or _depth(tree) > _DEEPEST:
        raise _unreadable("depth" if isinstance(tree, dict) else type(tree).__name__)
    whole = tree if isinstance(tree.get("evaluation"), dict) else {"evaluation": tree}
    source = Source(without_blanks(_said(whole["evaluation"])), {})
    found = bundle.of_source(source)
    try:
        left = dict(results.of_json(one) for one in whole.get("results") or ())
    except (ValueError, KeyError, TypeError, AttributeError) as problem:
        raise _unreadable(type(problem).__name__) from None
    return Outcome(replace(found.evaluation, results=left), tuple(found.findings))


def with_results(evaluation: Evaluation, documents: Iterable[Any]) -> Evaluation:
    """Return the evaluation with results that engines have left (`result/1`) in the place of its own, by indicator."""
    try:
        given = dict(results.of_json(one) for one in documents)
    except (ValueError, KeyError, TypeError, AttributeError) as problem:
        raise _unreadable(type(problem).__name__) from None
    return replace(evaluation, results={**evaluation.results, **given})


def assessed(evaluation: Evaluation, found: tuple[Finding, ...] = ()) -> Outcome[Assessment]:
    """Return the assessment of an evaluation with all that `check` finds in a bundle of it, less what needs files.

    `found` is what was found in reading it.
    """
    of = assess(evaluation)
    return Outcome(of, tuple(ordered([*found, *of.findings, *report.findings(of)])))


def _said(value: Any) -> Any:
    """Return a tree without what is null; a bundle holds texts, lists and mappings only."""
    if isinstance(value, dict):
        return {str(name): _said(item) for name, item in value.items() if item is not None}
    if isinstance(value, list):
        return [_said(item) for item in value if item is not None]
    if isinstance(value, bool):
        return "true" if value else "false"
    return value


def _depth(value: Any) -> int:
    """Return how deep a tree is, counted without recursion."""
    deepest, level = 0, [value]
    while level and deepest <= _DEEPEST:
        deepest += 1
        level = [
            item
            for one in level
            if isinstance(one, dict | list)
            for item in (one.values() if isinstance(one, dict) else one)
        ]
    return deepest


def _unreadable(why: str) -> CannotParse:
    return CannotParse(Message("stored.unreadable", {"why": why}), remedy=Message("stored.unreadable.remedy"))
