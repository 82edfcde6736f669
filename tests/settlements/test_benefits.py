"""Benefits: worked examples with their derivation, and a file row by row the same as one bill at a time."""

from __future__ import annotations

import csv

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import jixiao as library
from jixiao.engines.settlements import held_frame
from jixiao.errors import NotKnown
from jixiao.findings import Message
from jixiao.formats import settlements_parameters
from jixiao.settlements.benefits import Bill, Split, split, split_columns
from jixiao.settlements.parameters import group_of, groups, terms
from jixiao.settlements.tables import Given

LIMIT = "medical_aid: {limit: {value: 30000元, source: 本地文件, mark: confirmed}}\n"


@pytest.fixture
def own(tmp_path):
    path = tmp_path / "own.yaml"
    path.write_text(LIMIT, encoding="utf-8")
    return path


def benefit(group, own=None, year=2022, region="653100", **bill):
    return library.settlements_benefit(group, region, year, bill, own).value


def fen(yuan):
    return round(yuan * 100)


@pytest.mark.parametrize(
    ("group", "own_part"),
    [("特困人员", 0), ("孤儿", 0), ("低保", 120), ("脱贫不稳定户", 120), ("边缘易致贫户", 120), ("突发严重困难户", 120),
     ("防贫监测脱贫人口", 160), ("普通居民", 360)],
)  # fmt: skip
def test_the_contribution_after_subsidy_is_as_the_region_set_it(group, own_part):
    found = benefit(group, scope="0", basic="0").contribution

    assert (found.subsidy, found.own) == (fen(360 - own_part), fen(own_part))


def test_an_ordinary_resident_gets_seventy_percent_above_the_deductible():
    found = benefit("普通居民", scope="50000", basic="30000").split

    assert (found.basic, found.critical, found.aid, found.left) == (fen(30000), fen(9310), 0, fen(10690))
    assert [step.text("zh") for step in found.steps][1:3] == [
        "本年累计自付 0元 增至 20000元，超过起付线 6700元（由困难群体起付线推得，待核） 的新增部分 13300元",
        "大病保险 = 13300元 × 70%（喀署办规〔2022〕1号） = 9310元",
    ]


def test_a_hardship_group_gets_five_points_more_above_its_own_deductible_and_aid_within_the_limit(own):
    found = benefit("低保对象", own, scope="50000", basic="30000").split

    assert found.critical == fen((20000 - 3350) * 0.75) == fen(12487.5)
    assert found.aid == fen((20000 - 12487.5) * 0.7) == 525875
    assert found.basic + found.critical + found.aid + found.left == fen(50000)


def test_what_was_paid_before_in_the_year_counts(own):
    once = benefit("特困", own, scope="50000", basic="30000").split
    first = benefit("特困", own, scope="25000", basic="15000").split
    second = benefit(
        "特困", own, scope="25000", basic="15000", selfpay_before="10000", aid_before=f"{first.aid / 100:.2f}"
    ).split

    assert first.critical + second.critical == once.critical
    assert benefit("特困", own, scope="90000", basic="0", aid_before="29999.99").split.aid == 1


def test_a_parameter_that_nobody_states_makes_it_not_computable():
    found = benefit("低保对象", scope="50000", basic="30000").split
    elsewhere = benefit("低保对象", region="110100", scope="50000", basic="30000")

    assert isinstance(found, Message)
    assert found.text("zh") == "低保对象缺少参数：医疗救助年度限额"
    assert isinstance(elsewhere.contribution, Message)


def test_parameters_hold_in_their_years_only():
    assert terms("destitute", "653100", 2022).standard is not None
    assert terms("destitute", "653100", 2023).standard is None
    assert terms("destitute", "653121", 2024).aid_rate.value == 7000


def test_every_parameter_has_a_source_and_a_mark():
    for group in groups():
        for name, found in terms(group, "653100", 2022)._asdict().items():
            if name not in ("group", "aid_limit"):
                assert found.source != "—"
                assert found.mark in ("seed", "unconfirmed", "confirmed")


@pytest.mark.parametrize("bill", [{"scope": "100", "basic": "200"}, {"scope": "-1", "basic": "-2"}])
def test_an_impossible_bill_is_no_zero(own, bill):
    assert isinstance(benefit("特困", own, **bill).split, Message)


