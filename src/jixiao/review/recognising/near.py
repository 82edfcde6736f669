"""相近的数: figures for one thing that differ by a slip of the hand: one digit, two swapped, a point moved.

Two figures for one label may both be right (two years, two regions). They are held against each other only when one
is the other mistyped: that is how figures copied by hand drift apart.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from jixiao.figures.units import BARE, unit
from jixiao.review.recognising import key_figures
from jixiao.review.recognising.lines import TOTAL
from jixiao.review.recognising.mentions import Mention, mentions, sentences
from jixiao.review.recognising.naming import comparable, plain
from jixiao.review.recognising.slips import LEAST_DIGITS, slipped
from jixiao.review.said import Claim, Relation

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from jixiao.review.recognising.indicators import Indicator, ScoreTable
    from jixiao.review.recognising.lines import Block
    from jixiao.review.recognising.material import Grid, Material, Passage

_GROUPS = (
    (
        ("中央", r"中央"),
        ("自治区", r"自治区"),
        ("省", r"省级|省本级|省财政"),
        ("州", r"自治州|州级|州财政"),
        ("市", r"市级|市本级|市财政"),
        ("县", r"县级|县财政|区级"),
    ),
    (
        ("收入", r"收入"),
        ("支出", r"支出|执行|支付|使用"),
        ("预算", r"预算|安排|下达"),
        ("到位", r"到位"),
        ("结余", r"结余|结转"),
    ),
    (("率", r"率|完成.{0,8}预算|执行预算"), ("增", r"增长|增幅|下降")),
)
_SCORE = re.compile(r"(?:综合|评价|最终|自评|绩效|总)(?:评价)?(?:得分|分|评分)$")
_SHORT_LABEL, _SHORTEST_NAME = 7, 4
_SPENT = re.compile(r"(?:支出|费用?|补助|抚恤金|待遇|结余|结转)(?:资金)?$")
_OTHERWISE = re.compile(r"较|比|同比|增|减|标准|人均|每人|次均|上年|去年|往年|提高")


def categories(text: str) -> dict[int, str]:
    """Return what a label says by group: the level of finance, the flow of money, the kind of rate."""
    found = {}
    for number, group in enumerate(_GROUPS):
        named = [name for name, form in group if re.search(form, text)]
        if named:
            found[number] = named[-1] if number == 1 else named[0]
    return found


def recognise(
    material: Material,
    tables: list[ScoreTable],
    grids: Sequence[tuple[Grid, list[Block]]],
    settled: set[int],
    year: int | None = None,
) -> Iterator[Relation]:
    """Yield pairs of figures for one thing that differ by one slip; `settled` are claims that agree elsewhere."""
    texts = [passage for passage in material.passages if not _in_table(passage)]
    yield from _in_text(texts, settled, year)
    yield from by_indicators(texts, tables, year)
    yield from _by_core(texts, settled, year)
    cells = list(_cells(grids))
    by_value = {cell[0].key for cell in cells}
    for passage in texts:
        for start, end in sentences(passage.text):
            for m in mentions(passage):
                if (
                    start <= m.start < end
                    and m.base in ("元", "%", "人")
                    and m.claim.key not in by_value
                    and id(m.claim) not in settled
                ):
                    sentence = passage.text[start:end] + "".join(passage.heading[-1:])
                    yield from _beside_tables(m, _context(m, passage, start), sentence, cells)


def _in_table(passage: Passage) -> bool:
    return bool(passage.heading) and passage.heading[0].startswith("T") and passage.heading[0][1:].isdecimal()


def _in_text(texts: list[Passage], settled: set[int], year: int | None) -> Iterator[Relation]:
    """Yield figures of one label in the text, one of them printed at least twice or settled, the other a slip of it."""
    labelled: dict[tuple[str, str], list[Mention]] = defaultdict(list)
    for passage in texts:
        for m in mentions(passage):
            label = re.sub(r"^(?:19|20)\d\d年|\0|\s", "", m.label)
            if (
                m.base in ("元", "人")
                and len(label) > 3
                and not _OTHERWISE.search(label)
                and len(_digits(m.claim.text)) > 3
            ):
                labelled[label[-8:], m.base].append(m)
            if (whole := key_figures.kind(m, passage, year)) is not None and len(_digits(m.claim.text)) >= LEAST_DIGITS:
                labelled[whole, m.base].append(m)
            after = re.match(r"[\u4e00-\u9fff]{2}资金", passage.text[m.end : m.end + 6])
            if after and m.base == "元":
                labelled[after[0], m.base].append(m)
    for (label, _), same in labelled.items():
        counted: dict[object, list[Mention]] = defaultdict(list)
        for m in same:
            counted[m.claim.key].append(m)
        for key, rare in counted.items():
            for other, usual in counted.items():
                firm = len(usual) > len(rare) or any(id(m.claim) in settled for m in usual)
                if (
                    key != other
                    and len(rare) == 1
                    and firm
                    and id(rare[0].claim) not in settled
                    and slipped(rare[0].claim.text, usual[0].claim.text)
                ):
                    yield Relation("same", (rare[0].claim, usual[0].claim), label)
                    break


def _by_core(texts: list[Passage], settled: set[int], year: int | None) -> Iterator[Relation]:
    """Yield spending on one thing that is a slip of what was settled, whatever general words follow its name."""
    spent = [
        (core, m)
        for passage in texts
        for m in mentions(passage)
        if m.base == "元" and (core := _core(m.label)) and not key_figures.of_another_year(m, passage, year)
    ]
    for core, m in spent:
        if id(m.claim) in settled:
            continue
        own = [
            other
            for name, other in spent
            if id(other.claim) in settled and (core.endswith(name) or name.endswith(core))
        ]
        alone = len({other.claim.key for other in own}) == 1 and own[0].claim.key != m.claim.key
        if alone and slipped(m.claim.text, own[0].claim.text):
            yield Relation("same", (m.claim, own[0].claim), m.label)


def _core(label: str) -> str:
    """Return what money is spent on, without the general words behind it; empty where nothing is left to tell by.

    >>> _core("丧葬抚恤金支出"), _core("死亡人员丧葬费"), _core("基金总支出")
    ('丧葬', '死亡人员丧葬', '')
    """
    if _OTHERWISE.search(label) or not _SPENT.search(label):
        return ""
    if (rest := re.fullmatch(r"(?:年末|当年|本年|资金|项目)*(结余|结转)(?:资金)?", label)) is not None:
        return rest[1]
    core = re.sub(r"(?:支出|费用?|补助|抚恤|待遇|资金|金额?|发放)+$", "", label)
    return core if len(core) > 1 and not re.search(r"总$|基金$|预算|合计|其他", core) else ""


def _cells(grids: Sequence[tuple[Grid, list[Block]]]) -> Iterator[tuple[Claim, str, str, bool]]:
    """Yield the figures of tables in their unit, with the labels of row and column, and whether they are totals."""
    for grid, blocks in grids:
        for block in blocks:
            for n, row in enumerate(block.rows):
                for column in block.columns:
                    claim = column.claims[n]
                    if claim is None or claim.figure is None:
                        continue
                    total = bool(TOTAL.search(row.label) or TOTAL.search(column.label))
                    yield sized(claim, grid), f"{row.parent}{row.label}", f"{column.parent}{column.label}", total


def sized(claim: Claim, grid: Grid) -> Claim:
    """Return a bare figure of a table in the table's unit."""
    from dataclasses import replace  # noqa: PLC0415

    from jixiao.figures.exact import reduced  # noqa: PLC0415

    figure = claim.figure
    assert figure is not None
    measure = grid.unit if grid.unit != BARE else unit("万元") if "万元" in grid.caption or _wan(grid) else None
    if figure.unit != BARE or measure is None:
        return claim
    num, den = reduced(figure.num * measure.num, figure.den * measure.den)
    return replace(claim, figure=replace(figure, num=num, den=den, unit=measure), key=(num, den, measure.base))


