"""未读: what stands where a value should stand and could not be read, kept as it was spelt, with the reason."""

from __future__ import annotations

from typing import NamedTuple

from jixiao.findings import Message


class Unread(NamedTuple):
    """A text that was not understood; never guessed, never skipped in silence."""

    spelt: str
    why: Message

    def __str__(self) -> str:
        """Return the text as it was spelt."""
        return self.spelt
