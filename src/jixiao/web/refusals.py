"""拒绝: what a person may not do, or what came too late, as a sentence with a remedy and a status for the browser."""

from __future__ import annotations

from jixiao.errors import NotAllowed
from jixiao.findings import Message


class Refused(NotAllowed):
    """Something that is not done, and why; nothing has changed."""

    status = 403

    def __init__(self, what: str, **args: object) -> None:
        """Take the id of the sentence; its remedy bears the same id and `.remedy`."""
        super().__init__(Message(f"web.refused.{what}", args), remedy=Message(f"web.refused.{what}.remedy", args))


class Unseen(Refused):
    """Nothing of that name for this person; whether it exists is not said."""

    status = 404

    def __init__(self) -> None:
        """Say that it is not there."""
        super().__init__("unseen")


class SignedOut(Refused):
    """Somebody who has to sign in first."""

    status = 401

    def __init__(self) -> None:
        """Say that signing in comes first."""
        super().__init__("signed_out")


class BadForm(Refused):
    """Something typed that does not fit."""

    status = 400


class Stale(Refused):
    """Somebody else has saved meanwhile; both versions stand."""

    status = 409

    def __init__(self, head: int) -> None:
        """Name the number of the version that came between."""
        super().__init__("stale", head=head)
        self.head = head
