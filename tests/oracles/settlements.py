"""What settlement measures must be, in plain Python, written from their definitions and from nothing of the project.

Rows are dictionaries of text as a CSV file holds them; None is an empty cell. A value is a Fraction in the measure's
unit (yuan, persons, visits; shares as such), NOTHING for a zero denominator, FAULTY where a row that it rests on is.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import product

NOTHING, FAULTY = "no denominator", "faulty rows"
SCHEME = {"310": "employee", "390": "resident", "391": "resident", "340": "other"}
INPATIENT, OUTPATIENT = {"21", "2101", "52", "28", "26", "2105"}, {"11", "14", "1301", "140101", "51"}
CARE = ("case_payment", "inpatient_actual_ratio", "inpatient_scope_ratio", "outpatient_pooling")
KNOWN = {
    "med_type": {"11", "1301", "14", "140101", "21", "2101", "2105", "26", "28", "41", "51", "52", "53"},
    "clr_way": {"1", "2", "3", "4", "5", "6", "9", None},
    "setl_type": {"1", "2", "3", None},
}
FUNDS = {
    "total": "fund_pay_sumamt", "pool": "hifp_pay", "civil_servants": "cvlserv_pay", "enterprise": "hifes_pay",
    "critical_illness": "hifmi_pay", "large_amounts": "hifob_pay", "disabled": "hifdm_pay", "medical_aid": "maf_pay",
    "other": "oth_pay",
}  # fmt: skip


def yuan(text):
    return Fraction(0) if text is None else Fraction(Decimal(text))


def paid(row, column):
    return row[column] is not None and yuan(row[column]) > 0


def answer(rows, *, table="settlements", monthly=False):
    """Return every measure of a table by (measure, region, scheme, period)."""
    counts, at, measured = TABLES[table]
    kept = [row for row in rows if all(row[column] == said for column, said in counts.items())]
    found = {}
    periods = {row[at][:4] for row in kept} | ({row[at][:7] for row in kept} if monthly else set())
    regions = {row["insu_admdvs"][:4] + "00" for row in kept} | {None}
    schemes = {None, *(SCHEME.values() if all("insutype" in row for row in rows) else ())}
    for region, scheme, period in product(regions, schemes, periods):
        cell = [
            row
            for row in kept
            if region in (None, row["insu_admdvs"][:4] + "00")
            and (scheme is None or scheme == SCHEME[row["insutype"]])
            and row[at].startswith(period)
        ]
        if cell:
            found |= {(name, region, scheme, period): value for name, value in measured(cell).items()}
    return found


def total(rows, *columns):
    return sum((yuan(row[column]) for row in rows for column in columns), Fraction(0))


def share(above, below):
    return Fraction(above) / Fraction(below) if below > 0 else NOTHING


def people(rows):
    return Fraction(len({row["psn_no"] for row in rows if row["psn_no"] is not None}))


def places(rows, column):
    return len({row[column] for row in rows if row[column] is not None})


def of_settlements(rows):
    inpatient = [row for row in rows if row["med_type"] in INPATIENT]
    outpatient = [row for row in rows if row["med_type"] in OUTPATIENT]
    ordinary = [row for row in rows if row["med_type"] == "11"]
    by_case = [row for row in inpatient if row["clr_way"] in ("3", "4")]
    aided = [row for row in rows if paid(row, "maf_pay")]
    at_once = [row for row in aided if row["setl_type"] == "2"]
    pooled = [row for row in ordinary if paid(row, "hifp_pay")]
    away = [row for row in rows if row["mdtrtarea_admdvs"] and row["mdtrtarea_admdvs"][:4] != row["insu_admdvs"][:4]]
    critical = ("hifp_pay", "hifmi_pay", "hifob_pay")
    scope = total(inpatient, "inscp_scp_amt")
    found = {f"fund_expenditure.{name}": total(rows, column) for name, column in FUNDS.items()}
    for name, of in (("", rows), ("inpatient_", inpatient), ("outpatient_", outpatient)):
        benefited = [row for row in of if paid(row, "fund_pay_sumamt")]
        found |= {f"beneficiaries.{name}persons": people(benefited), f"beneficiaries.{name}visits": len(benefited)}
    for name, of in (("inpatient", inpatient), ("outpatient", outpatient)):
        helped = [row for row in of if paid(row, "maf_pay")]
        found |= {
            f"cost_per_visit.{name}": share(total(of, "medfee_sumamt"), len(of)),
            f"medical_aid.{name}_persons": people(helped),
            f"medical_aid.{name}_visits": len(helped),
            f"medical_aid.{name}_amount": total(of, "maf_pay"),
        }
    found |= {
        "case_payment.institutions": share(places(by_case, "fixmedins_code"), places(inpatient, "fixmedins_code")),
        "case_payment.cases": share(len(by_case), len(inpatient)),
        "case_payment.fund": share(total(by_case, "hifp_pay"), total(inpatient, "hifp_pay")),
        "inpatient_actual_ratio.all": share(total(inpatient, "fund_pay_sumamt"), total(inpatient, "medfee_sumamt")),
        "inpatient_scope_ratio.pool": share(total(inpatient, "hifp_pay"), scope),
        "inpatient_scope_ratio.pool_critical": share(total(inpatient, *critical), scope),
        "inpatient_scope_ratio.pool_critical_aid": share(total(inpatient, *critical, "maf_pay"), scope),
        "one_stop.settlements": share(len(at_once), len(aided)),
        "one_stop.regions": share(places(at_once, "insu_admdvs"), places(aided, "insu_admdvs")),
        "out_of_region.visits": len(away),
        "out_of_region.persons": people(away),
        "out_of_region.share": share(len(away), len(rows)),
        "outpatient_pooling.visits": share(len(pooled), len(ordinary)),
        "outpatient_pooling.institutions": share(places(pooled, "fixmedins_code"), places(ordinary, "fixmedins_code")),
        "outpatient_pooling.persons": people(pooled),
    }
    wrong = faulty_columns(rows)
    return {name: FAULTY if wrong & set(columns(name)) else value for name, value in found.items()}


def of_contributions(rows):
    aided = [row for row in rows if paid(row, "aid_clct_amt")]
    unsure = any(row["psn_no"] is None for row in rows)
    return {
        "subsidised_enrolment.persons": FAULTY if unsure else people(aided),
        "subsidised_enrolment.visits": len(aided),
        "subsidised_enrolment.amount": total(rows, "aid_clct_amt"),
    }


def of_payments(rows):
    in_time = [row for row in rows if row["pay_date"] is not None and row["pay_date"] <= row["pay_month"] + "-25"]
    first = [row for row in rows if row["first_flag"] == "1"]
    right = [row for row in first if yuan(row["pay_amount"]) == yuan(row["due_amount"])]
    unsure = any(row["pay_amount"] is None or row["due_amount"] is None for row in rows)
    return {
        "on_time_payment.by_25th": share(len(in_time), len(rows)),
        "first_payment.accuracy": FAULTY if unsure else share(len(right), len(first)),
    }


def of_supervision(rows):
    def institutions(*outcomes):
        return places([row for row in rows if row["outcome"] in outcomes], "fixmedins_code")

    smart = [row for row in rows if row["found_by"] == "2"]
    found = {
        "checked": places(rows, "fixmedins_code"), "handled": institutions(*"12345678"), "suspended": institutions("3"),
        "terminated": institutions("6"), "to_judicial": institutions("5"), "to_discipline": institutions("7"),
        "to_others": institutions("8"), "exposed": sum(row["exposed_flag"] == "1" for row in rows),
        "reported": sum(row["found_by"] == "3" for row in rows), "rewards": total(rows, "reward_amount"),
        "smart_audit": len(smart), "smart_recovered": total(smart, "recovered_amount"),
        "recovered": total(rows, "recovered_amount"), "fined": total(rows, "penalty_amount"),
        "money": total(rows, "recovered_amount", "penalty_amount"),
    }  # fmt: skip
    return {f"supervision.{name}": value for name, value in found.items()}


# What a row must say to count, where its period stands, and what is measured.
TABLES = {
    "settlements": ({"vali_flag": "1", "refd_setl_flag": "0"}, "setl_time", of_settlements),
    "contributions": ({"clct_flag": "1", "revs_flag": "Z"}, "clct_time", of_contributions),
    "payments": ({}, "pay_month", of_payments),
    "supervision": ({}, "check_date", of_supervision),
}


def faulty_columns(rows):
    """Return the columns that cannot be trusted: what is missing, negative, above the bill or of an unknown code."""
    wrong = {
        name for name in ("medfee_sumamt", "inscp_scp_amt", "fund_pay_sumamt") for row in rows if row[name] is None
    }
    for row in rows:
        bill, scope = row["medfee_sumamt"], row["inscp_scp_amt"]
        if bill is not None and scope is not None and yuan(scope) > yuan(bill):
            wrong |= {"medfee_sumamt", "inscp_scp_amt"}
        if row["psn_no"] is None:
            wrong |= {"psn_no"}
        wrong |= {name for name, known in KNOWN.items() if row[name] not in known}
    return wrong


def columns(name):
    """Return the columns of those that can be faulty which a measure rests on."""
    kind, _, variant = name.partition(".")
    persons = ["psn_no"] if variant.endswith("persons") else []
    kinds = ["med_type"] if kind in CARE or variant.startswith(("inpatient", "outpatient")) else []
    return [*persons, *kinds, *{
        "beneficiaries": ["fund_pay_sumamt"],
        "case_payment": ["clr_way"],
        "cost_per_visit": ["medfee_sumamt"],
        "inpatient_actual_ratio": ["fund_pay_sumamt", "medfee_sumamt"],
        "inpatient_scope_ratio": ["inscp_scp_amt"],
        "fund_expenditure": ["fund_pay_sumamt"] if variant == "total" else [],
        "one_stop": ["setl_type"],
    }.get(kind, [])]  # fmt: skip
