"""审核网页: the report as it was read, every figure in doubt marked where it stands, and the findings beside."""

from __future__ import annotations

import re
from collections import defaultdict
from html import escape
from typing import TYPE_CHECKING

from jixiao import library
from jixiao.documents.document import Heading, Paragraph, Table

if TYPE_CHECKING:
    from jixiao.documents.document import Block, Cell
    from jixiao.findings import Finding, Place, Severity
    from jixiao.review.report import Reviewed

_STYLE = """
main{display:grid;grid-template-columns:minmax(0,1fr) 26rem;gap:2rem;max-width:none}
aside{position:sticky;top:0;max-height:100vh;overflow:auto;font-size:.9rem;padding:1rem 0}
aside li{margin:.6rem 0;list-style:none}aside ol{padding:0}
.error{--ink:#b3261e}.warning{--ink:#8a5a00}.note{--ink:#5f6368}
aside .kind{color:var(--ink);font-weight:700;margin-right:.4em}
mark{background:none;border-bottom:2px solid var(--ink);padding:0 .1em}
td.marked{outline:2px solid var(--ink);outline-offset:-2px}
sup a{color:var(--ink);text-decoration:none}
aside .where{color:#5f6368}
.given{margin:.2rem 0}
aside h1{font-size:1.1rem;margin:0 0 .6rem}
aside h2{font-size:1rem;margin:1.2rem 0 .4rem}aside ul{padding-left:1.2em}
@page{size:A4;margin:20mm}
@media print{main{display:block}aside{position:static;max-height:none;break-before:page}}
@media (max-width:60rem){main{display:block}aside{position:static;max-height:none}}
"""


def page(report: Reviewed, lang: str = "zh") -> bytes:
    """Return the marked page as UTF-8."""
    assert report.document is not None
    css = library.root().joinpath("formats/page.css").read_text(encoding="utf-8") + _STYLE
    marks = _marks(report.findings)
    body = "\n".join(_block(block, marks, report.findings) for block in report.document.blocks)
    listed = "\n".join(_finding(number, finding, lang) for number, finding in enumerate(report.findings, 1))
    title = escape(report.title or report.name)
    code = "zh-CN" if lang == "zh" else lang
    return (
        f'<!doctype html>\n<html lang="{code}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{title}</title>\n'
        f"<style>\n{css}</style>\n</head>\n<body>\n<main>\n<article>\n{body}\n</article>\n<aside>\n"
        f"{_head(report, lang)}\n<ol>\n{listed}\n</ol>\n{_holes(report, lang)}</aside>\n</main>\n</body>\n</html>\n"
    ).encode()


def _head(report: Reviewed, lang: str) -> str:
    """Return what stands above the findings: whose they are, how many, the total, how much was checked."""
    covered = {"read": report.coverage.read, "checked": report.coverage.checked, "unread": report.unread}
    severities: tuple[Severity, ...] = ("error", "warning", "note")
    said = ["　".join(f"{library.wording(f'cli.severity.{one}', lang)} {report.count(one)}" for one in severities)]
    said += [
        library.wording("review.total", lang).format(printed=total.printed or "—", recomputed=total.recomputed or "—")
        for total in report.totals[:1]
    ]
    said += [library.wording("review.coverage", lang).format_map(covered)]
    said += [remark.text(lang) for remark in report.remarks]
    title = escape(report.title or report.name.rpartition("/")[2])
    return f"<h1>{title}</h1>\n" + "\n".join(f"<p>{escape(line)}</p>" for line in said)


def _holes(report: Reviewed, lang: str) -> str:
    """Return the list of what was not read."""
    holes = report.coverage.not_read
    if not holes:
        return ""
    lines = [f"{hole.place.text(lang) if hole.place else ''} {hole.why.text(lang)}" for hole in holes]
    said = "\n".join(f"<li>{escape(line.strip())}</li>" for line in lines)
    return f"<h2>{escape(library.wording('cli.review.head.unread', lang))}</h2>\n<ul>\n{said}\n</ul>\n"


def _marks(findings: tuple[Finding, ...]) -> dict[tuple[object, ...], list[tuple[int, Place]]]:
    """Return the numbers of the findings by block or cell."""
    marks: dict[tuple[object, ...], list[tuple[int, Place]]] = defaultdict(list)
    for number, finding in enumerate(findings, 1):
        for place in finding.places:
            marks[_key(place)].append((number, place))
    return marks


