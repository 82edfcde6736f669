"""普通门诊统筹: how far ordinary outpatient care is paid from the pooled fund.

    visits         ordinary outpatient settlements with hifp_pay > 0 ÷ all ordinary outpatient settlements (%)
    institutions   institutions with such a settlement ÷ institutions with any ordinary outpatient settlement (%)
    persons        persons with such a settlement (人, distinct)

The insured who never see a doctor are in no settlement: coverage of the insured takes its denominator from the
registers. A null hifp_pay paid nothing; a zero denominator is not computable.
"""

from jixiao.settlements.conditions import Among, Positive
from jixiao.settlements.measure import Measure, distinct, rows

_ORDINARY = Among("med_type", "ordinary_outpatient")
_POOLED = (_ORDINARY, Positive("hifp_pay"))

MEASURES = {
    "visits": Measure((rows(*_POOLED),), (rows(_ORDINARY),), "%"),
    "institutions": Measure((distinct("fixmedins_code", *_POOLED),), (distinct("fixmedins_code", _ORDINARY),), "%"),
    "persons": Measure((distinct("psn_no", *_POOLED),), (), "人"),
}
