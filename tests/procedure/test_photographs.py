"""现场照片: photographs follow the report as an annex, upright and bare, each with what it shows, its day and its place."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from pathlib import Path

import pytest
from PIL import Image

import jixiao

BAZHOU = Path(__file__).parents[2] / "examples" / "bazhou-2024"
PROCEDURE = """
evidence:
  - {title: 示例门诊大厅, file: hall.jpg, proves: []}
  - {title: 示例窗口, file: desk.png, proves: []}
  - {title: 示例说明, file: words.jpg, proves: []}
procedure:
  photographs:
    - {photo: 示例门诊大厅, date: 2025-05-08, place: 示例县}
    - {photo: 示例窗口}
    - {photo: 示例说明, date: 2025-05-08, place: 示例县}
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Evaluate the example with photographs among its evidence, one of them lying on its side, one no picture."""
    folder = tmp_path_factory.mktemp("photographs")
    bundle = folder / "bundle"
    shutil.copytree(BAZHOU, bundle)
    text = (bundle / "evaluation.yaml").read_text("utf-8")
    kept = re.sub(r"(?ms)^(evidence|procedure):.*?(?=^\S|\Z)", "", text)
    (bundle / "evaluation.yaml").write_text(kept + PROCEDURE, "utf-8")
    (bundle / "evidence").mkdir(exist_ok=True)
    lying = Image.new("RGB", (2000, 1000), "white")
    exif = lying.getexif()
    exif[0x0112], exif[0x010F] = 6, "示例相机"  # turned by a quarter; the maker of the camera
    lying.save(bundle / "evidence/hall.jpg", exif=exif)
    Image.new("RGBA", (40, 30)).save(bundle / "evidence/desk.png")
    (bundle / "evidence/words.jpg").write_text("words", "utf-8")
    return jixiao.evaluate(bundle, folder / "out", annexes=True, draft=True), folder / "out"


def pictures(path):
    with zipfile.ZipFile(path) as opened:
        return {name: opened.read(name) for name in opened.namelist() if name.startswith("word/media/")}


def test_photographs_are_an_annex_of_the_report(made):
    outcome, out = made
    page = (out / "绩效评价报告.html").read_text("utf-8")

    assert re.search(r"附件\d+[^<]*现场照片", page)
    assert page.index("照片1　示例门诊大厅（2025-05-08，示例县）") < page.index("照片2　示例窗口（—）")
    assert page.count('src="data:image/jpeg;base64,') == 2
    assert [one.paths for one in outcome.findings if one.check == "photograph_unreadable"] == [("procedure/photographs/2",)]  # fmt: skip


def test_photographs_stand_upright_small_and_bare_in_the_file(made):
    _, out = made
    found = [Image.open(io.BytesIO(raw)) for name, raw in pictures(out / "绩效评价报告.docx").items() if name.endswith(".jpg")]  # fmt: skip

    assert sorted(one.size for one in found) == [(40, 30), (700, 1400)]
    assert all(not one.getexif() for one in found)


def test_report_with_photographs_is_taken_back_unchanged(made):
    _, out = made
    bundle = out.parent / "bundle"

    outcome = jixiao.absorb(out / "绩效评价报告.docx", bundle, dry=True)

    assert (outcome.value.texts, outcome.value.reasons) == ((), ())
