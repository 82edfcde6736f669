"""文字材料: the free texts of a report by key, their references resolved, and what is wrong with them.

| key | 内容 | where it is missing |
| --- | --- | --- |
| background | 项目背景 | 【待补充】 and a warning |
| content | 项目内容及实施情况 | 【待补充】 and a warning |
| organisation | 项目组织情况 | 【待补充】 and a warning |
| fund_management | 资金管理情况 | 【待补充】 and a warning |
| objective | 总体目标 | 【待补充】 and a warning |
| methods | 评价原则、方法与标准 | 【待补充】 and a warning |
| process | 评价工作过程 | 【待补充】 and a warning |
| experience | 主要经验及做法 | 【待补充】 and a warning |
| purpose | 评价目的、对象与范围 | a sentence of its own |
| result_use | 评价结果应用建议 | sentences by grade |
| limits | 其他需要说明的问题 | a sentence of its own |
| summary | 摘要中的项目概述 | the first paragraph of the background |
| results | 项目绩效情况（补充） | left out |
| problems | 存在的问题（补充） | left out, 【待补充】 where no indicator says why points were lost |
| recommendations | 相关建议（补充） | likewise |
| allocation | 分解下达情况（转移支付） | 【待补充】 and a warning |
| allocation_basis … expenditure_responsibility | 资金管理情况的七项（转移支付） | 【待补充】 and a warning |
| allocation_basis_problems … | 各项存在的问题和改进措施（转移支付） | left out |
| edits | 在 Word 里改过的句子（jixiao absorb 写入，见 `edits.py`） | left out |
| central_department, remarks | 中央主管部门、说明（转移支付自评表） | empty in the table |

In a bundle each stands in `texts/<key>.md`, or under `texts:` in `evaluation.yaml`.
"""

from __future__ import annotations

from dataclasses import replace
from difflib import get_close_matches
from typing import TYPE_CHECKING

from jixiao.documents.document import Block, Heading, Origin, Paragraph, Run, Table
from jixiao.findings import Finding, Message
from jixiao.reports import markdown
from jixiao.reports.prose import quoted
from jixiao.reports.typed_figures import typed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jixiao.evaluation.assess import Assessment

NEEDED = ("background", "content", "organisation", "fund_management", "objective", "methods", "process", "experience")
MANAGED = (
    "allocation_basis",
    "timely_release",
    "payment_compliance",
    "use_compliance",
    "execution_accuracy",
    "performance_management",
    "expenditure_responsibility",
)  # 资金管理情况 of a transfer: the situation, and under `<key>_problems` what is wrong with it
GAP = "【待补充"
EDITS, ITSELF = "edits", "{原文}"
WELCOME = ("purpose", "result_use", "limits", "summary", "results", "problems", "recommendations")
_TRANSFER = ("allocation", *MANAGED, *(f"{key}_problems" for key in MANAGED), "central_department", "remarks", EDITS)
KNOWN = (*NEEDED, *WELCOME, *_TRANSFER)


def blocks(of: Assessment, key: str, *, under: int = 0, default: tuple[Paragraph, ...] = ()) -> list[Block]:
    """Return the blocks of a text, the default where it is missing, else a visible gap."""
    text = of.evaluation.texts.get(key, "")
    if text.strip():
        found = markdown.blocks(text, lambda path: reference(of, path), under)
        return [originating(block, Origin(key, at, under)) for at, block in enumerate(found)]
    missing = default or (() if key in WELCOME else (gap(key),))
    return [originating(block, Origin(key, -1, under)) for block in missing]


def originating(block: Block, origin: Origin) -> Block:
    """Return a block that says where its words were written."""
    return replace(block, origin=origin) if isinstance(block, Heading | Paragraph | Table) else block


def gap(key: str) -> Paragraph:
    """Return the visible gap of a missing text."""
    return gap_of(Message(f"report_text.{key}"))


def gap_of(what: Message) -> Paragraph:
    """Return the visible gap of something that is still missing."""
    return Paragraph(f"{GAP}：{what.text('zh')}】")


def reference(of: Assessment, path: str) -> Run:
    """Return what a reference quotes; one to nothing stays visible."""
    try:
        return quoted(of, path)
    except KeyError:
        return Run(f"【{{{path}}}】")


def findings(of: Assessment) -> list[Finding]:
    """Return unknown keys, references to nothing, and figures that are typed instead of quoted."""
    found: list[Finding] = []
    for key, text in of.evaluation.texts.items():
        if key not in KNOWN:
            near = get_close_matches(key, KNOWN, 1, 0.4) or list(NEEDED)
            said = Message("report_text.unknown", {"key": key})
            found.append(
                Finding(
                    "text_key",
                    "warning",
                    said,
                    Message("report_text.unknown.remedy", {"near": near}),
                    (f"texts/{key}",),
                )
            )
        for number, line in enumerate(text.split("\n"), 1):
            if key == EDITS and (line.startswith(">") or line.strip() == ITSELF):
                continue
            found += [*_references(of, line, f"texts/{key}/{number}"), *_typed(line, f"texts/{key}/{number}")]
    for code, reason in of.evaluation.reasons.items():
        found += [*_typed(f"{reason.why}　{reason.measure or ''}", f"reasons/{code}")]
    return found


def gaps(of: Assessment, keys: tuple[str, ...]) -> list[Finding]:
    """Return one warning that names the missing texts among `keys`, or nothing."""
    chosen = {"methods"} if of.evaluation.procedure.methods else set()
    missing = [key for key in keys if key not in chosen and not of.evaluation.texts.get(key, "").strip()]
    if not missing:
        return []
    said = Message("report_text.missing", {"names": [Message(f"report_text.{key}") for key in missing]})
    remedy = Message("report_text.missing.remedy", {"files": [f"texts/{key}.md" for key in missing]})
    return [Finding("text_missing", "warning", said, remedy, paths=("texts",))]


def _references(of: Assessment, line: str, path: str) -> Iterator[Finding]:
    for match in markdown.REFERENCE.finditer(line):
        try:
            quoted(of, match[1].strip())
        except KeyError:
            said = Message("report_text.reference", {"path": match[1]})
            yield Finding(
                "reference", "error", said, Message("report_text.reference.remedy"), paths=(path,), printed=match[0]
            )


def _typed(line: str, path: str) -> Iterator[Finding]:
    for spelt in typed(line):
        said = Message("report_text.typed", {"spelt": spelt})
        yield Finding("typed_figure", "note", said, Message("report_text.typed.remedy"), paths=(path,), printed=spelt)
