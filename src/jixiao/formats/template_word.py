"""机关自己的 Word 模板: filled with the fields of an evaluation by docxtpl, in Jinja's sandbox, every text escaped.

Before anything is written the template is looked through: broken tags, names that no field bears, fields that it does
not use; each with the paragraph it stands in.
"""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from typing import TYPE_CHECKING, Any, NamedTuple

from jixiao.errors import CannotOpen, CannotParse
from jixiao.findings import Message, Place
from jixiao.formats import template_contents
from jixiao.formats.opened import checked_archive
from jixiao.formats.zipped import reproducible

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

_PART = re.compile(r"word/(?:document|header\d*|footer\d*|footer_\w+|footnotes)\.xml")
_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_BUILT_IN = ("loop", "range", "dict", "lipsum", "cycler", "joiner", "namespace")


class Use(NamedTuple):
    """A field that a template uses: its name as written, and the paragraph it stands in."""

    name: str
    place: Place


class Template(NamedTuple):
    """A template that was opened: its bytes, its name, what it uses that is there and what is not."""

    raw: bytes
    file: str
    used: tuple[str, ...]
    unknown: tuple[Use, ...]


def opened(path: Path, fields: Mapping[str, Any]) -> Template:
    """Return a template looked through; `CannotOpen` for no Word file, `CannotParse` for a broken tag and where."""
    raw = checked_archive(path)
    if not zipfile.is_zipfile(BytesIO(raw)) or "word/document.xml" not in zipfile.ZipFile(BytesIO(raw)).namelist():
        said = Message("open.not_office")
        raise CannotOpen(said, remedy=Message("open.not_office.remedy"), place=Place(str(path)))
    raw = template_contents.without_entries(raw)
    used: dict[str, None] = {}
    unknown: list[Use] = []
    for part in _parts(raw):
        paragraphs = _paragraphs(part, str(path))
        for line, name, here in _names(part, fields, Place(str(path))):
            if here:
                used[name] = None
            else:
                unknown.append(Use(name, Place(str(path), quote=_standing(name, line, paragraphs))))
    return Template(raw, str(path), tuple(used), tuple(dict.fromkeys(unknown)))


def _standing(name: str, line: str, paragraphs: list[str]) -> str:
    """Return the paragraph that a name stands in: of those that say it the one that is on the line."""
    said = [text for text in paragraphs if name in text]
    return next((text for text in said if text in line), said[0] if said else line)


def filled(template: Template, fields: Mapping[str, Any]) -> bytes:
    """Return the Word file that the template makes of the fields; the same fields give the same bytes."""
    from docxtpl import DocxTemplate  # noqa: PLC0415  (loaded for a template only)
    from jinja2 import TemplateError  # noqa: PLC0415

    docx = DocxTemplate(BytesIO(template.raw))
    try:
        docx.render(dict(fields), jinja_env=_environment())
    except TemplateError as problem:
        said = Message("template.cannot", {"why": _why(str(problem))})
        raise CannotParse(said, remedy=Message("template.broken.remedy"), place=Place(template.file)) from None
    out = BytesIO()
    docx.save(out)
    return reproducible(out.getvalue())


def _environment() -> Any:
    """Return Jinja's sandbox: a template can print and loop, and reach nothing else."""
    from jinja2.sandbox import ImmutableSandboxedEnvironment  # noqa: PLC0415

    return ImmutableSandboxedEnvironment(autoescape=True)


def _parts(raw: bytes) -> Iterator[str]:
    """Yield the parts of the file that may hold tags, the text of the document first."""
    with zipfile.ZipFile(BytesIO(raw)) as archive:
        names = sorted(name for name in archive.namelist() if _PART.fullmatch(name))
        for name in sorted(names, key=lambda name: name != "word/document.xml"):
            yield archive.read(name).decode("utf-8", "replace").replace("\n", " ")


def _paragraphs(part: str, file: str) -> list[str]:
    """Return the texts of the paragraphs; `CannotParse` names the first with a tag that is not closed."""
    found = [_quote(paragraph) for paragraph in re.findall(r"<w:p[ >].*?</w:p>", part, re.DOTALL)]
    for number, text in enumerate(found, 1):
        if not _is_closed(text):
            said, place = Message("template.broken", {"text": text[:60]}), Place(file, line=number, quote=text[:40])
            raise CannotParse(said, remedy=Message("template.broken.remedy"), place=place)
    return found


def _is_closed(text: str) -> bool:
    """Return whether every tag that is opened in a paragraph is closed in it.

    >>> _is_closed("得{{ scored.score }}分{% if a %}"), _is_closed("得{{ scored.score }分")
    (True, False)
    """
    left = _TAG.sub("", text)
    return not any(mark in left for mark in ("{{", "}}", "{%", "%}"))


