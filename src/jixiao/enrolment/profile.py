"""登记表概况: what a register holds before anything is compared: rows, columns, codes, numbers, dates."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

import narwhals as nw

from jixiao.enrolment import numbers
from jixiao.enrolment.codes import shown
from jixiao.enrolment.damage import damage
from jixiao.enrolment.identity import identity, parameters
from jixiao.enrolment.registers import recognised, scheme_of
from jixiao.regions import pooling_area

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from jixiao.enrolment.engine import Engine
    from jixiao.enrolment.registers import Held

_CODED = ("insutype", "psn_insu_stas", "psn_cert_type", "insu_admdvs")
_DATED = ("psn_insu_date", "die_date", "pay_month")


class Profile(NamedTuple):
    """What one register holds: `codes` and `unknown` by column, `numbers` by verdict, `dates` from first to last."""

    role: str
    name: str
    files: tuple[str, ...]
    rows: int
    columns: dict[str, str | None]
    codes: dict[str, dict[str, int]]
    unknown: dict[str, dict[str, int]]
    numbers: dict[str, int]
    damaged: str | None
    dates: dict[str, tuple[str | None, str | None]]


def profiled(engine: Engine, held: Held, as_of: date) -> Profile:
    """Return the profile of an opened register."""
    heads = held.heads
    parted = numbers.split(engine.parts(held.frame, "certno"))
    card = nw.col("psn_cert_type") if "psn_cert_type" in held.columns else nw.lit(None, dtype=nw.String)
    parted = parted.with_columns(numbers.plain(as_of).fill_null(False).alias("plain"), card.alias("card"))
    odd = parted.filter(~nw.col("plain")).select("certno", "card")
    coded = [name for name in _CODED if name in held.columns]
    dated = [name for name in _DATED if name in held.columns]
    tallies = [
        held.frame.group_by(name).agg(nw.len().cast(nw.Int64).alias("count")).select(name, "count") for name in coded
    ]
    ends = [held.frame.select(nw.col(name).min().alias("first"), nw.col(name).max().alias("last")) for name in dated]
    count = held.frame.select(nw.len().cast(nw.Int64).alias("count"))
    (counted,), odd_rows, *rest = engine.gather([count, odd, *tallies, *ends])
    rows = counted[0]
    codes = {name: {code or None: n for code, n in found} for name, found in zip(coded, rest, strict=False)}
    cards = (None, *parameters()["identity_certificates"])
    verdicts = Counter(
        identity(text, as_of=as_of).why or "usable" if card in cards else "other_certificate" for text, card in odd_rows
    )
    verdicts["usable"] += rows - len(odd_rows)
    names = recognised(heads, held.register.mapping)
    dates = {name: tuple(found[0]) for name, found in zip(dated, rest[len(coded) :], strict=True)}
    return Profile(
        held.register.role,
        held.register.name,
        held.register.files,
        rows,
        {head: names.get(head) for head in heads},
        {name: shown(found) for name, found in codes.items()},
        {name: shown(strange) for name, found in codes.items() if (strange := _strange(name, found, as_of.year))},
        dict(sorted(verdicts.items())),
        damage([text for text, card in odd_rows if card in cards], rows).verdict() if odd_rows else None,
        dates,
    )


def _strange(name: str, found: Mapping[str | None, int], year: int) -> dict[str | None, int]:
    known: dict[str, Any] = {
        "insutype": lambda code: scheme_of(code) is not None,
        "psn_insu_stas": lambda code: code in parameters()["known_statuses"],
        "psn_cert_type": lambda code: code is None or code in parameters()["identity_certificates"],
        "insu_admdvs": lambda code: pooling_area(code or "", year) is not None,
    }
    return {code: count for code, count in found.items() if not known[name](code)}
