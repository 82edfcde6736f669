"""论断: an Evaluation and the table printed from it say the same."""

from __future__ import annotations

from decimal import Decimal

import pytest

from jixiao.documents.document import Document
from jixiao.evaluation.assess import assess
from jixiao.evaluation.model import Evaluation
from jixiao.figures.actual_notation import actual
from jixiao.figures.figure import figure
from jixiao.figures.target_notation import target
from jixiao.findings import Place
from jixiao.formats import excel_read, excel_write, html_read, html_write
from jixiao.forms.form import form
from jixiao.forms.write import write
from jixiao.indicators.indicator import Actual, Group, Indicator, RuleRef
from jixiao.indicators.system import System
from jixiao.review.claims import Claim, key_of, of_document, of_evaluation, said_by

PRINTED = ("weight", "score", "score_rate", "target")


def as_excel(table, tmp_path):
    path = tmp_path / "附件1.xlsx"
    path.write_bytes(excel_write.write([table]))
    return path


def read_as(kind, table, tmp_path):
    if kind == "xlsx":
        return excel_read.read(as_excel(table, tmp_path))
    path = tmp_path / "附件1.html"
    path.write_bytes(html_write.write(Document((table,), "附件1")))
    return html_read.read(path)


def printed_by_the_table(claims):
    """Keep what the score table prints: of leaves everything, of groups the weight, of the whole all but the grade."""
    leaves = {claim.subject for claim in claims if claim.kind == "target"}
    return [
        claim
        for claim in claims
        if claim.subject.startswith("scored")
        and (
            claim.subject in leaves or (claim.kind == "weight") or (claim.subject == "scored" and claim.kind in PRINTED)
        )
    ]


def fine_grained():
    """Return an assessed evaluation whose weights and scores have three decimals."""
    leaves = tuple(
        Indicator(f"A10{at}", f"指标{at}", Decimal(weight), target("≥100%"), RuleRef("proportional"))
        for at, weight in ((1, "33.333"), (2, "66.667"))
    )
    system = System("scored", (Group("A", "产出", Decimal(100), leaves),), places=3)
    actuals = {leaf.code: Actual(actual("95.55%", leaf.target)) for leaf in leaves}
    return assess(Evaluation("third-party", 2024, systems=(system,), actuals=actuals))


@pytest.mark.parametrize("kind", ["xlsx", "html"])
@pytest.mark.parametrize("which", ["bazhou", "three decimals"])
def test_evaluation_and_its_printed_table_make_equal_claims(kind, which, bazhou, tmp_path):
    of = bazhou if which == "bazhou" else fine_grained()
    document = read_as(kind, write(form("score_table"), of), tmp_path)

    claims, unread = of_document(document)

    assert unread == []
    assert set(claims) == set(printed_by_the_table(of_evaluation(of)))
    assert len(claims) == len(set(claims)) > 8
    assert all(claim.place is not None for claim in claims)


def test_claims_of_an_evaluation_are_what_a_reader_gets(bazhou):
    claims = {(claim.kind, claim.subject): claim for claim in of_evaluation(bazhou)}

    assert claims["score", "scored"].text == "93.7"
    assert claims["grade", "scored"].text == "优"
    assert claims["score_rate", "scored/C"].text == "84.25%"
    assert (claims["score", "scored/C203"].text, claims["score", "scored/C203"].within) == ("5.7", "scored/C2")
    assert claims["target", "declared/O111"].text == "≥81万人"


def claim(kind, subject, text, within=None, above=()):
    value = said_by(kind, text)
    keyed = (value,) if isinstance(value, str) else key_of(value)
    return Claim(
        kind,
        subject,
        within,
        keyed,
        None if isinstance(value, str) else value,
        text,
        Place("报告.docx", row=1, column=1),
        above=above,
    )


def test_claims_are_equal_when_they_say_the_same_however_spelt():
    one, other = claim("score_rate", "scored/A", "95%"), claim("score_rate", "scored/A", "95.00%")

    assert one == other
    assert one != claim("score_rate", "scored/A", "95.01%")
    assert one.figure.interval() != other.figure.interval()
    assert figure("95%").same_as(figure("0.95"))
