"""登记表概况: what a register holds before anything is compared: rows, columns, codes, numbers, dates."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

import narwhals as nw

from jixiao.enrolment import numbers
from jixiao.enrolment.codes import shown
from jixiao.enrolment.damage import Damage, damage
from jixiao.enrolment.identity import identity, masked_within, parameters
from jixiao.enrolment.registers import REQUIRED, recognised, scheme_of
from jixiao.regions import pooling_area

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from jixiao.enrolment.engine import Engine
    from jixiao.enrolment.registers import Held

_CODED = ("insutype", "psn_insu_stas", "psn_cert_type", "insu_admdvs")
_DATED = ("psn_insu_date", "die_date", "pay_month")


class Profile(NamedTuple):
    """What one register holds: `codes` and `unknown` by column, `numbers` by verdict, `dates` from first to last.

    `missing` are the columns that its role demands and that it has not.
    """

    role: str
    name: str
    files: tuple[str, ...]
    rows: int
    columns: dict[str, str | None]
    codes: dict[str, dict[str, int]]
    unknown: dict[str, dict[str, int]]
    numbers: dict[str, int]
    damaged: str | None
    missing: tuple[str, ...]
    dates: dict[str, tuple[str | None, str | None]]


def profiled(engine: Engine, held: Held, as_of: date) -> Profile:
    """Return the profile of an opened register."""
    coded = [name for name in _CODED if name in held.columns]
    dated = [name for name in _DATED if name in held.columns]
    tallies = [
        held.frame.group_by(name).agg(nw.len().cast(nw.Int64).alias("count")).select(name, "count") for name in coded
    ]
    ends = [held.frame.select(nw.col(name).min().alias("first"), nw.col(name).max().alias("last")) for name in dated]
    count = held.frame.select(nw.len().cast(nw.Int64).alias("count"))
    ((rows,),), *rest = engine.gather([count, *tallies, *ends])
    verdicts, ruined = _read(engine, held, rows, as_of)
    codes = {name: {code or None: n for code, n in found} for name, found in zip(coded, rest, strict=False)}
    names = recognised(held.heads, held.register.mapping)
    dates: dict[str, tuple[str | None, str | None]] = {
        name: (first and masked_within(first), last and masked_within(last))
        for name, ((first, last),) in zip(dated, rest[len(coded) :], strict=True)
    }
    return Profile(
        held.register.role,
        held.register.name,
        held.files or held.register.files,
        rows,
        {masked_within(head): names.get(head) for head in held.heads},
        {name: shown(found) for name, found in codes.items()},
        {name: shown(strange) for name, found in codes.items() if (strange := _strange(name, found, as_of.year))},
        verdicts,
        ruined.verdict(),
        tuple(name for name in REQUIRED[held.register.role] if name not in held.columns),
        dates,
    )


def _read(engine: Engine, held: Held, rows: int, as_of: date) -> tuple[dict[str, int], Damage]:
    """Return the verdicts on the numbers of a register, and what of them is damaged; odd ones are read in batches."""
    if "certno" not in held.columns:
        return {}, Damage(rows, 0, 0, 0)
    card = nw.col("psn_cert_type") if "psn_cert_type" in held.columns else nw.lit(None, dtype=nw.String)
    parted = numbers.split(engine.parts(held.frame, "certno"))
    parted = parted.with_columns(numbers.plain(as_of).fill_null(False).alias("plain"), card.alias("card"))
    found: Counter[str] = Counter(usable=rows)
    ruined = Damage(rows, 0, 0, 0)
    for batch in engine.batches(parted.filter(~nw.col("plain")).select("certno", "card")):
        texts = [text for text, card in batch if card in _cards()]
        found.update(identity(text, as_of=as_of).why or "usable" for text in texts)
        found.update({"other_certificate": len(batch) - len(texts), "usable": -len(batch)})
        ruined = ruined.plus(damage(texts))
    return {verdict: count for verdict, count in sorted(found.items()) if count or verdict == "usable"}, ruined


def _cards() -> tuple[str | None, ...]:
    return (None, *parameters()["identity_certificates"])


def _strange(name: str, found: Mapping[str | None, int], year: int) -> dict[str | None, int]:
    known: dict[str, Any] = {
        "insutype": lambda code: scheme_of(code) is not None,
        "psn_insu_stas": lambda code: code in parameters()["known_statuses"],
        "psn_cert_type": lambda code: code is None or code in parameters()["identity_certificates"],
        "insu_admdvs": lambda code: pooling_area(code or "", year) is not None,
    }
    return {code: count for code, count in found.items() if not known[name](code)}
