"""去标识化: records whose identity is replaced by keyed tokens, so that two offices compare without showing numbers.

Cleaning comes before the token: a number is brought to its 18 characters and a name loses its separators, because
tokens of two spellings are strangers. Unusable numbers have no token. Whoever holds the key can test a guess: the
key is shared by the offices that compare and by nobody else.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import repeat
from typing import TYPE_CHECKING, Any

import narwhals as nw

from jixiao.enrolment import numbers
from jixiao.enrolment.identity import cleaned_name, cleaned_number, full, identity, parameters

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    from jixiao.enrolment.engine import Engine

    Column = Iterable[str | None]

HIDDEN = ("psn_no", "psn_name", "certno")
BIRTH = "name_birth"
PLAIN = "_plain"


def marked(engine: Engine, frame: nw.LazyFrame[Any], columns: Iterable[str], as_of: date) -> nw.LazyFrame[Any]:
    """Return these columns and `PLAIN`: whether the number is usable as it is spelt, which engines see in bulk."""
    names = list(columns)
    if "certno" not in names:
        return frame.select(*names, nw.lit(False).alias(PLAIN))
    plain = numbers.plain(as_of).fill_null(False).alias(PLAIN)
    return numbers.split(engine.parts(frame.select(*names), "certno")).select(*names, plain)


def hiding(token: Callable[[str], str], as_of: date) -> Callable[[Mapping[str, Any]], dict[str, Column]]:
    """Return what replaces `HIDDEN` in a block of columns by tokens and adds that of name and birth date."""

    @lru_cache(1 << 20)
    def named(text: str | None) -> tuple[str | None, str | None]:
        plain = cleaned_name(text)
        return plain, token(f"name:{plain}") if plain else None

    def hidden(block: Mapping[str, Any]) -> dict[str, Column]:
        out: dict[str, Column] = {name: column for name, column in block.items() if name != PLAIN}
        wholes: Column = repeat(None)
        if "certno" in block:
            kinds = block.get("psn_cert_type") or repeat(None)
            read = [_number(*row, as_of) for row in zip(block["certno"], kinds, block[PLAIN], strict=False)]
            wholes = [whole for whole, _ in read]
            out["certno"] = [token(text) if text else None for _, text in read]
        names = [named(text) for text in block["psn_name"]] if "psn_name" in block else repeat((None, None))
        if "psn_name" in block:
            out["psn_name"] = [told for _, told in names]
        if "psn_no" in block:
            out["psn_no"] = [token(f"psn_no:{text}") if text else None for text in block["psn_no"]]
        pairs = zip(block[PLAIN], names, wholes, strict=False)
        out[BIRTH] = [
            token(f"birth:{name[0]}:{whole[6:14]}") if name[0] and whole else None for _, name, whole in pairs
        ]
        return out

    return hidden


def _number(text: str | None, certificate: str | None, plain: bool, as_of: date) -> tuple[str | None, str | None]:
    """Return the 18 characters of a usable identity number, and the text that its token is of."""
    if certificate is None or certificate in parameters()["identity_certificates"]:
        whole = text if plain else spelt(text, as_of)
        return whole, f"number:{whole}" if whole else None
    other = cleaned_number(text)
    return None, f"{certificate}:{other}" if other else None


def spelt(text: str | None, as_of: date) -> str | None:
    """Return the 18 characters of a usable number however it is typed, else None."""
    found = identity(text, as_of=as_of)
    return full(found.number) if found.why is None and found.number is not None else None
