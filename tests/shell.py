"""Commands as somebody types them: the whole way in and out, in the test's own process and database."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from goldenthread.config.command_line import main

Run = Callable[..., tuple[int, str, str]]


def shell(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *first: str) -> Run:
    """Run `goldenthread` with these first words and whatever follows; gives exit code, standard output and error."""

    def run(*words: str | Path) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["goldenthread", *first, *map(str, words)])
        code = 0
        try:
            main()
        except SystemExit as end:
            code = int(end.code or 0)
        said = capsys.readouterr()
        return code, said.out, said.err

    return run
