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
from jixiao.funds.control import BOOKS, SHARED
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
    """A sheet: its name, the section of the bundle it holds, its columns; without `required` it may be absent.

    One that is `optional` is only there when it has rows.
    """

    name: str
    section: str
    columns: tuple[Column, ...]
    required: bool = False
    optional: bool = False

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
TIERS = {"central": "中央", "province": "省级", "prefecture": "市级", "county": "县级"}
SIDES = {"income": "收入", "expenditure": "支出", "balance": "结余"}
LINES = {"allocation": "分配", "receipt": "到账", "payment": "支付", "prepaid": "预拨", "due": "应拨", "over": "多拨",
         "deduction": "下年扣减"}  # fmt: skip
CLASSES = {"first": "第一档", "second": "第二档", "third": "第三档", "fourth": "第四档", "fifth": "第五档"}
PAYERS = {"central": "中央", "local": "地方", "all": "各级合计"}
STAGES = {"original": "年初预算", "adjustment": "调整"}
ACCOUNTS = {"income": "收入户", "special_account": "财政专户", "expenditure": "支出户", "treasury": "国库",
            "payer": "缴款方", "payee": "收款方"}  # fmt: skip
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
        *_ledger(),
        *_procedure(),
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


def _procedure() -> tuple[Sheet, ...]:
    """Return the sheets of how the evaluation is carried out, and of the monitoring of the year."""
    department = column("department", 24, head="来源单位")
    tables: dict[str, tuple[str, tuple[Column, ...]]] = {
        "schedule": ("评价进度", (column("stage", 24), column("until", 16), column("work", 50), column("done", 16))),
        "team": ("评价人员", (column("role", 18, head="角色"), column("qualification", 28), column("duty", 50))),
        "data": ("基础数据", (
            column("item", 30, head="数据项"), column("indicator", 10), column("reported", 18), column("verified", 18),
            department, column("evidence", 36), column("signed", 24), column("remark", 24),
        )),
        "materials": ("资料清单", (
            column("wanted", 40), department, column("received", 16, head="收到日期"), column("missing", 36),
        )),
        "problems": ("问题和措施", (
            column("problem", 40), column("cause", 36), column("measure", 40, head="整改措施"), column("who", 24),
            column("by", 14, head="完成时限"), column("state", 14), column("closed", 14), column("proof", 30),
            column("accountable", 24),
        )),
        "interviews": ("访谈记录", (
            column("date", 14), column("place", 18), column("respondent", 18), column("question", 40),
            column("answer", 60),
        )),
        "methods": ("评价方法", (column("method", 24), column("used_for", 60))),
        "photographs": ("现场照片", (
            column("photo", 50, head="照片（佐证材料名称）"), column("indicator", 10), column("date", 14),
            column("place", 30),
        )),
        "opinions": ("权重论证", (
            column("expert", 16), column("indicator", 10), column("weight", 10, head="建议权重"),
            column("reason", 60, head="理由"),
        )),
        "comments": ("征求意见", (
            column("comment", 60, head="意见内容"), column("by", 24, head="提出单位"), column("draft", 14),
            column("date", 14), column("taken", 12), column("reply", 60),
        )),
        "sign_offs": ("审签", (
            column("step", 20), column("by", 30, head="审签单位"), column("result", 14), column("opinion", 60),
            column("date", 14), column("form", 24), column("code", 14, head="校验码"),
        )),
        "second_scores": ("抽查复核", (
            column("indicator", 10), column("score", 10), column("reason", 60, head="理由"),
            column("by", 24, head="复核单位"),
        )),
        "addressees": ("反馈通报", (
            column("to", 36), column("region", 12), column("by", 14, head="回复期限"), column("document", 28),
            column("sent", 14, head="发出日期"), column("answered", 30),
        )),
        "publications": ("公开", (column("where", 36, head="公开载体"), column("date", 14), column("link", 50))),
        "controls": ("内控要点", (
            column("control", 50), column("phase", 12), column("who", 24), column("evidence", 36), column("state", 14),
        )),
        "cases": ("案件台账", (
            column("case", 24), column("kind", 16, head="案件类别"), column("date", 14), column("found_by", 20),
            column("amount", 16, head="违规金额"), column("repaid", 16), column("penalty", 16), column("handled", 30),
            column("transferred", 16), column("state", 14, head="办理状态"),
        )),
        "audits": ("审计检查", (
            column("by", 30, head="审计或检查单位"), column("document", 28), column("date", 14),
            column("found", 50, head="发现的问题"), column("measure", 40, head="整改措施"), column("state", 14),
        )),
    }  # fmt: skip
    progress = (column("so_far", 18), column("expected", 18), column("cause", 36), column("likelihood", 14))
    spent = (column("executed", 16, head="累计执行数"), column("expected", 16, head="全年预计执行数"))
    return (
        *(Sheet(name, f"procedure/{table}", columns, optional=True) for table, (name, columns) in tables.items()),
        Sheet("监控资金", "monitoring/money", (column("code", 24, head="资金来源"), *spent), optional=True),
        Sheet("监控指标", "monitoring/indicators", (
            column("code", 10, required=True), *progress, column("measure", 36, head="改进措施"),
        ), optional=True),
    )  # fmt: skip


