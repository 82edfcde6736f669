"""埋入的重复: the overlaps, deaths, suspects and spoilt numbers that a sample holds, with the truth about each."""

from __future__ import annotations

from collections import Counter
from itertools import count
from math import gcd
from typing import TYPE_CHECKING, Any

from jixiao.enrolment.charging import COLUMNS
from jixiao.enrolment.identity import check_digit
from jixiao.enrolment.registers import scheme_of
from jixiao.enrolment.sample import AS_OF, INSUTYPES, Block, Plan, name_of, number_of, shares, spec, spelt

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# How many of each kind there are in a sample as large as the published table; smaller ones hold at least two.
KINDS = {
    "own_same": 71, "own_cross": 38, "other_same": 2400, "other_cross": 2300, "deceased": 1600, "died_later": 200,
    "all_at_once": 40, "respelt": 300, "legacy": 300, "leap_day": 14000, "foreign": 60, "paused": 5000,
    "uninsured_kind": 900, "other_name": 200, "one_digit": 150,
    "wrong_check": 3000, "no_such_day": 300, "too_short": 300, "missing": 100,
}  # fmt: skip
_OLD = "2008-01-01"


def planned(persons: int, seed: int) -> Plan:
    """Return the plan of a sample: `persons` own records and, in proportion, another register and deaths."""
    scale = int(spec()["scale"])
    others, deaths = (max(1, persons * int(spec()[name]) // scale) for name in ("other", "deaths"))
    blocks, first = [], 0
    for region, insutype, share in shares(persons):
        blocks.append(Block("own", first, first + share, insutype, region))
        first += share
    own = tuple(blocks)
    for at, region in enumerate(spec()["other_regions"]):
        share = others * (at + 1) // 3 - others * at // 3
        blocks.append(Block("other", first, first + share, INSUTYPES[at % 2], region))
        first += share
    blocks.append(Block("deaths", first, first + deaths, "", ""))
    planter = _Planter(seed, persons, own, first + deaths)
    for kind, times in KINDS.items():
        for _ in range(max(2, times * persons // scale)):
            getattr(planter, kind)()
    return Plan(seed, tuple(blocks), planter.rows, planter.truth())


class _Planter:
    """Plants one thing after another, each on a person of its own, and keeps the books."""

    def __init__(self, seed: int, persons: int, blocks: tuple[Block, ...], unused: int) -> None:
        total = sum(max(2, times * persons // int(spec()["scale"])) for times in KINDS.values())
        if total > persons:
            raise ValueError(f"a sample has at least {total} persons")
        self.seed, self.blocks, self.unused, self.leap = seed, blocks, unused, 0
        stride = next(step for step in count(total * 5 // 8 + 1) if gcd(step, total) == 1)
        self.places: Iterator[int] = (at * stride % total * (persons // total) for at in range(total))
        self.rows: dict[str, list[tuple[str | None, ...]]] = {"own": [], "other": [], "deaths": []}
        self.reported: Counter[tuple[str, str]] = Counter()
        for block in blocks:
            self.reported[block.region, block.insutype] += block.last - block.first
        self.gone: Counter[tuple[str, str, str]] = Counter()
        self.records: list[dict[str, str]] = []
        self.suspects: Counter[str] = Counter()
        self.unusable: Counter[str] = Counter()

    def base(self) -> tuple[int, Block]:
        """Return the next person nothing is planted on yet."""
        i = next(self.places)
        return i, next(block for block in self.blocks if block.first <= i < block.last)

    def stranger(self) -> int:
        """Return the number of a person who stands in no register yet."""
        self.unused += 1
        return number_of(self.unused, self.seed)

    def own(
        self,
        certno: str | None,
        name: str,
        insutype: str,
        *,
        kind: str = "01",
        status: str = "1",
        region: str | None = None,
    ) -> str:
        """Add an own record and return its personal number."""
        psn_no = f"Q{len(self.rows['own']):08d}"
        where = region or list(spec()["regions"])[len(self.rows["own"]) % (len(spec()["regions"]) - 1)]
        self.rows["own"].append((psn_no, name, kind, certno, insutype, where, status, _OLD))
        if status == "1" and scheme_of(insutype):
            self.reported[where, insutype] += 1
        return psn_no

    def goes(self, psn_no: str, column: str) -> None:
        """Note that the own record of that number goes into a column."""
        at = int(psn_no[1:])
        if psn_no[0] == "Q":
            row = self.rows["own"][at]
            region, insutype = str(row[5]), str(row[4])
        else:
            block = next(block for block in self.blocks if block.first <= at < block.last)
            region, insutype = block.region, block.insutype
        self.gone[region, insutype, column] += 1
        self.records.append({"psn_no": psn_no, "column": column})

    def other(self, i: int, insutype: str, name: str | None = None) -> None:
        """Add a record of person i to the other register."""
        number = number_of(i, self.seed)
        row = (f"R{len(self.rows['other']):08d}", name or name_of(number), "01", spelt(number), insutype,
               spec()["other_regions"][0], "1", "2019-01-01")  # fmt: skip
        self.rows["other"].append(row)

    def death(self, i: int, day: str, name: str | None = None) -> None:
        """Add the death of person i."""
        number = number_of(i, self.seed)
        self.rows["deaths"].append((name or name_of(number), spelt(number), day))

    def again(self, column: str, spell: Callable[[int], str] = spelt, *, across: bool = False) -> tuple[int, Block]:
        """Give a person a second, older own record, which goes."""
        i, block = self.base()
        number = number_of(i, self.seed)
        insutype = INSUTYPES[1 - INSUTYPES.index(block.insutype)] if across else block.insutype
        self.goes(self.own(spell(number), name_of(number), insutype), column)
        return i, block

    def own_same(self) -> None:
        """A second record in the same scheme."""
        self.again("own_same")

    def own_cross(self) -> None:
        """A second record in the other scheme."""
        self.again("own_cross", across=True)

    def respelt(self) -> None:
        """A second record in full-width digits, with blanks and a lower-case x."""
        wide = str.maketrans("0123456789X", "０１２３４５６７８９ｘ")
        self.again("own_same", lambda number: f" {spelt(number)[:6]} {spelt(number)[6:].translate(wide)}")

    def legacy(self) -> None:
        """A person with 15 digits here and 18 there; a birth before 2000 is needed, others get an ordinary double."""
        self.again(
            "own_same", lambda number: f"{number}"[:6] + f"{number}"[8:] if f"{number}"[6:8] == "19" else spelt(number)
        )

    def other_same(self) -> None:
        """A record in the other register, same scheme."""
        i, block = self.base()
        self.other(i, block.insutype)
        self.goes(f"P{i}", "other_same")

    def other_cross(self) -> None:
        """A record in the other register, across schemes."""
        i, block = self.base()
        self.other(i, INSUTYPES[1 - INSUTYPES.index(block.insutype)])
        self.goes(f"P{i}", "other_cross")

    def deceased(self) -> None:
        """A death before the reference date."""
        i, _ = self.base()
        self.death(i, "2024-01-31")
        self.goes(f"P{i}", "deceased")

    def died_later(self) -> None:
        """A death after the reference date, which changes nothing."""
        self.death(self.base()[0], "2024-07-15")

    def all_at_once(self) -> None:
        """A double record, the other register and a death: the first two columns take the two records."""
        i, block = self.again("own_same")
        self.other(i, block.insutype)
        self.death(i, "2024-02-01")
        self.goes(f"P{i}", "other_same")

    def leap_day(self) -> None:
        """A person born on 29 February, once."""
        left, area = divmod(self.leap, len(spec()["number_areas"]))
        year, sequence = divmod(left, 999)
        number = int(f"{spec()['number_areas'][area]}01{1940 + 4 * year}0229{sequence + 1:03d}")
        self.own(spelt(number), f"闰{self.leap}", "390")
        self.leap += 1

    def foreign(self) -> None:
        """The same other certificate twice."""
        i, _ = self.base()
        text = f"E{i:08d}"
        self.own(text, f"外{i}", "390", kind="03", region=next(iter(spec()["regions"])))
        self.goes(self.own(text.lower(), f"外{i}", "390", kind="03"), "own_same")

    def paused(self) -> None:
        """A paused record, which does not count."""
        number = number_of(self.base()[0], self.seed)
        self.own(spelt(number), name_of(number), "390", status="2")

    def uninsured_kind(self) -> None:
        """A record of an insurance that is not compared."""
        number = number_of(self.base()[0], self.seed)
        self.own(spelt(number), name_of(number), "340")

    def other_name(self) -> None:
        """The same number under another name on the list of deaths: a suspect."""
        self.death(self.base()[0], "2024-01-31", name="某某某")
        self.suspects["names"] += 1

    def one_digit(self) -> None:
        """The same name on a number with one wrong digit: a suspect, and the number is unusable or another's."""
        number = number_of(self.base()[0], self.seed)
        changed = number + 10**11 * (1 if number // 10**11 % 10 < 9 else -1)
        self.own(f"{changed}{check_digit(number)}", name_of(number), "390")
        self.suspects["digit"] += 1
        self.unusable["check_digit"] += 1

    def wrong_check(self) -> None:
        """A wrong check digit."""
        number = self.stranger()
        self.own(f"{number}{'1' if check_digit(number) != '1' else '2'}", "误" + name_of(number), "390")
        self.unusable["check_digit"] += 1

    def no_such_day(self) -> None:
        """A birth on 31 February."""
        number = self.stranger() // 10**7 * 10**7 + 231_001
        self.own(spelt(number), "误" + name_of(number), "390")
        self.unusable["birth_date"] += 1

    def too_short(self) -> None:
        """A number that lost a digit."""
        self.own(spelt(self.stranger())[:17], "误短", "390")
        self.unusable["length"] += 1

    def missing(self) -> None:
        """No number."""
        self.own(None, "无号", "390")
        self.unusable["missing"] += 1

    def truth(self) -> dict[str, Any]:
        """Return what a right comparison says: the table, the record by record, suspects and unusable numbers."""
        table: dict[str, dict[str, dict[str, int]]] = {}
        for (region, insutype), reported in sorted(self.reported.items()):
            figures: dict[str, int] = {name: self.gone[region, insutype, name] for name in COLUMNS}
            figures = {"reported": reported, **figures, "left": reported - sum(figures.values())}
            table.setdefault(region, {})[str(scheme_of(insutype))] = figures
        return {
            "schema": "planted/1",
            "as_of": AS_OF,
            "table": table,
            "records": self.records,
            "suspects": dict(self.suspects),
            "unusable": dict(self.unusable),
        }
