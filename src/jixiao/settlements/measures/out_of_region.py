"""异地就医: settlements in another prefecture than the one of the insurance.

    visits     settlements (人次) whose mdtrtarea_admdvs and insu_admdvs differ in the first four digits
    persons    persons with such a settlement (人, distinct)
    share      such settlements ÷ all settlements (%)

A settlement without a place of treatment is not counted as elsewhere.
"""

from jixiao.settlements.conditions import Elsewhere
from jixiao.settlements.measure import Measure, distinct, rows

_ELSEWHERE = Elsewhere("mdtrtarea_admdvs", "insu_admdvs")

MEASURES = {
    "visits": Measure((rows(_ELSEWHERE),), (), "人次"),
    "persons": Measure((distinct("psn_no", _ELSEWHERE),), (), "人"),
    "share": Measure((rows(_ELSEWHERE),), (rows(),), "%"),
}
