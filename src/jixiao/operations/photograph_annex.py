"""照片附件: the photographs taken on site as an annex of the report, each with what it shows, its day and its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao.documents.document import Heading
from jixiao.findings import Finding, Message, Place
from jixiao.formats.photo import photo
from jixiao.operations.outcome import Outcome

if TYPE_CHECKING:
    from pathlib import Path

    from jixiao.documents.document import Block
    from jixiao.evaluation.model import Evaluation


def photograph_annex(of: Evaluation, folder: Path) -> Outcome[tuple[Block, ...]]:
    """Return the annex of a bundle's photographs, nothing where it has none; a file that is no picture is found."""
    inside = (folder / "evidence").resolve()
    files = {one.title: (inside / one.file).resolve() for one in of.evidence if one.file}
    blocks: list[Block] = []
    findings = []
    for at, one in enumerate(of.procedure.photographs):
        path = files.get(one.photo)
        if path is None or not path.is_relative_to(inside) or not path.is_file():
            continue  # a check has said so
        said = "，".join(part for part in (one.date, one.place) if part) or "—"
        args = {"number": len(blocks) + 1, "what": one.photo, "said": said}
        picture = photo(path, Message("photographs.caption", args).text("zh"), f"{one.photo}（{said}）")
        if picture is None:
            because = Message("photographs.unreadable", {"file": path.name})
            remedy, at_path = Message("photographs.unreadable.remedy"), f"procedure/photographs/{at}"
            places = (Place(str(path)),)
            findings.append(Finding("photograph_unreadable", "warning", because, remedy, (at_path,), places))
        else:
            blocks.append(picture)
    title = Heading(Message("photographs.title").text("zh"), 1)
    return Outcome((title, *blocks) if blocks else (), tuple(findings))
