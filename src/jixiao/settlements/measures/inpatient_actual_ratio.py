"""实际报销比例: everything that funds paid ÷ the whole bill, over inpatient settlements.

    all   Σ fund_pay_sumamt ÷ Σ medfee_sumamt

Never to stand for `inpatient_scope_ratio`, whose denominator is the in-scope expense.
Unit %. A null in either column makes it not computable; so does a zero sum of bills.
"""

from jixiao.settlements.conditions import Among
from jixiao.settlements.measure import Measure, total

_INPATIENT = Among("med_type", "inpatient")

MEASURES = {"all": Measure((total("fund_pay_sumamt", _INPATIENT),), (total("medfee_sumamt", _INPATIENT),), "%")}
