"""核查名单: who, which records, why, what to do; one list per office, with a column for what the office decides."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from jixiao.authorities import cited
from jixiao.enrolment.candidates import DEAD, OWN
from jixiao.enrolment.comparison import region_of
from jixiao.enrolment.identity import parameters
from jixiao.enrolment.registers import scheme_of
from jixiao.findings import Message

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from jixiao.enrolment.candidates import Record
    from jixiao.enrolment.comparison import Comparison

HEADS = (
    "编号",
    "类别",
    "姓名",
    "证件号码",
    "人员编号",
    "险种",
    "参保地",
    "参保日期",
    "对应记录",
    "依据的规则",
    "建议处理",
    "处理结果",
    "办理说明",
)
DECISION, REMARK = HEADS.index("处理结果"), HEADS.index("办理说明")
DECISIONS = ("已清退", "保留", "非同一人", "待核实")


class Line(NamedTuple):
    """One line of a case list: its number, the office's region code, and the texts under `HEADS`."""

    id: str
    region: str
    texts: tuple[str, ...]


def lists(of: Comparison, names: Mapping[str, str]) -> dict[str, list[Line]]:
    """Return the lines by region code: what goes, what cannot be decided, suspects, unusable numbers."""
    lines: dict[str, list[Line]] = defaultdict(list)
    for kind, record, against, rule, todo in _entries(of, names):
        region = region_of(record.insu_admdvs, of.terms.as_of.year).code
        number = f"{region or '000000'}-{len(lines[region]) + 1:06d}"
        lines[region].append(Line(number, region, (number, kind, *_told(record), against, rule, todo, "", "")))
    return dict(sorted(lines.items()))


def _entries(of: Comparison, names: Mapping[str, str]) -> Iterable[tuple[str, Record, str, str, str]]:
    for case in of.cases:
        if case.column is None and case.decided:
            continue
        name = case.column or "undecided"
        rule = case.rule.text("zh") + (f"（{cited(case.authority)}）" if case.authority else "")
        against = [case.against] if case.against else [*case.person.own, *case.person.other]
        yield (
            Message(f"enrolment.column.{name}", names).text("zh"),
            case.record,
            "；".join(_named(record, names) for record in against if record is not case.record),
            rule,
            Message(f"enrolment.todo.{name}", names).text("zh"),
        )
    for suspect in of.suspects:
        for record in suspect.records:
            if record.side == OWN:
                others = "；".join(_named(one, names) for one in suspect.records if one is not record)
                said = (f"enrolment.suspect.{suspect.kind}", "enrolment.rule.suspect", "enrolment.todo.suspect")
                kind, rule, todo = (Message(name).text("zh") for name in said)
                yield kind, record, others, rule, todo
    for record in of.unusable:
        if record.side == OWN:
            kind, todo = Message("enrolment.unusable").text("zh"), Message("enrolment.todo.unusable").text("zh")
            yield kind, record, "", Message(f"enrolment.why.{record.identity.why}").text("zh"), todo


def _told(record: Record) -> tuple[str, ...]:
    scheme = scheme_of(record.insutype)
    return (
        record.psn_name or "",
        record.certno or "",
        record.psn_no or "",
        parameters()["schemes"][scheme]["zh"] if scheme else record.insutype or "",
        record.insu_admdvs or "",
        record.psn_insu_date or "",
    )


def _named(record: Record, names: Mapping[str, str]) -> str:
    if record.side == DEAD:
        return f"死亡登记 {record.psn_name or ''} {record.certno or ''} {record.die_date or '（日期不明）'}"
    whose = names["own"] if record.side == OWN else names["other"]
    name, certno, _, scheme, place, since = _told(record)
    return " ".join(part for part in (whose, name, certno, scheme, place, since) if part)
