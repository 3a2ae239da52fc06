"""What the command line promises whatever the command."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

GOLDENTHREAD = Path(sys.executable).with_name("goldenthread")


def run(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([GOLDENTHREAD, *words], capture_output=True, text=True, check=False)


def test_a_command_there_is_not_is_wrong_usage_and_says_where_to_look():
    said = run("nonsense")
    assert (said.returncode, said.stdout) == (2, "")
    assert said.stderr == "There is no command “nonsense”. Type “goldenthread help” for those there are.\n"


def test_a_command_with_a_hyphen_is_found():
    said = run("verify-draw")
    assert said.returncode == 2
    assert "the following arguments are required" in said.stderr


def test_json_is_one_document_and_nothing_else():
    said = run("due", "2026-12-18", "--days", "10", "--json")
    assert (said.returncode, said.stderr) == (0, "")
    assert said.stdout == (
        '{"due": "2027-01-06", "weekday": "Wednesday", "start": "2026-12-18", "days": 10, "kind": "working"}\n'
    )
