"""读对照: what a template of somebody else's calls otherwise, from a small YAML file.

```yaml
cells: {自评表!C3: head/project}      # a cell and the path of what goes into it
rows: {JX-0001: C201}                # what stands anywhere in a row, and the indicator it is
heads: {完成数: 实际完成值}             # a head or label of the template, and ours
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao.errors import CannotParse
from jixiao.findings import Message, Place
from jixiao.formats import yaml_text
from jixiao.forms.placing import Wording

if TYPE_CHECKING:
    from pathlib import Path

_PARTS = ("cells", "rows", "heads")


def read(path: Path) -> Wording:
    """Return the wording that a file holds; `CannotParse` names the line of what is none."""
    tree = yaml_text.read(path)
    for name, value in tree.value.items():
        whole = isinstance(value, dict) and all(isinstance(item, str) for item in value.values())
        if name not in _PARTS or not whole:
            said, remedy = Message("fill.wording_part", {"name": name}), Message("fill.wording_part.remedy")
            raise CannotParse(said, remedy=remedy, place=Place(str(path), line=tree.lines.get((name,), 1)))
    return Wording(**{name: dict(value) for name, value in tree.value.items()})
