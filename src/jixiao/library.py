"""随包数据: the data files that ship inside the package, read as text and nothing else.

Every scalar of a packaged YAML file arrives as text, so `4.5` is exact. Packaged data is ours: when it
is broken that is a bug, and it crashes as one.

>>> read("figures/units.yaml")["人"]["zh"]
'人'
"""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

LANGUAGES = ("zh", "en")


def root() -> Traversable:
    """Return the folder that holds the packaged data."""
    return resources.files("jixiao")


@cache
def read(name: str) -> Any:
    """Return the packaged YAML file `name` (a path inside the package) as dicts, lists and text."""
    import yaml  # noqa: PLC0415  (15 ms, and a plain `--help` reads none of the larger files)

    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    return yaml.load(root().joinpath(name).read_text(encoding="utf-8"), Loader=loader)


def names(folder: str, ending: str = ".yaml") -> list[str]:
    """Return the names, without their ending, of the packaged files of one folder, sorted."""
    found = (entry.name for entry in root().joinpath(folder).iterdir())
    return sorted(name.removesuffix(ending) for name in found if name.endswith(ending) and not name.startswith("_"))


def wording(message_id: str, lang: str) -> str:
    """Return the text of a message in one language.

    `rule.satisfaction.band` stands in `messages/rule_satisfaction.yaml` if there is such a file, else in
    `messages/rule.yaml`: only the files that are spoken from are read. `rule.unknown` stands in `messages/rule.yaml`.
    """
    subject, _, rest = message_id.partition(".")
    part, _, further = rest.partition(".")
    own = f"{subject}_{part}" if further else subject
    text: str = read(f"messages/{own if own in message_files() else subject}.yaml")[message_id][lang]
    return text


@cache
def message_files() -> frozenset[str]:
    """Return the names of all message files."""
    return frozenset(names("messages"))
