"""登记表: the registers that take part in a comparison and the columns they must or may have."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import narwhals as nw

from jixiao import library
from jixiao.enrolment.identity import parameters

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

Role = Literal["own", "other", "deaths", "group", "payments", "barred", "unknown"]
ROLES: tuple[Role, ...] = ("own", "other", "deaths", "group", "payments", "barred")

# What a record is carried with from the register into a case list, in this order.
DETAIL = (
    "psn_no", "psn_name", "psn_cert_type", "certno", "insutype", "insu_admdvs", "psn_insu_date", "psn_type",
    "work_admdvs", "live_admdvs", "school_admdvs", "continuous_months", "die_date",
)  # fmt: skip
FEE_PERIOD = ("accrym_begn", "accrym_end")
REQUIRED: dict[Role, tuple[str, ...]] = {
    "own": ("certno", "psn_name", "insutype", "insu_admdvs", "psn_insu_stas"),
    "other": ("certno", "psn_name", "insutype", "psn_insu_stas"),
    "deaths": ("certno",),
    "group": ("certno", "insu_admdvs"),
    "payments": ("certno", "pay_month", "pay_amount", "pay_kind"),
    "barred": ("certno",),
    "unknown": (),
}


@dataclass(frozen=True, slots=True)
class Register:
    """A register as it stands on disk: its role, name, files, reference date, local column names and CSV dialect.

    `name` is how columns and messages call it (the other jurisdiction's name, the group's name).
    """

    role: Role
    name: str
    files: tuple[str, ...]
    as_of: date | None = None
    mapping: Mapping[str, str] = field(default_factory=dict)
    delimiter: str | None = None
    encoding: str | None = None


class Held(NamedTuple):
    """A register that an engine has opened: its columns are text under known names.

    `heads` is what they were called; `files` are those that the register's patterns mean; `table` is the address and
    the digest of a database table.
    """

    register: Register
    frame: nw.LazyFrame[Any]
    columns: tuple[str, ...]
    heads: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    table: tuple[str, str] | None = None


MODES = ("charge", "decide")


class Terms(NamedTuple):
    """What a comparison counts by: the reference date, the status rule, and which record goes or stays."""

    as_of: date
    status: str = "normal"
    mode: Literal["charge", "decide"] = "charge"

    def codes(self) -> tuple[str, ...]:
        """Return the values of psn_insu_stas that count."""
        return tuple(parameters()["statuses"][self.status]["codes"])

    def paid(self) -> bool:
        """Return whether only records count whose fee has been paid for the month of the reference date."""
        return "paid" in parameters()["statuses"][self.status]

    def required(self, role: Role) -> tuple[str, ...]:
        """Return the columns that a register must have."""
        return (*REQUIRED[role], *(FEE_PERIOD if self.paid() and role in ("own", "other") else ()))


@cache
def fields() -> dict[str, Any]:
    """Return the known columns with what they are called."""
    found: dict[str, Any] = library.read("enrolment/fields.yaml")
    return found


@cache
def scheme_of(insutype: str | None) -> str | None:
    """Return the scheme of an insurance type: employee, resident, or None for one that is not compared.

    >>> scheme_of("390"), scheme_of("510")
    ('resident', None)
    """
    return next((name for name, entry in parameters()["schemes"].items() if insutype in entry["insutypes"]), None)


def insutypes() -> tuple[str, ...]:
    """Return the insurance types that are compared."""
    return tuple(code for entry in parameters()["schemes"].values() for code in entry["insutypes"])


def recognised(heads: Iterable[str], mapping: Mapping[str, str]) -> dict[str, str]:
    """Return the platform's name for every head that is known: by the mapping, its own name or another of its names.

    >>> recognised(["INSUPLC_ADMDVS", "证件号码", "remark"], {"证件号码": "certno"})
    {'INSUPLC_ADMDVS': 'insu_admdvs', '证件号码': 'certno'}
    """
    names = {alias: name for name, entry in fields().items() for alias in (name, entry["zh"], *entry["also"])}
    found: dict[str, str] = {}
    for head in heads:
        name = mapping.get(head) or names.get(head.strip().lower()) or names.get(head.strip())
        if name is not None and name not in found.values():
            found[head] = name
    return found


def counted(held: Held, terms: Terms) -> nw.LazyFrame[Any]:
    """Return the records of a register that count on the reference date, in schemes that are compared."""
    if held.register.role not in ("own", "other"):
        return held.frame
    counts = nw.col("psn_insu_stas").is_in(terms.codes()) & nw.col("insutype").is_in(insutypes())
    return held.frame.filter(counts & paid(held, terms) if terms.paid() else counts)


def paid(held: Held, terms: Terms) -> nw.Expr:
    """Return whether a record's fee period covers the month of the reference date and the money has come in.

    Periods are read as 202406, 2024-06, 2024-06-30 or 20240630; one that cannot be read covers nothing.
    """
    begin, end = (nw.col(name).str.replace_all("[^0-9]", "").str.slice(0, 6) for name in FEE_PERIOD)
    month = terms.as_of.strftime("%Y%m")
    covers = (begin <= month) & (end >= month) & (begin.str.len_chars() == 6) & (end.str.len_chars() == 6)
    if "clct_flag" in held.columns:
        covers &= nw.col("clct_flag") == parameters()["paid_flag"]
    return covers.fill_null(False)


def detailed(held: Held, terms: Terms, side: int) -> nw.LazyFrame[Any]:
    """Return the counted records with their side and exactly the columns of `DETAIL`; missing ones are null."""
    missing = [nw.lit(None, dtype=nw.String).alias(name) for name in DETAIL if name not in held.columns]
    frame = counted(held, terms)
    return frame.with_columns(nw.lit(side).cast(nw.Int64).alias("side"), *missing).select("side", *DETAIL)
