"""绩效评价问题整改情况报告: every problem with its measure, who answers for it, by when, and how far it is.

No norm prescribes the layout; it holds what the parties ask for.
"""

from jixiao.reports.chapters import papers
from jixiao.reports.report import ReportKind

REPORT = ReportKind(
    id="rectification",
    title="绩效评价问题整改情况报告",
    authority="evaluation-working-papers#problems",
    parts=(papers.rectified,),
    ending="问题整改情况报告",
)
