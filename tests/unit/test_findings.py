"""发现、位置与错误: how a place is said, in which order findings come, and which exit code a family of errors has."""

from __future__ import annotations

import pytest

from jixiao import errors
from jixiao.errors import CannotOpen, CannotParse, CannotWrite, JixiaoError, NotKnown
from jixiao.findings import Finding, Message, Place, ordered, worst
from jixiao.operations.outcome import Outcome


@pytest.mark.parametrize(
    ("place", "said"),
    [
        (Place("evaluation.yaml", line=48), "evaluation.yaml:48"),
        (Place(line=3), ":3"),
        (Place("表.xlsx", "附件1", row=12, column="C"), "表.xlsx 附件1!C12"),
        (Place("表.xlsx", "附件1"), "表.xlsx 附件1"),
        (Place("报告.html", "table 2", row=3, column=4), "报告.html table 2!R3C4"),
        (Place("报告.pdf", page=12), "报告.pdf p12"),
        (Place("报告.pdf", "表3", page=12, row=1, column=2), "报告.pdf p12 表3!R1C2"),
        (Place(), ""),
    ],
)
def test_place_is_said_in_its_shortest_form(place, said):
    assert str(place) == said


def found(severity, check="x"):
    return Finding(check, severity, Message("finding.remedy.none"))


def test_findings_come_gravest_first_and_keep_their_order():
    given = [found("note", "a"), found("error", "b"), found("warning", "c"), found("error", "d")]

    assert [finding.check for finding in ordered(given)] == ["b", "d", "c", "a"]


@pytest.mark.parametrize(
    ("severities", "gravest", "code"),
    [
        ((), None, 0),
        (("note",), "note", 0),
        (("warning", "note"), "warning", 0),
        (("note", "error", "warning"), "error", 1),
    ],
)
def test_outcome_ends_with_1_only_when_an_error_stands(severities, gravest, code):
    findings = tuple(found(severity) for severity in severities)

    assert worst(findings) == gravest
    assert Outcome(None, findings).exit_code() == code


def test_families_of_errors_have_exit_codes_of_their_own():
    codes = {family: family.exit_code for family in errors.FAMILIES}

    known = {JixiaoError: 10, CannotOpen: 11, CannotParse: 12, CannotWrite: 13, NotKnown: 14}
    assert {family: codes[family] for family in known} == known
    assert len(set(codes.values())) == len(codes)
    assert set(errors.FAMILIES) == {JixiaoError, *JixiaoError.__subclasses__()}
    assert min(codes.values()) > max(errors.FINE, errors.FINDINGS, errors.USAGE)


def test_error_says_its_place_and_its_sentence():
    problem = CannotParse(Message("yaml.twice", {"key": "year"}), place=Place("evaluation.yaml", line=4))

    assert str(problem) == "evaluation.yaml:4 「year」写了两次"
    assert str(NotKnown(Message("explain.unknown", {"code": "C9"}))) == "没有编码为「C9」的指标"
