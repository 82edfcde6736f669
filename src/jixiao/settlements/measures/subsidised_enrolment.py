"""资助参保: persons whose contribution was paid by medical aid, and the amount, from the payments of contributions.

    persons   persons with aid_clct_amt > 0 (人, distinct)
    visits    contributions with aid_clct_amt > 0 (人次)
    amount    Σ aid_clct_amt (元)

Counted are payments that have arrived (clct_flag 1) and were not reversed (revs_flag Z). No aid is 0.
"""

from jixiao.settlements.conditions import Positive
from jixiao.settlements.measure import Measure, distinct, rows, total

MEASURES = {
    "persons": Measure((distinct("psn_no", Positive("aid_clct_amt")),), (), "人", "contributions"),
    "visits": Measure((rows(Positive("aid_clct_amt")),), (), "人次", "contributions"),
    "amount": Measure((total("aid_clct_amt"),), (), "元", "contributions"),
}
