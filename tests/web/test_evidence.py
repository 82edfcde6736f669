"""佐证: files by their content, not by their name; what is disguised, too large or dangerous is refused with a sentence."""

from __future__ import annotations

import hashlib
import io
import zipfile

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from jixiao.web.actions import drafts, evidence
from jixiao.web.models import Entry, File

PDF = b"%PDF-1.7\n1 0 obj"
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 20


def archive(*names):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name in names:
            file.writestr(name, "x")
    return out.getvalue()


def post(browser, dossier, name, raw, code="P101"):
    return browser.post(
        f"/dossiers/{dossier.pk}/evidence/attach", {"code": code, "file": SimpleUploadedFile(name, raw)}
    )


GOOD = [
    ("参保报表.pdf", PDF, "pdf"),
    ("截图.PNG", PNG, "png"),
    ("照片.jpg", b"\xff\xd8\xff\xe0 jfif", "jpeg"),
    ("表.xlsx", archive("[Content_Types].xml", "xl/workbook.xml"), "office"),
    ("旧表.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 ole", "ole"),
    ("说明.txt", "参保人数按年末时点统计".encode("gb18030"), "text"),
]
BAD = [
    ("病毒.exe", b"MZ", "的类型不能上传"),
    ("没有扩展名", PDF, "的类型不能上传"),
    ("网页.html", b"<html>", "的类型不能上传"),
    ("图.svg", b"<svg onload=alert(1)>", "的类型不能上传"),
    ("假.pdf", b"MZ\x90\x00", "的内容不是 pdf 文件"),
    ("假.png", PDF, "的内容不是 png 文件"),
    ("假.docx", archive("evil.txt"), "的内容不是 docx 文件"),
    ("带宏.xlsx", archive("[Content_Types].xml", "xl/vbaProject.bin"), "或带有宏"),
    ("脚本.txt", b"<script>alert(1)</script>", "的内容不是 txt 文件"),
    ("二进制.csv", b"a,b\x00c", "的内容不是 csv 文件"),
    ("空.pdf", b"", "空文件"),
]


@pytest.mark.parametrize(("name", "raw", "kind"), GOOD, ids=[name for name, _, _ in GOOD])
def test_file_is_taken_in_by_its_content(browser_of, who, dossier, *, name, raw, kind):
    answer = post(browser_of("filler"), dossier, name, raw)

    assert answer.status_code == 302, answer.content.decode()
    file = File.objects.get()
    assert (file.kind, file.size, file.sha256) == (kind, len(raw), hashlib.sha256(raw).hexdigest())
    (entry,) = drafts.working(who("filler"), dossier).evaluation.evidence
    assert (entry.proves, entry.sha256) == (("P101",), file.sha256)
    assert Entry.objects.filter(what="attached", dossier=dossier.pk).count() == 1


@pytest.mark.parametrize(("name", "raw", "why"), BAD, ids=[name for name, _, _ in BAD])
def test_file_that_does_not_belong_is_refused(browser_of, dossier, site, *, name, raw, why):
    answer = post(browser_of("filler"), dossier, name, raw)

    assert answer.status_code == 400
    assert why in answer.content.decode()
    assert not File.objects.exists()
    assert not list(site.data.rglob(".coming-*"))


def test_file_too_large_is_refused(browser_of, dossier, monkeypatch):
    monkeypatch.setattr(settings, "LARGEST_EVIDENCE", 2**20)

    answer = post(browser_of("filler"), dossier, "大.pdf", PDF + b"0" * 2**20)

    assert answer.status_code == 400
    assert "超过 1 MB" in answer.content.decode()


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\x\\报表.pdf", "报表.pdf"),
        ("=cmd|' /C calc'!A0.pdf", "_cmd' C calc'!A0.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie x.pdf"),
        (".pdf", "文件.pdf"),
        ("名" * 300 + ".pdf", "名" * 116 + ".pdf"),
        ("<script>.pdf", "script.pdf"),
    ],
)
def test_names_become_harmless(given, kept):
    name = evidence.safe_name(given)

    assert "/" not in name and "\\" not in name and not name.startswith((".", "="))
    assert name == kept or (given.startswith("=cmd") and name.endswith("calc'!A0.pdf"))


def test_same_bytes_are_kept_once_and_prove_both(browser_of, who, dossier, site):
    browser = browser_of("filler")
    post(browser, dossier, "一.pdf", PDF)
    post(browser, dossier, "二.pdf", PDF, code="P201")

    (entry,) = drafts.working(who("filler"), dossier).evaluation.evidence
    assert entry.proves == ("P101", "P201")
    assert len([path for path in (site.data / "evidence").rglob("*") if path.is_file()]) == 1


