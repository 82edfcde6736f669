"""写 PDF: a Word file as PDF by LibreOffice, and the page numbers of its contents list from that layout.

LibreOffice runs in a profile of its own, so that an open window of the user does not matter, and is told which of this
machine's fonts stand in for the official ones that it lacks.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

from jixiao.documents.document import Heading
from jixiao.errors import NoTool
from jixiao.findings import Message
from jixiao.formats import fonts, word_write
from jixiao.formats.convert import office
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
    with converter() as convert:
        docx = word_write.write(document, tagged=tagged)
        pdf = convert(docx)
        pages = page_numbers(document, pdf)
        if pages:
            docx = word_write.write(document, pages, tagged=tagged)
            pdf = convert(docx)
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
    program = office()
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
        source, target = self.folder / "report.docx", self.folder / "report.pdf"
        source.write_bytes(docx)
        target.unlink(missing_ok=True)
        profile = (self.folder / "profile").as_uri()
        command = [self.program, f"-env:UserInstallation={profile}", "--headless", "--norestore", "--convert-to", "pdf",
                   "--outdir", str(self.folder), str(source)]  # fmt: skip
        with subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        ) as running:
            try:
                running.wait(TIMEOUT)
            except subprocess.TimeoutExpired:
                _stop(running)
                remedy = Message("pdf.failed.remedy")
                raise NoTool(Message("pdf.timeout", {"seconds": TIMEOUT}), remedy=remedy) from None
        if not target.is_file():
            raise NoTool(Message("pdf.failed", {"code": running.returncode}), remedy=Message("pdf.failed.remedy"))
        return target.read_bytes()


def _stop(running: subprocess.Popen[bytes]) -> None:
    """End the program with everything it started."""
    if hasattr(os, "killpg"):
        os.killpg(running.pid, signal.SIGKILL)
    else:
        running.kill()


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
