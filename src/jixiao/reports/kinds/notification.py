"""绩效评价结果反馈通知: a letter to every addressee: the result, its own money, its own problems, by when to answer.

No norm prescribes the layout; it holds what the parties ask for.
"""

from jixiao.reports.chapters import papers
from jixiao.reports.report import ReportKind

REPORT = ReportKind(
    id="notification",
    title="绩效评价结果反馈通知",
    authority="evaluation-working-papers#feedback",
    parts=(papers.notified,),
    ending="结果反馈通知",
    copies=papers.letters,
)
