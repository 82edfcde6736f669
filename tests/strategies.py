"""随机评价: evaluations drawn at random, of the shapes that offices fill in: every kind of target, value and rule.

Codes follow their tree (A, A1, A101), as annexes print them; every text is short, because its content never matters.
"""

from __future__ import annotations

from dataclasses import MISSING, fields
from decimal import Decimal

from hypothesis import strategies as st

from jixiao.evaluation.model import Evaluation, Evidence, Head, Reason
from jixiao.evaluation.monitoring import Monitoring, Progress, Spending
from jixiao.evaluation.procedure import ENTRIES, VALUES, Procedure
from jixiao.figures.actual import Checked
from jixiao.figures.actual_notation import actual as read_actual
from jixiao.figures.notation import figure
from jixiao.figures.target_notation import target as read_target
from jixiao.figures.units import unit
from jixiao.funds import control
from jixiao.funds import ledger as book
from jixiao.funds.money import Balance, Funds, Money, Source
from jixiao.indicators.indicator import Actual, Binding, Group, Indicator, RuleRef, Typed
from jixiao.indicators.system import System
from jixiao.scoring.score import Override

words = st.sampled_from(
    ["参保人数", "资金到位率", "成效明显", "按季监测，调整结构", "2024年统计报表", "=SUM(A1)", "a|b"]
)
weights = st.sampled_from([Decimal(text) for text in ("0", "1", "2.5", "4", "6.25", "10", "22.5")])
targets = st.sampled_from(
    [
        "≥41万人",
        "≤0.1%",
        "=0人",
        "100%",
        "105%≤≥95%",
        "每月25日前",
        "12月底之前完成",
        "逐步推开",
        "不低于上年",
        "优良中低差",
        "≥**人",
        "—",
        ">5起",
        "<3次",
    ]
).map(read_target)
actual_texts = st.sampled_from(
    [
        "81.35万人",
        "0.05%",
        "106人",
        "100%",
        "1",
        "98.5",
        "20日",
        "11月",
        "逐步推开",
        "达成预期指标",
        "≥95%",
        "31(X)%",
        "—",
        "3起",
        "-5%",
        "0",
    ]
)
CHECKLIST = {"elements": [{"share": "40%", "asks": "依据"}, {"share": "60%", "asks": "程序"}]}
rules = st.one_of(
    st.none(),
    st.sampled_from(
        [
            "all_or_nothing",
            "proportional",
            "stepped_penalty",
            "qualitative_level",
            "satisfaction",
            "receipt_rate",
            "execution_rate",
        ]
    ).map(RuleRef),
    st.sampled_from(
        [RuleRef("checklist", CHECKLIST), RuleRef("no_such_rule"), RuleRef("stepped_penalty", {"loss": "200%"})]
    ),
)
amounts = st.one_of(
    st.none(),
    st.sampled_from(["48636", "51253", "93119.7384", "0", "甲"]).map(lambda text: figure(text, expected=unit("万元"))),
)
moneys = st.builds(Money, amounts, amounts, amounts, amounts)

