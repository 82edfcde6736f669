"""“一站式”结算覆盖率: settlements with medical aid that were settled at once with the other funds.

    settlements   settlements with maf_pay > 0 and setl_type 联网结算 ÷ settlements with maf_pay > 0
    regions       insured regions (insu_admdvs) with such a settlement ÷ regions with any settlement with maf_pay > 0

Unit %. Regions are distinct. Nobody aided: not computable.
"""

from jixiao.settlements.conditions import Among, Positive
from jixiao.settlements.measure import Measure, distinct, rows

_AIDED = Positive("maf_pay")
_AT_ONCE = (_AIDED, Among("setl_type", "one_stop"))

MEASURES = {
    "settlements": Measure((rows(*_AT_ONCE),), (rows(_AIDED),), "%"),
    "regions": Measure((distinct("insu_admdvs", *_AT_ONCE),), (distinct("insu_admdvs", _AIDED),), "%"),
}