def _key(place: Place) -> tuple[object, ...]:
    return (place.part, place.page, place.row, place.column, None if place.row is not None else place.line)


def _finding(number: int, finding: Finding, lang: str) -> str:
    kind = escape(library.wording(f"cli.severity.{finding.severity}", lang))
    where = escape("；".join(dict.fromkeys(place.text(lang) for place in finding.places[:3])))
    remedy = escape(finding.remedy.text(lang))
    return (
        f'<li class="{finding.severity}" id="f{number}"><a href="#m{number}">'
        f'<span class="kind">{number} {kind}</span></a>'
        f'{escape(finding.because.text(lang))}<p class="given">→ {remedy}</p><span class="where">{where}</span></li>'
    )


def _block(
    block: Block, marks: dict[tuple[object, ...], list[tuple[int, Place]]], findings: tuple[Finding, ...]
) -> str:
    if isinstance(block, Heading):
        level = min(block.level + 1, 6)
        return f"<h{level}>{_text(block.text, block.place, marks, findings)}</h{level}>"
    if isinstance(block, Paragraph):
        return f"<p>{_text(block.text, block.place, marks, findings)}</p>"
    if isinstance(block, Table):
        caption = f"<caption>{escape(block.caption)}</caption>" if block.caption else ""
        rows = "\n".join(
            "<tr>" + "".join(_cell(cell, marks, findings) for cell in row if cell is not None) + "</tr>"
            for row in block.grid
        )
        return f'<div class="wide"><table>{caption}<tbody>\n{rows}\n</tbody></table></div>'
    return ""


def _cell(cell: Cell, marks: dict[tuple[object, ...], list[tuple[int, Place]]], findings: tuple[Finding, ...]) -> str:
    spans = (f' rowspan="{cell.rows}"' if cell.rows > 1 else "") + (f' colspan="{cell.cols}"' if cell.cols > 1 else "")
    found = marks.get(_key(cell.place), []) if cell.place is not None else []
    if not found:
        return f"<td{spans}>{escape(cell.text).replace(chr(10), '<br>')}</td>"
    severity = findings[found[0][0] - 1].severity
    said = escape(cell.text).replace(chr(10), "<br>")
    return f'<td{spans} class="marked {severity}">{said}{_notes(found, findings)}</td>'


def _notes(found: list[tuple[int, Place]], findings: tuple[Finding, ...]) -> str:
    numbers = list(dict.fromkeys(number for number, _ in found))
    firsts = {number for number, place in found if place is findings[number - 1].places[0]}
    ids = {number: f' id="m{number}"' if number in firsts else "" for number in numbers}
    links = " ".join(f'<a class="{findings[n - 1].severity}"{ids[n]} href="#f{n}">{n}</a>' for n in numbers)
    return f'<sup class="{findings[numbers[0] - 1].severity}">{links}</sup>'


def _text(
    text: str,
    place: Place | None,
    marks: dict[tuple[object, ...], list[tuple[int, Place]]],
    findings: tuple[Finding, ...],
) -> str:
    """Return a paragraph with the figures in doubt underlined, or, where one cannot be told, its numbers at the end."""
    found = marks.get(_key(place), []) if place is not None else []
    if not found:
        return escape(text)
    spots: list[tuple[int, int, int]] = []
    for number, where in found:
        spot = _spot(text, where.quote, findings[number - 1].printed)
        if spot is not None and all(spot[1] <= a or spot[0] >= b for a, b, _ in spots):
            spots.append((*spot, number))
    out, last = "", 0
    for start, end, number in sorted(spots):
        severity = findings[number - 1].severity
        out += escape(text[last:start]) + f'<mark class="{severity}">{escape(text[start:end])}</mark>'
        last = end
    return out + escape(text[last:]) + _notes(found, findings)


def _spot(text: str, quote: str | None, printed: str | None) -> tuple[int, int] | None:
    """Return where a quoted figure stands in a paragraph, blanks left out of account."""
    for wanted in (quote, printed):
        if not wanted:
            continue
        form = r"\s*".join(re.escape(letter) for letter in re.sub(r"\s", "", wanted))
        match = re.search(form, text)
        if match is None:
            continue
        figure = re.search(r"\d[\d,.]*\s*[%％\u4e00-\u9fff]{0,3}(?=[^\d]{0,6}$)", match[0])
        return (match.start() + figure.start(), match.start() + figure.end()) if figure else match.span()
    return None
