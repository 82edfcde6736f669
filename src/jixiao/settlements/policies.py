"""政策登记: what holds where and from when: outpatient pooling, the two diseases, chronic diseases, pension levels.

Policies lie by region in `policies/`; a place stands under its county's, its prefecture's, its province's and the
country's. Values are what people write (`98元`); a policy whose value nobody states is registered without one.

>>> [policy.value for policy in in_force("653121", "2022-06-30") if policy.subject == "basic_pension"]
['93元']
>>> [policy.value for policy in in_force("653121", "2022-07-01") if policy.subject == "basic_pension"]
['98元']
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from jixiao import library

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

SUBJECTS = ("outpatient_pooling", "two_diseases", "chronic_disease", "basic_pension")
_FOLDER, _COUNTRY = "settlements/policies", "000000"


class Policy(NamedTuple):
    """A policy: subject, title, region, value and document where known, first and last day (a year or a day), mark."""

    subject: str
    title: str
    region: str
    value: str = ""
    document: str = ""
    since: str = ""
    until: str = ""
    mark: str = "unconfirmed"

    def holds(self, day: str) -> bool:
        """Return whether the policy is in force on a day (`2022-07-01`)."""
        return self.since <= day and (not self.until or day[: len(self.until)] <= self.until)


@cache
def packaged() -> tuple[Policy, ...]:
    """Return the packaged policies, region by region."""
    return tuple(
        policy
        for region in library.names(_FOLDER)
        for policy in registered(library.read(f"{_FOLDER}/{region}.yaml"), region)
    )


def registered(raw: Iterable[Mapping[str, str]], region: str) -> list[Policy]:
    """Return the policies that entries state for a region."""
    return [Policy(**{"region": region, **entry}) for entry in raw]


def over(region: str, own: Iterable[Policy] = ()) -> list[Policy]:
    """Return all policies that a place has ever stood under, by subject and date, the narrowest region first."""
    above = (region, f"{region[:4]}00", f"{region[:2]}0000", _COUNTRY)
    found = [policy for policy in (*own, *packaged()) if policy.region in above]
    return sorted(found, key=lambda one: (SUBJECTS.index(one.subject), above.index(one.region), one.since))


def in_force(region: str, day: str, own: Iterable[Policy] = ()) -> list[Policy]:
    """Return the policies that hold in a place on a day."""
    return [policy for policy in over(region, own) if policy.holds(day)]
