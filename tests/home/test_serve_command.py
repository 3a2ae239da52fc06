"""Serving: the database brought up to date first, the demonstration never beside a real council."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from goldenthread.home.management.commands import serve
from goldenthread.people.models import Authority

pytestmark = pytest.mark.django_db


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> list[Any]:
    """What would have been started, instead of starting it; and which commands were called before."""
    found: list[Any] = []
    settings.STATIC_ROOT = tmp_path
    (tmp_path / "staticfiles.json").write_text("{}")
    monkeypatch.setattr(serve, "call_command", lambda *words, **options: found.append(words))
    monkeypatch.setattr(serve.os, "execve", lambda *started: found.append(started))
    return found


def test_it_migrates_makes_the_cache_and_starts_the_server(started: list[Any]) -> None:
    call_command("serve", "--port", "8123")

    *before, (program, command, environment) = started
    assert before == [("migrate",), ("createcachetable",)]
    assert (program, command[command.index("--bind") + 1]) == (sys.executable, "127.0.0.1:8123")
    assert "GOLDENTHREAD_DEMONSTRATION" not in environment


def test_no_address_is_logged_and_workers_are_replaced() -> None:
    command = serve.gunicorn("127.0.0.1:8000", 2)

    assert "--access-logfile" not in command
    assert command[command.index("--max-requests") + 1] == "500"
    assert "--preload" in command


def test_the_demonstration_is_loaded_at_the_first_run_only(started: list[Any]) -> None:
    call_command("serve", "--demonstration")
    Authority.objects.create(name="Ambermere Council", short_name="Ambermere", demonstration=True)
    first = [words for words in started if words[0] == "demo"]
    call_command("serve", "--demonstration")

    assert (first, [words for words in started if words[0] == "demo"]) == ([("demo", "--load")], first)
    assert started[-1][2]["GOLDENTHREAD_DEMONSTRATION"] == "yes"


def test_a_real_council_is_never_served_as_a_demonstration(
    started: list[Any], capsys: pytest.CaptureFixture[str]
) -> None:
    Authority.objects.create(name="Farwick Council", short_name="Farwick")

    with pytest.raises(SystemExit):
        call_command("serve", "--demonstration")

    assert capsys.readouterr().err == (
        "There is a real council in this database, so it is not served as a demonstration.\n"
    )
    assert started == [("migrate",), ("createcachetable",)]


def test_without_its_styles_it_says_what_to_do(
    started: list[Any], settings: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.STATIC_ROOT = tmp_path / "none"

    with pytest.raises(SystemExit):
        call_command("serve")

    assert capsys.readouterr().err == (
        "The styles and scripts are not gathered yet. Run goldenthread assets, or make run.\n"
    )


def test_an_empty_database_is_told_how_to_open_a_council(
    started: list[Any], capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("serve")

    assert "Open one with: goldenthread first-administrator" in capsys.readouterr().out
