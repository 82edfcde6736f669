"""结算数据概况: what the tables hold that `settlements.yaml` names, before anything is computed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jixiao.engines.opening import opened
from jixiao.engines.settlements import held
from jixiao.enrolment.identity import hidden
from jixiao.findings import Finding
from jixiao.formats import settlements_file
from jixiao.operations.outcome import Outcome
from jixiao.operations.settlements_measures import terms_of
from jixiao.settlements import checks
from jixiao.settlements.profile import Profile, profiled
from jixiao.settlements.tables import table

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def settlements_profile(
    folder: Path,
    *,
    engine: str | None = None,
    memory: str | None = None,
    master: str | None = None,
    progress: Callable[[str], None] = lambda stage: None,
) -> Outcome[tuple[Profile, ...]]:
    """Return the profile of every table that `settlements.yaml` in a folder names; doubled keys are an error."""
    given = settlements_file.read(folder)
    base = folder if folder.is_dir() else folder.parent
    terms = terms_of(given, None, "month", set_aside=False)
    found, findings = [], list[Finding]()
    with opened(engine, memory=memory, master=master) as machine:
        for one in given.tables.values():
            progress("reading")
            found.append(profiled(machine, held(machine, one, base), terms))
            doubled, keys = found[-1].repeated
            findings += checks.repeated(table(one.table), (doubled, [*map(hidden, keys)]))
    return Outcome(tuple(found), tuple(findings))


def settlements_profile_json(of: tuple[Profile, ...]) -> dict[str, Any]:
    """Return `settlements-profile/1`: counts are decimal strings, identity numbers that stray into it are masked."""
    return {"schema": "settlements-profile/1", "tables": [_said(one._asdict()) for one in of]}


def _said(value: Any) -> Any:
    if isinstance(value, str | int):
        return hidden(str(value))
    if isinstance(value, dict):
        return {hidden(name): _said(one) for name, one in value.items()}
    return [_said(one) for one in value] if isinstance(value, tuple) else value
