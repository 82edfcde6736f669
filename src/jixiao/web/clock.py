"""时刻: now and today in Asia/Shanghai; the one place that looks at the clock."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """Return the present time."""
    return datetime.now(SHANGHAI)


def today() -> date:
    """Return today's date."""
    return now().date()


def stamp(at: datetime) -> str:
    """Return a time as it is hashed and exported: to the microsecond, in Asia/Shanghai."""
    return at.astimezone(SHANGHAI).isoformat(timespec="microseconds")
