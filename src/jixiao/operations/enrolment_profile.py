"""登记表概况: what lies in a folder of registers, before anything is compared."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from jixiao.engines.holding import held
from jixiao.engines.opening import opened
from jixiao.enrolment.profile import Profile, profiled
from jixiao.formats import excel_rows, registers_file
from jixiao.operations.outcome import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable


def enrolment_profile(
    folder: Path,
    *,
    engine: str | None = None,
    memory: str | None = None,
    master: str | None = None,
    progress: Callable[[str], None] = lambda register: None,
) -> Outcome[tuple[Profile, ...]]:
    """Return the profile of every register that `registers.yaml` in a folder names, or of all data files there are."""
    named = not folder.is_dir() or (folder / registers_file.FILE).exists()
    given = registers_file.read(folder) if named else registers_file.guessed(folder)
    base = folder if folder.is_dir() else folder.parent
    found = []
    with opened(engine, memory=memory, master=master) as machine:
        for register in given.registers:
            progress(register.name)
            one = held(machine, register, base, lambda name: excel_rows.read(Path(name)), required=())
            found.append(profiled(machine, one, given.terms.as_of))
    return Outcome(tuple(found))


def profile_json(of: tuple[Profile, ...]) -> dict[str, Any]:
    """Return `profile/1`; counts are decimal strings."""
    return {
        "schema": "profile/1",
        "registers": [
            {
                "role": one.role,
                "name": one.name,
                "files": list(one.files),
                "rows": str(one.rows),
                "columns": one.columns,
                "codes": {name: _texts(found) for name, found in one.codes.items()},
                "unknown": {name: _texts(found) for name, found in one.unknown.items()},
                "numbers": _texts(one.numbers),
                "missing": list(one.missing),
                "damaged": one.damaged,
                "dates": {name: list(ends) for name, ends in one.dates.items()},
            }
            for one in of
        ],
    }


def _texts(counts: dict[str, int]) -> dict[str, str]:
    return {name: str(count) for name, count in counts.items()}
