"""医疗救助: persons, visits and amounts of inpatient and outpatient aid (maf_pay > 0).

    inpatient_persons, inpatient_visits, inpatient_amount
    outpatient_persons, outpatient_visits, outpatient_amount

Units 人 (distinct), 人次, 元. Aid towards contributions is `subsidised_enrolment`. A null maf_pay paid nothing.
"""

from jixiao.settlements.conditions import Among, Positive
from jixiao.settlements.measure import Measure, distinct, rows, total

_AIDED = Positive("maf_pay")
_KINDS = {kind: Among("med_type", kind) for kind in ("inpatient", "outpatient")}

MEASURES = {
    **{f"{kind}_persons": Measure((distinct("psn_no", of, _AIDED),), (), "人") for kind, of in _KINDS.items()},
    **{f"{kind}_visits": Measure((rows(of, _AIDED),), (), "人次") for kind, of in _KINDS.items()},
    **{f"{kind}_amount": Measure((total("maf_pay", of),)) for kind, of in _KINDS.items()},
}
