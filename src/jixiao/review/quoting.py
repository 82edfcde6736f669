"""原文: the sentence in which quoted words stand, found with blanks left out of account on both sides.

>>> sentence("全年预算 100 万元。执行数 90 万元，执行率 80%。", "执行率80%")
'执行数90万元，执行率80%。'
"""

from __future__ import annotations

_ENDS = "。；;！？!?"


def span(text: str, quote: str | None) -> tuple[int, int] | None:
    """Return where the sentence that holds the quoted words begins and ends, counting letters that are no blanks."""
    whole, wanted = "".join(text.split()), "".join((quote or "").split())
    at = whole.find(wanted) if wanted else -1
    if at < 0:
        return None
    begin = max(whole.rfind(end, 0, at) for end in _ENDS) + 1
    after = at + len(wanted)
    until = min((n + 1 for end in _ENDS if (n := whole.find(end, after - 1)) >= 0), default=len(whole))
    return begin, until


def sentence(text: str, quote: str | None) -> str | None:
    """Return the sentence that holds the quoted words; None where none does."""
    found = span(text, quote)
    return None if found is None else "".join(text.split())[slice(*found)]
