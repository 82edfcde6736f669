"""基金监管: institutions checked and dealt with, transfers, exposures, rewards, money recovered and fines.

    checked          institutions with a check (家, distinct)
    handled          institutions with an outcome that is a measure against them (家, distinct)
    suspended, terminated                   institutions whose agreement was suspended or ended (家, distinct)
    to_judicial, to_discipline, to_others   institutions handed over, by whom to (家, distinct)
    exposed          cases made public (例)
    reported         cases found by a report of the public (例)
    rewards          Σ reward_amount, paid for such reports (元)
    smart_audit      cases found by the automatic audit of claims (例)
    smart_recovered  Σ recovered_amount of these (元)
    recovered        Σ recovered_amount (元)
    fined            Σ penalty_amount (元)
    money            Σ (recovered_amount + penalty_amount) (元)

Growth on the year before: `where: {against: "2023"}`. A null amount is nothing recovered, fined or paid; a null flag
says no.
"""

from jixiao.settlements.conditions import Among
from jixiao.settlements.measure import Measure, distinct, rows, total

_TABLE, _NORM = "supervision", "scjg-735"
_OUTCOMES = ("handled", "suspended", "terminated", "to_judicial", "to_discipline", "to_others")
_SMART = Among("found_by", "smart_audit")

MEASURES = {
    "checked": Measure((distinct("fixmedins_code"),), (), "家", _TABLE, _NORM),
    **{
        outcome: Measure((distinct("fixmedins_code", Among("outcome", outcome)),), (), "家", _TABLE, _NORM)
        for outcome in _OUTCOMES
    },
    "exposed": Measure((rows(Among("exposed_flag", "exposed")),), (), "例", _TABLE, _NORM),
    "reported": Measure((rows(Among("found_by", "reported")),), (), "例", _TABLE, _NORM),
    "rewards": Measure((total("reward_amount"),), (), "元", _TABLE, _NORM),
    "smart_audit": Measure((rows(_SMART),), (), "例", _TABLE, _NORM),
    "smart_recovered": Measure((total("recovered_amount", _SMART),), (), "元", _TABLE, _NORM),
    "recovered": Measure((total("recovered_amount"),), (), "元", _TABLE, _NORM),
    "fined": Measure((total("penalty_amount"),), (), "元", _TABLE, _NORM),
    "money": Measure((total("recovered_amount"), total("penalty_amount")), (), "元", _TABLE, _NORM),
}
