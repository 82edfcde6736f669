"""权重与论证不符: the weight that stands is below, or above, what every expert held it to be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao.evaluation.procedure_check import found
from jixiao.evaluation.weighing import weighings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jixiao.evaluation.assess import Assessment
    from jixiao.findings import Finding


def findings(of: Assessment) -> Iterator[Finding]:
    """Yield a warning for every such weight."""
    for one in weighings(of.evaluation):
        if one.outside():
            args = {"code": one.node.code, "name": one.node.name, "final": one.final}
            yield found("weights", "warning", "opinions", **args, lowest=one.lowest, highest=one.highest)
