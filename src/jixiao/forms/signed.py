"""签后改动: a paper that was signed with a check code holds other values now than it did then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao.documents.footer import check_code
from jixiao.findings import Finding, Message
from jixiao.forms.form import chosen, known
from jixiao.forms.write import write

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from jixiao.evaluation.assess import Assessment


def findings(of: Assessment) -> Iterator[Finding]:
    """Yield a warning for every signed form whose check code is another one by now, or that is no form of ours."""
    for at, one in enumerate(of.evaluation.procedure.sign_offs):
        if not one.form:
            continue
        path = f"procedure/sign_offs/{at}"
        if one.form not in known():
            yield _finding("unknown", f"{path}/form", {"form": one.form, "known": list(known())}, None, None)
            continue
        form = chosen(one.form, of.evaluation)
        code = check_code([write(form, of)])
        told = {"title": form.title, "step": one.step, "by": one.by or "—", "date": one.date or "—", "code": code}
        if not one.code:
            yield _finding("without", f"{path}/code", told, None, code)
        elif one.code != code:
            yield _finding("changed", f"{path}/code", {**told, "signed": one.code}, one.code, code)


def _finding(what: str, path: str, args: Mapping[str, object], printed: str | None, expected: str | None) -> Finding:
    said, remedy = Message(f"form.signed.{what}", args), Message(f"form.signed.{what}.remedy", args)
    return Finding("signed_form", "warning", said, remedy, (path,), (), printed, expected)
