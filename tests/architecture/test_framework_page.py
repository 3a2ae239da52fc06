"""docs/framework.md names, for each sentence of the framework, where it lives and its test: both must be there."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "framework.md").read_text(encoding="utf-8")


def missing(page: str) -> set[str]:
    """The paths a page names that are not in the repository."""
    named = set(re.findall(r"`((?:tests|frameworks|docs)/[\w/.]+)`", page))
    named |= {
        f"goldenthread/{path}" for path in re.findall(r"`((?:[a-z_]+/)+[a-z_]+\.py)`", page) if "tests/" not in path
    }
    return {path for path in named if not (ROOT / path).exists()}


def test_every_test_and_place_that_the_page_names_is_there():
    assert missing(PAGE) == set()


def test_a_name_that_is_not_there_is_found():
    planted = "| says | `audit/nowhere.py`, `tests/none.py` |"
    assert missing(planted) == {"goldenthread/audit/nowhere.py", "tests/none.py"}
