"""基金监管: institutions checked and dealt with, fund money recovered, fines.

    checked      institutions with a check (家, distinct)
    handled      institutions with an outcome that is a measure against them (家, distinct)
    recovered    Σ recovered_amount (元)
    fined        Σ penalty_amount (元)

Growth on the year before: `where: {against: "2023"}`. A null amount is nothing recovered.
"""

from jixiao.settlements.conditions import Among
from jixiao.settlements.measure import Measure, distinct, total

_TABLE, _NORM = "supervision", "scjg-735"

MEASURES = {
    "checked": Measure((distinct("fixmedins_code"),), (), "家", _TABLE, _NORM),
    "handled": Measure((distinct("fixmedins_code", Among("outcome", "handled")),), (), "家", _TABLE, _NORM),
    "recovered": Measure((total("recovered_amount"),), (), "元", _TABLE, _NORM),
    "fined": Measure((total("penalty_amount"),), (), "元", _TABLE, _NORM),
}