@pytest.mark.parametrize(
    ("group", "bill"), [("渔民", {"scope": "1", "basic": "0"}), ("特困", {"scope": "1,0", "basic": "0"})]
)
def test_an_unknown_group_or_amount_is_refused(group, bill):
    with pytest.raises(NotKnown):
        benefit(group, **bill)


def amounts(at, *, step, top):
    return f"{at * step % top / 100:.2f}"


@pytest.mark.parametrize("engine", ["polars", "duckdb", pytest.param("spark", marks=pytest.mark.deep)])
def test_a_file_gives_row_by_row_what_one_bill_gives(tmp_path, own, engine):
    if engine == "spark":
        pytest.importorskip("pyspark")
    named = [*groups(), "低保", "渔民", ""]
    rows = [
        {"psn_no": f"p{at}", "psn_idet_type": named[at % len(named)], "inscp_scp_amt": amounts(at, step=7_654_321, top=19_000_003),
         "hifp_pay": amounts(at, step=3_333_331, top=9_000_011), "selfpay_before": amounts(at, step=999_983, top=2_000_003),
         "aid_before": amounts(at, step=777_777, top=3_100_003)}
        for at in range(400)
    ]  # fmt: skip
    with (tmp_path / "bills.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)

    outcome = library.settlements_benefits(
        tmp_path / "bills.csv", tmp_path / "out", "653100", 2022, own=own, engine=engine
    )

    with (tmp_path / "out" / "benefits.csv").open(encoding="utf-8-sig") as file:
        made = {row["psn_no"]: row for row in csv.DictReader(file)}
    computed = 0
    for row in rows:
        got = tuple(made[row["psn_no"]][name] for name in ("critical", "aid", "left"))
        bill = {
            "scope": row["inscp_scp_amt"],
            "basic": row["hifp_pay"],
            "selfpay_before": row["selfpay_before"],
            "aid_before": row["aid_before"],
        }
        want = None if row["psn_idet_type"] in ("渔民", "") else benefit(row["psn_idet_type"], own, **bill).split
        if want is None or isinstance(want, Message):
            assert got[1:] == ("", "")
        else:
            computed += 1
            assert got == tuple(f"{value // 100}.{value % 100:02d}" for value in (want.critical, want.aid, want.left))
    assert 100 < computed < 400
    assert (outcome.value.rows, outcome.value.computed, outcome.exit_code()) == (400, computed, 1)


FEN = st.one_of(
    st.integers(0, 20), st.integers(0, 3_000_000_00), st.sampled_from([335_000, 335_001, 670_000, 3_000_000])
)
BILL = st.tuples(st.sampled_from([*groups(), "低保", "渔民", None]), FEN, FEN, FEN, FEN)


def yuan(fen):
    return f"{fen // 100}.{fen % 100:02d}"


def test_any_bill_is_split_alike_alone_and_in_a_file_and_the_split_adds_up(engine, own):
    stated = settlements_parameters.read(own)
    of = {name: terms(name, "653100", 2022, stated) for name in groups()}
    columns = ("psn_no", "psn_idet_type", "inscp_scp_amt", "hifp_pay", "selfpay_before", "aid_before")

    @settings(max_examples=max(2, settings.default.max_examples // 10), deadline=None)
    @given(st.lists(BILL, min_size=1, max_size=20))
    def run(bills):
        rows = [(f"p{at:03d}", group, *map(yuan, amounts)) for at, (group, *amounts) in enumerate(bills)]
        table = held_frame(engine, Given("bills", ()), engine.frame(dict.fromkeys(columns, "text"), rows))

        (got,) = engine.gather(
            [split_columns(table.frame, of, table.columns).select("psn_no", "critical", "aid", "left")]
        )

        for (_, *found), (group, *amounts) in zip(sorted(got), bills, strict=True):
            one = split(Bill(*amounts), of[group_of(group)]) if group_of(group) else None
            if isinstance(one, Split):
                assert found == [one.critical, one.aid, one.left]
                assert one.basic + one.critical + one.aid + one.left == amounts[0]
            else:
                assert found[2] is None

    run()
