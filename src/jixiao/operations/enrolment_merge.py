"""合并处理结果: the decisions of case lists that came back, put together, with what is missing and what contradicts."""

from __future__ import annotations

import csv
from collections import Counter
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from jixiao.errors import CannotOpen
from jixiao.findings import Finding, Message, Place, ordered
from jixiao.formats import case_lists
from jixiao.formats.whole import whole
from jixiao.operations.outcome import Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from jixiao.formats.case_lists import Decision


class Merged(NamedTuple):
    """The decisions by line number, how many lines of each region are decided and sent out, and counts by decision."""

    decisions: dict[str, Decision]
    regions: dict[str, tuple[int, int]]
    counts: dict[str, int]


def enrolment_merge(sent: Path, returned: Sequence[Path], out: Path | None = None) -> Outcome[Merged]:
    """Merge lists that came back with those under `sent` (the OUT folder of a comparison); write decisions.csv.

    A line decided in two ways is an error-level finding, an unknown line a warning, undecided lines a note.
    """
    keys = _passwords(sent / "passwords.csv")
    known = {
        path.stem: case_lists.numbers(path, keys.get(path.stem)) for path in sorted((sent / "cases").glob("*.xlsx"))
    }
    if not known:
        raise CannotOpen(Message("open.absent"), remedy=Message("cases.sent.remedy"), place=Place(str(sent / "cases")))
    findings: list[Finding] = []
    decisions: dict[str, Decision] = {}
    for path in returned:
        for one in case_lists.read(path, keys.get(path.stem) or keys.get(path.stem[:6])):
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


def _passwords(path: Path) -> dict[str, str]:
    if not path.exists():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        return {row["code"]: row["password"] for row in csv.DictReader(file)}


def _safe(text: str) -> str:
    """Keep a remark from becoming a formula in whatever opens the file."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t") else text


def _finding(name: str, severity: str, args: Mapping[str, object], place: Place | None) -> Finding:
    said = Message(f"cases.{name}", args)
    return Finding(f"case_{name}", severity, said, Message(f"cases.{name}.remedy"), places=(place,) if place else ())  # type: ignore[arg-type]  # fmt: skip
