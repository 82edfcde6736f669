"""模板标签: sentences by their ids, figures as tables print them; every template has these."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template
from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import SafeString

from jixiao import library, personal
from jixiao.findings import Message, said
from jixiao.regions import short_name
from jixiao.web import clock
from jixiao.web.clock import SHANGHAI

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from jixiao.findings import Finding
    from jixiao.operations.data_folder import Part

register = template.Library()
_OWN = ("unscored",)  # findings whose remedy names a bundle's keys


@register.simple_tag(takes_context=True)
def say(context: dict[str, Any], message_id: str, **args: Any) -> str:
    """Return a sentence of the pages in the reader's language."""
    return conditional_escape(Message(message_id, args).text(context.get("lang", "zh")))


@register.simple_tag(takes_context=True)
def say_of(context: dict[str, Any], family: str, name: object) -> str:
    """Return the word of a family: `say_of "web.step" dossier.step`."""
    return conditional_escape(library.wording(f"{family}.{name}", context.get("lang", "zh")))


@register.simple_tag(takes_context=True)
def told(context: dict[str, Any], value: object) -> str:
    """Return a message, or a text, in the reader's language."""
    return conditional_escape(said(value, context.get("lang", "zh")))


@register.simple_tag(takes_context=True)
def remedy(context: dict[str, Any], found: Finding) -> str:
    """Return what to do about a finding: on pages, where pages have a way of their own."""
    lang = context.get("lang", "zh")
    if found.check in _OWN:
        return conditional_escape(library.wording(f"web.remedy.{found.check}", lang))
    return conditional_escape(said(found.remedy, lang))


@register.filter
def options(titles: dict[str, str], chosen: str) -> str:
    """Return the options of a select, one of them chosen; twenty selects of twenty would cost a template 10 ms.

    >>> options({"a": "甲", "b": "乙"}, "b")
    '<option value="a">甲</option><option value="b" selected>乙</option>'
    """
    every = ((escape(name), " selected" if name == chosen else "", escape(title)) for name, title in titles.items())
    return SafeString("".join(f'<option value="{name}"{mark}>{title}</option>' for name, mark, title in every))


@register.filter
def masked(text: str) -> str:
    """Return a text without the numbers of persons and telephones."""
    return personal.masked(text)


@register.filter
def day(value: date | None) -> str:
    """Return a date as forms print it.

    >>> from datetime import date
    >>> day(date(2024, 3, 1))
    '2024-03-01'
    """
    return value.isoformat() if value is not None else "—"


@register.filter
def minute(value: datetime | None) -> str:
    """Return a time to the minute, in Asia/Shanghai."""
    return value.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M") if value is not None else "—"


@register.filter
def size(value: int) -> str:
    """Return the size of a file.

    >>> size(512), size(2_500_000)
    ('512 B', '2.4 MB')
    """
    amount, unit = float(value), "B"
    for unit in ("B", "KB", "MB", "GB"):  # noqa: B007  (the unit that fits is kept)
        if amount < 1024:
            break
        amount /= 1024
    return f"{amount:.0f} {unit}" if unit == "B" else f"{amount:.1f} {unit}"


@register.filter
def grouped(value: int | str) -> str:
    """Return a count, or the text of one, with thousands marks."""
    return f"{int(value):,}"


@register.filter
def region(code: str) -> str:
    """Return what a case list is called: its region's code and name.

    >>> region("650100"), region(""), region("pensions")
    ('650100 乌鲁木齐市', '000000', 'pensions')
    """
    name = short_name(code, clock.today().year)
    return f"{code} {name}" if name else code or "000000"


@register.filter
def pairs(mapping: dict[Any, Any] | None) -> list[tuple[Any, Any]]:
    """Return what a mapping holds, nothing where there is none."""
    return list((mapping or {}).items())


@register.filter(name="bytes")
def bytes_of(parts: Iterable[Part]) -> int:
    """Return the size of the parts of a data folder together."""
    return sum(part.size for part in parts)


@register.filter
def item(mapping: dict[Any, Any], key: Any) -> Any:
    """Return what a mapping holds under a key, None where there is nothing."""
    return mapping.get(key)


@register.simple_tag
def bar(percent: int, label: str) -> str:
    """Return a bar that shows a share, with the words for those who cannot see it."""
    return format_html(
        '<span class="bar" role="img" aria-label="{} {}%"><i style="width:{}%"></i></span>', label, percent, percent
    )
