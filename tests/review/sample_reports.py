"""样本报告: invented reports that are consistent by construction, with every figure and every redundancy known.

Written before the checks and never importing them. A `Report` is a Document, the printed figures in it (`Spot`) and
the redundancies between them (`Tie`); whether a changed figure could be noticed from print alone is decided here, with
fractions, from the ties.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field
from fractions import Fraction

from jixiao.documents.document import Cell, Document, Heading, Paragraph, Table

SCALES = {"亿元": 10**8, "万元": 10**4, "万人次": 10**4, "万人": 10**4, "%": Fraction(1, 100)}
REGIONS = ["东湖区", "西山区", "南港市", "北岭县", "清水县", "平原县", "长河市", "石桥县", "云岭县", "海口区"]
NAMES = {"resident": "城乡居民基本医疗保险", "aid": "城乡医疗救助"}


@dataclass
class Spot:
    """A printed figure: its text and where it stands (block, then row and column, or the start in the paragraph)."""

    id: str
    text: str
    kind: str
    block: int = -1
    row: int | None = None
    column: int | None = None


@dataclass
class Tie:
    """A redundancy: `kind` over the ids of spots; `extra` holds what is not printed as a figure."""

    kind: str
    ids: tuple[str, ...]
    extra: object = None


@dataclass
class Report:
    """A consistent report; `blocks` hold `{id}` where a spot prints."""

    blocks: list = field(default_factory=list)
    spots: dict[str, Spot] = field(default_factory=dict)
    ties: list[Tie] = field(default_factory=list)
    title: str = ""

    def spot(self, id: str, text: str, kind: str) -> str:
        assert id not in self.spots, id
        self.spots[id] = Spot(id, text, kind)
        return "{" + id + "}"

    def again(self, id: str, of: str) -> str:
        """Print the figure of another spot once more."""
        self.ties.append(Tie("same", (id, of)))
        return self.spot(id, self.spots[of].text, self.spots[of].kind)

    def heading(self, text: str, level: int = 1) -> None:
        self.blocks.append(("h", text, level))

    def say(self, text: str) -> None:
        for id in re.findall(r"{(\w+)}", text):
            self.spots[id].block = len(self.blocks)
        self.blocks.append(("p", text))

    def table(self, rows: list[list], head_rows: int = 1, caption: str | None = None, unit: str | None = None) -> None:
        """Lay a table; a cell is text, or (text, rows, cols)."""
        laid = Table.of([[Cell(c) if isinstance(c, str) else Cell(*c) for c in row] for row in rows])
        for at, right, cell in laid.cells():
            for id in re.findall(r"{(\w+)}", cell.text):
                spot = self.spots[id]
                spot.block, spot.row, spot.column = len(self.blocks), at, right
        self.blocks.append(("t", rows, head_rows, caption, unit))

    def document(self, changed: dict[str, str] | None = None) -> Document:
        """Return the document as printed, with some spots changed."""
        texts = {id: spot.text for id, spot in self.spots.items()} | (changed or {})
        blocks: list = []
        for block in self.blocks:
            if block[0] == "h":
                blocks.append(Heading(filled(block[1], texts), block[2]))
            elif block[0] == "p":
                blocks.append(Paragraph(filled(block[1], texts)))
            else:
                _, rows, heads, caption, unit = block
                cells = [
                    [Cell(filled(c, texts)) if isinstance(c, str) else Cell(filled(c[0], texts), *c[1:]) for c in row]
                    for row in rows
                ]
                blocks.append(Table.of(cells, head_rows=heads, caption=caption, unit=unit, name=caption))
        return Document(tuple(blocks), self.title)

    def broken(self, changed: dict[str, str] | None = None) -> list[Tie]:
        """Return the ties that do not hold once some spots are changed."""
        texts = {id: spot.text for id, spot in self.spots.items()} | (changed or {})
        return [tie for tie in self.ties if not holds(tie, texts)]


def filled(text: str, texts: dict[str, str]) -> str:
    return re.sub(r"{(\w+)}", lambda match: texts[match[1]], text)


def read(text: str) -> tuple[Fraction, Fraction]:
    """Return the ends of the values that print so, in the base unit."""
    match = re.fullmatch(r"[≥≤=]*(-?[\d,]+)(?:\.(\d+))?(\D*)", text)
    assert match, text
    scale = Fraction(SCALES.get(match[3], 1))
    whole = match[1].replace(",", "")
    value = Fraction(f"{whole}.{match[2]}" if match[2] else whole)
    half = Fraction(1, 2 * 10 ** len(match[2] or ""))
    return (value - half) * scale, (value + half) * scale


def exact(text: str) -> Fraction:
    low, high = read(text)
    return (low + high) / 2


def meets(a: tuple[Fraction, Fraction], b: tuple[Fraction, Fraction]) -> bool:
    return a[0] <= b[1] and b[0] <= a[1]


def over(a: tuple[Fraction, Fraction], b: tuple[Fraction, Fraction]) -> tuple[Fraction, Fraction]:
    if b[0] <= 0 <= b[1]:
        return Fraction(-(10**30)), Fraction(10**30)
    ends = [x / y for x in a for y in b]
    return min(ends), max(ends)


def half_up(value: Fraction, places: int) -> Fraction:
    units = int(abs(value) * 10**places + Fraction(1, 2))
    return Fraction(-units if value < 0 else units, 10**places)


def holds(tie: Tie, texts: dict[str, str]) -> bool:  # noqa: PLR0911, PLR0912
    said = [texts[id] for id in tie.ids]
    if tie.kind == "word":
        return len(set(said)) == 1
    if tie.kind == "grade":
        total = exact(said[1])
        return said[0] == ("优" if total >= 90 else "良" if total >= 80 else "中" if total >= 60 else "差")
    if tie.kind == "count":
        return exact(said[0]) == tie.extra
    if tie.kind == "order":
        values = [exact(text) for text in said]
        return values == sorted(values, reverse=True)
    if tie.kind == "grim":
        n = int(tie.extra)  # type: ignore[call-overload]
        low, high = read(said[0])
        return any(low <= Fraction(k, n) <= high for k in range(n + 1))
    if tie.kind == "rule":
        return exact(said[0]) == half_up(exact(said[1]) * min(Fraction(1), exact(said[3]) / exact(said[2])), 2)
    if tie.kind == "ceiling":
        met = exact(said[3]) <= exact(said[2])
        return not met or exact(said[0]) == exact(said[1])
    if tie.kind == "execution":
        return exact(said[0]) == half_up(exact(said[1]) * min(Fraction(1), exact(said[2])), 2)
    if tie.kind == "same_in":
        return meets(read(f"{said[0]}{tie.extra}"), read(said[1]))
    if tie.kind == "points_rate":
        return exact(said[2]) == 0 or meets(read(said[0]), (exact(said[1]) / exact(said[2]),) * 2)
    spans = [read(text) for text in said]
    if tie.kind == "same":
        return meets(spans[0], spans[1])
    if tie.kind == "sum":
        return meets(spans[0], (sum(s[0] for s in spans[1:]), sum(s[1] for s in spans[1:])))
    if tie.kind == "points":
        return exact(said[0]) == sum(exact(text) for text in said[1:])
    if tie.kind == "difference":
        return meets(spans[0], (spans[1][0] - spans[2][1], spans[1][1] - spans[2][0]))
    if tie.kind == "ratio":
        return meets(spans[0], over(spans[1], spans[2]))
    if tie.kind == "growth":
        delta, this = spans[1], spans[2]
        low, high = over(this, delta)
        return meets(spans[0], over((Fraction(1),) * 2, (low - 1, high - 1)))
    raise AssertionError(tie.kind)


def money(value: Fraction, places: int = 2) -> str:
    units = int(half_up(value, places) * 10**places)
    if not places:
        return str(units)
    sign, digits = ("-" if units < 0 else ""), str(abs(units)).rjust(places + 1, "0")
    return f"{sign}{digits[:-places]}.{digits[-places:]}"


def percent(part: Fraction, whole: Fraction, places: int = 2) -> str:
    return money(part / whole * 100, places) + "%"


def short(text: str) -> str:
    """Return a decimal without closing zeros, as points are printed."""
    return text.rstrip("0").rstrip(".") if "." in text else text


def grade(total: Fraction) -> str:
    return "优" if total >= 90 else "良" if total >= 80 else "中" if total >= 60 else "差"


# ---------------------------------------------------------------- the kinds of report


def self_evaluation(seed: int) -> Report:  # noqa: PLR0915  (a report from top to bottom)
    """A 项目支出绩效自评表 with its report: funds, indicators, sums, and a text that repeats them."""
    rng, r = random.Random(seed), Report()
    year, region = rng.choice([2021, 2022, 2023, 2024]), rng.choice(REGIONS)
    project = f"{region}{NAMES['resident']}项目"
    r.title = f"{project}绩效自评报告"
    r.heading(r.title, 0)
    budget = rng.randrange(20_000, 900_000)
    executed = int(budget * Fraction(rng.randrange(7200, 9990), 10_000))
    rate = percent(Fraction(executed), Fraction(budget))
    r.spot("t_budget", str(budget), "amount"), r.spot("t_first", str(budget), "amount")
    r.spot("t_executed", str(executed), "amount"), r.spot("t_rate", rate, "rate")
    points = half_up(Fraction(10) * exact(rate), 2)
    r.spot("t_points", short(money(points)), "score")
    own = rng.randrange(budget // 2, budget - 1000)
    own_spent = min(own, executed - 100)
    r.spot("t_own", str(own), "amount"), r.spot("t_own_spent", str(own_spent), "amount")
    r.spot("t_other", str(budget - own), "amount"), r.spot("t_other_spent", str(executed - own_spent), "amount")
    r.ties += [
        Tie("ratio", ("t_rate", "t_executed", "t_budget")),
        Tie("execution", ("t_points", "t_ten", "t_rate")),
        Tie("sum", ("t_budget", "t_own", "t_other")),
        Tie("sum", ("t_executed", "t_own_spent", "t_other_spent")),
    ]
    r.spot("t_ten", "10", "weight")
    rows: list[list] = [
        ["项目名称", (project, 1, 8)],
        [("项目资金（万元）", 4, 1), ("", 1, 2), "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"],
        [("年度资金总额", 1, 2), "{t_first}", "{t_budget}", "{t_executed}", "{t_ten}", "{t_rate}", "{t_points}"],
        [("其中：当年财政拨款", 1, 2), "{t_own_first}", "{t_own}", "{t_own_spent}", "—", "—", "—"],
        [("其他资金", 1, 2), "{t_other_first}", "{t_other}", "{t_other_spent}", "—", "—", "—"],
    ]
    r.again("t_own_first", "t_own"), r.again("t_other_first", "t_other")
    r.ties.pop(), r.ties.pop()
    r.ties.append(Tie("sum", ("t_first", "t_own_first", "t_other_first")))
    rows.append(
        [
            ("绩效指标", 12, 1),
            "一级指标",
            "二级指标",
            "三级指标",
            "年度指标值",
            "实际完成值",
            "分值",
            "得分",
            "偏差原因",
        ]
    )
    plan = [
        ("产出指标", "数量指标", "参保人数", "万人", "more"),
        ("产出指标", "数量指标", "享受待遇人次", "万人次", "more"),
        ("产出指标", "质量指标", "政策范围内住院费用报销比例", "%", "more"),
        ("产出指标", "时效指标", "资金拨付及时率", "%", "full"),
        ("产出指标", "时效指标", "报表按时报送率", "%", "full"),
        ("产出指标", "成本指标", "人均经办成本", "元", "less"),
        ("效益指标", "社会效益指标", "政策知晓率", "%", "more"),
        ("效益指标", "可持续影响指标", "电子凭证激活率", "%", "more"),
        ("满意度指标", "满意度指标", "参保对象满意度", "%", "more"),
    ]
    weights = [10, 10, 10, 5, 5, 10, 15, 15, 10]
    scores = []
    for at, ((one, two, three, unit, kind), weight) in enumerate(zip(plan, weights, strict=True)):
        target, actual = _pair(rng, unit, kind)
        score = Fraction(weight)
        if kind == "more":
            score = half_up(Fraction(weight) * min(Fraction(1), exact(actual) / exact(target)), 2)
        scores.append(score)
        sign = {"more": "≥", "less": "≤", "full": "="}[kind]
        ids = [f"i{at}_score", f"i{at}_weight", f"i{at}_target", f"i{at}_actual"]
        for id, text, spot_kind in zip(
            ids,
            [short(money(score)), str(weight), sign + target, actual],
            ["score", "weight", "target", "actual"],
            strict=True,
        ):
            r.spot(id, text, spot_kind)
        r.ties.append(Tie("ceiling" if kind == "less" else "rule", tuple(ids)))
        reason = "受就诊人次下降影响，已加强预测" if exact(actual) < exact(target) and kind == "more" else ""
        head_1 = [(one, 6, 1)] if at == 0 else [(one, 2, 1)] if at == 6 else [one] if at == 8 else []
        head_2 = [(two, 2, 1)] if at in (0, 3) else [] if at in (1, 4) else [two]
        rows.append([*head_1, *head_2, three, *(f"{{{ids[n]}}}" for n in (2, 3, 1, 0)), reason])
    total = points + sum(scores)
    r.spot("total", short(money(total)), "total"), r.spot("full", "100", "weight")
    r.ties.append(Tie("points", ("total", "t_points", *(f"i{n}_score" for n in range(9)))))
    r.ties.append(Tie("points", ("full", "t_ten", *(f"i{n}_weight" for n in range(9)))))
    rows.append([("总分", 1, 5), "{full}", "{total}", ""])
    r.heading("一、基本情况")
    r.say(
        f"{year}年{project}年初预算安排{r.again('p_budget', 't_budget')}万元，全年执行数"
        f"{r.again('p_executed', 't_executed')}万元，预算执行率{r.again('p_rate', 't_rate')}。"
    )
    r.ties.append(Tie("ratio", ("p_rate", "p_executed", "p_budget")))
    r.heading("二、综合评价结论")
    r.spot("grade", grade(total), "grade")
    sums = [sum(scores[:6]), sum(scores[6:8]), scores[8]]
    for at, value in enumerate(sums):
        r.spot(f"s{at}", short(money(value)), "score")
    r.say(
        f"经自评，{project}绩效自评得分为{r.again('p_total', 'total')}分，自评等级为“{{grade}}”，其中："
        f"预算执行{r.again('p_points', 't_points')}分、产出指标{{s0}}分、效益指标{{s1}}分、满意度指标{{s2}}分。"
    )
    r.ties += [
        Tie("grade", ("grade", "p_total")),
        Tie("points", ("p_total", "p_points", "s0", "s1", "s2")),
        Tie("points", ("s0", *(f"i{n}_score" for n in range(6)))),
        Tie("points", ("s1", "i6_score", "i7_score")),
        Tie("same", ("s2", "i8_score")),
    ]
    r.heading("三、绩效指标分析")
    r.say(
        f"产出指标由{r.spot('count', '6', 'count')}个三级指标构成，权重分为{r.spot('w_out', '50', 'weight')}分，"
        f"实际得分{r.again('p_out', 's0')}分，得分率为{r.spot('r_out', percent(sums[0], Fraction(50)), 'rate')}。"
    )
    r.ties += [
        Tie("ratio", ("r_out", "p_out", "w_out")),
        Tie("count", ("count",), 6),
        Tie("points", ("w_out", *(f"i{n}_weight" for n in range(6)))),
    ]
    for at in (0, 1, 2):
        three = plan[at][2]
        r.say(
            f"“{three}”实际完成值为{r.again(f'p{at}_actual', f'i{at}_actual')}，分值"
            f"{r.again(f'p{at}_weight', f'i{at}_weight')}分，得分{r.again(f'p{at}_score', f'i{at}_score')}分。"
        )
    r.heading("附件：项目支出绩效自评表")
    r.table(rows, caption="项目支出绩效自评表", head_rows=0)
    return r


def _pair(rng: random.Random, unit: str, kind: str) -> tuple[str, str]:
    if kind == "full":
        return "100%", "100%"
    if unit == "%":
        target = rng.randrange(75, 98)
        return f"{target}%", f"{target - 6 + rng.randrange(0, 800) / 100:.2f}%"
    if kind == "less":
        target = rng.randrange(30, 90)
        return f"{target}元", f"{target - rng.randrange(1, 20)}元"
    target = rng.randrange(4000, 90_000)
    return (
        f"{money(Fraction(target, 100))}{unit}",
        f"{money(Fraction(int(target * rng.uniform(0.9, 1.06)), 100))}{unit}",
    )


def third_party(seed: int) -> Report:  # noqa: PLR0915  (likewise)
    """A third-party report: a summary by section, a coded score table, the analysis item by item, a survey."""
    rng, r = random.Random(seed), Report()
    year, region = rng.choice([2022, 2023, 2024]), rng.choice(REGIONS)
    r.title = f"{region}{year}年度{NAMES['resident']}财政补助资金绩效评价报告"
    r.heading(r.title, 0)
    parts = sorted(rng.sample(range(5, 60), 2))
    money_total = rng.randrange(30_000, 90_000)
    a, b = money_total * parts[0] // 100, money_total * (parts[1] - parts[0]) // 100
    c = money_total - a - b
    for id, value in (("total_money", money_total), ("a", a), ("b", b), ("c", c)):
        r.spot(id, str(value), "amount")
    r.heading("一、项目概况")
    r.say("该项目全年预算数{total_money}万元，其中：中央资金{a}万元、省级资金{b}万元、市级资金{c}万元。")
    spent = money_total - rng.randrange(100, 3000)
    r.spot("spent", str(spent), "amount"), r.spot("exec", percent(Fraction(spent), Fraction(money_total)), "rate")
    r.say(f"截至{r.spot('year', str(year), 'year')}年12月31日，该项目实际支出{{spent}}万元，资金执行率{{exec}}。")
    r.ties += [Tie("sum", ("total_money", "a", "b", "c")), Tie("ratio", ("exec", "spent", "total_money"))]
    r.spots["_year"] = Spot("_year", str(year), "year")
    r.ties.append(Tie("word", ("year", "_year")))
    _insured(r)
    r.say(
        f"根据{year}年预算批复，{r.again('a2', 'a')}万元中央资金已全部下达，市级资金{r.again('c2', 'c')}万元同步到位。"
    )
    groups = [
        (
            "A",
            "项目决策",
            [
                ("A101", "立项依据充分性", 4),
                ("A102", "立项程序规范性", 3),
                ("A201", "绩效目标合理性", 4),
                ("A301", "预算编制科学性", 4),
            ],
        ),
        (
            "B",
            "项目过程",
            [
                ("B101", "资金到位率", 5),
                ("B102", "预算执行率", 5),
                ("B201", "管理制度健全性", 5),
                ("B202", "制度执行有效性", 5),
            ],
        ),
        (
            "C",
            "项目产出",
            [
                ("C101", "参保人数", 10),
                ("C201", "待遇核定准确率", 10),
                ("C202", "政策范围内住院费用报销比例", 10),
                ("C301", "待遇支付及时率", 5),
            ],
        ),
        (
            "D",
            "项目效益",
            [("D101", "参保群众政策知晓率", 15), ("D102", "基金可持续运行", 5), ("D201", "参保人员满意度", 10)],
        ),
    ]
    rows: list[list] = [["一级指标", "二级指标", "三级指标", "权重", "得分", "得分率"]]
    summary: list[list] = [["一级指标", "权重分", "得分", "得分率"]]
    score_of: dict[str, Fraction] = {}
    for letter, name, leaves in groups:
        for at, (code, leaf, weight) in enumerate(leaves):
            lost = Fraction(rng.choice([0, 0, 0, 5, 10, 25, 30, 48, 75, 120]), 100)
            score_of[code] = Fraction(weight) - lost
            r.spot(f"{code}_w", str(weight), "weight")
            r.spot(f"{code}_s", short(money(score_of[code])), "score")
            r.spot(f"{code}_r", short(money(score_of[code] / weight * 100)) + "%", "rate")
            r.ties.append(Tie("ratio", (f"{code}_r", f"{code}_s", f"{code}_w")))
            head = [(f"{letter} {name}", len(leaves), 1)] if at == 0 else []
            rows.append([*head, f"{code[:2]} 组", f"{code} {leaf}", f"{{{code}_w}}", f"{{{code}_s}}", f"{{{code}_r}}"])
        weight, score = sum(w for _, _, w in leaves), sum(score_of[c] for c, _, _ in leaves)
        r.spot(f"{letter}_w", str(weight), "weight"), r.spot(f"{letter}_s", short(money(score)), "score")
        r.spot(f"{letter}_r", short(money(score / weight * 100)) + "%", "rate")
        codes = [code for code, _, _ in leaves]
        r.ties += [
            Tie("ratio", (f"{letter}_r", f"{letter}_s", f"{letter}_w")),
            Tie("points", (f"{letter}_w", *(f"{code}_w" for code in codes))),
            Tie("points", (f"{letter}_s", *(f"{code}_s" for code in codes))),
        ]
        summary.append([name, f"{{{letter}_w}}", f"{{{letter}_s}}", f"{{{letter}_r}}"])
    total = sum(score_of.values())
    r.spot("full", "100", "weight"), r.spot("total", short(money(total)), "total")
    r.spot("rate", short(money(total)) + "%", "rate"), r.spot("grade", grade(total), "grade")
    r.ties += [
        Tie("points", ("full", "A_w", "B_w", "C_w", "D_w")),
        Tie("points", ("total", "A_s", "B_s", "C_s", "D_s")),
        Tie("ratio", ("rate", "total", "full")),
        Tie("grade", ("grade", "total")),
    ]
    summary.append(["合计", "{full}", "{total}", "{rate}"])
    rows.append([("总分", 1, 3), r.again("full2", "full"), r.again("total2", "total"), r.again("rate2", "rate")])
    r.heading("二、评价结论")
    r.say(f"最终评分结果为{r.again('p_total', 'total')}分，评价等级为“{{grade}}”。")
    r.table(summary, caption="表1 项目指标得分情况汇总表")
    r.table(rows, caption="表2 项目指标得分表")
    r.heading("三、绩效评价分析")
    for at, (letter, name, leaves) in enumerate(groups):
        number = "一二三四"[at]
        r.heading(f"（{number}）{name}情况", 2)
        r.say(
            f"从评价得分情况看，此项评价满分为{r.again(f'{letter}_pw', f'{letter}_w')}分，绩效评价得分"
            f"{r.again(f'{letter}_ps', f'{letter}_s')}分，得分率{r.again(f'{letter}_pr', f'{letter}_r')}，具体分析如下："
        )
        r.ties.append(Tie("ratio", (f"{letter}_pr", f"{letter}_ps", f"{letter}_pw")))
        for n, (code, leaf, _) in enumerate(leaves, 1):
            r.heading(f"（{n}）{leaf}", 4)
            r.say(
                f"综上所述，该指标分值{r.again(f'{code}_pw', f'{code}_w')}分，根据评分标准得"
                f"{r.again(f'{code}_ps', f'{code}_s')}分，得分率{r.again(f'{code}_pr', f'{code}_r')}。"
            )
            r.ties.append(Tie("ratio", (f"{code}_pr", f"{code}_ps", f"{code}_pw")))
    _survey(r, rng)
    return r


def _insured(r: Report) -> None:
    """Name the insurance throughout, once as a figure of its own: all the others say which it is."""
    name = NAMES["resident"]
    r.spots["_name"] = Spot("_name", name, "name")
    r.ties.append(Tie("word", ("name", "_name")))
    r.say(f"{name}制度覆盖城乡居民。{name}由市级统筹，{name}基金单独建账，{name}待遇按目录支付。")
    r.say(f"{r.spot('name', name, 'name')}补助资金用于待遇支付，{name}经办机构按月审核，{name}参保登记全年开放。")


def _survey(r: Report, rng: random.Random) -> None:
    n = rng.choice([113, 187, 221, 308])
    counts = _split(rng, n, 3)
    for at, count in enumerate(counts):
        r.spot(f"q{at}", money(Fraction(count, n) * 100) + "%", "rate")
        r.ties.append(Tie("grim", (f"q{at}",), n))
    r.heading("四、问卷调查")
    r.say(
        f"在{n}份有效问卷中，被调查对象中选非常了解的比例为{{q0}}，选基本了解的比例为{{q1}}，选不了解的比例为{{q2}}。"
    )
    rates = sorted((rng.randrange(8800, 9900) for _ in range(3)), reverse=True)
    for at, value in enumerate(rates):
        r.spot(f"m{at}", money(Fraction(value, 100)) + "%", "rate")
    r.ties.append(Tie("order", ("m0", "m1", "m2")))
    r.say("各题满意度由高到低依次为：报销及时性（{m0}）、服务态度（{m1}）、总体工作（{m2}）。")


def _split(rng: random.Random, n: int, parts: int) -> list[int]:
    cuts = sorted(rng.sample(range(1, n), parts - 1))
    return [b - a for a, b in zip([0, *cuts], [*cuts, n], strict=True)]


def transfer(seed: int) -> Report:
    """A transfer self-evaluation: allocation by region and batch, execution by region, targets with completion."""
    rng, r = random.Random(seed), Report()
    year, regions = rng.choice([2022, 2023, 2024]), rng.sample(REGIONS, rng.randrange(5, 9))
    r.title = f"{year}年度{NAMES['aid']}补助资金绩效自评报告"
    r.heading(r.title, 0)
    grid = {}
    for at, _ in enumerate(regions):
        first = Fraction(rng.randrange(100_000, 5_000_000), 100)
        central = Fraction(int(first) + rng.randrange(-100, 4000))
        local = Fraction(rng.choice([0, 0, 200, 300, 450]))
        spent = central if rng.random() < 0.5 else Fraction(int(central * rng.uniform(0.88, 0.999) * 100), 100)
        grid[at] = (first, central - first, central, local, central + local, spent)
    for id, column in (("b1", 0), ("b2", 1), ("ct", 2), ("lo", 3), ("al", 4)):
        r.spot(f"{id}_all", short(money(sum(row[column] for row in grid.values()))), "amount")
        for at, row in grid.items():
            r.spot(f"{id}_{at}", short(money(row[column])), "amount")
        r.ties.append(Tie("sum", (f"{id}_all", *(f"{id}_{at}" for at in grid))))
    rows: list[list] = [
        [("序号", 2, 1), ("地区", 2, 1), ("中央财政资金", 1, 3), ("省级财政资金", 2, 1), ("合计", 2, 1)],
        ["第一批", "第二批", "小计"],
        [("全省", 1, 2), *(f"{{{id}_all}}" for id in ("b1", "b2", "ct", "lo", "al"))],
    ]
    for at in ["all", *grid]:
        r.ties += [Tie("sum", (f"ct_{at}", f"b1_{at}", f"b2_{at}")), Tie("sum", (f"al_{at}", f"ct_{at}", f"lo_{at}"))]
        if at != "all":
            rows.append([str(at + 1), regions[at], *(f"{{{id}_{at}}}" for id in ("b1", "b2", "ct", "lo", "al"))])
    total = sum(row[4] for row in grid.values())
    spent = sum(row[5] + row[3] for row in grid.values())
    r.heading("一、资金安排")
    r.say(
        f"{year}年补助资金共计{r.again('p_all', 'al_all')}万元，其中中央资金{r.again('p_ct', 'ct_all')}万元，"
        f"省级资金{r.again('p_lo', 'lo_all')}万元。"
    )
    r.ties.append(Tie("sum", ("p_all", "p_ct", "p_lo")))
    r.table(rows, head_rows=2, caption="补助资金分解下达情况", unit="万元")
    r.heading("二、资金执行")
    r.spot("sp_all", short(money(spent)), "amount"), r.spot("rt_all", _rate(spent, total), "rate")
    r.ties.append(Tie("ratio", ("rt_all", "sp_all", "bu_all")))
    r.again("bu_all", "al_all")
    table = [["序号", "地区", "预算金额", "执行数", "执行率"], [("全省", 1, 2), "{bu_all}", "{sp_all}", "{rt_all}"]]
    for at, row in grid.items():
        r.again(f"bu_{at}", f"al_{at}")
        r.spot(f"sp_{at}", short(money(row[5] + row[3])), "amount")
        r.spot(f"rt_{at}", _rate(row[5] + row[3], row[4]), "rate")
        r.ties.append(Tie("ratio", (f"rt_{at}", f"sp_{at}", f"bu_{at}")))
        table.append([str(at + 1), regions[at], f"{{bu_{at}}}", f"{{sp_{at}}}", f"{{rt_{at}}}"])
    r.ties += [
        Tie("sum", ("sp_all", *(f"sp_{at}" for at in grid))),
        Tie("sum", ("bu_all", *(f"bu_{at}" for at in grid))),
    ]
    r.say(
        f"截至{year}年12月31日，补助资金预算{r.again('p_bu', 'al_all')}万元，实际执行{r.again('p_sp', 'sp_all')}万元，"
        f"资金执行率{r.again('p_rt', 'rt_all')}。"
    )
    r.ties.append(Tie("ratio", ("p_rt", "p_sp", "p_bu")))
    r.table(table, caption="补助资金执行情况", unit="万元")
    r.heading("三、绩效指标完成情况")
    for at, name in enumerate(("资助参保政策覆盖率", "政策知晓率", "救助对象满意度")):
        target = rng.randrange(75, 96)
        actual = Fraction(rng.randrange(target * 100, 9999), 100)
        rate = half_up(actual / target * 100, 2)
        r.spot(f"k{at}_t", f"≥{target}%", "target"), r.spot(f"k{at}_a", money(actual) + "%", "actual")
        r.spot(f"k{at}_c", money(rate) + "%", "rate"), r.spot(f"k{at}_d", money(rate - 100) + "%", "rate")
        r.spots[f"_k{at}"] = Spot(f"_k{at}", "100%", "fixed")
        r.ties += [
            Tie("ratio", (f"k{at}_c", f"k{at}_a", f"k{at}_t")),
            Tie("difference", (f"k{at}_d", f"k{at}_c", f"_k{at}")),
        ]
        r.say(f"{name}指标，指标值为{{k{at}_t}}，实际完成值为{{k{at}_a}}，完成率{{k{at}_c}}，偏差率{{k{at}_d}}。")
    return r


def _rate(part: Fraction, whole: Fraction) -> str:
    text = percent(part, whole)
    return "100%" if text == "100.00%" else text


def fund(seed: int) -> Report:
    """A fund's year: income and expenditure against budget and last year, balance, in a table and in the text."""
    rng, r = random.Random(seed), Report()
    year = rng.choice([2021, 2022, 2023])
    r.title = f"{year}年度社会保险基金支出绩效评价报告"
    r.heading(r.title, 0)
    names = ["机关事业单位养老保险", "城乡居民养老保险"]
    values: dict[str, list[Fraction]] = {}
    for id in ("bi", "bo", "ti", "to", "li", "lo"):
        values[id] = [Fraction(rng.randrange(2500, 9900), 100), Fraction(rng.randrange(600, 2400), 100)]
    values["li"] = [v + Fraction(rng.randrange(-300, 300) or 7, 100) for v in values["ti"]]
    values["lo"] = [v - Fraction(rng.randrange(15, 200), 100) for v in values["to"]]
    for id, pair in values.items():
        for at, value in enumerate([*pair, sum(pair)]):
            r.spot(f"{id}{at}", money(value), "amount")
        r.ties.append(Tie("sum", (f"{id}2", f"{id}0", f"{id}1")))
    for this, last, plan, out in (("ti", "li", "bi", "x"), ("to", "lo", "bo", "y")):
        sums = {id: [*values[id], sum(values[id])] for id in (this, last, plan)}
        for at in range(3):
            d = sums[this][at] - sums[last][at]
            r.spot(f"{out}d{at}", money(d), "amount")
            r.spot(f"{out}g{at}", ("-" if d < 0 else "") + money(abs(d) / sums[last][at] * 100) + "%", "rate")
            r.spot(f"{out}e{at}", percent(sums[this][at], sums[plan][at]), "rate")
            r.ties += [
                Tie("difference", (f"{out}d{at}", f"{this}{at}", f"{last}{at}")),
                Tie("ratio", (f"{out}g{at}", f"{out}d{at}", f"{last}{at}")),
                Tie("ratio", (f"{out}e{at}", f"{this}{at}", f"{plan}{at}")),
            ]
    line = lambda id: [f"{{{id}{at}}}" for at in range(3)]  # noqa: E731
    r.heading("一、总体情况")
    r.table(
        [
            [("险种", 1, 2), *names, "合计"],
            [("预算", 2, 1), "基金收入小计", *line("bi")],
            ["基金支出小计", *line("bo")],
            [(f"{year}年", 2, 1), "基金收入小计", *line("ti")],
            ["基金支出小计", *line("to")],
            [(f"{year - 1}年", 2, 1), "基金收入小计", *line("li")],
            ["基金支出小计", *line("lo")],
            [("收入对比分析", 3, 1), "增长", *line("xd")],
            ["增幅%", *line("xg")],
            ["执行预算%", *line("xe")],
            [("支出对比分析", 3, 1), "增长", *line("yd")],
            ["增幅%", *line("yg")],
            ["执行预算%", *line("ye")],
        ],
        caption="社会保险基金收支情况",
        unit="亿元",
    )
    for at, name in enumerate(names):
        grew = values["ti"][at] >= values["li"][at]
        d, g = abs(values["ti"][at] - values["li"][at]), abs(values["ti"][at] - values["li"][at]) / values["li"][at]
        r.spot(f"pd{at}", money(d), "amount"), r.spot(f"pg{at}", money(g * 100) + "%", "rate")
        r.say(
            f"{year}年{name}基金收入{r.again(f'pt{at}', f'ti{at}')}亿元，较上年{'增加' if grew else '减少'}{{pd{at}}}亿元，"
            f"{'增长' if grew else '下降'}{{pg{at}}}，完成年度预算的{r.again(f'pe{at}', f'xe{at}')}。"
        )
        r.ties.append(Tie("growth" if grew else "fall", (f"pg{at}", f"pd{at}", f"pt{at}")))
    r.ties = [tie if tie.kind != "fall" else Tie("fell", tie.ids) for tie in r.ties]
    r.ties = [tie for tie in r.ties if tie.kind != "fell"]
    balance = sum(values["ti"]) - sum(values["to"])
    sign = balance >= 0
    r.spot("bal", money(balance), "amount")
    if sign:
        r.say(
            f"{year}年基金总收入{r.again('pi', 'ti2')}亿元，基金总支出{r.again('po', 'to2')}亿元，基金当期结余{{bal}}亿元。"
        )
        r.ties.append(Tie("difference", ("bal", "pi", "po")))
    else:
        del r.spots["bal"]
    parts = [values["to"][0] * 9 // 10, values["to"][0] - values["to"][0] * 9 // 10]
    r.spot("u0", money(parts[0]), "amount"), r.spot("u1", money(parts[1]), "amount")
    r.say(
        f"{year}年{names[0]}基金总支出{r.again('pu', 'to0')}亿元，其中：基本养老金支出{{u0}}亿元，其他支出{{u1}}亿元。"
    )
    r.ties.append(Tie("sum", ("pu", "u0", "u1")))
    return r


KINDS = {"self_evaluation": self_evaluation, "third_party": third_party, "transfer": transfer, "fund": fund}