def _quote(line: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", "", line).split())


def _names(part: str, fields: Mapping[str, Any], place: Place) -> list[tuple[str, str, bool]]:
    """Return every field that is named: the text around it, its name, and whether there is such a field."""
    from docxtpl import DocxTemplate  # noqa: PLC0415
    from jinja2 import TemplateSyntaxError  # noqa: PLC0415

    source = re.sub(r"<w:p([ >])", r"\n<w:p\1", DocxTemplate(BytesIO()).patch_xml(part))
    lines = [_quote(line) for line in source.split("\n")]
    environment = _environment()
    try:
        tree = environment.parse(source)
        environment.compile(source)
    except TemplateSyntaxError as problem:
        text = lines[min(problem.lineno, len(lines)) - 1] or str(problem.message)
        said = Message("template.syntax", {"why": _why(problem.message or ""), "text": text[:60]})
        where = Place(place.file, quote=text[:40])
        raise CannotParse(said, remedy=Message("template.broken.remedy"), place=where) from None
    seen: list[tuple[int, str, bool]] = []
    _walk(tree, dict.fromkeys(_BUILT_IN), fields, seen)
    return [(lines[line - 1], name, here) for line, name, here in seen]


_WHYS = (("end of template", "unfinished"), ("No filter", "filter"), ("No test", "filter"), ("unsafe", "unsafe"))


def _why(told: str) -> Message:
    """Return what Jinja says against a template, in words of ours."""
    return Message(f"template.why.{next((name for sign, name in _WHYS if sign in told), 'other')}")


_ABSENT, _ANY = object(), None  # no such field; something whose parts are not known


def _walk(node: Any, scope: dict[str, Any], fields: Mapping[str, Any], seen: list[tuple[int, str, bool]]) -> None:
    """Look through a part of a template; `scope` holds what loops and settings have named."""
    from jinja2 import nodes  # noqa: PLC0415

    if isinstance(node, nodes.For):
        _walk(node.iter, scope, fields, seen)
        over = _value(node.iter, scope, fields)
        item = over[0] if isinstance(over, list) and over else _ANY
        inner = {**scope, **dict.fromkeys((name.name for name in node.target.find_all(nodes.Name)), _ANY)}
        if isinstance(node.target, nodes.Name):
            inner[node.target.name] = item
        for child in (*([node.test] if node.test else []), *node.body, *node.else_):
            _walk(child, inner, fields, seen)
        return
    if isinstance(node, nodes.Assign):
        _walk(node.node, scope, fields, seen)
        scope |= {name.name: _ANY for name in node.target.find_all(nodes.Name)}
        return
    if isinstance(node, nodes.Name | nodes.Getattr | nodes.Getitem):
        spelt, value = _spelt(node), _value(node, scope, fields)
        root = spelt.partition(".")[0].partition("[")[0]
        if value is _ABSENT:
            seen.append((node.lineno, spelt, False))
        elif root not in scope and spelt:
            seen.append((node.lineno, spelt, True))
        return
    for child in node.iter_child_nodes():
        _walk(child, scope, fields, seen)


def _value(node: Any, scope: Mapping[str, Any], fields: Mapping[str, Any]) -> Any:
    """Return what a name stands for: a field, `_ABSENT` for none, `_ANY` for what cannot be known."""
    from jinja2 import nodes  # noqa: PLC0415

    if isinstance(node, nodes.Name):
        return scope[node.name] if node.name in scope else fields.get(node.name, _ABSENT)
    if isinstance(node, nodes.Getattr | nodes.Getitem):
        above = _value(node.node, scope, fields)
        name = node.attr if isinstance(node, nodes.Getattr) else getattr(node.arg, "value", None)
        if above is _ABSENT or above is _ANY or name is None:
            return above
        if isinstance(above, dict):
            return above.get(name, _ABSENT)
        if isinstance(above, list) and isinstance(name, int):
            return above[name] if name < len(above) else _ANY
        return _ABSENT if isinstance(node, nodes.Getattr) and not hasattr(above, str(name)) else _ANY
    return _ANY


def _spelt(node: Any) -> str:
    from jinja2 import nodes  # noqa: PLC0415

    if isinstance(node, nodes.Name):
        return str(node.name)
    if isinstance(node, nodes.Getattr):
        return f"{_spelt(node.node)}.{node.attr}"
    if isinstance(node, nodes.Getitem):
        name = getattr(node.arg, "value", "…")
        return f"{_spelt(node.node)}.{name}" if str(name).isidentifier() else f'{_spelt(node.node)}["{name}"]'
    return ""
