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
from jixiao.enrolment.recognising import usable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    from jixiao.enrolment.engine import Engine
    from jixiao.keys import Pads

    Column = Iterable[str | None]

HIDDEN = ("psn_no", "psn_name", "certno")
BIRTH = "name_birth"
PLAIN = "_plain"


def marked(engine: Engine, frame: nw.LazyFrame[Any], columns: Iterable[str], as_of: date) -> nw.LazyFrame[Any]:
    """Return these columns and `PLAIN`: whether the number is a citizen's and usable as it is spelt."""
    names = list(columns)
    if "certno" not in names:
        return frame.select(*names, nw.lit(False).alias(PLAIN))
    plain = usable(numbers.plain(as_of), names).alias(PLAIN)
    return numbers.split(engine.parts(frame.select(*names), "certno")).select(*names, plain)


def divided(records: nw.LazyFrame[Any]) -> tuple[nw.LazyFrame[Any], nw.LazyFrame[Any]]:
    """Return what `marked` found plain, and what it did not."""
    return records.filter(nw.col(PLAIN)), records.filter(~nw.col(PLAIN))


def rows_of(engine: Engine, records: nw.LazyFrame[Any]) -> int:
    """Return how many records there are."""
    ((count,),) = engine.gather([records.select(nw.len().cast(nw.Int64).alias("count"))])[0]
    return int(count)


def hidden_in_bulk(engine: Any, records: nw.LazyFrame[Any], columns: Iterable[str], pads: Pads) -> nw.LazyFrame[Any]:
    """Return what `hiding` makes of records whose number is plain, by an engine that knows HMAC-SHA-256."""
    names = list(columns)
    texts = {"certno": _text("number", nw.col("certno")), BIRTH: nw.lit(None, dtype=nw.String)}
    if "psn_no" in names:
        texts["psn_no"] = _text("psn_no", nw.col("psn_no"))
    if "psn_name" in names:
        records = engine.bare(records, "psn_name", "_name", "".join(parameters()["name_separators"]))
        texts["psn_name"] = _text("name", nw.col("_name"))
        texts[BIRTH] = _text("birth", nw.col("_name"), nw.lit(":"), nw.col("certno").str.slice(6, 8))
    made: nw.LazyFrame[Any] = engine.keyed(records, texts, pads)
    return made.select(*names, BIRTH)


def _text(kind: str, *parts: nw.Expr) -> nw.Expr:
    return nw.concat_str(nw.lit(f"{kind}:"), *parts)


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
