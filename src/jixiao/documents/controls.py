"""内容控件: how a printed value is marked in a Word file, so that it is known again after the file was edited.

The tag is the value's path; the title says the path and what was printed, because some word processors drop the tag.
Word takes at most 64 characters of either.

>>> control("scored/score", "93.7")
Control(tag='scored/score', title='scored/score｜93.7')
>>> marked("", "scored/score｜93.7")
Mark(path='scored/score', printed='93.7')
"""

from __future__ import annotations

from hashlib import sha256
from typing import NamedTuple

NAMELESS = "?"  # what the path of a control begins with that lost its name
_MOST = 64
_APART, _SHORT = "｜", "#"


class Control(NamedTuple):
    """Tag and title of a content control."""

    tag: str
    title: str


class Mark(NamedTuple):
    """What a content control says: the path (or the short form of one), and what was printed, where it is said."""

    path: str
    printed: str | None


def control(path: str | None, text: str) -> Control | None:
    """Return the control around a printed value; none around nothing, and none around several lines."""
    if not path or not text or "\n" in text:
        return None
    tag = short(path)
    title = f"{tag}{_APART}{text}"
    return Control(tag, title if len(title) <= _MOST else tag)


def short(path: str) -> str:
    """Return a path, or a digest of one that is too long for a tag."""
    return path if len(path) <= _MOST else _SHORT + sha256(path.encode()).hexdigest()[:32]


def marked(tag: str, title: str) -> Mark | None:
    """Return what tag and title of a control say; None for a control that is somebody else's."""
    path, apart, printed = title.partition(_APART)
    if tag and path != tag:
        path, apart = tag, ""
    known = "/" in path or path.startswith(_SHORT) or path in ("year", "as_of")
    return Mark(path, printed if apart else None) if known else None
