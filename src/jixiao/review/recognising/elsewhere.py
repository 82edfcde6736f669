"""别处的数: what the rest of a report gives that a sentence may build on: budget, figures by name, totals."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from jixiao.review.recognising.mentions import mentions
from jixiao.review.recognising.rates_in_text import the_budget

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jixiao.review.recognising.material import Passage
    from jixiao.review.recognising.mentions import Mention

_TOTAL = re.compile(
    r"(?:合计|共计|总计|总额|总投入)(?:为|达)?$|(?:下达|安排|筹集|到位|预算|补助)[^，。]{0,8}(?:资金|经费|金额|共|数)?(?:为|达)?$"
)
_LATELY = 12  # blocks that a text may look back


@dataclass(eq=False)
class Elsewhere:
    """The figures of a report that any sentence of it may mean."""

    budget: Mention | None = None
    named: dict[str, list[Mention]] = field(default_factory=lambda: defaultdict(list))
    totals: list[tuple[int, Mention]] = field(default_factory=list)

    @classmethod
    def of(cls, passages: Sequence[Passage]) -> Elsewhere:
        """Return what the passages of a report give."""
        found = cls(the_budget(list(passages)))
        for passage in passages:
            for m in mentions(passage):
                if len(m.label) > 2:
                    found.named[m.label].append(m)
                if m.base == "元" and _TOTAL.search(passage.text[max(0, m.start - 20) : m.start]):
                    found.totals.append((passage.block, m))
        return found

    def flows(self) -> list[Mention]:
        """Return the total income and the total expenditure of the report, each where it is named with one value."""
        found = []
        for flow in ("总支出", "总收入"):
            same = {m.claim.key: m for label, own in self.named.items() if label.endswith(flow) for m in own}
            found += list(same.values()) if len(same) == 1 else []
        return found

    def lately(self, passage: Passage) -> list[Mention]:
        """Return the totals named in the passages right before one, the nearest first."""
        blocks = range(passage.block - _LATELY, passage.block)
        return [m for block, m in reversed(self.totals) if block in blocks]
