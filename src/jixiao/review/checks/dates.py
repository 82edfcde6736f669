"""日期: money is spent up to the end of the evaluated year, and a report about a year is not filled in before it ends.

Source: R84 of the rule catalogue; 财预〔2020〕10号 (评价在预算年度终了后).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jixiao.review.check import found
from jixiao.review.said import Claim

if TYPE_CHECKING:
    from jixiao.findings import Finding, Severity
    from jixiao.review.recognising.material import Passage
    from jixiao.review.said import Said

_FILLED = re.compile(
    r"(?:填报|报告|编制|撰写)(?:时间|日期)[:：]?(?P<year>20\d\d)[年.\-/](?P<month>\d{1,2})[月.\-/]?(?P<day>\d{1,2})?"
)
_SPENT = re.compile(
    r"截[至止](?P<year>20\d\d)年(?:(?P<month>1?\d)月)?[^，。；]{0,12}[，,]?[^。；]{0,20}?(?:实际|累计)?(?:总)?(?:支出|执行|支付|拨付|到位|完成)"
)
_OWN_YEAR = re.compile(r"20\d\d年度?")
_MONITORING = re.compile(r"监控|中期|半年|阶段|上半年|1-[6-9]月|前三季度")


def findings(said: Said) -> list[Finding]:
    """Return a finding for every date that cannot belong to the evaluated year."""
    subject, material = said.facts.get("subject"), said.facts.get("material")
    if subject is None or material is None or subject.year is None or _MONITORING.search(material.title):
        return []
    year, result = subject.year, []
    for passage in material.passages:
        for match in _FILLED.finditer(passage.text):
            if int(match["year"]) <= year:
                result.append(
                    _say("filled", "error" if int(match["month"]) < 7 else "warning", passage, match, year=year)
                )
        for match in _SPENT.finditer(passage.text):
            sentence = passage.text[max(0, match.start() - 80) : match.end()]
            own = {int(found_year[:4]) for found_year in _OWN_YEAR.findall(sentence)}
            meant = year in own or re.search("该项目|本项目|执行率", passage.text[match.start() : match.end() + 40])
            if int(match["year"]) == year - 1 and (match["month"] in (None, "12")) and meant:
                result.append(_say("spent", "error", passage, match, year=year))
    return result


def _say(what: str, severity: Severity, passage: Passage, match: re.Match[str], year: int) -> Finding:
    place = passage.place(match.start(), match[0][:50])
    claim = Claim("date", what, None, (match["year"],), None, match[0], place)
    return found(
        "dates",
        severity,
        (claim,),
        what=f"dates.{what}",
        printed=match[0][:30],
        cause=f"{what}{place!r}",
        said=match[0],
        year=year,
    )
