"""核对版: the formulas by which the cells of a filled form follow from one another: totals, rates and scores.

A formula stands only where it gives exactly the value that is printed; what a formula cannot say (a checklist, a typed
score, points by levels) stays a value. Only what the sheet itself shows is computed from.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from jixiao.figures import exact
from jixiao.figures.figure import Figure
from jixiao.forms.write import pieces
from jixiao.indicators.indicator import Indicator

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from jixiao.documents.document import Cell, Table
    from jixiao.evaluation.assess import Assessment

At: TypeAlias = tuple[int, int]
Formula: TypeAlias = tuple[str | At, ...]
_PARTS = re.compile(r"(scored|declared)/[^/]+/(weight|score)")
_RATES = {
    "budget_execution_rate": ("executed", "revised_budget"),
    "execution_rate": ("executed", "received"),
    "receipt_rate": ("received", "revised_budget"),
}


class _Number(NamedTuple):
    """A number as a formula sees it: how it is written there, its exact value, its unit."""

    formula: Formula
    num: int
    den: int
    unit: str = ""


def formulas(of: Assessment, table: Table) -> dict[At, Formula]:
    """Return the formulas of a filled form by the row and column of their cells in the table, from 0."""
    sheet = _Sheet(of, {cell.bind: ((row, column), cell) for row, column, cell in table.cells() if cell.bind})
    found: dict[At, Formula] = {}
    for path, (at, cell) in sheet.cells.items():
        if cell.hint is None or not isinstance(cell.value, Figure):
            continue
        for candidate in sheet.candidates(path):
            rounded = _rounded(candidate, cell)
            if rounded is not None:
                found[at] = rounded
                break
    return found


def _rounded(candidate: _Number, cell: Cell) -> Formula | None:
    """Return the formula rounded to the places that its cell prints, None where it gives another value."""
    wanted = _of_cell(cell, (0, 0))
    share = (cell.hint or "").endswith("%")
    places = (cell.value.places or 0) + (2 if share else 0)
    units = exact.half_up(candidate.num, candidate.den, places)
    if units * wanted.den != wanted.num * exact.POWERS[places]:
        return None
    return ("ROUND(", *candidate.formula, f",{places})")


def _of_cell(cell: Cell, at: At) -> _Number:
    """Return the number that a numeric cell holds: a percentage as its share, else the number in its unit."""
    value: Figure = cell.value
    if (cell.hint or "").endswith("%"):
        return _Number((at,), value.num, value.den)
    return _Number((at,), *exact.reduced(value.num * value.unit.den, value.den * value.unit.num))


class _Sheet(NamedTuple):
    """The cells of a form by path, and the assessment that they print."""

    of: Assessment
    cells: Mapping[str, tuple[At, Cell]]

    def candidates(self, path: str) -> Iterator[_Number]:
        """Yield the ways in which the value at a path may follow from other cells."""
        *above, last = path.split("/")
        base = "/".join(above)
        if path in ("scored/weight", "scored/score", "declared/weight"):
            yield from self._sum([one for one in self.cells if _PARTS.fullmatch(one) and one.startswith(base)
                                  and one.endswith(f"/{last}")])  # fmt: skip
        elif base in ("funds/total", "monitoring/total"):
            among = "funds/sources/" if base == "funds/total" else "monitoring/money/"
            yield from self._sum([one for one in self.cells if one.startswith(among) and one.endswith(f"/{last}")])
        elif last == "score_rate":
            yield from self._quotient(f"{base}/score", f"{base}/weight")
        elif last in _RATES:
            whole = "funds/total" if base == "funds/rate" else base.removesuffix("/rate")
            yield from self._quotient(*(f"{whole}/{column}" for column in _RATES[last]))
        elif path == "monitoring/rate":
            yield from self._quotient("monitoring/total/executed", "funds/total/revised_budget")
        elif path.startswith("monitoring/money/") and last == "rate":
            yield from self._quotient(f"{base}/executed", f"funds/sources/{above[-1]}/revised_budget")
        elif path.startswith("scored/") and last == "actual" and self._rule(above[-1]) == "execution_rate":
            yield from self._quotient("funds/total/executed", "funds/total/revised_budget")
        elif path.startswith("scored/") and last == "score":
            yield from self._score(above[-1])

    def _number(self, path: str) -> _Number | None:
        """Return the number at a path: of a numeric cell, or of a text that shows one with its sign and unit."""
        found = self.cells.get(path) or self.cells.get(f"{path}#value")
        if found is None:
            return None
        at, cell = found
        if cell.hint is not None and isinstance(cell.value, Figure):
            return _of_cell(cell, at)
        unit = self.cells.get(f"{path}#unit")
        said = pieces(cell.text)
        read = exact.decimal(said["value"])
        if read is None:
            return None
        formula: Formula = (at,)
        for sign in (said["sign"], said["unit"], "," if "," in cell.text else ""):
            formula = ("SUBSTITUTE(", *formula, f',"{sign}","")') if sign else formula
        number = ("VALUE(", *formula, ")")
        return _Number(number, read[0], exact.POWERS[read[1]], unit[1].text if unit else said["unit"])

    def _sum(self, paths: list[str]) -> Iterator[_Number]:
        """Yield the sum of cells, those below one another as one range."""
        placed = [self.cells[path] for path in paths]
        numbers = [_of_cell(cell, at) for at, cell in placed if isinstance(cell.value, Figure) and cell.hint]
        if not numbers:
            return
        num, den = 0, 1
        for one in numbers:
            num, den = exact.reduced(num * one.den + one.num * den, den * one.den)
        yield _Number(("SUM(", *_ranges([at for at, cell in placed if cell.hint]), ")"), num, den)

    def _quotient(self, part: str, whole: str) -> Iterator[_Number]:
        over, under = self._number(part), self._number(whole)
        if over is not None and under is not None and under.num > 0:
            yield _Number((*over.formula, "/", *under.formula), over.num * under.den, over.den * under.num)

    def _rule(self, code: str) -> str | None:
        node = self._node(code)
        return node.rule.id if node is not None and node.rule is not None else None

    def _node(self, code: str) -> Indicator | None:
        system = self.of.evaluation.system("scored")
        node = system.find(code) if system is not None else None
        return node if isinstance(node, Indicator) else None

    def _score(self, code: str) -> Iterator[_Number]:
        """Yield the points of an indicator by its rule: weight × completion, weight × rate, all of it or nothing."""
        weight, actual = self._number(f"scored/{code}/weight"), self._number(f"scored/{code}/actual")
        rule = self._rule(code)
        if weight is None or actual is None or code in self.of.evaluation.overrides:
            return
        if rule == "execution_rate":
            yield _times(weight, actual)
            return
        target, goal = self._number(f"scored/{code}/target"), getattr(self._node(code), "target", None)
        if target is None or target.unit != actual.unit or goal is None or min(target.num, actual.num) <= 0:
            return
        less = goal.kind in ("at_most", "below") or (goal.kind == "stated" and self._less(code))
        over, under = (target, actual) if less else (actual, target)
        if rule == "proportional":
            quotient = (*over.formula, "/", *under.formula)
            yield _times(weight, _Number(quotient, over.num * under.den, over.den * under.num))
        elif rule == "all_or_nothing" and goal.kind in ("at_least", "at_most", "stated"):
            kept = over.num * under.den >= under.num * over.den
            formula = ("IF(", *over.formula, ">=", *under.formula, ",", *weight.formula, ",0)")
            yield _Number(formula, weight.num if kept else 0, weight.den)

    def _less(self, code: str) -> bool:
        node = self._node(code)
        return node is not None and node.direction == "less"


def _times(weight: _Number, share: _Number) -> _Number:
    """Return weight × min(1, share)."""
    num, den = (share.num, share.den) if share.num <= share.den else (1, 1)
    return _Number((*weight.formula, "*MIN(1,", *share.formula, ")"), weight.num * num, weight.den * den)


def _ranges(places: list[At]) -> Formula:
    """Return cells as the arguments of a sum: A1:A3, B7."""
    runs: list[list[At]] = []
    for at in sorted(places, key=lambda at: (at[1], at[0])):
        if runs and runs[-1][-1] == (at[0] - 1, at[1]):
            runs[-1].append(at)
        else:
            runs.append([at])
    found: list[str | At] = []
    for run in runs:
        found += ([","] if found else []) + ([run[0]] if len(run) == 1 else [run[0], ":", run[-1]])
    return tuple(found)
