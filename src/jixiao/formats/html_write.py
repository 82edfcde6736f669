"""写网页: a document as one page of HTML that needs nothing else and prints well."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from jixiao import library
from jixiao.documents.document import Chart, Heading, PageBreak, Paragraph, Table

if TYPE_CHECKING:
    from jixiao.documents.document import Block, Cell, Document


def write(document: Document, *, lang: str = "zh") -> bytes:
    """Return the page as UTF-8."""
    css = library.root().joinpath("formats/page.css").read_text(encoding="utf-8")
    body = "\n".join(_block(block) for block in document.blocks)
    code = "zh-CN" if lang == "zh" else lang
    head = f'<!doctype html>\n<html lang="{code}">\n<head>\n<meta charset="utf-8">\n'
    head += '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    return f"{head}<title>{escape(document.title)}</title>\n<style>\n{css}</style>\n</head>\n<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n".encode()


def _block(block: Block) -> str:
    if isinstance(block, Heading):
        level = min(block.level + 1, 6)
        return f"<h{level}>{escape(block.text)}</h{level}>"
    if isinstance(block, Paragraph):
        return f'<p class="{escape(block.kind)}">{escape(block.text)}</p>'
    if isinstance(block, Table):
        return table(block)
    if isinstance(block, Chart):
        return f"<figure><figcaption>{escape(block.caption)}</figcaption><p>{escape(block.says)}</p></figure>"
    assert isinstance(block, PageBreak)
    return '<hr class="page">'


def table(block: Table) -> str:
    """Return one table as HTML; value cells carry the path they came from."""
    total = sum(block.widths)
    columns = "".join(f'<col style="width:{100 * mm / total:.1f}%">' for mm in block.widths)
    rows = [
        "".join(_cell(cell, at < block.head_rows) for cell in row if cell is not None)
        for at, row in enumerate(block.grid)
    ]
    keys = [
        f' data-key="{escape(block.keys[at])}"' if at < len(block.keys) and block.keys[at] else ""
        for at in range(len(rows))
    ]  # type: ignore[arg-type]
    lined = [f"<tr{key}>{row}</tr>" for key, row in zip(keys, rows, strict=True)]
    head, body = "\n".join(lined[: block.head_rows]), "\n".join(lined[block.head_rows :])
    caption = f"<caption>{escape(block.caption)}</caption>" if block.caption else ""
    unit = f'<p class="unit">单位：{escape(block.unit)}</p>' if block.unit else ""
    colgroup = f"<colgroup>{columns}</colgroup>" if columns else ""
    return f'{unit}<div class="wide"><table>{caption}{colgroup}<thead>{head}</thead><tbody>\n{body}\n</tbody></table></div>'


def _cell(cell: Cell, in_head: bool) -> str:
    tag = "th" if cell.head else "td"
    spans = (f' rowspan="{cell.rows}"' if cell.rows > 1 else "") + (f' colspan="{cell.cols}"' if cell.cols > 1 else "")
    kind = ' class="number"' if cell.hint else f' class="{cell.align}"' if cell.align != "center" else ""
    bind = f' data-path="{escape(cell.bind)}"' if cell.bind else ""
    scope = ' scope="col"' if cell.head and in_head else ""
    return f"<{tag}{scope}{spans}{kind}{bind}>{escape(cell.text).replace(chr(10), '<br>')}</{tag}>"