def _wan(grid: Grid) -> bool:
    return any(
        "万元" in grid.text(row, column)
        for row in range(min(6, len(grid.rows)))
        for column in range(min(3, grid.width()))
    )


def _context(m: Mention, passage: Passage, start: int) -> str:
    """Return what a figure is called; a rate also by the words of the amount that it stands behind."""
    behind = [other for other in mentions(passage) if start <= other.start and other.end <= m.start]
    own = bool(behind) and m.percent() and len(m.label) < _SHORT_LABEL and m.start - behind[-1].end < _SHORT_LABEL * 2
    return f"{behind[-1].label}{m.label}" if own and not behind[-1].percent() else m.label


def _beside_tables(
    m: Mention, label: str, sentence: str, cells: list[tuple[Claim, str, str, bool]]
) -> Iterator[Relation]:
    if m.base == "分":
        yield from _total_score(m, cells)
        return
    said = categories(label)
    if not said:
        return
    for claim, row, column, total in cells:
        figure = claim.figure
        assert figure is not None
        base = "%" if figure.unit.name == "%" else figure.unit.base
        if (
            base != m.base
            or len(_digits(claim.text).replace(".", "")) < 4
            or not slipped(_digits(m.claim.text), _digits(claim.text))
        ):
            continue
        own = categories(row + column)
        shared = [group for group in said if group in own]
        if not {0, 1} & set(shared) or any(said[group] != own[group] for group in shared) or (0 in own) != (0 in said):
            continue
        named = [name for name in (row, column) if len(name) > 3 and re.sub(r"\s", "", name) in sentence]
        if named or {0, 1} <= set(shared) or (total and not _others_named(sentence, cells)):
            yield Relation("same", (m.claim, claim), m.label)
            return


