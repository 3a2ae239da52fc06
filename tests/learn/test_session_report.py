"""The session report: sentences a person would write, and small numbers kept where it leaves the unit."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest

from goldenthread.learn.queries.session_facts import Answered, Change, Noted, SessionFigures, TasksSet
from goldenthread.learn.rendering.model import Chart, Points, Protected, Report, Table, Text, Words, to_json
from goldenthread.learn.reports.session import PARTS, compose, released
from goldenthread.method.disclosure import attack
from tests.learn.session_facts import GOOD, POOR, facts, files

HIDDEN = "not shown"


def blocks(report: Report, title: str, kind: type[Any]) -> list[Any]:
    part = next(part for part in report.parts if part.title == title)
    return [block for block in part.blocks if isinstance(block, kind)]


def said(report: Report, title: str) -> str:
    return " ".join(sentence for text in blocks(report, title, Text) for sentence in text.sentences)


def whole_text(report: Report) -> str:
    return json.dumps(to_json(report), ensure_ascii=False)


def table(report: Report, title: str, caption: str) -> Table | None:
    return next((table for table in blocks(report, title, Table) if table.caption == caption), None)


# --- what it says ------------------------------------------------------------------------------------------


def test_the_headline_carries_its_denominator_and_its_interval() -> None:
    report = compose(facts([*files(9, GOOD), *files(31, POOR)]), {})

    assert (
        "9 of 40 files were Good or better (23%). Between 12% and 37% is plausible for all 2,263 open cases the draw "
        "was made from."
    ) in said(report, "Summary")


def test_of_few_files_it_says_so_plainly() -> None:
    report = compose(facts([*files(2, GOOD), *files(1, POOR)]), {})

    assert "These are 3 files: read each figure as what was seen in them, and no more." in said(report, "Grades")


def test_without_a_draw_no_interval_is_given() -> None:
    report = compose(facts([*files(9, GOOD), *files(31, POOR)], chosen=None), {})

    assert "plausible" not in said(report, "Grades")
    assert "not a random sample" in said(report, "How the files were chosen")


def test_every_part_takes_the_units_own_words() -> None:
    report = compose(facts(files(3, GOOD)), {part: f"On {part}." for part in PARTS})

    assert {part.title: [block.text for block in part.blocks if isinstance(block, Words)] for part in report.parts} == {
        **{title: [f"On {part}."] for part, title in PARTS.items()},
        "About this report": [],
    }


def test_practice_and_process_stand_apart_and_good_stands_before_what_needs_work() -> None:
    noted = (
        Noted(1, "improve", "practice", "Supervision", "No supervision since May."),
        Noted(1, "good", "practice", "Planning", "A plan with dates."),
        Noted(2, "improve", "process", "Recording", "Two chronologies."),
    )
    report = compose(facts(files(3, GOOD), findings=noted), {})

    assert [(points.title, points.items[0].text) for points in blocks(report, "Practice", Points)] == [
        ("Good practice", "A plan with dates."),
        ("Practice that needs work", "No supervision since May."),
    ]
    assert [points.items[0].text for points in blocks(report, "Process", Points)] == ["Two chronologies."]


def test_a_file_counts_once_for_a_theme() -> None:
    noted = tuple(Noted(file, "improve", "practice", "Supervision", "Late.") for file in (1, 1, 2))
    report = compose(facts(files(3, GOOD), findings=noted), {})

    assert said(report, "Practice") == "In practice, “Supervision” needs work in 2 of 3 files."


def test_the_weakest_regional_point_is_named_with_its_numbers() -> None:
    points = (Answered("Up-to-date chronology", 3, 4, 1, 2), Answered("Feedback forms", 6, 2, 2, 0))
    report = compose(facts(files(10, GOOD), early_help=Answered("CAF input", 8, 1, 1, 0), regional_points=points), {})

    [chart] = blocks(report, "Early help and the regional points", Chart)
    assert chart.alt == "Up-to-date chronology was met least often: fully in 3 of the 8 files it applies to."
    assert said(report, "Early help and the regional points") == (
        "CAF input was found in 8 of 10 files, partly in 1; in 1 there is none."
    )


def test_the_scale_is_said_with_its_number_of_files() -> None:
    found = facts(
        files(12, GOOD), change=Change(12, 3.25, 5.5, 8, 3, 1), outcomes=(Answered("Be healthy", 5, 1, 1, 0),)
    )

    assert said(compose(found, {}), "Outcomes for children") == (
        "From 0 to 10 for how safe and well the child is, 12 files stood at 3.2 on average when the work began and "
        "stand at 5.5 now. 8 rose, 3 stayed and 1 fell."
    )


@pytest.mark.parametrize(
    ("tasks", "sentence"),
    [
        (TasksSet(signed_off=2, done=1, to_do=4, late=1), "8 tasks are set: 3 are done and 1 is late."),
        (TasksSet(to_do=1), "1 task is set: none are done and none are late."),
        (TasksSet(), "The audits that were returned asked for no tasks."),
    ],
)
def test_tasks_are_said_in_one_sentence(tasks: TasksSet, sentence: str) -> None:
    report = compose(facts(files(3, GOOD), returned=3, awaiting=3, tasks=tasks), {})

    assert said(report, "Tasks").startswith(sentence)


def test_a_session_without_a_submitted_audit_composes() -> None:
    report = compose(facts([], unfinished=4), {})

    assert said(report, "Grades") == "No audit has been submitted yet, so there is no grade to report."
    assert [part.title for part in report.parts] == [*PARTS.values(), "About this report"]


# --- what it keeps back ------------------------------------------------------------------------------------


def could_be(report: Report, row: int, column: int, total: int) -> range:
    """What a reader can work out of one cell of the team table, knowing the column's total from the headline."""
    shown = table(report, "Grades", "Overall grades by team")
    assert shown is not None
    cells = [line[column] for line in shown.rows]
    if cells[row] != HIDDEN:
        return range(int(cells[row]), int(cells[row]) + 1)
    left = total - sum(int(cell) for cell in cells if cell != HIDDEN)
    return range(left + 1) if cells.count(HIDDEN) > 1 else range(left, left + 1)


