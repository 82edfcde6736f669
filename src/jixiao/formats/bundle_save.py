"""存评价项目: a changed Evaluation back into the files of its bundle, each value where it stands.

Comments and spelling stay: only what differs is changed in the text of `evaluation.yaml`. Where that cannot be (what a
bundle takes from the catalogue was changed) the file is written anew. A workbook is written anew.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jixiao.errors import JixiaoError
from jixiao.formats import bundle, bundle_edit, bundle_emit, yaml_text
from jixiao.formats.bundle_encode import encoded
from jixiao.formats.bundle_source import Source, without_blanks
from jixiao.formats.whole import whole

if TYPE_CHECKING:
    from jixiao.evaluation.model import Evaluation


def save(folder: Path, read: bundle.Bundle, after: Evaluation) -> list[Path]:
    """Write what differs from the bundle as it was read; return the files that changed, all of them or none."""
    path = bundle.file_of(folder)
    files = {path.name: _book(after)} if path.suffix.lower() in bundle.WORKBOOKS else _files(path, read, after)
    changed = {name: raw for name, raw in files.items() if raw != _standing(path.parent / name)}
    if changed:
        with whole(path.parent) as staging:
            for name, raw in changed.items():
                (staging / name).parent.mkdir(parents=True, exist_ok=True)
                (staging / name).write_bytes(raw)
    return [path.parent / name for name in changed]


def _standing(path: Path) -> bytes:
    return path.read_bytes() if path.is_file() else b""


def _book(after: Evaluation) -> bytes:
    from jixiao.formats import workbook_write  # noqa: PLC0415  (XlsxWriter is loaded for a workbook only)

    return workbook_write.write(after)


def _files(path: Path, read: bundle.Bundle, after: Evaluation) -> dict[str, bytes]:
    """Return the YAML and the texts with a file of their own: those that have one, and those that are new."""
    before = read.evaluation.texts
    own = [key for key in after.texts if _has_file(read, key) or (key not in before and after.texts[key].strip())]
    changed = [key for key in own if after.texts[key].strip("\n") != before.get(key, "").strip("\n")]
    files = {f"texts/{key}.md": f"{after.texts[key].strip(chr(10))}\n".encode() for key in changed}
    stated = {key: text for key, text in after.texts.items() if key not in own}
    old = {key: text for key, text in before.items() if not _has_file(read, key)}
    yaml = _yaml(path, replace(read.evaluation, texts=old), replace(after, texts=stated))
    return {**files, path.name: yaml}


def _has_file(read: bundle.Bundle, key: str) -> bool:
    place = read.places.get(f"texts/{key}")
    return place is not None and Path(str(place.file)).suffix == ".md"


def _yaml(path: Path, before: Evaluation, after: Evaluation) -> bytes:
    standing = path.read_bytes().decode("utf-8-sig")
    goal = encoded(after)
    try:
        text = bundle_edit.edited(standing, bundle_edit.changes(encoded(before), goal))
        if _meaning(path, text) == goal:
            return text.encode()
    except (KeyError, JixiaoError):
        pass
    return bundle_emit.written(goal).encode()


def _meaning(path: Path, text: str) -> dict[str, Any]:
    """Return the tree of what a YAML text means as a bundle; digests of evidence are not looked up for it."""
    tree = yaml_text.of_text(path, text)
    return encoded(bundle.of_source(Source(without_blanks(tree.value), {})).evaluation)
