"""复核: what became of each opinion since the last round: 已改, 未改, 说明可接受, and what is 新增.

An opinion that no longer stands is 已改; one that stands is 未改, unless its answer was accepted and it still says the
same; one that was not there is 新增. Nothing is taken for corrected in a report that was not handed in again or cannot
be read.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

from jixiao import library
from jixiao.documents.document import Heading, Paragraph
from jixiao.review.quoting import sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from jixiao.findings import Finding, Place, Severity
    from jixiao.review.report import Reviewed

CORRECTED, UNCHANGED, ACCEPTED, NEW = CONCLUSIONS = ("已改", "未改", "说明可接受", "新增")
OPEN = (UNCHANGED, NEW)
_MOST_PLACES, _LONGEST_QUOTE = 4, 160
_LENGTH = 16


class Opinion(NamedTuple):
    """One line of the list: what joins the rounds, the file, what was said, the answer and the conclusion."""

    key: str
    severity: str
    file: str
    place: str
    quote: str
    because: str
    remedy: str
    reply: str = ""
    conclusion: str = ""

    def is_of(self, severity: Severity) -> bool:
        """Return whether the opinion is of a severity, in whatever language it was written down."""
        return self.severity in (library.wording(f"cli.severity.{severity}", lang) for lang in library.LANGUAGES)


def names(reports: Sequence[Reviewed]) -> list[str]:
    """Return what each report is called in lists: its file's name, with the folders in which alone they differ."""
    paths = [PurePath(report.name) for report in reports]
    if len(paths) < 2:
        return [path.name for path in paths]
    shared = 0
    while len({path.parts[: shared + 1] for path in paths}) == 1 and all(
        len(path.parts) > shared + 1 for path in paths
    ):
        shared += 1
    return ["/".join(path.parts[shared:]) for path in paths]


def key_of(finding: Finding) -> str:
    """Return what makes an opinion the same one in the next round: the check and what it is about.

    Figures may change between rounds, so only the check and the words around the figures count.
    """
    because = finding.because.args["because"] if finding.because.id == "review.agreed" else finding.because
    about = because.args.get("about") or because.args.get("subject") or because.args.get("name") or ""
    said = f"{because.id}|{about}|{finding.printed if not about else ''}"
    return hashlib.sha256(said.encode()).hexdigest()[:_LENGTH]


def opinions(reports: Sequence[Reviewed], lang: str = "zh") -> list[Opinion]:
    """Return the opinions on some reports in order, not concluded."""
    found = []
    for report, name in zip(reports, names(reports), strict=True):
        texts = _texts(report)
        for finding in report.findings:
            places = dict.fromkeys(place.text(lang) for place in finding.places[:_MOST_PLACES])
            quote = next((_quoted(place, texts) for place in finding.places if place.quote), finding.printed or "")
            kind = library.wording(f"cli.severity.{finding.severity}", lang)
            said = finding.because.text(lang), finding.remedy.text(lang)
            found.append(Opinion(key_of(finding), kind, name, "；".join(places), quote, *said))
    return found


def _texts(report: Reviewed) -> dict[tuple[int | None, int | None], str]:
    """Return the running text of a report by page and line."""
    blocks = report.document.blocks if report.document is not None else ()
    words = [block for block in blocks if isinstance(block, Heading | Paragraph)]
    return {(block.place.page, block.place.line): block.text for block in words if block.place is not None}


def _quoted(place: Place, texts: dict[tuple[int | None, int | None], str]) -> str:
    """Return the whole sentence that a place quotes from, or, of a cell, what it quotes."""
    whole = None if place.row is not None else sentence(texts.get((place.page, place.line), ""), place.quote)
    return whole if whole is not None and len(whole) <= _LONGEST_QUOTE else place.quote or ""


def concluded(reports: Sequence[Reviewed], earlier: Sequence[Opinion], lang: str = "zh") -> list[Opinion]:
    """Return this round's opinions with what became of them, then those of the round before that are gone."""
    now = opinions(reports, lang)
    if not earlier:
        return now
    unread = {name for report, name in zip(reports, names(reports), strict=True) if report.problem is not None}
    before = _Before(earlier, _renamed(earlier, now, names(reports)))
    told = [_answered(opinion, before.take(opinion)) for opinion in now]
    again = {*before.files.values()} - unread
    return [*told, *(_gone(opinion, again=before.files.get(opinion.file) in again) for opinion in before.left())]


class _Before:
    """The opinions of the round before, each to be met once, under the names that their files have now."""

    def __init__(self, earlier: Sequence[Opinion], files: dict[str, str]) -> None:
        self.files = files
        self.waiting: dict[tuple[str, str], list[Opinion]] = defaultdict(list)
        for opinion in earlier:
            self.waiting[files.get(opinion.file, ""), opinion.key or opinion.because].append(opinion)

    def take(self, opinion: Opinion) -> Opinion | None:
        """Return the earlier opinion that this one is, the one that says the same first; None for a new one."""
        same = self.waiting.get((opinion.file, opinion.key)) or self.waiting.get((opinion.file, opinion.because), [])
        found = next((old for old in same if (old.because, old.place) == (opinion.because, opinion.place)), None)
        found = found or next(iter(same), None)
        if found is not None:
            same.remove(found)
        return found

    def left(self) -> Iterator[Opinion]:
        """Yield the earlier opinions that were not met."""
        for waiting in self.waiting.values():
            yield from waiting


def _answered(opinion: Opinion, old: Opinion | None) -> Opinion:
    if old is None:
        return opinion._replace(conclusion=NEW)
    accepted = old.conclusion == ACCEPTED and old.because == opinion.because
    return opinion._replace(reply=old.reply, conclusion=ACCEPTED if accepted else UNCHANGED)


def _gone(opinion: Opinion, *, again: bool) -> Opinion:
    """Return an opinion that no longer stands: corrected, if its report was handed in again and read."""
    return opinion._replace(conclusion=CORRECTED if again else opinion.conclusion or UNCHANGED)


def _renamed(earlier: Sequence[Opinion], now: Sequence[Opinion], present: Sequence[str]) -> dict[str, str]:
    """Return the name now of every file of the round before that is here again, perhaps under another name.

    A file under another name is known by the most opinions in common; one report alone stands for one report alone.
    """
    before = list(dict.fromkeys(opinion.file for opinion in earlier))
    found = {name: name for name in before if name in present}
    for name in (name for name in before if name not in found):
        keys = {opinion.key for opinion in earlier if opinion.file == name}
        free = [other for other in present if other not in found.values()]
        shared = Counter(opinion.file for opinion in now if opinion.file in free and opinion.key in keys)
        alone = len(before) == len(present) == 1
        if shared or alone:
            found[name] = shared.most_common(1)[0][0] if shared else free[0]
    return found
