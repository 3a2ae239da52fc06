"""The summary at the end of a run is true: nothing that failed or broke off is ever counted as passed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import run
from tests.run import Count, counted

RESULTS = '<testsuites><testsuite tests="{}" failures="{}" errors="{}" skipped="{}"/></testsuites>'


@pytest.fixture
def results(tmp_path: Path) -> Path:
    return tmp_path / "results.xml"


def test_tests_are_counted_by_how_they_ended(results: Path) -> None:
    results.write_text(RESULTS.format(20, 3, 1, 4))

    assert counted(results, 1) == Count(passed=12, failed=4, skipped=4)


def test_a_run_without_results_is_broken(results: Path) -> None:
    assert counted(results, 0) == Count(broken=True)


def test_a_run_that_collected_nothing_is_broken(results: Path) -> None:
    results.write_text(RESULTS.format(0, 0, 0, 0))

    assert counted(results, 5) == Count(broken=True)


def test_a_run_that_fails_with_no_test_failing_is_broken(results: Path) -> None:
    results.write_text(RESULTS.format(2, 0, 0, 0))

    assert counted(results, 1) == Count(passed=2, broken=True)


def test_two_runs_are_one_total() -> None:
    assert Count(5, 1, 0) + Count(4, 0, 2, broken=True) == Count(9, 1, 2, broken=True)


@pytest.mark.parametrize(
    ("in_ci", "browser", "count", "code"),
    [
        (True, "/usr/bin/chromium", Count(passed=1), 0),
        (True, "/usr/bin/chromium", Count(passed=1, failed=1), 1),
        (True, "/usr/bin/chromium", Count(passed=1, broken=True), 1),
        (True, None, Count(passed=1), 1),
        (False, None, Count(passed=1), 0),
    ],
)
def test_the_exit_code_says_whether_everything_ran_and_passed(
    monkeypatch: pytest.MonkeyPatch, in_ci: bool, browser: str | None, count: Count, code: int
) -> None:
    monkeypatch.setenv("TEST_POSTGRESQL_URL", "postgresql://given/one")
    monkeypatch.setattr(run, "IN_CI", in_ci)
    monkeypatch.setattr(run, "ensured_browser", lambda: browser)
    monkeypatch.setattr(run, "pytest", lambda *arguments, database: count)

    assert run.main() == code


def test_a_missing_database_fails_under_ci(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TEST_POSTGRESQL_URL", raising=False)
    monkeypatch.setattr(run, "IN_CI", True)
    monkeypatch.setattr(run, "ensured_browser", lambda: "/usr/bin/chromium")
    monkeypatch.setattr(run, "installed", lambda package: False)
    monkeypatch.setattr(run.postgresql, "programs", lambda: None)
    monkeypatch.setattr(run, "pytest", lambda *arguments, database: Count(passed=1))

    assert run.main() == 1
