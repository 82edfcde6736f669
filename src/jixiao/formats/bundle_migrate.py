"""旧版文件: bundles of an earlier schema, brought step by step to the one this program reads.

A step belongs to the schema it starts from, gives the next one, and rewrites the tree; the places move with it.
The first schema has no steps yet.

>>> from jixiao.formats.bundle_source import Source
>>> migrated(Source({"schema": "evaluation/1"}, {})).value
{'schema': 'evaluation/1'}
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from jixiao.errors import CannotParse
from jixiao.evaluation.model import SCHEMA
from jixiao.findings import Message
from jixiao.formats.bundle_source import Source


class Step(NamedTuple):
    """One migration: the schema it gives, and the tree rewritten."""

    gives: str
    rewrite: Callable[[Source], Source]


STEPS: Mapping[str, Step] = {}


def migrated(source: Source, *, steps: Mapping[str, Step] = STEPS, current: str = SCHEMA) -> Source:
    """Return the source in the current schema; `CannotParse` for one that no step leads on from."""
    while (found := source.value.get("schema")) != current:
        step = steps.get(found) if isinstance(found, str) else None
        if step is None:
            said = Message("bundle.schema", {"found": found or "—", "known": current})
            remedy = Message("bundle.schema.remedy", {"known": current})
            raise CannotParse(said, remedy=remedy, place=source.place(("schema",)))
        source = step.rewrite(source)
        source = source._replace(value={**source.value, "schema": step.gives})
    return source
