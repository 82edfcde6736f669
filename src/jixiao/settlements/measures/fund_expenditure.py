"""基金支出: what funds paid in settlements, in all and by kind of fund.

    total                 Σ fund_pay_sumamt, as the platform states it
    pool                  hifp_pay    基本医疗保险统筹基金
    civil_servants        cvlserv_pay 公务员医疗补助
    enterprise            hifes_pay   企业补充医疗保险
    critical_illness      hifmi_pay   居民大病保险
    large_amounts         hifob_pay   职工大额医疗费用补助
    disabled              hifdm_pay   伤残人员医疗保障
    medical_aid           maf_pay     医疗救助
    other                 oth_pay     其他

Unit 元. Settlements are not the ledger: what was advanced or cleared stands in the funds. A null kind paid nothing;
a null total makes `total` not computable. A separate settlement of medical aid may bear hifp_pay 0.
"""

from jixiao.settlements.measure import Measure, total

_KINDS = {
    "total": "fund_pay_sumamt", "pool": "hifp_pay", "civil_servants": "cvlserv_pay", "enterprise": "hifes_pay",
    "critical_illness": "hifmi_pay", "large_amounts": "hifob_pay", "disabled": "hifdm_pay", "medical_aid": "maf_pay",
    "other": "oth_pay",
}  # fmt: skip

MEASURES = {kind: Measure((total(column),)) for kind, column in _KINDS.items()}
