"""代码计数的显示: codes of a register with their counts, as they may be shown: the most frequent, numbers masked.

A column under the wrong name holds a million codes, or persons' numbers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao.enrolment.identity import masked_within

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST = 20
REST = "…"


def frequent(counts: Mapping[str | None, int]) -> list[tuple[str | None, int]]:
    """Return the most frequent codes, at most `MOST` of them, in their order.

    >>> frequent({"391": 1, "390": 5, None: 2})
    [(None, 2), ('390', 5), ('391', 1)]
    """
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0] or ""))[:MOST]
    return sorted(ranked, key=lambda pair: pair[0] or "")


def shown(counts: Mapping[str | None, int]) -> dict[str, int]:
    """Return the most frequent codes with their counts, and the count of all others under `REST`.

    >>> shown({"11010519491231002X": 1, None: 2})
    {'—': 2, '110105***********X': 1}
    """
    listed = frequent(counts)
    found: dict[str, int] = {}
    for code, count in listed:
        name = masked_within(code) if code else "—"
        found[name] = found.get(name, 0) + count
    rest = sum(counts.values()) - sum(found.values())
    return {**found, REST: rest} if rest else found
