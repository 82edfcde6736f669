"""格子: the cells of a form as HTML; a template would take three times as long for a hundred of them."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, NamedTuple

from django.utils.safestring import SafeString

from jixiao import library

if TYPE_CHECKING:
    from jixiao.web.sheets import Sheet, Square

_LONGEST_LAST, _MOST_NOTES = 80, 2


class Tools(NamedTuple):
    """What adds rows to a list and takes them out.

    Where that is posted, the page's token, how many rows there are, and where the keyboard goes on: in the new row, or
    at the row, from 0, that came up in the place of one taken out.
    """

    address: str
    token: str
    rows: int
    new: bool = False
    at: int | None = None


def drawn(sheet: Sheet, lang: str, *, may_fill: bool, tools: Tools | None = None) -> SafeString:
    """Return the rows of a form; what is typed stands in a field, with what is held against it beside."""
    rows = ["".join(_cell(one, lang, may_fill=may_fill) for one in row if one is not None) for row in sheet.rows]
    if tools is None:
        return SafeString("\n".join(f"<tr>{row}</tr>" for row in rows))
    numbers = [int(key.rpartition("/")[2]) if key else None for key in sheet.keys]
    beside = ["" if number is None else _remove(tools, number, lang) for number in numbers]
    if tools.new:
        last = numbers.index(tools.rows - 1)
        rows[last] = rows[last].replace("<textarea", "<textarea autofocus", 1)
    lines = [f'<tr>{row}<td class="tool">{tool}</td></tr>' for row, tool in zip(rows, beside, strict=True)]
    return SafeString("\n".join([*lines, _add(tools, sheet, lang)]))


def _remove(tools: Tools, number: int, lang: str) -> str:
    called = escape(library.wording("web.fill.remove_row", lang).format(row=number + 1))
    focus = " autofocus" if tools.at == number else ""
    button = (
        f'<button class="plain bad" name="do" value="remove" title="{called}" aria-label="{called}"{focus}>×</button>'
    )
    return _tool(tools, f'<input type="hidden" name="row" value="{number}">{button}')


def _add(tools: Tools, sheet: Sheet, lang: str) -> str:
    focus = " autofocus" if tools.at is not None and tools.at >= tools.rows else ""
    button = f'<button class="button" name="do" value="add"{focus}>{library.wording("web.fill.add_row", lang)}</button>'
    return f'<tr class="tools"><td colspan="{len(sheet.widths) + 1}">{_tool(tools, button)}</td></tr>'


def _tool(tools: Tools, inside: str) -> str:
    """Return a form that works without a script as well."""
    return (
        f'<form class="rows" method="post" action="{tools.address}" hx-post="{tools.address}" hx-swap="none" '
        f'hx-disabled-elt="find button"><input type="hidden" name="csrfmiddlewaretoken" value="{tools.token}">'
        f'<input type="hidden" name="rows" value="{tools.rows}">{inside}</form>'
    )


def changed(sheet: Sheet, lang: str) -> SafeString:
    """Return what may have changed on a form after something was typed: notes and computed cells, to be swapped in."""
    swap = ' hx-swap-oob="true"'
    found = []
    for one in sheet.squares():
        if one.cell.bind:
            found.append(_notes(one, lang, swap))
            if one.kind is None:
                found.append(_value(one, swap))
    return SafeString("\n".join(found))


def _cell(one: Square, lang: str, *, may_fill: bool) -> str:
    cell, typed = one.cell, one.kind is not None and may_fill
    tag = "th" if cell.head else "td"
    spans = (f' rowspan="{cell.rows}"' if cell.rows > 1 else "") + (f' colspan="{cell.cols}"' if cell.cols > 1 else "")
    if cell.head:
        return f"<th{spans}>{_lines(cell.text)}</th>"
    marks = [cell.align, *(["typed"] if typed else []), *([one.notes[0].severity] if one.notes else [])]
    inside = _field(one) if typed else _value(one)
    if one.last:
        said = library.wording("web.fill.last_was", lang).format(text=_short(one.last))
        inside += f'<small class="last">{escape(said)}</small>'
    notes = _notes(one, lang) if cell.bind and may_fill else ""
    return f'<{tag}{spans} class="{" ".join(marks)}">{inside}{notes}</{tag}>'


def _field(one: Square) -> str:
    wrong = ' aria-invalid="true"' if one.notes else ""
    path = escape(one.path)
    return (
        f'<textarea rows="1" data-path="{path}" aria-label="{path}" aria-describedby="n{one.number}"{wrong} '
        f'spellcheck="false">\n{escape(one.text)}</textarea>'
    )


def _value(one: Square, swap: str = "") -> str:
    copyable = " data-copyable" if one.cell.bind else ""
    return f'<span id="v{one.number}"{swap}{copyable}>{_lines(one.cell.text)}</span>'


def _notes(one: Square, lang: str, swap: str = "") -> str:
    said = "".join(
        f'<span class="{found.severity}">{escape(found.because.text(lang))}</span>' for found in one.notes[:_MOST_NOTES]
    )
    return f'<span class="note" id="n{one.number}"{swap}>{said}</span>'


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_LAST else f"{text[: _LONGEST_LAST - 1]}…"


def _lines(text: str) -> str:
    return escape(text).replace("\n", "<br>")
