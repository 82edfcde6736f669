"""享受待遇人数、人次: persons (人, each once) and settlements (人次) for which a fund paid.

    persons, visits                          any kind of care; fund_pay_sumamt > 0
    inpatient_persons, inpatient_visits      inpatient kinds of med_type
    outpatient_persons, outpatient_visits    outpatient kinds of med_type

Persons are distinct: counted at every printed grouping, never added. A settlement without psn_no counts as a visit
and as no person; it is reported. Nobody is 0, a figure like any other.
"""

from jixiao.settlements.conditions import Among, Positive
from jixiao.settlements.measure import Measure, distinct, rows

_PAID = Positive("fund_pay_sumamt")
_KINDS = {"": (), "inpatient_": (Among("med_type", "inpatient"),), "outpatient_": (Among("med_type", "outpatient"),)}

MEASURES = {
    **{f"{kind}persons": Measure((distinct("psn_no", *of, _PAID),), (), "人") for kind, of in _KINDS.items()},
    **{f"{kind}visits": Measure((rows(*of, _PAID),), (), "人次") for kind, of in _KINDS.items()},
}
