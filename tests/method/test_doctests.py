"""Every example in the method's docstrings is true."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import goldenthread.method

MODULES = [name for _, name, _ in pkgutil.walk_packages(goldenthread.method.__path__, "goldenthread.method.")]


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_are_true(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0


def test_there_are_examples_to_try() -> None:
    assert doctest.testmod(importlib.import_module("goldenthread.method.sampling")).attempted >= 8
