"""绩效运行监控报告: money and indicators in the middle of the year, what is expected at its end, and what is corrected.

No norm prescribes the layout; it holds what the parties ask for.
"""

from jixiao.reports.chapters import papers
from jixiao.reports.report import ReportKind

REPORT = ReportKind(
    id="monitoring",
    title="绩效运行监控报告",
    authority="caiyu-2019-136#monitoring-table",
    parts=(papers.monitored,),
    ending="运行监控报告",
)
