"""Random small tables of settlements, contributions, payments and cases, as text, with the holes that exports have."""

from __future__ import annotations

from hypothesis import strategies as st

AMOUNTS = st.sampled_from(["0", "0.01", "12.5", "99.99", "100", "250000.00", None])
REGIONS = st.sampled_from(["652801", "652823", "653101"])
PERSONS = st.sampled_from(["7", "07", "+7", "p4", "1234567890123456789"])  # as numbers three of them would be one
FLAG = st.sampled_from(["1", "1", "1", "0"])
TIMES = st.sampled_from(
    ["2024-03-15 10:00:00", "2024-03-31", "2024-12-31 23:59:59", "2023-12-31", "2024-12-01", "2024-01-01"]
)

_SETTLEMENT = st.fixed_dictionaries(
    {
        "psn_no": PERSONS,
        "insutype": st.sampled_from(["310", "390", "391", "340"]),
        "insu_admdvs": REGIONS,
        "mdtrtarea_admdvs": st.sampled_from(["652801", "653101", "110101", None]),
        "med_type": st.sampled_from(["21", "52", "11", "11", "14", "41"]),
        "setl_type": st.sampled_from(["1", "2", None]),
        "clr_way": st.sampled_from(["1", "3", "4", None]),
        "setl_time": TIMES,
        "fixmedins_code": st.sampled_from(["H1", "H2", None]),
        "vali_flag": FLAG,
        "refd_setl_flag": st.sampled_from(["0", "0", "0", "1"]),
        "medfee_sumamt": st.sampled_from(["300", "450.07", "12345678.90", "0"]),
        "inscp_scp_amt": st.sampled_from(["0", "12.34", "300"]),
        "hifp_pay": AMOUNTS, "cvlserv_pay": AMOUNTS, "hifes_pay": AMOUNTS, "hifmi_pay": AMOUNTS, "hifob_pay": AMOUNTS,
        "hifdm_pay": AMOUNTS, "maf_pay": AMOUNTS, "oth_pay": AMOUNTS,
        "fund_pay_sumamt": st.sampled_from(["0", "88.8", "300"]),
    }
)  # fmt: skip
# What may be wrong with a row: a hole, or a code that is in no code set.
_WRONG = st.sampled_from(
    [
        *({name: None} for name in ("psn_no", "medfee_sumamt", "inscp_scp_amt", "fund_pay_sumamt", "med_type")),
        {"med_type": "9988"}, {"setl_type": "7"}, {"clr_way": "77"},
    ]
)  # fmt: skip
_CONTRIBUTION = st.fixed_dictionaries(
    {
        "psn_no": st.one_of(PERSONS, PERSONS, PERSONS, st.none()), "insutype": st.sampled_from(["310", "390", "391"]),
        "insu_admdvs": REGIONS, "clct_time": TIMES, "clct_flag": FLAG, "revs_flag": st.sampled_from(["Z", "Z", "R"]),
        "psn_clct_amt": AMOUNTS, "aid_clct_amt": AMOUNTS,
    }
)  # fmt: skip
_DUE = st.sampled_from(["93", "98", "98", "103.50"])
_PAYMENT = st.fixed_dictionaries(
    {
        "psn_no": PERSONS, "insu_admdvs": REGIONS, "pay_month": st.sampled_from(["2024-02", "2024-12", "2023-12"]),
        "pay_date": st.sampled_from(["2024-02-25", "2024-02-26", "2024-12-25", "2025-01-03", "2023-12-09", None]),
        "due_amount": _DUE, "pay_amount": st.one_of(_DUE, _DUE, _DUE, st.none()),
        "first_flag": st.sampled_from(["0", "1", "1", None]),
    }
)  # fmt: skip
_CASE = st.fixed_dictionaries(
    {
        "fixmedins_code": st.sampled_from(["H1", "H2", "H3", None]), "insu_admdvs": REGIONS, "check_date": TIMES,
        "outcome": st.sampled_from([*"012345678", None]), "recovered_amount": AMOUNTS, "penalty_amount": AMOUNTS,
        "found_by": st.sampled_from([*"12345", None]), "exposed_flag": st.sampled_from(["0", "1", None]),
        "reward_amount": AMOUNTS,
    }
)  # fmt: skip


def _listed(row):
    return st.lists(row, min_size=1, max_size=14)


TABLES = {
    "settlements": _listed(
        st.tuples(_SETTLEMENT, st.one_of(st.just({}), st.just({}), st.just({}), _WRONG)).map(
            lambda both: {**both[0], **both[1]}
        )
    ),
    "contributions": _listed(_CONTRIBUTION),
    "payments": _listed(_PAYMENT),
    "supervision": _listed(_CASE),
}
KEYS = {"settlements": "setl_id", "supervision": "case_no"}


def keyed(name, rows):
    """Return rows with the key of their table, if it has one."""
    return [{**({KEYS[name]: f"k{at}"} if name in KEYS else {}), **row} for at, row in enumerate(rows)]
