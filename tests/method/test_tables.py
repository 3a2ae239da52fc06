"""Each table that councils publish comes back, to the last count, from single files made to its margins."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from random import Random
from typing import TypeVar

import numpy as np
import pytest

from goldenthread.method.agreement import agreement, table_of
from goldenthread.method.disclosure import attack, protect
from goldenthread.method.measures import good_or_better, tallies
from goldenthread.method.refusal import Refused
from goldenthread.method.tables import (
    Crossed,
    auditor_by_moderator,
    coverage_by_status,
    crossed,
    done_against_owed,
    scores,
    task_tracker,
)

SCALE = ("Outstanding", "Good", "Requires improvement", "Inadequate")
QUARTERS = ("April to June", "July to September", "October to December", "January to March")
Thing = TypeVar("Thing")

BY_PERIOD = ((1, 14, 20, 5), (2, 17, 18, 3), (0, 19, 17, 4), (3, 21, 14, 2))
BY_TEAM = {
    "Duty": (0, 9, 12, 4),
    "Safeguarding 1": (2, 12, 9, 1),
    "Looked after": (4, 15, 6, 0),
    "Leaving care": (0, 4, 3, 1),
}
BY_SECTION = {"Assessment": (3, 18, 15, 4), "Plan": (1, 15, 19, 5), "Voice of the child": (6, 20, 11, 3)}
MODERATED = ((2, 1, 0, 0), (1, 21, 6, 1), (0, 3, 24, 5), (0, 0, 1, 9))


def shuffled(things: Iterable[Thing]) -> list[Thing]:
    found = list(things)
    Random(2009).shuffle(found)
    return found


def files(rows: Sequence[str], columns: Sequence[str], counts: Sequence[Sequence[int]]) -> list[tuple[str, str]]:
    """One (row, column) a file, so that the table has these counts; in no order."""
    return shuffled(
        (row, column)
        for row, line in zip(rows, counts, strict=True)
        for column, count in zip(columns, line, strict=True)
        for _ in range(count)
    )


def test_grades_by_period() -> None:
    found = crossed(files(QUARTERS, SCALE, BY_PERIOD), QUARTERS, SCALE)

    assert found == Crossed(QUARTERS, SCALE, BY_PERIOD)
    assert (found.row_totals, found.column_totals, found.total) == ((40,) * 4, (6, 71, 69, 14), 160)
    assert found.shares[0] == (0.025, 0.35, 0.5, 0.125)


def test_grades_by_team_are_what_tallies_counts() -> None:
    graded = files(tuple(BY_TEAM), SCALE, tuple(BY_TEAM.values()))
    found = crossed(graded, tuple(BY_TEAM), SCALE)

    assert dict(zip(found.rows, found.counts, strict=True)) == BY_TEAM
    assert {each.category: tuple(count for _, count in each.counts) for each in tallies(graded, SCALE)} == BY_TEAM
    assert found.shares[3] == (None,) * 4  # eight files: too few for a percentage


def test_grades_by_section() -> None:
    graded = files(tuple(BY_SECTION), SCALE, tuple(BY_SECTION.values()))
    found = crossed(graded, tuple(BY_SECTION), SCALE)

    assert found.row_totals == (40, 40, 40)
    assert good_or_better([grade for section, grade in graded if section == "Plan"], SCALE) == (16, 40)
    assert found.as_counts()["Voice of the child"]["Outstanding"] == 6


def test_a_row_without_files_stays_in_the_table() -> None:
    assert crossed([], ["May"], SCALE) == Crossed(("May",), SCALE, ((0, 0, 0, 0),))
    assert crossed([], [], SCALE).column_totals == (0, 0, 0, 0)


def test_done_against_owed() -> None:
    owed = {"Service managers": 24, "Team managers": 144, "Reviewing officers": 96, "Practitioners": 12}
    done = {"Service managers": 20, "Team managers": 151, "Reviewing officers": 96, "Partners": 3}
    found = done_against_owed(shuffled(name for name, count in done.items() for _ in range(count)), owed)

    assert [(each.name, each.owed, each.done, each.short) for each in found] == [
        ("Service managers", 24, 20, 4),
        ("Team managers", 144, 151, 0),
        ("Reviewing officers", 96, 96, 0),
        ("Practitioners", 12, 0, 12),
        ("Partners", 0, 3, 0),
    ]
    assert [each.share for each in found][2:] == [1, 0, None]


def test_coverage_by_status() -> None:
    cases = {"looked after": 412, "child protection": 263, "child in need": 901, "care leaver": 9}
    audited = {"looked after": 52, "child protection": 49, "child in need": 58, "care leaver": 1}
    found = coverage_by_status(cases, shuffled(name for name, count in audited.items() for _ in range(count)))

    assert {each.name: (each.cases, each.audited) for each in found} == {
        **{name: (cases[name], audited[name]) for name in cases},
        "All": (1585, 160),
    }
    assert [each.share for each in found][3:] == [None, 160 / 1585]


def test_the_auditors_grade_against_the_moderators_is_what_agreement_counts() -> None:
    pairs = files(SCALE, SCALE, MODERATED)
    found = auditor_by_moderator(pairs, SCALE)

    assert found.table.counts == MODERATED
    assert (found.same, found.lowered, found.raised, found.table.total) == (56, 13, 5, 74)
    codes = [np.array([SCALE.index(pair[place]) for pair in pairs]) for place in (0, 1)]
    against = agreement(table_of(*codes, 4), SCALE)
    assert (against.matrix, against.exact.value, against.higher) == (MODERATED, 56 / 74, 13)


def test_scores_from_nought_to_ten() -> None:
    counts: Mapping[str, tuple[int, ...]] = {
        "April to June": (0, 0, 1, 2, 4, 8, 11, 9, 4, 1, 0),
        "July to September": (1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2),
    }
    given = shuffled(
        (group, score) for group, line in counts.items() for score, count in enumerate(line) for _ in range(count)
    )
    spring, summer = scores(given, tuple(counts))

    assert (spring.counts, spring.n) == (counts["April to June"], 40)
    assert (spring.mean, spring.median, spring.lowest, spring.highest) == (5.85, 6.0, 2, 9)
    assert (summer.counts, summer.n) == (counts["July to September"], 3)
    assert (summer.mean, summer.median, summer.lowest, summer.highest) == (None,) * 4  # it would be one child's


def test_the_tracker_of_tasks() -> None:
    day = date(2026, 9, 30)
    kinds = {
        "done_in_time": (day, day), "done_late": (day - timedelta(9), day - timedelta(8)),
        "open_in_time": (day, None), "open_late": (day - timedelta(1), None),
    }  # fmt: skip
    known = {"Duty": (14, 5, 6, 3), "Looked after": (22, 0, 2, 0)}
    tasks = shuffled(
        (team, *kinds[kind])
        for team, counts in known.items()
        for kind, count in zip(kinds, counts, strict=True)
        for _ in range(count)
    )
    found = task_tracker(tasks, day)

    assert {
        each.name: (each.done_in_time, each.done_late, each.open_in_time, each.open_late) for each in found
    } == known
    assert [each.total for each in found] == [28, 24]


def test_a_task_done_after_the_day_was_not_done_then() -> None:
    (found,) = task_tracker([("Duty", date(2026, 9, 1), date(2026, 10, 2))], date(2026, 9, 30))

    assert found.open_late == 1


@pytest.mark.parametrize("counts", [BY_PERIOD, tuple(BY_TEAM.values()), tuple(BY_SECTION.values()), MODERATED])
def test_each_of_them_can_leave_the_unit_protected(counts: Sequence[Sequence[int]]) -> None:
    rows = tuple(f"row {place}" for place in range(len(counts)))
    found = protect(crossed(files(rows, SCALE, counts), rows, SCALE).as_counts(), 6, population="files")

    assert attack([found], 6) == []


@pytest.mark.parametrize(
    ("made", "sentence"),
    [
        (lambda: crossed([("June", "Good")], ["May"], SCALE), "The table has no row and no column 'June'."),
        (lambda: crossed([("May", "Fine")], ["May"], SCALE), "The table has no row and no column 'Fine'."),
        (lambda: done_against_owed([], {"Duty": -1}), "Duty cannot owe -1 audits."),
        (lambda: coverage_by_status({"a": 1}, ["b"]), "There is no open case of the status 'b'."),
        (lambda: coverage_by_status({"a": 1}, ["a", "a"]), "2 of 1 cases of 'a' cannot have been audited."),
        (lambda: scores([("May", 11)], ["May"]), "11 is not a score: a whole number from 0 to 10 is expected."),
        (lambda: scores([("June", 1)], ["May"]), "The table has no row 'June'."),
    ],
)
def test_what_belongs_in_no_table_is_refused(made: object, sentence: str) -> None:
    with pytest.raises(Refused) as refusal:
        made()  # type: ignore[operator]

    assert refusal.value.sentences == (sentence,)
