"""第三方评价报告: cover, key information, abstract, contents, eight chapters, signature, annexes.

Authority: 财预〔2020〕10号, outline of the evaluation report, with the parts that commissioned reports add.
"""

from jixiao.reports.chapters import analysis, annexes, conclusion, consequences, front, opening, overview, work
from jixiao.reports.report import ReportKind
from jixiao.reports.texts import NEEDED

REPORT = ReportKind(
    id="third_party",
    title="绩效评价报告",
    authority="caiyu-2020-10",
    parts=(
        front.cover,
        front.key_information,
        front.abstract,
        front.contents,
        opening.opening,
        overview.chapter,
        work.chapter,
        conclusion.chapter,
        analysis.chapter,
        consequences.experience_and_problems,
        consequences.recommendations,
        consequences.result_use,
        consequences.notes,
        consequences.signature,
        annexes.annexes,
    ),
    texts=NEEDED,
)
