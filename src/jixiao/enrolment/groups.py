"""特殊人群参保: persons on the lists of the entitled (特困, 低保, 低保边缘, 脱贫, 防返贫监测) against the register.

Reads    lists (certno, insu_admdvs), the own register
Gives    per list: distinct persons listed, how many of them are insured, unusable rows
Nulls    a row without a usable number is counted apart
Source   资助参保政策覆盖率 = 已参保 ÷ 应参保
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import narwhals as nw

from jixiao.enrolment import numbers
from jixiao.enrolment.identity import identity
from jixiao.enrolment.recognising import recognised
from jixiao.enrolment.registers import counted

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from jixiao.enrolment.engine import Engine
    from jixiao.enrolment.registers import Held, Terms


class Group(NamedTuple):
    """One list: persons on it, those of them who are insured, and rows whose number is unusable."""

    name: str
    listed: int
    enrolled: int
    unusable: int


class Coverage(NamedTuple):
    """All lists, the last one being their union under the name `all`, in which nobody counts twice."""

    groups: tuple[Group, ...]


def coverage(engine: Engine, own: Held, lists: Sequence[Held], terms: Terms) -> Coverage:
    """Return for each list, and for all together, who is listed and who of them is insured."""
    insured, _ = _numbers(engine, counted(own, terms), terms.as_of)
    found, every = [], []
    for one in lists:
        listed, unusable = _numbers(engine, one.frame, terms.as_of)
        every.append(listed)
        found.append(_group(engine, one.register.name, listed.unique(), insured, unusable))
    if len(found) > 1:
        union = engine.union(every).unique()
        found.append(_group(engine, "all", union, insured, sum(group.unusable for group in found)))
    return Coverage(tuple(found))


def _numbers(engine: Engine, frame: nw.LazyFrame[Any], as_of: date) -> tuple[nw.LazyFrame[Any], int]:
    """Return the numbers of a register and how many of its rows have none that can be used."""
    found = recognised(engine, frame.select("certno"), as_of, {"number": numbers.number()}, ("certno",))
    read = [identity(row[0], as_of=as_of) for row in found.rest]
    staged = found.both(engine, ("number",))
    more = sorted({one.number for one in read if one.why is None and one.number is not None})
    if more:
        staged = engine.union([staged, engine.frame({"number": "integer"}, [(number,) for number in more])])
    return staged, sum(1 for one in read if one.why is not None)


def _group(engine: Engine, name: str, listed: nw.LazyFrame[Any], insured: nw.LazyFrame[Any], unusable: int) -> Group:
    both = insured.join(listed, on="number", how="semi").unique()  # the list, not the register, is held in memory
    counts = engine.gather([one.select(nw.len().cast(nw.Int64).alias("count")) for one in (listed, both)])
    return Group(name, counts[0][0][0], counts[1][0][0], unusable)
