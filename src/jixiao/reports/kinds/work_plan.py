"""绩效评价工作方案: what is evaluated, by what methods and indicators, by whom, when, from which data, checked by whom.

No norm prescribes the layout; it holds what the parties ask for.
"""

from jixiao.reports.chapters import plan
from jixiao.reports.report import ReportKind

REPORT = ReportKind(
    id="work_plan",
    title="绩效评价工作方案",
    authority="evaluation-working-papers#schedule",
    parts=(
        plan.opening,
        plan.commission,
        plan.purpose,
        plan.methods,
        plan.indicators,
        plan.team,
        plan.schedule,
        plan.materials,
        plan.quality,
    ),
    ending="工作方案",
)
