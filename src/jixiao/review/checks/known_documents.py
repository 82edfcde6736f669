"""文号与公布的文件: a national document is cited by the title and the number it was issued with.

    number right, title another     warning (财社〔2022〕65号 has no 暂行)
    title right, number another     warning (项目支出绩效评价管理办法 is 财预〔2020〕10号)
    title alone, 暂行 added          note

Only documents whose number is confirmed or cited by an evaluated report are held against anybody.

Source: 党政机关公文处理工作条例; `norms/`.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from jixiao.authorities import authority, known
from jixiao.review.check import found
from jixiao.review.checks.document_numbers import plain
from jixiao.review.said import Claim

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jixiao.findings import Finding
    from jixiao.review.recognising.material import Passage
    from jixiao.review.said import Said

_CITED = re.compile(
    r"《(?P<title>[^》《]{4,90}(?:[〈<][^〉>]*[〉>][^》《]*)?)》(?:的通知|通知)?"
    r"(?:[（(](?P<by>[\u4e00-\u9fff]{1,8})[〔\[【(（](?P<year>(?:19|20)\d\d)[〕\]】)）]\s*(?P<no>\d+)\s*号)?"
)
_VARIED = re.compile(r"暂行|试行|修订|[(（）)]")


def findings(said: Said) -> list[Finding]:
    """Return a finding for every citation that is not what the document was issued as."""
    material = said.facts.get("material")
    passages = material.passages if material is not None else ()
    return [
        finding for passage in passages for match in _CITED.finditer(passage.text) for finding in _of(passage, match)
    ]


def _of(passage: Passage, match: re.Match[str]) -> Iterator[Finding]:
    title = plain(match["title"])
    number = f"{match['by']}〔{match['year']}〕{match['no']}号" if match["no"] else None
    for issued, its_number in _issued():
        if number is not None and number == its_number and title != issued and _same_but_for_a_word(title, issued):
            yield _say("title", passage, match, issued, its_number)
        elif number is not None and number != its_number and title == issued and match["by"] == its_number[:2]:
            yield _say("number", passage, match, issued, its_number)
        elif number is None and title != issued and _VARIED.sub("", title) == issued:
            yield _say("title", passage, match, issued, its_number)


def _same_but_for_a_word(title: str, issued: str) -> bool:
    """Return whether a title adds 暂行 or 试行 to the issued one, which is no abridgement of it."""
    return _VARIED.sub("", title) == _VARIED.sub("", issued)


@cache
def _issued() -> tuple[tuple[str, str], ...]:
    """Return title and number of the documents that ship, those from memory left out."""
    norms = [authority(name) for name in known()]
    return tuple(
        (plain(n.title), n.number) for n in norms if n.mark != "unconfirmed" and re.search(r"〔\d{4}〕", n.number)
    )


def _say(what: str, passage: Passage, match: re.Match[str], title: str, number: str) -> Finding:
    claim = Claim("document", title, None, (title,), None, match[0], passage.place(match.start(), match[0][:80]))
    return found(
        "known_documents",
        "warning" if match["no"] else "note",
        (claim,),
        what=f"known_documents.{what}",
        printed=match[0],
        expected=f"《{title}》（{number}）",
        cause=f"cited{match[0]}",
        cited=match[0],
        title=title,
        number=number,
    )
