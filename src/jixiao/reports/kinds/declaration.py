"""绩效自评真实性声明: the unit answers for the truth and completeness of what it reports; for signature and seal.

No norm prescribes the layout; it holds what the parties ask for.
"""

from jixiao.reports.chapters import papers
from jixiao.reports.report import ReportKind

REPORT = ReportKind(
    id="declaration",
    title="绩效自评真实性声明",
    authority="evaluation-working-papers#sign-offs",
    parts=(papers.declared,),
    ending="资料真实性声明",
)
