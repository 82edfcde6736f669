"""DRG/DIP 付费覆盖率: how far payment by cases (clr_way DRG or DIP) reaches among inpatient settlements.

    institutions   institutions with a case paid so ÷ institutions with an inpatient settlement (distinct)
    cases          cases paid so ÷ inpatient settlements
    fund           pooled payments for them ÷ pooled payments for all inpatient settlements

Three-year plan of 医保发〔2021〕48号: institutions 100%, diseases 90% and more, fund 70% and more by the end of 2025.
Institutions are those that settle here; one without any inpatient settlement is not in the denominator.
Unit %. A null clr_way is not paid by cases; a zero denominator is not computable.
"""

from jixiao.settlements.conditions import Among
from jixiao.settlements.measure import Measure, distinct, rows, total

_INPATIENT = Among("med_type", "inpatient")
_BY_CASE = (_INPATIENT, Among("clr_way", "case_payment"))
_NORM = "ybf-2021-48"

MEASURES = {
    "institutions": Measure(
        (distinct("fixmedins_code", *_BY_CASE),), (distinct("fixmedins_code", _INPATIENT),), "%",
        authority=f"{_NORM}#institutions",
    ),
    "cases": Measure((rows(*_BY_CASE),), (rows(_INPATIENT),), "%", authority=f"{_NORM}#diseases"),
    "fund": Measure(
        (total("hifp_pay", *_BY_CASE),), (total("hifp_pay", _INPATIENT),), "%", authority=f"{_NORM}#fund"
    ),
}  # fmt: skip