SMALL_TEAM = [
    *files(11, GOOD, "Duty 1"), *files(9, POOR, "Duty 1"),
    *files(8, GOOD, "Duty 2"), *files(8, POOR, "Duty 2"),
    *files(10, GOOD, "Hospital"), *files(1, POOR, "Hospital"),
    *files(1, GOOD, "Night"), *files(2, POOR, "Night"),
]  # fmt: skip


def test_within_the_unit_every_number_stands() -> None:
    shown = table(compose(facts(SMALL_TEAM), {}), "Grades", "Overall grades by team")

    assert shown is not None
    assert shown.rows == (
        ("Duty 1", "0", "11", "9", "0"), ("Duty 2", "0", "8", "8", "0"), ("Hospital", "0", "10", "1", "0"),
        ("Night", "0", "1", "2", "0"),
    )  # fmt: skip


def test_in_what_is_circulated_a_team_with_few_files_has_no_row_of_its_own() -> None:
    assert "Night" not in whole_text(compose(facts(SMALL_TEAM, circulated=True), {}))


def test_a_lone_team_with_few_files_is_told_together_with_the_next_smallest() -> None:
    audited = [*files(12, GOOD, "Duty 1"), *files(12, POOR, "Duty 1"), *files(8, GOOD, "Duty 2"),
               *files(9, POOR, "Duty 2"), *files(4, GOOD, "Night")]  # fmt: skip
    shown = table(compose(facts(audited, circulated=True), {}), "Grades", "Overall grades by team")

    assert shown is not None
    assert shown.rows == (("Duty 1", "12", "12"), ("Other teams together", "12", "9"))


def test_teams_that_could_only_be_told_all_together_are_not_told() -> None:
    audited = [*files(9, GOOD, "Night"), *files(3, POOR, "Night"), *files(3, GOOD, "Duty 1"), *files(4, POOR, "Duty 1")]
    report = compose(facts(audited, circulated=True), {})

    assert table(report, "Grades", "Overall grades by team") is None


