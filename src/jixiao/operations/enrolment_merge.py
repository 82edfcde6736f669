"""合并处理结果: the decisions of case lists that came back, put together, with what is missing and what contradicts."""

from __future__ import annotations

import csv
from collections import Counter
from io import StringIO
from typing import TYPE_CHECKING, NamedTuple

from jixiao.enrolment.identity import masked_within
from jixiao.errors import CannotOpen
from jixiao.findings import Finding, Message, Place, ordered
from jixiao.formats import case_lists, passwords_file
from jixiao.formats.whole import whole
from jixiao.operations.outcome import Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from jixiao.formats.case_lists import Decision


class Merged(NamedTuple):
    """The decisions by line number, how many lines of each region are decided and sent out, and counts by decision."""

    decisions: dict[str, Decision]
    regions: dict[str, tuple[int, int]]
    counts: dict[str, int]


def enrolment_merge(
    sent: Path, returned: Sequence[Path], out: Path | None = None, *, passwords: Path | None = None
) -> Outcome[Merged]:
    """Merge lists that came back with those under `sent` (the OUT folder of a comparison); write decisions.csv.

    `passwords` is their file, by default the one that a comparison leaves beside `sent`. A line decided in two ways
    is an error-level finding, an unknown line a warning, undecided lines a note.
    """
    keys = passwords_file.read(passwords or passwords_file.beside(sent))
    known = {
        path.stem: case_lists.numbers(path, keys.get(path.stem)) for path in sorted((sent / "cases").glob("*.xlsx"))
    }
    if not known:
        raise CannotOpen(Message("open.absent"), remedy=Message("cases.sent.remedy"), place=Place(str(sent / "cases")))
    findings: list[Finding] = []
    decisions: dict[str, Decision] = {}
    for path in returned:
        for one in _decisions(path, keys):
            if one.id not in known.get(one.id[:6], frozenset()):
                findings.append(_finding("unknown", "warning", {"id": one.id}, one.place))
                continue
            before = decisions.setdefault(one.id, one)
            if before.decision != one.decision:
                args = {"id": one.id, "first": before.decision, "second": one.decision}
                findings.append(_finding("twice", "error", args, one.place))
    regions = {code: (sum(1 for line in lines if line in decisions), len(lines)) for code, lines in known.items()}
    for code, (done, sent_out) in regions.items():
        if done < sent_out:
            findings.append(_finding("open", "note", {"code": code, "open": sent_out - done, "sent": sent_out}, None))
    merged = Merged(decisions, regions, dict(sorted(Counter(one.decision for one in decisions.values()).items())))
    outcome = Outcome(merged, tuple(ordered(findings)))
    if out is not None and outcome.exit_code() == 0:
        with whole(out) as staging:
            text = StringIO()
            writer = csv.writer(text, lineterminator="\n")
            writer.writerow(("id", "decision", "remark"))
            writer.writerows((one.id, one.decision, _safe(one.remark)) for _, one in sorted(decisions.items()))
            (staging / "decisions.csv").write_text(text.getvalue(), encoding="utf-8-sig")
    return outcome


def _decisions(path: Path, keys: Mapping[str, str]) -> list[Decision]:
    """Return the decisions in a list that came back, under whatever name: the password that opens it is its own."""
    likely = sorted(keys, key=lambda office: not path.stem.startswith(office))
    for office in likely:
        try:
            return case_lists.read(path, keys[office])
        except CannotOpen as problem:
            if problem.what.id != "cases.password":
                raise
    return case_lists.read(path, None)


def _safe(text: str) -> str:
    """Keep a remark from becoming a formula in whatever opens the file, and numbers of persons out of it."""
    return masked_within(f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t") else text)


def _finding(name: str, severity: str, args: Mapping[str, object], place: Place | None) -> Finding:
    said = Message(f"cases.{name}", args)
    return Finding(f"case_{name}", severity, said, Message(f"cases.{name}.remedy"), places=(place,) if place else ())  # type: ignore[arg-type]  # fmt: skip
