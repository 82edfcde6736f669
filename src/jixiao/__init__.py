"""绩效 jixiao: from the raw facts of a public insurance fund to a scored and explained evaluation.

`import jixiao` offers the operations as functions; each is loaded when it is first asked for.

>>> import jixiao
>>> callable(jixiao.evaluate)
True
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jixiao.operations.absorb import absorb as absorb
    from jixiao.operations.check import check as check
    from jixiao.operations.collect import collect as collect
    from jixiao.operations.collect import collected_json as collected_json
    from jixiao.operations.deadlines import deadlines as deadlines
    from jixiao.operations.deadlines import deadlines_json as deadlines_json
    from jixiao.operations.diff import diff as diff
    from jixiao.operations.diff import diff_json as diff_json
    from jixiao.operations.enrolment_compare import enrolment_compare as enrolment_compare
    from jixiao.operations.enrolment_merge import enrolment_merge as enrolment_merge
    from jixiao.operations.enrolment_pensions import enrolment_pensions as enrolment_pensions
    from jixiao.operations.enrolment_pensions import pensions_json as pensions_json
    from jixiao.operations.enrolment_profile import enrolment_profile as enrolment_profile
    from jixiao.operations.enrolment_profile import profile_json as profile_json
    from jixiao.operations.enrolment_pseudonymise import enrolment_pseudonymise as enrolment_pseudonymise
    from jixiao.operations.enrolment_sample import enrolment_sample as enrolment_sample
    from jixiao.operations.evaluate import evaluate as evaluate
    from jixiao.operations.evaluate_all import batch_json as batch_json
    from jixiao.operations.evaluate_all import evaluate_all as evaluate_all
    from jixiao.operations.evaluate_all import is_batch as is_batch
    from jixiao.operations.explain import explain as explain
    from jixiao.operations.fields import fields as fields
    from jixiao.operations.fields import fields_json as fields_json
    from jixiao.operations.fields import sample_template as sample_template
    from jixiao.operations.fill import fill as fill
    from jixiao.operations.funds_documents import funds_json as funds_json
    from jixiao.operations.funds_tables import funds_tables as funds_tables
    from jixiao.operations.new import entries as entries
    from jixiao.operations.new import new as new
    from jixiao.operations.publish import publish as publish
    from jixiao.operations.published_json import findings_json as findings_json
    from jixiao.operations.published_json import scorecard_json as scorecard_json
    from jixiao.operations.report import kinds as kinds
    from jixiao.operations.report import report as report
    from jixiao.operations.settlements_alerts import settlements_alerts as settlements_alerts
    from jixiao.operations.settlements_alerts import settlements_alerts_json as settlements_alerts_json
    from jixiao.operations.settlements_benefits import settlements_benefit as settlements_benefit
    from jixiao.operations.settlements_benefits import settlements_benefits as settlements_benefits
    from jixiao.operations.settlements_measures import settlements_measures as settlements_measures
    from jixiao.operations.settlements_policies import settlements_policies as settlements_policies
    from jixiao.operations.settlements_policies import settlements_policies_json as settlements_policies_json
    from jixiao.operations.settlements_profile import settlements_profile as settlements_profile
    from jixiao.operations.settlements_profile import settlements_profile_json as settlements_profile_json
    from jixiao.operations.settlements_sample import settlements_sample as settlements_sample
    from jixiao.operations.settlements_sql import settlements_sql as settlements_sql
    from jixiao.operations.spot_check import is_share as is_share
    from jixiao.operations.spot_check import spot_check as spot_check
    from jixiao.operations.survey_analyse import survey_analyse as survey_analyse
    from jixiao.operations.survey_documents import survey_json as survey_json
    from jixiao.operations.survey_form import survey_form as survey_form
    from jixiao.operations.survey_sample import survey_sample as survey_sample
    from jixiao.operations.take import take as take
    from jixiao.operations.workbook import workbook as workbook

__version__ = "0.1.0"

_HOMES = {
    "collected_json": "collect",
    "collect": "collect",
    "batch_json": "evaluate_all",
    "is_batch": "evaluate_all",
    "evaluate_all": "evaluate_all",
    "sample_template": "fields",
    "fields_json": "fields",
    "fields": "fields",
    "fill": "fill",
    "absorb": "absorb",
    "check": "check",
    "deadlines": "deadlines",
    "deadlines_json": "deadlines",
    "diff": "diff",
    "diff_json": "diff",
    "enrolment_compare": "enrolment_compare",
    "enrolment_merge": "enrolment_merge",
    "enrolment_pensions": "enrolment_pensions",
    "enrolment_profile": "enrolment_profile",
    "enrolment_pseudonymise": "enrolment_pseudonymise",
    "enrolment_sample": "enrolment_sample",
    "entries": "new",
    "evaluate": "evaluate",
    "explain": "explain",
    "findings_json": "published_json",
    "funds_json": "funds_documents",
    "funds_tables": "funds_tables",
    "new": "new",
    "pensions_json": "enrolment_pensions",
    "profile_json": "enrolment_profile",
    "kinds": "report",
    "publish": "publish",
    "report": "report",
    "scorecard_json": "published_json",
    "settlements_alerts": "settlements_alerts",
    "settlements_alerts_json": "settlements_alerts",
    "settlements_benefit": "settlements_benefits",
    "settlements_benefits": "settlements_benefits",
    "settlements_measures": "settlements_measures",
    "settlements_policies": "settlements_policies",
    "settlements_policies_json": "settlements_policies",
    "settlements_profile": "settlements_profile",
    "settlements_profile_json": "settlements_profile",
    "settlements_sample": "settlements_sample",
    "settlements_sql": "settlements_sql",
    "is_share": "spot_check",
    "spot_check": "spot_check",
    "survey_analyse": "survey_analyse",
    "survey_form": "survey_form",
    "survey_json": "survey_documents",
    "survey_sample": "survey_sample",
    "take": "take",
    "workbook": "workbook",
}
__all__ = list(_HOMES)


def __getattr__(name: str) -> object:
    """Return one of the operations from the file that holds it."""
    if name not in _HOMES:
        raise AttributeError(f"module 'jixiao' has no attribute {name!r}")
    from importlib import import_module  # noqa: PLC0415  (keeps `import jixiao` free of everything below)

    found: object = getattr(import_module(f"jixiao.operations.{_HOMES[name]}"), name)
    return found
