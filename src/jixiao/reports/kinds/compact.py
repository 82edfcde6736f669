"""表格式评价报告: seven short chapters, the first four of them tables, for small projects and finance offices.

Authority: 财预〔2020〕10号, outline of the evaluation report, shortened to tables.
"""

from jixiao.reports.chapters import compact, consequences
from jixiao.reports.report import ReportKind

REPORT = ReportKind(
    id="compact",
    title="绩效评价报告",
    authority="caiyu-2020-10#report-outline",
    parts=(
        compact.opening,
        compact.basics,
        compact.objectives,
        compact.work,
        compact.conclusion,
        compact.problems,
        consequences.recommendations,
        consequences.notes,
        consequences.signature,
    ),
    texts=("background", "objective", "methods", "process"),
)
