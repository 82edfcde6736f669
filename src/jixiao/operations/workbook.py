"""换一种形式: the same bundle as one workbook, what `check` found in red on its cells, or as a folder again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao.errors import CannotWrite
from jixiao.findings import Message, Place
from jixiao.formats import bundle, bundle_emit
from jixiao.formats.bundle_encode import encoded
from jixiao.formats.whole import whole
from jixiao.operations.check import check
from jixiao.operations.outcome import Outcome

if TYPE_CHECKING:
    from pathlib import Path

    from jixiao.evaluation.model import Evaluation


def workbook(given: Path, out: Path | None = None, *, replace: bool = False) -> Outcome[Path]:
    """Write a bundle in the other form, or in that of `out` (a name ending in .xlsx, or a folder); return the file.

    By default it is written beside what was given, so that the evidence stays where it is found. Raises `CannotWrite`
    for a file that exists, unless it is to be replaced.
    """
    outcome = check(given)
    evaluation = outcome.value.evaluation
    target = out if out is not None else _other(given)
    if target.suffix.lower() != ".xlsx":
        target = target / bundle.FILE
    if target.exists() and not replace:
        remedy = Message("workbook.exists.remedy")
        raise CannotWrite(Message("workbook.exists"), remedy=remedy, place=Place(str(target)))
    own = {} if target.suffix.lower() == ".xlsx" else _own_texts(evaluation, target.parent / "texts", replace=replace)
    with whole(target.parent) as staging:
        if target.suffix.lower() == ".xlsx":
            from jixiao.formats import workbook_write  # noqa: PLC0415  (XlsxWriter is loaded for a workbook only)

            (staging / target.name).write_bytes(workbook_write.write(evaluation, outcome.findings))
        else:
            tree = encoded(evaluation)
            tree["texts"] = {key: text for key, text in tree.get("texts", {}).items() if key not in own}
            (staging / target.name).write_text(bundle_emit.written(tree), encoding="utf-8")
            for key, text in own.items():
                (staging / "texts").mkdir(exist_ok=True)
                (staging / "texts" / f"{key}.md").write_text(f"{text}\n", encoding="utf-8")
    return Outcome(target, outcome.findings)


def _own_texts(evaluation: Evaluation, folder: Path, *, replace: bool) -> dict[str, str]:
    """Return the texts with a file of their own in the folder; one that differs is not overwritten."""
    own = {key: text for key, text in evaluation.texts.items() if (folder / f"{key}.md").is_file()}
    for key, text in own.items():
        path = folder / f"{key}.md"
        if bundle.text_of(path) != text.strip("\n") and not replace:
            remedy = Message("workbook.exists.remedy")
            raise CannotWrite(Message("workbook.exists"), remedy=remedy, place=Place(str(path)))
    return own


def _other(given: Path) -> Path:
    """Return where the other form lies by default: the folder of a workbook, or a workbook in the folder."""
    folder = given if given.is_dir() else given.parent
    is_book = given.suffix.lower() in bundle.WORKBOOKS or not (folder / bundle.FILE).exists()
    return folder if is_book else folder / bundle.WORKBOOK
