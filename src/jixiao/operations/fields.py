"""模板: the fields that an office's own Word template can print, what one uses, and one filled."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from jixiao.errors import CannotWrite, NotKnown
from jixiao.findings import Finding, Message, Place
from jixiao.formats.whole import whole
from jixiao.operations.check import check
from jixiao.operations.outcome import Outcome
from jixiao.reports import fields as of_reports

if TYPE_CHECKING:
    from pathlib import Path

    from jixiao.evaluation.assess import Assessment
    from jixiao.reports.fields import Field


class Fields(NamedTuple):
    """The fields there are, and of a template that was looked through the names it uses and those it leaves unused."""

    fields: tuple[Field, ...]
    used: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()


def fields(folder: Path, template: Path | None = None) -> Outcome[Fields]:
    """Return the fields of a bundle with what they print now; with a template also what it uses, and no file.

    A name in the template that no field bears is an error-level finding with its paragraph. Raises `CannotParse` for a
    broken tag.
    """
    of = check(folder).value
    listed = tuple(of_reports.listed(of))
    if template is None:
        return Outcome(Fields(listed))
    used, found = _looked_through(of, template)
    unused = tuple(field.name for field in listed if not _is_used(field.name, used))
    return Outcome(Fields(listed, used, unused), tuple(found))


def filled(of: Assessment, template: Path, *, pdf: bool = False) -> Outcome[dict[str, bytes]]:
    """Return the files that a template makes of an evaluation by their names; none while it names unknown fields."""
    from jixiao.formats import template_contents, template_word  # noqa: PLC0415  (docxtpl is loaded for a template only)

    values = of_reports.context(of)
    opened = template_word.opened(template, values)
    found = _unknown(opened.unknown)
    if found:
        return Outcome({}, tuple(found))
    made = template_word.filled(opened, values)
    if not pdf:
        return Outcome({f"{template.stem}.docx": template_contents.with_contents(made)})
    docx, laid_out = template_contents.with_pages(made)
    return Outcome({f"{template.stem}.docx": docx, f"{template.stem}.pdf": laid_out})


def sample_template(name: str, out: Path) -> Outcome[Path]:
    """Write one of the two sample templates (`report`, `table`); nothing is overwritten."""
    from jixiao.formats import template_samples  # noqa: PLC0415

    if name not in template_samples.NAMES:
        remedy = Message("template.sample.remedy", {"known": list(template_samples.NAMES)})
        raise NotKnown(Message("template.sample", {"name": name}), remedy=remedy)
    if out.exists():
        remedy = Message("workbook.exists.remedy")
        raise CannotWrite(Message("workbook.exists"), remedy=remedy, place=Place(str(out)))
    with whole(out.parent) as staging:
        (staging / out.name).write_bytes(template_samples.sample(name))
    return Outcome(out)


def fields_json(outcome: Outcome[Fields]) -> dict[str, Any]:
    """Return `fields/1`: every field with its example, and of a template what it uses and what is unknown."""
    listed = [
        {"name": field.name, "example": field.example, **({"parts": list(field.parts)} if field.parts else {})}
        for field in outcome.value.fields
    ]
    unknown = [
        {"name": found.printed, "paragraph": found.places[0].quote if found.places else None}
        for found in outcome.findings
    ]
    of_template = {"used": list(outcome.value.used), "unused": list(outcome.value.unused), "unknown": unknown}
    return {"schema": "fields/1", "fields": listed, **(of_template if outcome.value.used or unknown else {})}


def _looked_through(of: Assessment, template: Path) -> tuple[tuple[str, ...], list[Finding]]:
    from jixiao.formats import template_word  # noqa: PLC0415  (docxtpl is loaded for a template only)

    opened = template_word.opened(template, of_reports.context(of))
    return opened.used, _unknown(opened.unknown)


def _unknown(unknown: Any) -> list[Finding]:
    return [
        Finding(
            "template_field",
            "error",
            Message("template.unknown", {"name": use.name, "text": (use.place.quote or "")[:60]}),
            Message("template.unknown.remedy"),
            places=(use.place,),
            printed=use.name,
        )
        for use in unknown
    ]


def _is_used(name: str, used: tuple[str, ...]) -> bool:
    """Return whether a template uses a field, or the whole that it is part of; a list of indicators prints them all."""
    whole_names = {f"{one}{mark}" for one in used for mark in (".", "[")}
    if any(name == one or name.startswith(tuple(whole_names)) for one in used):
        return True
    covered = {"indicators": ("scored.",), "sections": ("scored.",), "sources": ("funds.sources.",)}
    parts = name.count(".") + name.count("[")
    return any(over in used and name.startswith(starts) and parts >= 2 for over, starts in covered.items())
