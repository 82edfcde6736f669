"""错误: what stops us, raised once and shown without a traceback; each family has its exit code.

Bad data is not an error but a finding. Bugs are neither: they crash.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jixiao.findings import Message, Place

FINE, FINDINGS, USAGE = 0, 1, 2


class JixiaoError(Exception):
    """A problem the user can act on: what is wrong, where, and what to do."""

    exit_code = 10

    def __init__(self, what: Message, *, remedy: Message | None = None, place: Place | None = None) -> None:
        """Keep the message unrendered; the edge renders it in the user's language."""
        super().__init__(what.id)
        self.what, self.remedy, self.place = what, remedy, place

    def __reduce__(self) -> tuple[Any, ...]:
        """Go from one process to another with everything that is known."""
        return partial(type(self), remedy=self.remedy, place=self.place), (self.what,)

    def __str__(self) -> str:
        """Return the sentence in Chinese, with its place in front."""
        where = f"{self.place} " if self.place else ""
        return f"{where}{self.what.text('zh')}"


class CannotOpen(JixiaoError):
    """A file or folder that is not there, may not be read, is empty, too large or not of its kind."""

    exit_code = 11


class CannotParse(JixiaoError):
    """A file whose text cannot be taken apart: broken YAML, wrong shape, damaged archive."""

    exit_code = 12


class CannotWrite(JixiaoError):
    """An output that could not be written; nothing of it is left behind."""

    exit_code = 13


class NotKnown(JixiaoError):
    """A name that nothing here bears: an indicator code, a form, a rule, a measure."""

    exit_code = 14


class NoTool(JixiaoError):
    """A program that is needed from outside, such as LibreOffice, and is absent, fails or does not finish."""

    exit_code = 15


class DoesNotFoot(JixiaoError):
    """A table of ours whose rows and columns do not add up: it is withheld rather than printed."""

    exit_code = 16


class NotAllowed(JixiaoError):
    """Something that this person may not do, or not any more; nothing has changed."""

    exit_code = 17


FAMILIES: tuple[type[JixiaoError], ...] = (JixiaoError, *JixiaoError.__subclasses__())
