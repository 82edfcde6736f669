"""首次发放准确率: first pensions paid as they were due.

    accuracy   first payments with pay_amount = due_amount ÷ first payments (first_flag 1)

Unit %. A null amount makes it not computable; so does a period without a first payment.
"""

from jixiao.settlements.conditions import Among, Equal
from jixiao.settlements.measure import Measure, rows

_FIRST = Among("first_flag", "first")

MEASURES = {"accuracy": Measure((rows(_FIRST, Equal("pay_amount", "due_amount")),), (rows(_FIRST),), "%", "payments")}
