"""写网页: a document as one page of HTML that needs nothing else and prints well."""

from __future__ import annotations

from base64 import b64encode
from html import escape
from typing import TYPE_CHECKING

from jixiao import library
from jixiao.documents.document import Chart, Contents, Heading, PageBreak, Paragraph, Picture, Table
from jixiao.formats import charts

if TYPE_CHECKING:
    from jixiao.documents.document import Block, Cell, Document, Run


def write(document: Document, *, lang: str = "zh") -> bytes:
    """Return the page as UTF-8. A chart is drawn where the machine can draw one, else its text stands there."""
    css = library.root().joinpath("formats/page.css").read_text(encoding="utf-8")
    body = "\n".join(_block(block, at, document) for at, block in enumerate(document.blocks))
    code = "zh-CN" if lang == "zh" else lang
    head = f'<!doctype html>\n<html lang="{code}">\n<head>\n<meta charset="utf-8">\n'
    head += '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    head += f"<title>{escape(document.title)}</title>\n<style>\n{css}</style>\n</head>\n"
    footer = f"\n{_footer(document.footer)}" if document.footer else ""
    return f"{head}<body>\n<main>\n{body}{footer}\n</main>\n</body>\n</html>\n".encode()


def _block(block: Block, at: int, document: Document) -> str:
    if isinstance(block, Heading):
        level = min(block.level + 1, 6)
        align = f' class="{block.align}"' if block.align != "left" else ""
        return f'<h{level} id="s{at}"{align}>{_lines(block.text)}</h{level}>'
    if isinstance(block, Paragraph):
        text = "".join(_run(run) for run in block.runs) if block.runs else _lines(block.text)
        return f'<p class="{escape(block.kind)}">{text}</p>'
    if isinstance(block, Table):
        return table(block)
    if isinstance(block, Chart | Picture):
        return _figure(block)
    if isinstance(block, Contents):
        return _contents(document)
    assert isinstance(block, PageBreak)
    return '<hr class="page">' if at else ""


def _figure(block: Chart | Picture) -> str:
    said = f' aria-label="{escape(block.says)}"'
    if isinstance(block, Picture):
        kind, raw = "jpeg" if block.raw.startswith(b"\xff\xd8") else "png", b64encode(block.raw).decode()
        drawn, said = f'<img src="data:image/{kind};base64,{raw}" alt="{escape(block.says)}">', ""
    else:
        drawn = charts.svg(block) or f"<p>{escape(block.says)}</p>"
    return f"<figure{said}>{drawn}<figcaption>{escape(block.caption)}</figcaption></figure>"


def _run(run: Run) -> str:
    text = f"<b>{_lines(run.text)}</b>" if run.bold else _lines(run.text)
    return f'<span data-path="{escape(run.bind)}">{text}</span>' if run.bind else text


def _contents(document: Document) -> str:
    """Return the contents list as links."""
    entries = [
        f'<li class="level{heading.level}"><a href="#s{at}">{escape(heading.text)}</a></li>'
        for at, heading in document.listed()
    ]
    return f'<nav class="contents"><ul>{"".join(entries)}</ul></nav>'


def table(block: Table) -> str:
    """Return one table as HTML; value cells carry the path they came from."""
    total = sum(block.widths)
    columns = "".join(f'<col style="width:{100 * mm / total:.1f}%">' for mm in block.widths)
    rows = [
        "".join(_cell(cell, at < block.head_rows) for cell in row if cell is not None)
        for at, row in enumerate(block.grid)
    ]
    keys = [*block.keys, *(None,) * (len(rows) - len(block.keys))]
    tall = [f' style="height:{mm:g}mm"' if mm else "" for mm in block.heights] or [""] * len(rows)
    lined = [
        f"<tr{_attribute('data-key', key)}{height}>{row}</tr>"
        for key, height, row in zip(keys, tall, rows, strict=True)
    ]
    head, body = "\n".join(lined[: block.head_rows]), "\n".join(lined[block.head_rows :])
    shape = "wide landscape" if block.landscape else "wide"
    caption = f"<caption>{_lines(block.caption)}</caption>" if block.caption else ""
    unit = f'<p class="unit">单位：{escape(block.unit)}</p>' if block.unit else ""
    colgroup = f"<colgroup>{columns}</colgroup>" if columns else ""
    shown = f"{caption}{colgroup}<thead>{head}</thead><tbody>\n{body}\n</tbody>"
    footer = _footer(block.footer) if block.footer else ""
    return f'{unit}<div class="{shape}"><table>{shown}</table></div>{footer}'


def _footer(said: str) -> str:
    return f'<p class="unit">{escape(said)}</p>'


def _cell(cell: Cell, in_head: bool) -> str:
    tag = "th" if cell.head else "td"
    spans = (f' rowspan="{cell.rows}"' if cell.rows > 1 else "") + (f' colspan="{cell.cols}"' if cell.cols > 1 else "")
    marks = " ".join(["number"] * bool(cell.hint) + [cell.align] * (cell.align != "center"))
    said = _attribute("class", marks) + _attribute("data-path", cell.bind)
    scope = ' scope="col"' if cell.head and in_head else ""
    return f"<{tag}{scope}{spans}{said}>{_lines(cell.text)}</{tag}>"


def _attribute(name: str, value: str | None) -> str:
    return f' {name}="{escape(value)}"' if value else ""


def _lines(text: str) -> str:
    return escape(text).replace("\n", "<br>")
