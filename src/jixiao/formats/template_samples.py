"""样板: two Word templates to begin with, on the page of GB/T 9704: a report with chapters, and a one-page table."""

from __future__ import annotations

from jixiao.documents.document import Cell, Contents, Document, Heading, PageBreak, Paragraph, Table
from jixiao.formats import word_write

NAMES = ("report", "table")


def sample(name: str) -> bytes:
    """Return one of the templates; the same bytes every time."""
    return word_write.write({"report": _report, "table": _table}[name]())


def _each(text: str, over: str, *, kind: str = "body") -> list[Paragraph]:
    """Return a paragraph that repeats over a list."""
    return [Paragraph(f"{{%p for {over} %}}"), Paragraph(text, kind), Paragraph("{%p endfor %}")]


def _report() -> Document:
    total = "{{ funds.total"
    source = "{{ source.name }}：预算{{ source.revised_budget }}，执行{{ source.executed }}。"
    section = "{{ section.name }}：{{ section.score }}分，得分率{{ section.score_rate }}。"
    return Document(
        (
            PageBreak(numbers="none"),
            Heading("{{ title }}", 0),
            Paragraph("项目名称：{{ head.project }}", "cover"),
            Paragraph("项目单位：{{ head.unit }}", "cover"),
            Paragraph("主管部门：{{ head.department }}", "cover"),
            PageBreak(numbers="roman"),
            Heading("目录", 1, align="center"),
            Contents(),
            PageBreak(numbers="arabic"),
            Heading("{{ title }}", 0),
            Heading("一、项目基本情况"),
            Heading("（一）项目背景", 2),
            *_each("{{ line }}", "line in texts.background"),
            Heading("（二）资金安排和使用", 2),
            Paragraph(f"全年预算{total}.revised_budget }}}}，执行{total}.executed }}}}，"
                      "预算执行率{{ funds.rate.budget_execution_rate }}。"),
            *_each(source, "source in sources", kind="item"),
            Heading("二、评价结论"),
            Paragraph("综合得分{{ scored.score }}分，等级为“{{ scored.grade }}”。"),
            *_each(section, "section in sections", kind="item"),
            Heading("三、指标完成情况"),
            _indicators(),
            Heading("四、存在的问题及改进措施"),
            Paragraph("{%p for one in problems %}"),
            Heading("（{{ loop.index }}）{{ one.name }}", 2),
            Paragraph("指标值{{ one.target }}，实际完成{{ one.actual }}，失{{ one.lost }}分。原因：{{ one.why }}。"),
            Paragraph("{%p if one.measure != \"—\" %}"),
            Paragraph("改进措施：{{ one.measure }}。"),
            Paragraph("{%p endif %}"),
            Paragraph("{%p endfor %}"),
        ),
        "绩效自评报告模板",
    )  # fmt: skip


def _indicators() -> Table:
    heads = ("指标", "指标值", "实际完成值", "分值", "得分")
    row = ("{{ one.name }}", "{{ one.target }}", "{{ one.actual }}", "{{ one.weight }}", "{{ one.score }}")
    return Table.of(
        [
            [Cell(head, head=True) for head in heads],
            [Cell("{%tr for one in indicators %}", cols=5)],
            [Cell(text, align="left" if not at else "center") for at, text in enumerate(row)],
            [Cell("{%tr endfor %}", cols=5)],
            [Cell("总分", cols=3, head=True), Cell("{{ scored.weight }}"), Cell("{{ scored.score }}")],
        ],
        head_rows=1,
        widths=(60, 34, 34, 14, 14),
    )


def _table() -> Document:
    def pair(label: str, field: str, cols: int = 1) -> list[Cell]:
        return [Cell(label, head=True), Cell(f"{{{{ {field} }}}}", cols=cols)]

    rows = [
        pair("项目名称", "head.project", 3),
        [*pair("主管部门", "head.department"), *pair("实施单位", "head.unit")],
        [*pair("全年预算数", "funds.total.revised_budget"), *pair("全年执行数", "funds.total.executed")],
        [*pair("自评得分", "scored.score"), *pair("评价等级", "scored.grade")],
    ]
    head = Table.of(rows, widths=(24, 54, 24, 54))
    return Document(
        (Heading("绩效自评情况简表（{{ year }}年度）", 0), head, Paragraph("指标完成情况", "note"), _indicators()),
        "绩效自评简表模板",
    )
