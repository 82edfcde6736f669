"""险种: a report about one insurance does not slip into the name of another.

Only names that stand where the report's own name belongs: the same words but for 养老 and 医疗, or 职工 and 居民, once
or twice in a report that says the other many times, outside titles of documents and lists of insurances.

Source: seed reports; a published subject that is wrong must be corrected.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jixiao.review.check import found
from jixiao.review.recognising.subject import INSURANCE, Subject
from jixiao.review.said import Claim

if TYPE_CHECKING:
    from jixiao.findings import Finding
    from jixiao.review.said import Said

_OFTEN, _AT_LEAST = 10, 6
_TITLE = re.compile(r"《[^》]*》")
_LIST = re.compile(r"[、和与及]")


def findings(said: Said) -> list[Finding]:
    """Return a finding for every stray name of another insurance."""
    subject, material = said.facts.get("subject"), said.facts.get("material")
    if not isinstance(subject, Subject) or material is None or not subject.insurances:
        return []
    (main, times), *_ = subject.insurances.most_common(1)
    if times < _AT_LEAST:
        return []
    result = []
    for passage in material.passages:
        hidden = _TITLE.sub(lambda title: "\0" * len(title[0]), passage.text)
        for match in INSURANCE.finditer(hidden):
            who = "职工" if "职工" in match["who"] else "居民" if "居民" in match["who"] else match["who"]
            name = (who, match["what"])
            if name == main or name[0] != main[0] or not _stray(subject.insurances[name], times):
                continue
            around = hidden[max(0, match.start() - 1) : match.end() + 1]
            if _LIST.search(around[0] + around[-1]):
                continue
            place = passage.place(match.start(), passage.text[max(0, match.start() - 10) : match.end() + 10])
            claim = Claim("name", "insurance", None, name, None, match[0], place)
            right = match[0].replace(match["what"], main[1])
            result.append(
                found(
                    "insurance_names",
                    "error" if times >= _OFTEN else "warning",
                    (claim,),
                    printed=match[0],
                    expected=right,
                    cause=f"name{match[0]}",
                    name=match[0],
                    right=right,
                    times=times,
                )
            )
    return result


def _stray(times: int, main: int) -> bool:
    """Return whether a name stands so seldom beside another that it was hardly meant."""
    return times * _OFTEN <= main or (times == 1 and main >= _AT_LEAST)
