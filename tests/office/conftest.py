"""What an officer does to a report in Word, done to the file: retype a figure, rewrite, add, leave out, move."""

import copy
import shutil
import sys
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn

from jixiao.operations.check import check
from jixiao.operations.evaluate import report_files, report_of

sys.path.insert(0, str(Path(__file__).parent))  # `upload_template` is imported from here


class Edited:
    """A Word file open for editing by what its paragraphs say."""

    def __init__(self, path):
        self.path, self.docx = path, docx.Document(str(path))

    def paragraph(self, says, nth=0):
        found = [
            p for p in self.docx.element.body.iter(qn("w:p")) if says in "".join(t.text for t in p.iter(qn("w:t")))
        ]
        return found[nth]

    def retype(self, says, was, now, nth=0):
        """Type over a piece of a paragraph, inside a control as well as outside."""
        text = next(t for t in self.paragraph(says, nth).iter(qn("w:t")) if was in t.text)
        text.text = text.text.replace(was, now)

    def add_after(self, says, text, style=None, nth=0):
        above = self.paragraph(says, nth)
        made = copy.deepcopy(above)
        for child in [child for child in made if child.tag != qn("w:pPr")]:
            made.remove(child)
        if style is not None:
            made.find(f"{qn('w:pPr')}/{qn('w:pStyle')}").set(qn("w:val"), style)
        docx.text.paragraph.Paragraph(made, None).add_run(text)
        above.addnext(made)

    def leave_out(self, says, nth=0):
        gone = self.paragraph(says, nth)
        gone.getparent().remove(gone)

    def move_after(self, says, target):
        self.paragraph(target).addnext(self.paragraph(says))

    def save(self):
        self.docx.save(str(self.path))
        return self.path


@pytest.fixture
def bundle_of(examples, tmp_path):
    """Return a function that copies an example to work on."""

    def copied(name):
        folder = tmp_path / name
        shutil.copytree(examples / name, folder)
        return folder

    return copied


@pytest.fixture
def report_in(tmp_path):
    """Return a function that writes the report of a bundle and opens it for editing."""

    def written(folder, name="report.docx"):
        files = report_files(report_of(check(folder).value))
        path = tmp_path / name
        path.write_bytes(next(raw for file, raw in files.items() if file.endswith(".docx")))
        return Edited(path)

    return written