signed = st.one_of(
    st.none(),
    st.sampled_from(["3054.91", "-1770.82", "0", "2亿元", "２６", "甲"]).map(
        lambda text: figure(text, expected=unit("万元"))
    ),
)
numbers = st.sampled_from(["甲社〔2023〕1号", "乙社〔2024〕2号", "没有的文号"])
areas = st.sampled_from(["650100", "654000", "伊犁州"])
days = st.none() | st.sampled_from(["2023-12-16", "2024年4月10日"])
levels = st.sampled_from(["中央", "自治区"])
people = st.none() | st.sampled_from(["82.88万人", "813500", "0人", "3人次", "甲"])
ledgers = st.builds(
    book.Ledger,
    levels=st.lists(st.builds(book.MoneyLevel, levels, st.none() | st.just("central")), max_size=2).map(tuple),
    regions=st.just((book.LedgerRegion("650100"), book.LedgerRegion("654000", "伊犁州"))),
    notices=st.lists(
        st.builds(book.Notice, numbers, levels, days, words, words, signed, days, st.none() | numbers,
                  st.none(), st.none(), st.none() | st.just("original")), max_size=3
    ).map(tuple),
    allocations=st.lists(st.builds(book.Allocation, numbers, st.none() | areas, signed), max_size=4).map(tuple),
    receipts=st.lists(st.builds(book.Receipt, levels, st.none() | areas, signed, days), max_size=3).map(tuple),
    payments=st.lists(
        st.builds(book.Payment, levels, st.none() | areas, signed, st.none() | st.just("2024-03")), max_size=3
    ).map(tuple),
    totals=st.lists(
        st.builds(book.Total, st.sampled_from((*book.KINDS, "due", "deduction")), signed, st.none() | levels), max_size=2
    ).map(tuple),
    accounts=st.lists(
        st.builds(
            book.AccountItem, st.just("居民医保"), st.sampled_from(["income", "expenditure", "balance"]),
            st.none() | words, st.none() | words, signed, signed, signed,
        ),
        max_size=3,
    ).map(tuple),
    programmes=st.lists(st.builds(book.Programme, st.just("medical-assistance")), max_size=1).map(tuple),
    pools=st.lists(st.builds(book.Pool, signed, numbers), max_size=1).map(tuple),
    factors=st.lists(st.builds(book.NeedFactor, words, st.none() | st.just("60%")), max_size=2).map(tuple),
    needs=st.lists(st.builds(book.Need, words, areas, st.just("300人次")), max_size=2).map(tuple),
    coefficients=st.lists(st.builds(book.Coefficient, areas, st.just("1.1"), st.none(), st.just("92")), max_size=2).map(
        tuple
    ),
    subsidies=st.lists(
        st.builds(
            book.Subsidy, st.none() | st.just("2023"), st.none() | st.sampled_from(["first", "fifth"]),
            st.none() | st.sampled_from(["central", "local", "all"]), st.none() | st.sampled_from(["76.8元/人", "甲"]), words,
        ),
        max_size=2,
    ).map(tuple),
    heads=st.lists(
        st.builds(
            book.Heads, st.none() | areas, people, people, people, days, signed, signed, signed, st.none() | words,
        ),
        max_size=3,
    ).map(tuple),
    completions=st.lists(st.builds(book.Completion, st.just("P101"), st.just("3月"), words), max_size=1).map(tuple),
    quantities=st.lists(st.builds(book.Quantity, st.just("P101"), areas, st.just("≥10人次")), max_size=2).map(tuple),
    duties=st.lists(st.builds(control.Duty, levels, st.none() | st.just("76.8元/人"), st.none() | words), max_size=2).map(
        tuple
    ),
    equalisation=st.lists(st.builds(control.Equalisation, st.none() | areas, signed, signed, signed, signed), max_size=2).map(
        tuple
    ),
    approvals=st.lists(st.builds(control.Approval, numbers, words, st.none() | st.just("同意"), days), max_size=2).map(tuple),
    bank_accounts=st.lists(
        st.builds(control.BankAccount, words, st.none() | st.sampled_from(control.KINDS), st.none() | words), max_size=2
    ).map(tuple),
    movements=st.lists(st.builds(control.Movement, words, words, signed, days), max_size=2).map(tuple),
    reconciliations=st.lists(
        st.builds(control.Reconciliation, st.just("3月"), st.none() | words, signed, signed, signed), max_size=2
    ).map(tuple),
    filings=st.lists(st.builds(control.Filing, words, st.none() | words, days, days), max_size=2).map(tuple),
    limits=st.lists(
        st.builds(control.Limit, words | st.just("reserve_months"), st.none() | st.just("6个月"), st.none() | words), max_size=2
    ).map(tuple),
    files=st.lists(st.builds(book.LedgerFile, words, st.none() | st.just("分")), max_size=1).map(tuple),
)  # fmt: skip


said = st.one_of(st.none(), words)
reports = st.none() | actual_texts.map(read_actual)


def entries(record):
    """Draw some entries of a list of the procedure, whatever fields its record has."""
    drawn = {
        spec.name: reports if spec.name in VALUES else words if spec.default is MISSING else said
        for spec in fields(record)
    }
    return st.lists(st.builds(record, **drawn), max_size=2).map(tuple)


procedures = st.builds(Procedure, **{name: entries(record) for name, record in ENTRIES.items()})


def monitorings(goals):
    """Draw a monitoring of some of these indicators (targets by code) and of two sources of money."""

    def progress(code):
        value = st.none() | actual_texts.map(lambda text: read_actual(text, goals[code]))
        return st.builds(Progress, value, value, said, said, words)

    spent = st.builds(Spending, amounts, amounts.filter(bool))
    codes = st.lists(st.sampled_from(sorted(goals)), unique=True, max_size=3)
    return codes.flatmap(
        lambda drawn: st.builds(
            Monitoring,
            st.none() | st.just("2024-07-31"),
            st.dictionaries(st.sampled_from(["中央", "自治区"]), spent, max_size=2),
            st.fixed_dictionaries({code: progress(code) for code in drawn}),
        )
    )


def indicators(code: str):
    """Draw one indicator of that code."""
    return st.builds(
        Indicator,
        st.just(code),
        words,
        st.one_of(st.none(), weights),
        st.one_of(st.none(), targets),
        rules,
        st.sampled_from(["more", "less"]),
        st.one_of(st.none(), words),
        st.one_of(st.none(), words),
        st.one_of(st.none(), words),
        st.one_of(st.none(), st.just(figure("95%"))),
    )