def _total_score(m: Mention, cells: list[tuple[Claim, str, str, bool]]) -> Iterator[Relation]:
    """Yield a total score beside the total of a table that it is a slip of."""
    if not _SCORE.search(m.label):
        return
    totals = [claim for claim, _, _, total in cells if total and claim.figure is not None]
    totals = [claim for claim in totals if claim.figure is not None and claim.figure.unit.base in ("", "分")]
    values = {_digits(claim.text) for claim in totals}
    near = [claim for claim in totals if slipped(_digits(m.claim.text), _digits(claim.text))]
    if near and _digits(m.claim.text) not in values:
        yield Relation("same", (m.claim, near[0]), m.label)


def _others_named(sentence: str, cells: list[tuple[Claim, str, str, bool]]) -> bool:
    """Return whether the sentence names a row or column of its own, so that no total is meant."""
    return any(len(name) > 2 and name in sentence for _, row, _, total in cells for name in (row,) if not total)


def _digits(text: str) -> str:
    digits = re.sub(r"[^\d.]", "", text)
    return digits.rstrip("0").rstrip(".") if digits.endswith(".00") else digits


def by_indicators(texts: list[Passage], tables: list[ScoreTable], year: int | None) -> Iterator[Relation]:
    """Yield figures that the text gives under the very name of an indicator and that are a slip of its value."""
    named: dict[str, list[Indicator]] = defaultdict(list)
    for table in tables:
        for indicator in table.indicators:
            named[plain(indicator.name)].append(indicator)
    for passage in texts:
        for m in mentions(passage):
            rows = _called(plain(re.sub(r"^(?:19|20)\d\d年度?", "", m.label)), named)
            own = [row.claims[kind] for row in rows for kind in ("actual", "target") if kind in row.claims]
            own = [claim for claim in own if claim.figure is not None and comparable(claim.figure, m.figure)]
            if not own or key_figures.of_another_year(m, passage, year):
                continue
            near = [claim for claim in own if slipped(m.claim.text, claim.text)]
            if near:
                rest = tuple((claim,) for claim in own if claim is not near[0])
                yield Relation("same", (m.claim, near[0]), m.label, {"kind": "actual", "instead": rest})


def _called(label: str, named: dict[str, list[Indicator]]) -> list[Indicator]:
    """Return the indicators of a name, or those whose name has the same letters in order, a few left out."""
    if len(label) < _SHORTEST_NAME:
        return []
    return named.get(label) or [row for name, rows in named.items() if _abridged(label, name) for row in rows]


def _abridged(one: str, other: str) -> bool:
    """Return whether one name is the other with words left out, at most half of it.

    >>> _abridged("重点救助对象政策范围内住院救助比例", "重点救助对象住院救助比例")
    True
    """
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) < _SHORTEST_NAME + 2 or len(shorter) * 2 < len(longer) or shorter[-1] != longer[-1]:
        return False
    letters = iter(longer)
    return all(letter in letters for letter in shorter)
