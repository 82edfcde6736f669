"""网页表格: the rows of an HTML table with their spans, whether it stands in a page or was left in a plain text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao.documents.document import Cell
from jixiao.formats.legible import legible

if TYPE_CHECKING:
    from lxml import html as lxml_html

OWN_LINES = frozenset((
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr",
    "html", "li", "main", "nav", "ol", "p", "pre", "section", "table", "tbody", "td", "tfoot", "th", "thead",
    "tr", "ul",
))  # fmt: skip
UNSEEN = frozenset(("script", "style", "head", "template", "noscript", "svg", "textarea", "select"))
_WIDEST = 1000


def rows(table: lxml_html.HtmlElement) -> list[list[Cell]]:
    """Return the cells of every row with their texts and spans; how far down one spans ends with the table."""
    lines = list(table.iter("tr"))
    return [_row(line, len(lines) - at) for at, line in enumerate(lines)]


def _row(line: lxml_html.HtmlElement, left: int) -> list[Cell]:
    return [
        Cell(text_of(cell), min(_span(cell, "rowspan"), left), _span(cell, "colspan"), head=cell.tag == "th")
        for cell in line.iterchildren("td", "th")
    ]


def _span(cell: lxml_html.HtmlElement, name: str) -> int:
    text = cell.get(name, "1").strip()
    return min(max(1, int(text)), _WIDEST) if text.isdecimal() and len(text) < 10 else 1


def text_of(node: lxml_html.HtmlElement) -> str:
    """Return the text of an element; what stands on lines of its own there stays so."""
    return "\n".join(lines_of(inner(node)))


def inner(node: lxml_html.HtmlElement) -> str:
    """Return the text inside an element: white space as the source has it, NUL where a line ends."""
    if node.tag == "br":
        return "\0"
    said = [node.text or ""]
    for child in node:
        if isinstance(child.tag, str) and child.tag not in UNSEEN:
            words = inner(child)
            said.append(f"\0{words}\0" if child.tag in OWN_LINES else words)
        said.append(child.tail or "")
    return "".join(said)


def lines_of(text: str) -> list[str]:
    """Return the lines of a text that hold something, white space between words as one blank."""
    return [line for piece in text.split("\0") if (line := legible(" ".join(piece.split())))]
