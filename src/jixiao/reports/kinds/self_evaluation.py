"""单位自评报告: cover, contents, the eight chapters of a unit's own report, signature and seal, annexes.

Authority: 财预〔2020〕10号, outline of the evaluation report.
"""

from functools import partial

from jixiao.reports.chapters import (
    analysis,
    annexes,
    basics,
    conclusion,
    consequences,
    deviations,
    front,
    opening,
    work,
)
from jixiao.reports.report import ReportKind

REPORT = ReportKind(
    id="self_evaluation",
    title="绩效自评报告",
    authority="caiyu-2020-10#report-outline",
    parts=(
        front.cover,
        partial(front.contents, numbers="roman"),
        opening.opening,
        basics.chapter,
        partial(work.chapter, title="work_own"),
        partial(conclusion.chapter, detailed=False),
        analysis.chapter,
        deviations.chapter,
        consequences.experience_and_problems,
        partial(consequences.recommendations, title="advice"),
        partial(consequences.notes, limits="report.limits_own"),
        consequences.own_signature,
        partial(annexes.annexes, form="self_evaluation_table"),
    ),
    texts=("background", "content", "organisation", "objective", "methods", "process", "experience"),
)
