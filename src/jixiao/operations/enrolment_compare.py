"""参保数据比对: compare registers; write the table, case lists, a summary and measures, whole or not at all."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from jixiao.documents.document import Document, Paragraph
from jixiao.engines.damaged import refuse, refuse_at_once
from jixiao.engines.database import is_address
from jixiao.engines.files import Source
from jixiao.engines.holding import digests, held, source
from jixiao.engines.opening import opened
from jixiao.enrolment import cases, checks, measures, summary
from jixiao.enrolment.candidates import SIDES, candidates, candidates_of_tokens
from jixiao.enrolment.comparison import compared
from jixiao.enrolment.groups import coverage
from jixiao.enrolment.identity import parameters
from jixiao.enrolment.registers import MODES, Terms
from jixiao.enrolment.table import noted, notes, table
from jixiao.errors import NotKnown
from jixiao.findings import Finding, Message, Place, ordered
from jixiao.formats import (
    case_lists,
    excel_rows,
    excel_write,
    html_write,
    json_write,
    passwords_file,
    registers_file,
    word_write,
)
from jixiao.formats.whole import whole
from jixiao.operations.bound_results import bound_results
from jixiao.operations.outcome import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from jixiao.enrolment.comparison import Comparison
    from jixiao.enrolment.groups import Coverage
    from jixiao.enrolment.registers import Held, Register
    from jixiao.formats.registers_file import Registers


class Compared(NamedTuple):
    """A comparison with what names it, the coverage of the special groups and the digests of its inputs.

    `written` are the indicators whose results were left in a bundle, `lists` the lines of a case list by region code.
    """

    comparison: Comparison
    names: dict[str, str]
    covered: Coverage | None
    digests: dict[str, str]
    written: tuple[str, ...] = ()
    lists: Mapping[str, int] = MappingProxyType({})

    def summary(self) -> dict[str, Any]:
        """Return `enrolment/1`."""
        return summary.summary(self.comparison, self.names, self.covered, self.digests)


def enrolment_compare(
    folder: Path,
    out: Path | None = None,
    *,
    mode: str | None = None,
    status: str | None = None,
    engine: str | None = None,
    memory: str | None = None,
    master: str | None = None,
    bundle: Path | None = None,
    locked: bool = True,
    progress: Callable[[str], None] = lambda stage: None,
) -> Outcome[Compared]:
    """Return the comparison of the registers that `registers.yaml` in a folder names; write it into `out`.

    With `bundle` the results of its indicators bound to a comparison are left in it. While an error-level finding
    stands nothing is written. `locked` puts every case list under a password of its own, which is left beside `out`.
    `progress` hears the stages: digests, reading, comparing, writing. Raises `CannotOpen`, `CannotParse` (columns,
    ruined numbers), `CannotWrite`, and `DoesNotFoot` rather than print a table that does not.
    """
    given = registers_file.read(folder)
    base = folder if folder.is_dir() else folder.parent
    terms = _terms(given.terms, status, mode)
    progress("digests")
    files = {os.path.relpath(name, base): told for name, told in digests(given.registers, base).items()}
    findings = checks.before(given.registers, terms)
    scratch = out.parent if out else None
    with opened(engine, memory=memory, master=master, scratch=scratch, capped="polars") as machine:
        comparison, covered, tables, more = _computed(machine, given, terms, base, progress)
    findings += [*more, *checks.suspects(comparison)]
    made = Compared(comparison, given.names(), covered, {**files, **tables})
    outcome = Outcome(made, tuple(ordered(findings)))
    if out is not None and outcome.exit_code() == 0:
        progress("writing")
        made = made._replace(lists=_write(made, out, given, locked=locked))
        outcome = replace(outcome, value=made)
    if bundle is None:
        return outcome
    written, more = bound_results(
        bundle,
        measures.SOURCE,
        lambda binding: measures.measure(comparison, covered, binding.measure, binding.where),
        [base / told for told in files],
        blocked=outcome.exit_code() != 0,
        tables=tables,
    )
    return Outcome(made._replace(written=written), tuple(ordered([*outcome.findings, *more])))


def _computed(
    machine: Any, given: Registers, terms: Terms, base: Path, progress: Callable[[str], None]
) -> tuple[Comparison, Coverage | None, dict[str, str], list[Finding]]:
    """Return what an engine makes of the registers, the digests of database tables, and what is found on the way."""

    def opened_one(register: Register) -> Held:
        return held(machine, register, base, lambda name: excel_rows.read(Path(name)), terms.required(register.role))

    progress("reading")
    registers = [opened_one(register) for register in given.registers]
    if not given.tokens:
        refuse_at_once(machine, registers)
    progress("comparing")
    main = [one for one in registers if one.register.role in SIDES]
    found = (candidates_of_tokens if given.tokens else candidates)(machine, main, terms)
    refuse(machine, found, main, terms, lambda one, name: opened_one(replace(one.register, files=(name,))))
    groups = [one for one in registers if one.register.role == "group"]
    covered = coverage(machine, main[0], groups, terms) if groups and not given.tokens else None
    tables = dict(one.table for one in registers if one.table)
    return compared(found, terms), covered, tables, checks.after(found, terms, _locator(main[0], base))


def _terms(given: Terms, status: str | None, mode: str | None) -> Terms:
    """Return the terms with what was asked for on top; `NotKnown` for a rule or mode that there is not."""
    for asked, known in ((status, list(parameters()["statuses"])), (mode, list(MODES))):
        if asked is not None and asked not in known:
            said = Message("registers.wrong", {"field": "—", "found": asked})
            raise NotKnown(said, remedy=Message("registers.wrong.remedy", {"known": known}))
    return Terms(given.as_of, status or given.status, mode or given.mode)  # type: ignore[arg-type]


def _locator(own: Held, base: Path) -> Callable[[str, str | None], Place | None]:
    def locate(column: str, value: str | None) -> Place | None:
        from jixiao.engines.locating import first_row  # noqa: PLC0415  (only on the way to an error)

        if is_address(own.register.files[0]):
            return Place(own.register.name)
        files = source(own.register, base)
        return first_row(Source(files.files, files.delimiter, files.encoding), column, value, own.register.mapping)

    return locate


def _write(made: Compared, out: Path, given: Registers, *, locked: bool) -> dict[str, int]:
    comparison, names = made.comparison, made.names
    printed = table(comparison, names)
    document = Document(
        (printed, *(Paragraph(text, "note") for text in notes(comparison, names))), printed.caption or ""
    )
    lines = cases.lists(comparison, names)
    keys = passwords_file.kept(out, lines) if locked else {}
    with whole(out) as staging:
        (staging / "enrolment.json").write_bytes(json_write.dumped(made.summary()))
        (staging / f"{printed.name}.xlsx").write_bytes(excel_write.write([noted(printed, comparison, names)]))
        (staging / f"{printed.name}.docx").write_bytes(word_write.write(document))
        (staging / f"{printed.name}.html").write_bytes(html_write.write(document))
        (staging / "cases").mkdir()
        for code, listed in lines.items():
            title = f"{given.title}参保数据核查名单（{code or '区划不明'}）"
            raw = case_lists.write(listed, title, keys.get(code))
            (staging / "cases" / case_file(code)).write_bytes(raw)
    return {code: len(listed) for code, listed in lines.items()}


def case_file(code: str) -> str:
    """Return the name of the case list of a region; "" is a region that is not known."""
    return f"{code or '000000'}.xlsx"


def passwords(out: Path) -> dict[str, str]:
    """Return the passwords of the case lists that were written into a folder, by region code."""
    return passwords_file.read(passwords_file.beside(out))
