"""Every example in a docstring is true."""

from __future__ import annotations

import doctest
import importlib

import pytest

from tests.architecture.tree import ROOT, modules

WITH_EXAMPLES = [
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    for path in modules()
    if ">>> " in path.read_text(encoding="utf-8")
]


@pytest.mark.parametrize("name", WITH_EXAMPLES)
def test_the_examples_are_true(name: str) -> None:
    outcome = doctest.testmod(importlib.import_module(name), optionflags=doctest.ELLIPSIS)

    assert (outcome.attempted > 0, outcome.failed) == (True, 0)
