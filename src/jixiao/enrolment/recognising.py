"""号码识别: millions of rows to usable numbers in three steps: spelt plainly, mended in bulk, and the few left over.

What people and systems put around a number (blanks, dashes, a lower-case x, full-width digits) and numbers of 15
digits are mended by the engine, so that a register in which every number is spelt so fills no list of ours. What the
engine leaves goes one by one through `identity`, which alone says why a number cannot be used.
"""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING, Any, NamedTuple

import narwhals as nw

from jixiao.enrolment import numbers
from jixiao.enrolment.identity import parameters
from jixiao.errors import CannotParse
from jixiao.findings import Message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date

    from jixiao.enrolment.engine import Engine

    Frame = nw.LazyFrame[Any]

# What is mended here is a part of what `identity` mends: characters dropped, as a class of regular expressions, and
# characters read as others.
_DROPPED = "[ \\t\\r\\n\u00a0\u3000\u2002\u2003\u200b\u200c\u200d\u2060\ufeff'=\"‐‑–—-]"
_READ = dict(zip("０１２３４５６７８９Ｘｘx", "0123456789XXX", strict=True))
_OLD = "^[0-9]{15}$"


class Recognised(NamedTuple):
    """The rows of a register by how their number is read.

    `plain` has the columns kept, of rows that spell their number plainly; `mended` those and the others, with `raised`
    (1 for 15 digits), of rows whose number an engine could mend; `rest` the others of all rows that remain, and
    `beside` the rows of what was asked for beside.
    """

    plain: Frame
    mended: Frame
    rest: list[tuple[Any, ...]]
    beside: list[list[tuple[Any, ...]]]

    def both(self, engine: Engine, columns: Iterable[str]) -> Frame:
        """Return the columns kept of all rows whose number an engine has read."""
        wanted = list(columns)
        return engine.union([self.plain.select(*wanted), self.mended.select(*wanted)])


def recognised(
    engine: Engine,
    records: Frame,
    as_of: date,
    kept: Mapping[str, nw.Expr],
    others: Sequence[str],
    *,
    beside: Sequence[Frame] = (),
    also: Callable[[Frame], Frame] = lambda frame: frame,
) -> Recognised:
    """Return the records by how their number is read; `also` adds what `kept` needs beside the parts of the number."""
    first = numbers.split(engine.parts(also(records), "certno"))
    first = first.with_columns(usable(numbers.plain(as_of), others))
    plain, odd, told = engine.divided(first, "usable", kept, others, beside)
    second = numbers.split(engine.parts(_mended(also(odd)), "mended"))
    sound = numbers.dated(as_of) & (numbers.checked() | (nw.col("raised") == 1))
    second = second.with_columns(usable(sound, others))
    every = {**{name: nw.col(name) for name in others}, **kept, "raised": nw.col("raised")}
    mended, left, _ = engine.divided(second, "usable", every, others)
    return Recognised(plain, mended, _listed(engine, left), told)


def _listed(engine: Engine, records: Frame) -> list[tuple[Any, ...]]:
    """Return records that are looked at one by one; `CannotParse` for more than a list or the memory can hold."""
    ((count,),) = engine.gather([records.select(nw.len().cast(nw.Int64).alias("count"))])[0]
    most = int(parameters()["listed_at_most"])
    if count > most:
        said = Message("enrolment.too_many_odd", {"count": count, "most": most})
        raise CannotParse(said, remedy=Message("enrolment.too_many_odd.remedy"))
    return engine.gather([records])[0]


def citizens() -> nw.Expr:
    """Return whether a record's certificate is one that bears a citizen's number."""
    return nw.col("psn_cert_type").is_null() | nw.col("psn_cert_type").is_in(parameters()["identity_certificates"])


def usable(sound: nw.Expr, columns: Sequence[str]) -> nw.Expr:
    """Return, as `usable`, whether a number is sound and a citizen's; all are where no column tells the certificate."""
    sound = sound.fill_null(False)
    return (citizens() & sound if "psn_cert_type" in columns else sound).alias("usable")


def _mended(records: Frame) -> Frame:
    """Add `mended`, the 18 characters that another spelling means (of 15 digits the last stays 0), and `raised`."""
    text = nw.col("certno").str.replace_all(_DROPPED, "")
    text = reduce(lambda out, pair: out.str.replace_all(*pair, literal=True), _READ.items(), text)
    read = records.with_columns(text.alias("mended"))
    old = nw.col("mended").str.contains(_OLD).fill_null(False)
    parts = (nw.col("mended").str.slice(0, 6), nw.lit("19"), nw.col("mended").str.slice(6, 9), nw.lit("0"))
    return read.with_columns(
        old.cast(nw.Int64).alias("raised"),
        nw.when(old).then(nw.concat_str(*parts)).otherwise(nw.col("mended")).alias("mended"),
    )
