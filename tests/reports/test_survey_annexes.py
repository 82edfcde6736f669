"""问卷附件: with `annexes` the report ends in the questionnaire and what its answers say, from the same answers."""

from __future__ import annotations

from pathlib import Path

from jixiao.documents.document import Heading, Paragraph
from jixiao.operations import evaluate

BAZHOU = Path(__file__).parents[2] / "examples" / "bazhou-2024"


def annexed():
    outcome = evaluate.check(BAZHOU)
    report = evaluate.report_of(outcome.value)
    return report, evaluate._annexed(report, outcome.value, BAZHOU)[0]


def test_annexes_follow_those_of_the_report_in_number_and_stand_in_its_contents() -> None:
    plain, longer = annexed()

    titles = [heading.text for _, heading in longer.listed() if heading.text.startswith("附件")]
    assert [title[:3] for title in titles] == ["附件1", "附件2", "附件3", "附件4"]
    assert [heading for _, heading in longer.listed()][:-2] == [heading for _, heading in plain.listed()]
    assert all(block.level > 2 for block in longer.blocks[len(plain.blocks) :] if _inside(block))


def test_satisfaction_of_the_annex_is_the_one_that_is_scored() -> None:
    plain, longer = annexed()
    said = "".join(block.text for block in longer.blocks[len(plain.blocks) :] if isinstance(block, Paragraph))

    assert "95.99%" in said


def test_evaluate_writes_the_annexes_when_they_are_asked_for(tmp_path: Path) -> None:
    evaluate.evaluate(BAZHOU, tmp_path, annexes=True)

    (page,) = tmp_path.glob("*报告.html")
    assert "附件4 " in page.read_text(encoding="utf-8")


def _inside(block: object) -> bool:
    return isinstance(block, Heading) and not block.text.startswith("附件")
