"""A benchmark cannot flatter: turns, medians, promises not kept and benchmarks not run are all said as they are."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from rich.console import Console

from bench import __main__ as bench
from bench.measurement import Measurement, in_turns
from bench.outcome import Outcome, cells, keep, shown

FAST = Measurement("Opening, against bare", ours=0.004, floor=0.002, at_most=2.5)
SLOW = Measurement("Opening, against bare", ours=0.006, floor=0.002, at_most=2.5)


def test_the_subjects_take_turns() -> None:
    heard: list[str] = []

    in_turns(lambda: heard.append("a"), lambda: heard.append("b"), repeats=2)

    assert "".join(heard) == "ab" + "abab"


def test_a_ratio_within_its_promise_is_kept_and_one_beyond_is_not() -> None:
    assert [cells(found)[1:] for found in (FAST, SLOW)] == [
        ["4 ms", "2 ms", "2.00", "at most 2.5", "kept"],
        ["6 ms", "2 ms", "3.00", "at most 2.5", "NOT KEPT"],
    ]


@pytest.mark.parametrize(
    ("outcome", "kept"),
    [
        (Outcome("opening", "Opening", (FAST,)), True),
        (Outcome("opening", "Opening", (FAST, SLOW)), False),
        (Outcome("opening", "Opening", (), "there is no page yet"), False),
    ],
)
def test_a_benchmark_is_kept_only_when_every_promise_was_measured_and_kept(outcome: Outcome, kept: bool) -> None:
    assert outcome.kept is kept


def test_what_was_not_measured_is_shown_with_its_reason() -> None:
    screen = Console(file=io.StringIO(), width=200)
    screen.print(shown([Outcome("opening", "Opening", (), "there is no page yet")]))

    assert "NOT MEASURED: there is no page yet" in screen.file.getvalue()  # type: ignore[attr-defined]


def test_a_row_stays_until_it_is_measured_again(tmp_path: Path) -> None:
    path = tmp_path / "benchmarks.md"
    keep([Outcome("opening", "Opening", (SLOW,)), Outcome("saving", "Saving", (SLOW,))], path)
    keep([Outcome("saving", "Saving", (FAST,))], path)

    rows = [line for line in path.read_text().splitlines() if line.startswith("| ")]
    assert [(row.split(" | ")[0], "NOT KEPT" in row) for row in rows[2:]] == [("| opening", True), ("| saving", False)]


def test_a_benchmark_that_breaks_off_is_not_kept() -> None:
    assert bench.measured("no_such_file", "Nothing").kept is False


def test_an_unknown_name_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert bench.main(["nonsense"]) == 2
    assert capsys.readouterr().err.startswith("There is no benchmark nonsense;")


def test_those_of_ten_years_run_on_both_databases() -> None:
    known = bench.benchmarks()

    asked = list(bench.runs(["report_figures", "disclosure"], known))

    assert asked == [("report_figures", ""), ("report_figures", "PostgreSQL"), ("disclosure", "")]
    assert [name for name in known if known[name].get("ON_BOTH")] == ["assurance", "dashboard", "report_figures"]


def test_the_large_ones_run_only_when_asked() -> None:
    everyday = [name for name, constants in bench.benchmarks().items() if bench.wanted(name, constants, [])]
    large = [name for name, constants in bench.benchmarks().items() if bench.wanted(name, constants, ["scale"])]

    assert (everyday, large) == (
        [
            "agreement",
            "allotting",
            "assurance",
            "calendar_page",
            "census",
            "cold_start",
            "disclosure",
            "drawing",
            "estimation",
            "feeds",
            "ledger",
            "listing",
            "opening",
            "pack",
            "quotas",
            "reading",
            "report",
            "report_documents",
            "rota",
            "rota_national",
            "saving",
            "theming",
            "xlsform",
        ],
        ["dashboard", "report_figures", "scale"],
    )