def _ledger() -> tuple[Sheet, ...]:
    """Return the sheets of the ledger of the funds, one for each of its tables."""
    level, region, account = column("level", 16, head="资金级次"), column("region", 12), column("account", 14)
    amount, document = column("amount", 16), column("document", 30)
    tiers = column("tier", 10, "choice", choices=TIERS, closed=True)
    sides = column("side", 8, "choice", choices=SIDES, closed=True)
    of = column("of", 8, "choice", choices=LINES, closed=True)
    years = (column("budget", 16), column("this_year", 16, head="本年"), column("last_year", 16, head="上年"))
    tables: dict[str, tuple[str, tuple[Column, ...]]] = {
        "levels": ("资金级次", (column("name", 20, head="资金级次"), tiers)),
        "regions": ("资金地区", (
            column("code", 12), column("name", 26, head="地区"), column("why", 40, head="未执行完的原因"),
        )),
        "notices": ("资金文件", (
            column("number", 24), level, column("date", 14), column("issuer", 24), column("batch", 12), amount,
            column("received_on", 14), column("passes_on", 24), region, document,
            column("stage", 10, "choice", head="预算阶段", choices=STAGES, closed=True),
        )),
        "allocations": ("资金分配", (column("notice", 24), region, amount, account)),
        "receipts": ("资金到账", (level, region, amount, column("on", 14), account, document)),
        "payments": ("资金支付", (level, region, amount, column("month", 10), account, column("purpose", 20))),
        "totals": ("资金合计数", (of, amount, level, column("batch", 12), region)),
        "accounts": ("基金收支", (
            column("scheme", 20), sides, column("item", 24), column("under", 20), *years, document,
        )),
        "quantities": ("区域目标值", (column("indicator", 14), region, column("target", 20))),
        "pools": ("待分配资金", (amount, column("notice", 24))),
        "factors": ("分配因素", (column("name", 24, head="因素"), column("weight", 10, head="权重"))),
        "needs": ("分配需求", (column("factor", 24), region, column("need", 16))),
        "coefficients": ("调节系数", (
            region, column("capacity", 14), column("performance", 14), column("last_score", 14),
        )),
        "subsidies": ("人均补助", (
            column("year", 10, head="补助年度"),
            column("tier", 10, "choice", head="分担档次", choices=CLASSES, closed=True),
            column("paid_by", 10, "choice", choices=PAYERS, closed=True), column("per_head", 16), document,
        )),
        "heads": ("清算人数", (
            region, column("expected", 16, head="预计人数"), column("actual", 16, head="实际人数"),
            column("insured", 16), column("on", 14, head="参保人数截至"),
            *(column(name, 16) for name in ("prepaid", "due", "late")), document,
        )),
        "duties": ("分担责任", (level, column("per_head", 16, head="每人应负担"), document)),
        "equalisation": ("区域调剂", (region, *(column(name, 16) for name in SHARED), document)),
        "approvals": ("分配审批", (
            column("notice", 24), column("step", 24), column("state", 12, head="结果"), column("date", 14), document,
        )),
        "bank_accounts": ("银行账户", (
            column("name", 30, head="账户名称"),
            column("kind", 12, "choice", head="账户类别", choices=ACCOUNTS, closed=True), column("scheme", 20),
        )),
        "movements": ("资金划转", (
            column("out_of", 24), column("into", 24), amount, column("on", 14, head="划转日期"), document,
        )),
        "reconciliations": ("对账", (
            column("month", 10), column("item", 24), *(column(name, 16) for name in BOOKS), document,
        )),
        "filings": ("报表报送", (
            column("report", 24, head="报表"), column("period", 14), column("until", 14, head="报送时限"),
            column("sent", 14),
        )),
        "limits": ("预警线", (
            column("figure", 40), column("floor", 12), column("ceiling", 12), document,
        )),
        "programmes": ("资金项目", (column("name", 40, head="资金项目"),)),
        "completions": ("按月完成情况", (column("indicator", 14), column("month", 10), column("actual", 16))),
        "files": ("资金明细文件", (column("file", 40), column("unit", 8, head="金额单位"))),
    }  # fmt: skip
    return tuple(
        Sheet(name, f"funds/ledger/{table}", columns, optional=True) for table, (name, columns) in tables.items()
    )


def general(roles: tuple[str, ...]) -> list[tuple[str, str, str | None]]:
    """Return the rows of the first sheet: each path, its label, and the name of its hint."""
    rows: list[tuple[str, str, str | None]] = [
        (name, word(name), name) for name in ("schema", "kind", "year", "as_of", "pack", "report", "forms")
    ]
    rows += [("monitoring/until", word("monitored_until"), None)]
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
