"""界面语言: the language of the command line: `--lang`, else the locale's, else Chinese."""

from __future__ import annotations

import os
import sys
from functools import cache

from jixiao import library


@cache
def current() -> str:
    """Return the language for this run, before any option is parsed, because help texts need it too."""
    words = sys.argv[1:]
    for at, word in enumerate(words):
        asked = (
            word.partition("=")[2]
            if word.startswith("--lang=")
            else words[at + 1]
            if word == "--lang" and at + 1 < len(words)
            else ""
        )
        if asked in library.LANGUAGES:
            return asked
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        spoken = os.environ.get(name, "")
        if spoken and spoken not in ("C", "POSIX", "C.UTF-8"):
            return "zh" if spoken.startswith("zh") else "en"
    return "zh"


def say(message_id: str) -> str:
    """Return the wording of a text of the command line itself."""
    return library.wording(message_id, current())