def test_in_what_is_circulated_a_small_number_of_a_team_cannot_be_worked_out() -> None:
    report = compose(facts(SMALL_TEAM, circulated=True), {})
    shown = table(report, "Grades", "Overall grades by team")
    assert shown is not None

    hidden = [
        (row, column) for row, line in enumerate(shown.rows) for column, cell in enumerate(line) if cell == HIDDEN
    ]
    assert (2, 2) in hidden  # "Other teams together": 3 of 14
    assert [cell for cell in hidden if not {0, 6} <= set(could_be(report, *cell, {1: 30, 2: 20}[cell[1]]))] == []


def test_where_the_headline_itself_is_small_no_breakdown_gives_it_away() -> None:
    audited = [*files(4, GOOD, "Duty 1"), *files(20, POOR, "Duty 1"), *files(16, POOR, "Duty 2", "Looked after child")]
    report = compose(facts(audited, circulated=True), {})

    assert said(report, "Grades").startswith("How many files were good enough is not shown: the numbers are small.")
    assert blocks(report, "Grades", Table) == []
    assert len(blocks(report, "Grades", Protected)) == 2
    assert "36" not in " ".join(str(block) for block in blocks(report, "Grades", Chart))


def test_a_small_grade_is_hidden_with_its_neighbour_inside_the_published_class() -> None:
    audited = [*files(8, "Outstanding"), *files(14, GOOD), *files(22, POOR), *files(2, "Inadequate")]
    overall = blocks(compose(facts(audited, circulated=True), {}), "Grades", Chart)[0]

    assert overall.table.rows == (("All files", "8", "14", HIDDEN, HIDDEN),)


@pytest.mark.parametrize("seed", range(40))
def test_nothing_small_can_be_worked_out_of_all_that_an_edition_shows_together(seed: int) -> None:
    dice = random.Random(seed)
    audited = [
        file
        for team in ("Duty 1", "Duty 2", "Hospital", "Night")
        for status in ("Child in need", "Looked after child")
        for grade in ("Outstanding", GOOD, POOR, "Inadequate")
        for file in files(dice.choice((0, 0, 1, 2, 3, 9)), grade, team, status)
    ]
    noted = tuple(Noted(dice.randrange(len(audited)), "improve", "practice", "Supervision", "") for _ in range(12))
    found = facts(audited, findings=noted, tasks=TasksSet(2, 3, 20, 0), returned=9, circulated=True)

    told = released(found)

    assert {table.population.partition(":")[2].partition(" ")[0] for table in told} > {"section:", "tasks", "practice,"}
    assert attack(told, found.framework.protection.suppress_below) == []


def test_what_auditors_wrote_of_single_files_is_not_circulated() -> None:
    noted = tuple(Noted(file, "improve", "practice", "Supervision", "Ada's plan is late.") for file in range(8))
    report = compose(facts(files(20, GOOD), findings=noted, circulated=True), {})

    assert "Ada" not in whole_text(report)
    assert said(report, "Practice").startswith("In practice, “Supervision” needs work in 8 of 20 files.")


def test_reasons_for_replacing_single_files_are_not_circulated() -> None:
    assert "With the court" not in whole_text(compose(facts(files(20, GOOD), circulated=True), {}))


def test_a_section_that_applies_to_few_files_is_not_circulated() -> None:
    some = [*files(20, GOOD), *files(18, POOR)]
    fostered = [file.__class__(file.status, file.team, file.grade, (("Fostering", GOOD),)) for file in files(2, GOOD)]

    assert "Fostering" not in whole_text(compose(facts([*some, *fostered], circulated=True), {}))


def test_what_is_said_of_tasks_does_not_give_a_hidden_one_away() -> None:
    found: SessionFigures = facts(files(20, GOOD), returned=9, tasks=TasksSet(10, 3, 20, 0), circulated=True)
    report = compose(found, {})

    tasks = table(report, "Tasks", "Tasks on 30 October 2026")
    assert tasks is not None
    hidden = [name for name, number in tasks.rows if number == HIDDEN]
    assert "Done, waiting for sign-off" in hidden
    assert len(hidden) >= 2
    assert said(report, "Tasks") == "33 tasks are set."
