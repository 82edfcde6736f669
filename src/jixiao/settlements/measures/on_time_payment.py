"""按时发放率: pensions paid by the 25th of their month.

    by_25th   payments with pay_date no later than the 25th of pay_month ÷ all payments

Unit %. A payment without a date is not on time. No payment: not computable.
"""

from jixiao.settlements.conditions import ByDay
from jixiao.settlements.measure import Measure, rows

MEASURES = {"by_25th": Measure((rows(ByDay("pay_date", "pay_month", 25)),), (rows(),), "%", "payments")}
