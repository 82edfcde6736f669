"""绩效工作通报: progress of money by month and region, what is late, cases of supervision; written as often as wished.

No norm prescribes the layout; it holds what the parties ask for.
"""

from jixiao.reports.chapters import papers
from jixiao.reports.report import ReportKind

REPORT = ReportKind(
    id="bulletin",
    title="绩效工作通报",
    authority="evaluation-working-papers#feedback",
    parts=(papers.reported,),
    ending="工作通报",
)