def test_unknown_indicator_is_refused(browser_of, dossier):
    answer = post(browser_of("filler"), dossier, "一.pdf", PDF, code="X999")

    assert answer.status_code == 400
    assert "没有指标 X999" in answer.content.decode()


def test_file_is_shown_safely_and_its_download_recorded(browser_of, dossier):
    browser = browser_of("filler")
    post(browser, dossier, "参保 报表.pdf", PDF)
    file = File.objects.get()

    answer = browser.get(f"/dossiers/{dossier.pk}/evidence/{file.pk}")

    assert b"".join(answer.streaming_content) == PDF
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("application/pdf", "nosniff")
    assert answer["Content-Security-Policy"].startswith("default-src 'none'")
    assert "%E5%8F%82%E4%BF%9D" in answer["Content-Disposition"]
    assert Entry.objects.get(what="downloaded").dossier == dossier.pk


def test_erased_file_leaves_its_record(browser_of, who, dossier, site):
    post(browser_of("filler"), dossier, "一.pdf", PDF)
    file = File.objects.get()
    at = f"/dossiers/{dossier.pk}/evidence/{file.pk}"
    assert browser_of("filler").post(f"{at}/erase").status_code == 403
    assert evidence.path_of(file.sha256).exists()

    assert browser_of("manager").post(f"{at}/erase").status_code == 302

    assert not evidence.path_of(file.sha256).exists()
    assert browser_of("filler").get(at).status_code == 404
    assert File.objects.get().erased is not None
    assert "内容已于" in browser_of("filler").get(f"/dossiers/{dossier.pk}/evidence").content.decode()


def test_detached_file_proves_nothing(browser_of, who, dossier):
    browser = browser_of("filler")
    post(browser, dossier, "一.pdf", PDF)

    browser.post(f"/dossiers/{dossier.pk}/evidence/detach", {"code": "P101", "sha256": File.objects.get().sha256})

    assert drafts.working(who("filler"), dossier).evaluation.evidence == ()


def test_nothing_is_attached_after_handing_in(browser_of, who, finished):
    from jixiao.web.actions import moving

    moving.take(who("filler"), finished.pk, "submit")

    assert post(browser_of("filler"), finished, "一.pdf", PDF, code="O101").status_code == 403
    assert not File.objects.exists()


def pdf_page():
    import pypdfium2

    out = io.BytesIO()
    with pypdfium2.PdfDocument.new() as made:
        made.new_page(200, 300)
        made.save(out)
    return out.getvalue()


def picture(kind):
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (800, 400), "navy").save(out, format=kind)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "raw", "size"),
    [("a.pdf", pdf_page(), (320, 480)), ("a.png", picture("PNG"), (320, 160)), ("a.jpg", picture("JPEG"), (320, 160))],
    ids=["pdf", "png", "jpeg"],
)
def test_pictures_and_the_first_page_of_a_pdf_are_seen_small(browser_of, dossier, name, raw, size):
    from PIL import Image

    browser = browser_of("filler")
    post(browser, dossier, name, raw)
    at = f"/dossiers/{dossier.pk}/evidence/{File.objects.get().pk}"

    shown = browser.get(f"{at}/preview")

    assert (shown["Content-Type"], Image.open(io.BytesIO(shown.content)).size) == ("image/png", size)
    assert f'src="{at}/preview"' in browser.get(f"/dossiers/{dossier.pk}/evidence").content.decode()
    assert browser_of("neighbour").get(f"{at}/preview").status_code == 404


def test_what_cannot_be_shown_has_no_preview_and_goes_with_its_file(browser_of, dossier):
    browser = browser_of("filler")
    post(browser, dossier, "a.pdf", PDF)
    post(browser, dossier, "b.png", picture("PNG"))
    bad, good = File.objects.order_by("pk")

    assert browser.get(f"/dossiers/{dossier.pk}/evidence/{bad.pk}/preview").status_code == 404
    assert browser.get(f"/dossiers/{dossier.pk}/evidence/{good.pk}/preview").status_code == 200
    browser_of("manager").post(f"/dossiers/{dossier.pk}/evidence/{good.pk}/erase")
    assert browser.get(f"/dossiers/{dossier.pk}/evidence/{good.pk}/preview").status_code == 404
