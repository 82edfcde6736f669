"""政策范围内住院费用报销比例: fund payments ÷ in-scope expenses, over inpatient settlements.

    pool                Σ hifp_pay ÷ Σ inscp_scp_amt                                   the pooled fund alone
    pool_critical       Σ (hifp_pay + hifmi_pay + hifob_pay) ÷ Σ inscp_scp_amt         with critical-illness cover
    pool_critical_aid   Σ (hifp_pay + hifmi_pay + hifob_pay + maf_pay) ÷ Σ inscp_scp_amt    with medical aid

Which funds count differs from statistic to statistic: the variant is part of the name. The denominator is the in-scope
expense; the actual ratio (实际报销比例) divides by the whole bill: `inpatient_actual_ratio`.
Critical-illness cover is hifmi_pay for residents and hifob_pay for employees.
Unit %. A null payment paid nothing; a null in-scope expense makes the ratio not computable; so does a zero sum of them.
"""

from jixiao.settlements.conditions import Among
from jixiao.settlements.measure import Measure, total

_INPATIENT = Among("med_type", "inpatient")
_SCOPE = (total("inscp_scp_amt", _INPATIENT),)
_POOL = (total("hifp_pay", _INPATIENT),)
_CRITICAL = (total("hifmi_pay", _INPATIENT), total("hifob_pay", _INPATIENT))
_AID = (total("maf_pay", _INPATIENT),)

MEASURES = {
    "pool": Measure(_POOL, _SCOPE, "%"),
    "pool_critical": Measure(_POOL + _CRITICAL, _SCOPE, "%"),
    "pool_critical_aid": Measure(_POOL + _CRITICAL + _AID, _SCOPE, "%"),
}
