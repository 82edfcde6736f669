"""资金明细的对照: the same sums in plain Python, written from the words and not from the engine."""

from __future__ import annotations


def sums_of(heads, rows, amounts=("allocated", "received", "paid")):
    """Return the sums of the whole and by every other column, as tuples."""
    columns = [heads.index(name) for name in amounts]
    found = {"whole": tuple(sum(row[at] for row in rows) for at in columns)}
    for key in (head for head in heads if head not in amounts):
        groups = {}
        for row in rows:
            groups.setdefault(row[heads.index(key)], []).append(row)
        found[key] = {value: tuple(sum(row[at] for row in group) for at in columns) for value, group in groups.items()}
    return found
