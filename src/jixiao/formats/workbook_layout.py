"""工作簿的版式: the sheets and columns that a bundle has as one Excel workbook, as pure data for writing and reading.

A sheet is a table of rows; a column is known by its head wherever it stands. What a column `shows` is printed for the
reader's sake and never read back.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, Literal

from jixiao import library
from jixiao.scoring import rule as rules

if TYPE_CHECKING:
    from collections.abc import Mapping

Kind = Literal["text", "choice", "codes", "met", "tree"]
OPTIONS = "选项"
LONGEST = 32_000  # a cell of Excel holds 32,767 characters
MORE = "续"
STATED = "合计数（无分项时填）"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: the name of what it holds, its head, its width in characters and how its cells read.

    `choices` are the values with the words that stand for them; a closed column takes no others. `tree` cells hold
    YAML, `codes` and `met` cells lists.
    """

    name: str
    head: str
    width: float = 14
    kind: Kind = "text"
    choices: Mapping[str, str] = field(default_factory=dict)
    closed: bool = False
    required: bool = False
    shows: bool = False
    hint: str | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its name, the section of the bundle it holds, its columns; without `required` it may be absent."""

    name: str
    section: str
    columns: tuple[Column, ...]
    required: bool = False

    def column(self, name: str) -> int:
        """Return the position of a column as it is written."""
        return next(at for at, column in enumerate(self.columns) if column.name == name)


def word(name: str) -> str:
    """Return the Chinese word for what stands in a bundle."""
    return library.wording(f"bundle.field.{name}", "zh")


def column(name: str, width: float = 14, kind: Kind = "text", *, head: str | None = None, **more: Any) -> Column:
    """Return a column whose head is the common word for its name, if it has none of its own."""
    return Column(name, head or word(name), width, kind, **more)


KINDS = {"self-evaluation": "单位自评", "transfer": "转移支付", "fund": "基金", "third-party": "第三方评价"}
BASES = {"special_account": "拨入财政专户", "treasury": "国库支付"}
ROLES = {"declared": "申报", "scored": "评分"}
NODES = {"group": "分类", "indicator": "指标"}
DIRECTIONS = {"more": "正向", "less": "反向"}
STANDARDS = {name: name for name in ("计划标准", "行业标准", "历史标准", "预算支出标准", "通用标准", "其他标准")}
SOURCES = {name: name for name in ("enrolment", "settlements", "survey", "funds")}


@cache
def rule_words() -> dict[str, str]:
    """Return every rule's id with the words that stand for it: the id and its Chinese title."""
    found = {}
    for name in rules.known():
        title = (import_module(f"jixiao.scoring.rules.{name}").__doc__ or "").partition(":")[0].strip()
        found[name] = f"{name} {title}".strip()
    return found


@cache
def sheets() -> tuple[Sheet, ...]:
    """Return the sheets in their order."""
    code, shown = column("code", 10, required=True), column("name", 30, head="指标（供参考）", shows=True)
    return (
        Sheet("项目", "", (column("name", 22, head="项"), column("value", 60, head="内容", required=True),
                           column("hint", 60, head="说明", shows=True)), required=True),
        Sheet("指标体系", "systems", (
            column("role", 8, "choice", head="体系", choices=ROLES, closed=True),
            column("level", 6, head="层级"),
            column("node", 8, "choice", head="类别", choices=NODES, closed=True),
            code, column("name", 28), column("weight", 8), column("target", 16),
            column("direction", 8, "choice", choices=DIRECTIONS, closed=True),
            column("basis", 14, "choice", choices=STANDARDS), column("last_year", 14), column("objective", 12),
            column("rule", 26, "choice", choices=rule_words()), column("params", 36, "tree"),
            column("rule_authority", 16, head="规则依据"), column("explanation", 36), column("criteria", 40),
        ), required=True),
        Sheet("实际完成值", "actuals", (
            code, shown, column("target", 16, head="指标值（供参考）", shows=True), column("value", 18),
            column("met", 12, "met"), column("document", 36), column("by", 20),
            column("from", 14, "choice", choices=SOURCES), column("measure", 20), column("where", 20, "tree"),
            column("places", 8),
        )),
        Sheet("资金", "funds", (
            column("name", 26, head="资金来源"),
            *(column(name, 16) for name in ("original_budget", "revised_budget", "received", "executed")),
        )),
        Sheet("偏差原因", "reasons", (code, shown, column("why", 60), column("measure", 60, head="改进措施"))),
        Sheet("佐证材料", "evidence", (
            column("title", 50, head="材料名称"), column("file", 30), column("proves", 30, "codes"),
            column("sha256", 20),
        )),
        Sheet("文字", "texts", (
            column("key", 20, head="名称", required=True), column("more", 6, head=MORE),
            column("text", 110, head="内容"),
        )),
        Sheet("调整", "amendments", (
            column("path", 24), column("before", 18), column("after", 18), column("asked_by", 22),
            column("consent", 30), column("reason", 40), column("date", 14),
        )),
        Sheet("人工评分", "overrides", (code, shown, column("score", 10), column("reason", 60))),
    )  # fmt: skip


def general(roles: tuple[str, ...]) -> list[tuple[str, str, str | None]]:
    """Return the rows of the first sheet: each path, its label, and the name of its hint."""
    rows: list[tuple[str, str, str | None]] = [
        (name, word(name), name) for name in ("schema", "kind", "year", "as_of", "pack")
    ]
    rows += [(f"head/{name}", word(name), name) for name in ("title", "project", "region", "unit", "department",
             "commissioner", "evaluator", "report_date")]  # fmt: skip
    rows += [
        ("funds/unit", "金额单位", "money_unit"),
        ("funds/executed_basis", word("executed_basis"), "executed_basis"),
    ]
    rows += [(f"funds/balance/{name}", word(name), None) for name in ("rolling", "rolling_document", "expenditure",
             "expenditure_document")]  # fmt: skip
    for role in roles:
        named = ("full", "places", "frame", "authority")
        rows += [(f"systems/{role}/{name}", f"{ROLES[role]}体系 {word(name)}", name) for name in named]
    return rows


CHOICES: dict[str, Mapping[str, str]] = {"kind": KINDS, "funds/executed_basis": BASES}
