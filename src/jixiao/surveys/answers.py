"""答卷: an answer file as a format hands it to an engine: its heads, and its rows or where they can be scanned."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

Made = Literal["collected", "reconstructed"]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Answers as text. Either `rows` are here, or `source` (a UTF-8 CSV file or its bytes) is to be scanned.

    `first_row` is the number of the first answer's row as its file shows it; `sample` holds some rows to tell
    numbers from texts by. `checked` is False where only the beginning is known to be UTF-8.
    """

    name: str
    heads: tuple[str, ...]
    first_row: int
    rows: tuple[tuple[str, ...], ...] | None = None
    source: Path | bytes | None = None
    separator: str = ","
    sample: tuple[tuple[str, ...], ...] = ()
    checked: bool = True


@dataclass(frozen=True, slots=True)
class Field:
    """What the file beside an answer file says of it (`answers.yaml` beside `answers.csv`).

    `made`: collected, or reconstructed from printed margins, `because` says from what. `issued` questionnaires were
    handed out. `columns` names the head of a question or of token, seconds, address, where it is a local one.
    """

    made: Made = "collected"
    because: str | None = None
    issued: int | None = None
    as_of: str | None = None
    columns: Mapping[str, str] | None = None
