"""基金报告: cover, contents, the five parts of a report on insurance funds, signature and seal, annexed tables.

Authority: the five parts as a published fund report prints them (待核: no norm prescribes them).
"""

from functools import partial

from jixiao.reports.chapters import (
    consequences,
    front,
    fund_annexes,
    fund_managed,
    fund_matters,
    fund_overall,
    fund_running,
)
from jixiao.reports.report import ReportKind

REPORT = ReportKind(
    id="fund",
    title="绩效评价报告",
    authority="fund-tables#report",
    parts=(
        front.cover,
        partial(front.contents, numbers="roman"),
        fund_overall.opening,
        fund_overall.chapter,
        fund_running.chapter,
        fund_managed.chapter,
        fund_matters.chapter,
        fund_annexes.listed,
        consequences.own_signature,
        fund_annexes.annexed,
    ),
    texts=("objective", "organisation", "experience"),
)
