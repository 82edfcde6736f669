"""原文: the sentence in which quoted words stand, found with blanks left out of account on both sides.

>>> sentence("全年预算 100 万元。执行数 90 万元，执行率 80%。", "执行率80%")
'执行数90万元，执行率80%。'
"""

from __future__ import annotations

import re

_ENDS = "。；;！？!?"


def span(text: str, quote: str | None) -> tuple[int, int] | None:
    """Return where the sentence that is quoted begins and ends, counting letters that are no blanks.

    Of words from two sentences it is that of the last figure: what is quoted around a figure may reach too far.
    """
    whole, wanted = "".join(text.split()), "".join((quote or "").split())
    at = whole.find(wanted) if wanted else -1
    if at < 0:
        return None
    digits = [match.start() for match in re.finditer(r"\d", wanted)]
    last = at + (digits[-1] if digits else len(wanted) - 1)
    begin = max(whole.rfind(end, 0, last) for end in _ENDS) + 1
    return begin, min((n + 1 for end in _ENDS if (n := whole.find(end, last)) >= 0), default=len(whole))


def sentence(text: str, quote: str | None) -> str | None:
    """Return the sentence that holds the quoted words; None where none does."""
    found = span(text, quote)
    return None if found is None else "".join(text.split())[slice(*found)]
