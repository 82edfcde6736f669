"""写 PDF: a Word file as PDF by LibreOffice, and the page numbers of its contents list from that layout.

LibreOffice runs in a profile of its own, so that an open window of the user does not matter, and is told which of this
machine's fonts stand in for the official ones that it lacks.
"""

from __future__ import annotations

import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

from jixiao.documents.document import Heading
from jixiao.errors import NoTool
from jixiao.findings import Message
from jixiao.formats import convert, fonts, word_write
from jixiao.formats.word_styles import FANGSONG, HEITI, KAITI, LATIN, SONG, TITLE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jixiao.documents.document import Document

TIMEOUT = 120
_OFFICE = "http://openoffice.org/2001/registry"


def write(document: Document, *, tagged: bool = True) -> tuple[bytes, bytes]:
    """Return the document as .docx and as PDF, both with the page numbers that this layout gives its contents list.

    Raises `NoTool` where LibreOffice is absent, fails, or takes longer than `TIMEOUT` seconds.
    """
    with converter() as printed:
        docx = word_write.write(document, tagged=tagged)
        pdf = printed(docx)
        pages = page_numbers(document, pdf)
        if pages:
            docx = word_write.write(document, pages, tagged=tagged)
            pdf = printed(docx)
    return docx, pdf


def page_numbers(document: Document, pdf: bytes) -> dict[int, str]:
    """Return the printed page number of every listed heading by its position; nothing where the layout has others.

    The outline of the PDF has an entry per heading, in order; the numbers count from the page of the first listed one.
    """
    import pypdfium2  # noqa: PLC0415  (only where there is a layout to look at)

    headings = [(at, block) for at, block in enumerate(document.blocks) if isinstance(block, Heading) and block.level]
    with pypdfium2.PdfDocument(pdf) as opened:
        outline = [(entry.get_title().strip(), entry.get_dest()) for entry in opened.get_toc()]
        pages = [dest.get_index() for _, dest in outline if dest is not None]
    listed = [at for at, _ in document.listed()]
    if not listed or [title for title, _ in outline] != [block.text for _, block in headings] or None in pages:
        return {}
    page = dict(zip((at for at, _ in headings), pages, strict=True))
    return {at: str(page[at] - page[listed[0]] + 1) for at in listed}


@contextmanager
def converter() -> Iterator[Converter]:
    """Give LibreOffice with a folder of its own; `NoTool` where it is not installed."""
    program = convert.office()
    if program is None:
        raise NoTool(Message("pdf.absent"), remedy=Message("pdf.absent.remedy"))
    folder = tempfile.mkdtemp(prefix="jixiao-")
    try:
        yield Converter(program, Path(folder))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


class Converter:
    """LibreOffice with a profile of its own in a folder that will vanish."""

    def __init__(self, program: str, folder: Path) -> None:
        """Write the profile: which fonts stand in for which."""
        self.program, self.folder = program, folder
        profile = folder / "profile" / "user"
        profile.mkdir(parents=True)
        (profile / "registrymodifications.xcu").write_text(_registry(), encoding="utf-8")

    def __call__(self, docx: bytes) -> bytes:
        """Return a Word file as PDF."""
        source = self.folder / "report.docx"
        source.write_bytes(docx)
        (self.folder / "report.pdf").unlink(missing_ok=True)
        remedy = Message("pdf.failed.remedy")
        try:
            made = convert.run(self.program, source, "pdf", self.folder, TIMEOUT)
        except TimeoutError:
            raise NoTool(Message("pdf.timeout", {"seconds": TIMEOUT}), remedy=remedy) from None
        if made is None:
            raise NoTool(Message("pdf.failed"), remedy=remedy)
        return made.read_bytes()


def _registry() -> str:
    """Return the settings: official fonts that are absent are replaced by this machine's Chinese faces."""
    pairs: list[str] = []
    present, serif, sans = fonts.families(), fonts.chinese("serif"), fonts.chinese("sans")
    for name in (FANGSONG, KAITI, SONG, TITLE, LATIN, HEITI):
        stand_in = sans if name == HEITI else serif
        if present is not None and stand_in is not None and name not in present:
            pairs.append(_pair(len(pairs), name, stand_in))
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<oor:items xmlns:oor="{_OFFICE}" xmlns:xs="http://www.w3.org/2001/XMLSchema">'
        '<item oor:path="/org.openoffice.Office.Common/Font/Substitution"><prop oor:name="Replacement" oor:op="fuse">'
        f"<value>true</value></prop></item>{''.join(pairs)}</oor:items>"
    )


def _pair(number: int, name: str, stand_in: str) -> str:
    values = {"ReplaceFont": name, "SubstituteFont": stand_in, "Always": "true", "OnScreenOnly": "false"}
    props = "".join(
        f'<prop oor:name="{key}" oor:op="fuse"><value>{value}</value></prop>' for key, value in values.items()
    )
    at = "/org.openoffice.Office.Common/Font/Substitution/FontPairs"
    return f'<item oor:path={quoteattr(at)}><node oor:name="_{number}" oor:op="replace">{props}</node></item>'