@st.composite
def groups(draw, code: str, depth: int = 2):
    """Draw a group of that code: of indicators, or of groups with indicators; its weight is stated, wrong or absent."""
    count = draw(st.integers(1, 3))
    if depth > 1 and draw(st.booleans()):
        children = tuple(draw(groups(f"{code}{number}", depth - 1)) for number in range(1, count + 1))
    else:
        children = tuple(draw(indicators(f"{code}{number:02}")) for number in range(1, count + 1))
    return Group(code, draw(words), draw(st.one_of(st.none(), weights)), children)


@st.composite
def systems(draw, role: str = "scored"):
    """Draw a system of one to four first-level groups."""
    letters = "ABCD" if role == "scored" else "OPQR"
    roots = tuple(draw(groups(letter)) for letter in letters[: draw(st.integers(1, 4))])
    full = draw(st.sampled_from([Decimal(100), Decimal(90)]))
    return System(role, roots, draw(st.integers(0, 2)), full, draw(st.one_of(st.none(), words)))


@st.composite
def evaluations(draw):
    """Draw an evaluation: its systems, and actual values, typed scores, reasons and evidence for some of the codes."""
    chosen = draw(st.sampled_from([("scored",), ("declared",), ("declared", "scored"), ("scored", "declared")]))
    drawn = tuple(draw(systems(role)) for role in chosen)
    leaves = [(node, system) for system in drawn for node in system.indicators()]
    codes = [node.code for system in drawn for node, _ in system.walk()]
    some = st.lists(st.sampled_from(codes), unique=True, max_size=4)
    return Evaluation(
        kind="third-party",
        year=2024,
        head=Head(project=draw(st.one_of(st.none(), words))),
        systems=drawn,
        actuals={node.code: draw(actuals(node)) for node, _ in leaves if draw(st.integers(0, 9))},
        overrides={code: Override(draw(weights), draw(words)) for code in draw(some)},
        reasons={code: Reason(draw(words), draw(st.one_of(st.none(), words))) for code in draw(some)},
        funds=Funds(
            tuple(Source(name, draw(moneys)) for name in ("中央", "自治区")[: draw(st.integers(0, 2))]),
            draw(moneys),
            "special_account",
            draw(st.one_of(st.none(), st.builds(Balance, amounts, amounts, words, words))),
            draw(st.none() | ledgers),
        ),
        evidence=tuple(Evidence(draw(words), tuple(draw(some))) for _ in range(draw(st.integers(0, 2)))),
        texts={"summary": draw(words)},
        procedure=draw(procedures),
        monitoring=draw(monitorings({node.code: node.target for node, _ in leaves})),
    )


def actuals(indicator: Indicator):
    """Draw an actual value for an indicator: typed, checked or bound to the funds."""
    typed = actual_texts.map(lambda text: Actual(read_actual(text, indicator.target), Typed("统计报表")))
    checked = st.sampled_from([(), (1,), (1, 2), (7,)]).map(lambda met: Actual(Checked(met, "规范")))
    bound = st.sampled_from(["receipt_rate", "execution_rate", "reserve_months", "no_such_measure"]).map(
        lambda name: Binding("funds", name)
    )
    return st.one_of(typed, typed, checked, bound)


def paths(evaluation: Evaluation) -> list[str]:
    """Return every kind of path that an evaluation has, each with a value behind it."""
    found = [
        "kind",
        "year",
        "head",
        "head/project",
        "texts/summary",
        "funds/stated/executed",
        "funds/balance",
        "amendments",
    ]
    for system in evaluation.systems:
        found += [f"{system.role}/places", f"{system.role}/full", system.role]
        found += [f"{system.role}/{node.code}" for node, _ in system.walk()]
        found += [f"{system.role}/{node.code}/{name}" for node, _ in system.walk() for name in ("name", "weight")]
        found += [
            f"{system.role}/{node.code}/{name}"
            for node in system.indicators()
            for name in ("target", "rule", "last_year")
        ]
    for section in ("actuals", "overrides", "reasons"):
        found += [f"{section}/{code}" for code in getattr(evaluation, section)]
    found += [f"overrides/{code}/reason" for code in evaluation.overrides] + [
        f"reasons/{code}/why" for code in evaluation.reasons
    ]
    found += [
        f"funds/sources/{source.name}/{column}"
        for source in evaluation.funds.sources
        for column in ("received", "executed")
    ]
    if evaluation.funds.ledger is not None:
        found += ["funds/ledger", "funds/ledger/regions/654000"]
        found += [f"funds/ledger/notices/{number}/amount" for number in range(len(evaluation.funds.ledger.notices))]
    found += [f"evidence/{number}/title" for number in range(len(evaluation.evidence))]
    return found
