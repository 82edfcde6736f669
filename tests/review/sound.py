"""自洽的评价: random evaluations as a careful office fills them in, so that nothing written from them may be found fault with.

Weights add up to 100, every actual value is in its target's unit, and whatever was missed or far exceeded has a reason.
"""

from __future__ import annotations

import random
from decimal import Decimal

from jixiao.evaluation.model import Evaluation, Head, Reason
from jixiao.figures.actual_notation import actual as read_actual
from jixiao.figures.notation import figure
from jixiao.figures.target_notation import target as read_target
from jixiao.figures.units import unit
from jixiao.funds.money import Funds, Money, Source
from jixiao.indicators.indicator import Actual, Binding, Group, Indicator, RuleRef, Typed
from jixiao.indicators.system import System

KINDS = ("self-evaluation", "transfer", "fund", "third-party")
_FRAMES = {
    "third-party": (("A", "项目决策", 20), ("B", "项目过程", 20), ("C", "项目产出", 35), ("D", "项目效益", 25)),
    "": (("Z", "预算执行", 10), ("O", "产出指标", 50), ("E", "效益指标", 30), ("S", "满意度指标", 10)),
}
_GROUPS = {
    "A": ("项目立项", "绩效目标", "资金投入"),
    "B": ("资金管理", "组织实施"),
    "C": ("产出数量", "产出质量", "产出时效", "产出成本"),
    "D": ("社会效益", "可持续影响", "满意度"),
    "O": ("数量指标", "质量指标", "时效指标", "成本指标"),
    "E": ("社会效益指标", "可持续影响指标"),
    "S": ("服务对象满意度指标",),
}
_NAMES = {
    "人": ("参保缴费人数", "享受待遇人次规模", "培训经办人员数量", "资助参保对象人数"),
    "%": (
        "政策范围内住院费用报销比例",
        "资金拨付及时率",
        "门诊统筹覆盖率",
        "备案审核通过率",
        "政策知晓率",
        "参保覆盖率",
    ),
    "元": ("人均财政补助标准", "发放宣传资料成本"),
    "词": ("基金运行监督机制", "待遇保障水平", "支付方式改革进展", "经办服务规范程度"),
}
_SATISFIED = ("参保对象满意度", "服务对象满意度")
_LEVELS = ["中央财政资金", "省级财政资金", "市级财政资金", "其他资金"]
_SOURCES = {"fund": ["社会保险基金", "其他资金"], "self-evaluation": ["当年财政拨款", "上年结转资金", "其他资金"]}
_WHY, _MEASURE = ("年度内政策调整，实施进度晚于预期", "按季度监测，提前安排下一年度任务")


def sound(kind: str, seed: int) -> Evaluation:
    """Return a random evaluation of a kind in which everything adds up and is explained."""
    rng = random.Random(f"{kind}{seed}")
    builder = _Builder(rng)
    frame = _FRAMES.get(kind, _FRAMES[""])
    roots = tuple(builder.group(code, name, Decimal(weight)) for code, name, weight in frame)
    return Evaluation(
        kind=kind,
        year=rng.choice([2020, 2022, 2023, 2024]),
        head=Head(
            project="某市医疗救助补助资金项目", region="某市", unit="某市医疗保障局", department="某市医疗保障局"
        ),
        systems=(System("scored", roots, rng.choice([1, 2])),),
        actuals=builder.actuals,
        reasons=builder.reasons,
        funds=_funds(rng, kind),
    )


class _Builder:
    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.actuals: dict[str, Actual | Binding] = {}
        self.reasons: dict[str, Reason] = {}
        self.used: set[str] = set()

    def group(self, code: str, name: str, weight: Decimal) -> Group:
        if code == "Z":
            self.actuals["Z101"] = Binding("funds", "budget_execution_rate")
            self.reasons["Z101"] = Reason(_WHY, _MEASURE)
            rule = RuleRef("execution_rate")
            return Group(code, name, weight, (Indicator("Z101", "预算执行率", weight, read_target("100%"), rule),))
        seconds = self.rng.sample(_GROUPS[code], self.rng.randint(1, len(_GROUPS[code])))
        shares = self.parts(weight, len(seconds))
        children = []
        for n, (second, share) in enumerate(zip(seconds, shares, strict=True), 1):
            weights = self.parts(share, self.rng.randint(1, 2 if share > 4 else 1))
            leaves = tuple(self.indicator(f"{code}{n}{m:02}", second, part) for m, part in enumerate(weights, 1))
            children.append(Group(f"{code}{n}", second, self.rng.choice([None, share]), leaves))
        return Group(code, name, weight, tuple(children))

    def parts(self, whole: Decimal, count: int) -> list[Decimal]:
        """Return positive parts of half points that add up to the whole."""
        cuts = sorted(self.rng.sample(range(1, int(whole * 2)), count - 1))
        return [Decimal(b - a) / 2 for a, b in zip([0, *cuts], [*cuts, int(whole * 2)], strict=True)]

    def indicator(self, code: str, second: str, weight: Decimal) -> Indicator:
        measure = "%" if "满意" in second else self.rng.choice("人%%元词")
        names = _SATISFIED if "满意" in second else _NAMES[measure]
        name = self.rng.choice(names)
        name = name if name not in self.used else f"{name}（{code}）"
        self.used.add(name)
        spelt, actual, ratio = getattr(self, {"人": "heads", "%": "rate", "元": "cost", "词": "words"}[measure])()
        goal = read_target(spelt)
        rule = RuleRef("qualitative_level" if measure == "词" else "cost" if measure == "元" else "proportional")
        if measure == "%" and self.rng.random() < 0.2:
            rule = RuleRef("stepped_penalty")
        if ratio < 1 or ratio > 1.1:
            self.reasons[code] = Reason(_WHY, _MEASURE)
        self.actuals[code] = Actual(read_actual(actual, goal), Typed("年度统计报表"))
        return Indicator(code, name, weight, goal, rule, "less" if measure == "元" else "more")

    def ratio(self) -> float:
        return self.rng.choice([1, 1, 1.02, 1.08, 1.6, 0.99, 0.9, 0.71])

    def heads(self) -> tuple[str, str, float]:
        goal, ratio = self.rng.randint(40, 9000), self.ratio()
        named = self.rng.choice(["人", "万人", "人次"])
        return f"≥{goal}{named}", f"{max(1, round(goal * ratio))}{named}", ratio

    def rate(self) -> tuple[str, str, float]:
        goal, ratio = self.rng.choice([70, 80, 85, 90]), self.ratio()
        actual = min(goal * ratio, 100)
        return f"≥{goal}%", f"{round(actual, self.rng.randint(0, 2)):g}%", ratio

    def cost(self) -> tuple[str, str, float]:
        goal = self.rng.randint(20, 900)
        return f"≤{goal}元/人", f"{goal - self.rng.randint(0, 5)}元/人", 1

    def words(self) -> tuple[str, str, float]:
        word = self.rng.choice(["有效提升", "逐步完善", "成效明显"])
        return word, word, 1


def _funds(rng: random.Random, kind: str) -> Funds:
    names = _SOURCES.get(kind) or rng.sample(_LEVELS, rng.randint(1, 3))
    sources = []
    for name in names:
        budget = rng.randint(100, 900000)
        executed = round(budget * rng.choice([1, 1, 0.98, 0.75]), rng.choice([0, 2]))
        first, revised, spent = (figure(f"{value}", expected=unit("万元")) for value in (budget, budget, executed))
        sources.append(Source(name, Money(first, revised, revised, spent)))
    return Funds(tuple(sources), executed_basis="treasury")
