"""示例: what the modules of the web workspace say in their docstrings is true; they need Django set up, so they run here."""

from __future__ import annotations

import doctest
import pkgutil
from importlib import import_module

import pytest

import jixiao.web

MODULES = sorted(
    found.name
    for found in pkgutil.walk_packages(jixiao.web.__path__, "jixiao.web.")
    if ".migrations" not in found.name and not found.name.endswith((".worker", ".wsgi"))
)


@pytest.mark.parametrize("name", MODULES)
def test_docstrings_are_true(name):
    module = import_module(name)

    assert doctest.testmod(module).failed == 0
    assert (module.__doc__ or "").strip()
