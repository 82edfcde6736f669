"""抽取的文本: documents as other programs give their text: LibreOffice's PDF by pdftotext in its three ways, its .txt.

Needs LibreOffice and poppler; `AVAILABLE` says whether they are there. Knows what was read and nothing of the checks.
"""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import written

from jixiao.documents.document import LOOSE, Heading, Paragraph
from jixiao.figures.notation import clean
from jixiao.formats import convert

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from mutants import Mutant

    from jixiao.documents.document import Document

AVAILABLE = convert.office() is not None and shutil.which("pdftotext") is not None
PDFTOTEXT = {"layout": ["-layout"], "plain": [], "raw": ["-raw"]}
WAYS = ("docx", "pdf", *PDFTOTEXT, "text")
SECONDS = 280


def extracted(documents: Sequence[Document], folder: Path) -> list[dict[str, Path]]:
    """Return for each document its file of every way; all are converted in one go."""
    files = [written.write(document, "docx", folder, f"{n}") for n, document in enumerate(documents)]
    for goal in ("pdf", "txt:Text (encoded):UTF8"):
        order = [
            convert.office(),
            f"-env:UserInstallation={folder.as_uri()}/profile",
            "--headless",
            "--convert-to",
            goal,
        ]
        subprocess.run([*order, "--outdir", folder, *files], check=True, capture_output=True, timeout=SECONDS)
    return [_ways(file) for file in files]


def _ways(file: Path) -> dict[str, Path]:
    found = {"docx": file, "pdf": file.with_suffix(".pdf"), "text": file.with_suffix(".txt")}
    for way, options in PDFTOTEXT.items():
        found[way] = file.with_name(f"{file.stem}.{way}.txt")
        subprocess.run(["pdftotext", *options, found["pdf"], found[way]], check=True)
    return found


def shows(mutant: Mutant, document: Document) -> bool:
    """Return whether an error shows from figures that were read as such: those of a broken tie are all cells or text.

    What could not be told apart from a table is counted as unchecked, and no error is promised there.
    """
    texts = {id: clean(text) for id, text in mutant.texts().items()}
    cells = {clean(cell.text) for table in document.tables() for _, _, cell in table.cells()}
    prose = (b for b in document.blocks if isinstance(b, Heading) or (isinstance(b, Paragraph) and b.kind != LOOSE))
    said = "".join(clean(block.text) for block in prose)
    in_cell = {id: spot.row is not None for id, spot in mutant.report.spots.items()}
    changed = dict(zip(mutant.spots, mutant.after, strict=True))
    return any(
        all(texts[id] in (cells if in_cell[id] else said) for id in tie.ids) for tie in mutant.report.broken(changed)
    )
