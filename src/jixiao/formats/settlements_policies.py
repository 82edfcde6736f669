"""政策登记文件: a register of policies of an office's own: `policies`, a list of what `Policy` holds."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jixiao.errors import CannotParse
from jixiao.findings import Message, Place
from jixiao.formats import yaml_text
from jixiao.settlements.policies import SUBJECTS, Policy, registered

if TYPE_CHECKING:
    from pathlib import Path

_DAY = re.compile(r"[0-9]{4}(-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01]))?")


def read(path: Path) -> list[Policy]:
    """Return the policies of a file; `CannotParse` names the line of what cannot stand there."""
    tree = yaml_text.read(path)
    entries = tree.value.get("policies")
    if not isinstance(entries, list):
        raise _wrong(path, 1, "policies", entries, "- {subject: chronic_disease, title: …, since: 2022-01-01}")
    found: list[Policy] = []
    for at, entry in enumerate(entries):
        line = tree.lines.get(("policies", at), 1)
        if not isinstance(entry, dict) or not entry.get("title") or not entry.get("region"):
            raise _wrong(path, line, "policies", entry, list(Policy._fields))
        for name, text in entry.items():
            if name not in Policy._fields or not isinstance(text, str):
                raise _wrong(path, line, name, text, list(Policy._fields))
            if name in ("since", "until") and not _DAY.fullmatch(text):
                raise _wrong(path, line, name, text, "2022-07-01")
        if entry.get("subject") not in SUBJECTS:
            raise _wrong(path, line, "subject", entry.get("subject"), list(SUBJECTS))
        found += registered([entry], entry["region"])
    return found


def _wrong(path: Path, line: int, field: str, found: object, known: object) -> CannotParse:
    said = Message("settlements.wrong", {"field": field, "found": "—" if found is None else found})
    remedy = Message("settlements.wrong.remedy", {"known": known})
    return CannotParse(said, remedy=remedy, place=Place(str(path), line=line))
