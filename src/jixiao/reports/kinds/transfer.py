"""转移支付绩效自评报告: cover, contents, six chapters, the last of them the annexed table.

Authority: 财监〔2025〕1号.
"""

from functools import partial

from jixiao.reports.chapters import annexes, consequences, deviations, front, opening, transfers
from jixiao.reports.report import ReportKind
from jixiao.reports.texts import MANAGED

REPORT = ReportKind(
    id="transfer",
    title="绩效自评报告",
    authority="caijian-2025-1",
    parts=(
        front.cover,
        partial(front.contents, numbers="roman"),
        opening.opening,
        transfers.handed_down,
        transfers.achievement,
        deviations.departures,
        consequences.application,
        partial(consequences.notes, limits="report.limits_own"),
        annexes.listed,
        consequences.own_signature,
        annexes.transfer_tables,
    ),
    texts=("objective", "allocation", "results", *MANAGED),
)
