"""养老金核查: the three checks on pension payments, with a list of persons, months and amounts under a password."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from jixiao.engines.holding import held
from jixiao.engines.opening import opened
from jixiao.enrolment.identity import full, masked
from jixiao.enrolment.pension import CHECKS, Checked, checked
from jixiao.errors import CannotParse
from jixiao.findings import Finding, Message, Place
from jixiao.formats import case_lists, excel_rows, json_write, passwords_file, registers_file
from jixiao.formats.whole import whole
from jixiao.operations.outcome import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable

    from jixiao.enrolment.pension import Paid

HEADS = ("核查项", "姓名", "证件号码", "参保地", "月份", "月数", "多发金额（元）", "依据", "处理结果", "办理说明")


def enrolment_pensions(
    folder: Path,
    out: Path | None = None,
    *,
    engine: str | None = None,
    memory: str | None = None,
    master: str | None = None,
    progress: Callable[[str], None] = lambda stage: None,
) -> Outcome[Checked]:
    """Return what the three checks find in the payments that `registers.yaml` names; write the list into `out`."""
    given = registers_file.read(folder)
    base = folder if folder.is_dir() else folder.parent
    by_role = {register.role: register for register in given.registers}
    if "payments" not in by_role:
        raise CannotParse(
            Message("enrolment.no_payments"), remedy=Message("enrolment.no_payments.remedy"), place=Place(str(folder))
        )
    with opened(engine, memory=memory, master=master, scratch=out.parent if out else None) as machine:
        progress("reading")
        opened_registers = [
            held(machine, by_role[role], base, lambda name: excel_rows.read(Path(name))) if role in by_role else None
            for role in ("payments", "deaths", "barred")
        ]
        progress("comparing")
        payments, deaths, barred = opened_registers
        assert payments is not None
        found = checked(machine, payments, deaths, barred, given.terms.as_of)
    if out is not None:
        progress("writing")
        _write(found, out, given.title)
    return Outcome(found, tuple(_findings(found)))


def _findings(found: Checked) -> list[Finding]:
    said = []
    for check in CHECKS:
        persons = [one for one in found.found if one.check == check]
        if persons:
            args = {
                "count": len(persons),
                "months": sum(one.months for one in persons),
                "amount": sum(one.excess for one in persons),
            }
            said.append(
                Finding(
                    f"pension_{check}",
                    "warning",
                    Message(f"enrolment.pension.{check}", args),
                    Message("enrolment.pension.remedy"),
                )
            )
    for name, count in (("unusable", found.unusable), ("unread", found.unread)):
        if count:
            said.append(
                Finding(
                    f"pension_{name}",
                    "warning",
                    Message(f"enrolment.pension.{name}", {"count": count}),
                    Message("enrolment.todo.unusable"),
                )
            )
    return said


def pensions_json(found: Checked) -> dict[str, Any]:
    """Return `pensions/1`: counts, months and amounts as text, numbers masked, no names."""
    return {
        "schema": "pensions/1",
        "rows": str(found.rows),
        "unusable": str(found.unusable),
        "unread": str(found.unread),
        "checks": {
            check: {
                "persons": str(len(of)),
                "months": str(sum(one.months for one in of)),
                "amount": str(sum(one.excess for one in of)),
                "cases": [
                    {"number": masked(full(one.number)), "months": str(one.months), "amount": str(one.excess)}
                    for one in of
                ],
            }
            for check in CHECKS
            for of in [[one for one in found.found if one.check == check]]
        },
    }


def _write(found: Checked, out: Path, title: str) -> None:
    key = passwords_file.kept(out, ["pensions"])["pensions"]
    with whole(out) as staging:
        (staging / "pensions.json").write_bytes(json_write.dumped(pensions_json(found)))
        rows = [_row(one) for one in found.found]
        raw = case_lists.sheet(HEADS, rows, f"{title}养老金发放核查名单", key)
        (staging / "pensions.xlsx").write_bytes(raw)


def _row(one: Paid) -> tuple[str, ...]:
    months = sorted({payment.month for payment in one.payments})
    regions = sorted({payment.region for payment in one.payments if payment.region})
    kind = Message(f"enrolment.pension.name.{one.check}").text("zh")
    return (
        kind,
        one.name or "",
        full(one.number),
        "、".join(regions),
        "、".join(months),
        str(one.months),
        str(one.excess),
        one.ground,
        "",
        "",
    )
