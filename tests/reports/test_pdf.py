"""写 PDF: what is said where LibreOffice is absent, fails or hangs."""

import sys

import pytest

from jixiao.documents.document import Document, Paragraph
from jixiao.errors import NoTool
from jixiao.formats import pdf_write

_DOCUMENT = Document((Paragraph("文"),))


def _program(tmp_path, script):
    path = tmp_path / "soffice"
    path.write_text(f"#!{sys.executable}\n{script}\n", encoding="utf-8")
    path.chmod(0o755)
    return str(path)


def test_without_libreoffice_the_error_says_what_to_install(monkeypatch):
    monkeypatch.setattr(pdf_write.shutil, "which", lambda name: None)

    with pytest.raises(NoTool) as caught:
        pdf_write.write(_DOCUMENT)

    assert caught.value.exit_code == 15
    assert "LibreOffice" in caught.value.remedy.text("zh")


@pytest.mark.parametrize(
    ("script", "message"), [("raise SystemExit(3)", "pdf.failed"), ("import time; time.sleep(60)", "pdf.timeout")]
)
def test_libreoffice_that_fails_or_hangs_is_an_error(monkeypatch, tmp_path, script, message):
    program = _program(tmp_path, script)
    monkeypatch.setattr(pdf_write.shutil, "which", lambda name: program)
    monkeypatch.setattr(pdf_write, "TIMEOUT", 2)

    with pytest.raises(NoTool) as caught:
        pdf_write.write(_DOCUMENT)

    assert caught.value.what.id == message
