"""去标识化: records whose identity is replaced by keyed tokens, so that two offices compare without showing numbers.

Cleaning comes before the token: a number is brought to its 18 characters and a name loses its separators, because
tokens of two spellings are strangers. Unusable numbers have no token. Whoever holds the key can test a guess: the
key is shared by the offices that compare and by nobody else.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from jixiao.enrolment.identity import check_digit, cleaned_name, cleaned_number, full, identity, parameters

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import date

HIDDEN = ("psn_no", "psn_name", "certno")
BIRTH = "name_birth"


def tokens(
    rows: Iterable[Sequence[str | None]], columns: Sequence[str], token: Callable[[str], str], as_of: date
) -> Iterator[tuple[str | None, ...]]:
    """Yield rows with `HIDDEN` replaced by tokens, and the token of name and birth date as a last column."""
    at = {name: place for place, name in enumerate(columns)}
    number, name, kind, personal = (at.get(one) for one in ("certno", "psn_name", "psn_cert_type", "psn_no"))
    named = lru_cache(1 << 20)(lambda text: token(f"name:{text}"))
    cards = (None, *parameters()["identity_certificates"])
    for row in rows:
        out: list[str | None] = list(row)
        certificate = row[kind] if kind is not None else None
        whole = spelt(row[number], as_of) if number is not None and certificate in cards else None
        other = cleaned_number(row[number]) if number is not None and certificate not in cards else ""
        if number is not None:
            out[number] = token(f"number:{whole}") if whole else token(f"{certificate}:{other}") if other else None
        plain = cleaned_name(row[name]) if name is not None else None
        if name is not None:
            out[name] = named(plain) if plain else None
        if personal is not None:
            out[personal] = token(f"psn_no:{row[personal]}") if row[personal] else None
        out.append(token(f"birth:{plain}:{whole[6:14]}") if plain and whole else None)
        yield tuple(out)


def spelt(text: str | None, as_of: date) -> str | None:
    """Return the 18 characters of a usable number however it is typed, else None."""
    if text is not None and len(text) == 18 and text.isascii() and text[:17].isdecimal():
        head = int(text[:17])
        if text[17] != check_digit(head):
            return None
    found = identity(text, as_of=as_of)
    return full(found.number) if found.why is None and found.number is not None else None
