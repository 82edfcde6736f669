"""次均费用: the whole bill ÷ settlements, for inpatient and outpatient care.

    inpatient, outpatient   Σ medfee_sumamt ÷ number of settlements

Unit 元/人次. A null bill makes it not computable; so does a group without a settlement.
"""

from jixiao.settlements.conditions import Among
from jixiao.settlements.measure import Measure, rows, total

_KINDS = {kind: Among("med_type", kind) for kind in ("inpatient", "outpatient")}

MEASURES = {
    kind: Measure((total("medfee_sumamt", of),), (rows(of),), "元/人次") for kind, of in _KINDS.items()
}  # fmt: skip
