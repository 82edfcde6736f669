r"""可读文字: text without letters that cannot be seen, and with the radicals that PDF fonts leave as characters.

>>> legible("⼀、⾦额\u200b5\x01")
'一、金额5'
"""

from __future__ import annotations

import re
import unicodedata

_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_RADICAL = re.compile("[\u2e80-\u2fdf]")


def legible(text: str) -> str:
    """Return the text as it is seen; line breaks and tabs stay."""
    if _UNSEEN.search(text):
        text = _UNSEEN.sub("", text)
    return _RADICAL.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)
