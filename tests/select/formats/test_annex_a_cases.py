"""Which children of an Annex A are open, with what status: the rules of the frame."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from random import Random
from typing import Any

import pytest

from goldenthread.select.formats.model import STATUSES
from tests.select.formats.framed import AS_AT, framed_lists, messages, only_case
from tests.select.formats.made_workbooks import AGE, BORN, CLOSED, ID, STARTED, STATUS, TEAM, WORKER, children

LOOKED_AFTER_ENDED = "Date Ceased to be Looked After "
PLAN_ENDED = "Child Protection Plan End Date"
LEGAL = "Child's Legal Status"
EARLY_HELP_ENDED = "Assessment completion date"


@pytest.mark.parametrize(
    ("status", "counted"),
    [
        ("a) Looked after child", "looked_after"),
        ("b) Child Protection plan", "child_protection"),
        ("c) Child in need plan", "child_in_need"),
        ("d) Open assessment", "open_assessment"),
    ],
)
def test_a_list_6_child_is_counted_by_her_status(status: str, counted: str) -> None:
    case = only_case({6: [{ID: 1001, STATUS: status}]})
    assert (case.ref, case.status, case.tags) == ("1001", counted, (counted,))


def test_a_closed_episode_is_not_open() -> None:
    frame = framed_lists({6: [{ID: 1001, STATUS: "e) Closed episode", CLOSED: date(2024, 5, 1)}]})
    assert (frame.cases, frame.closed, frame.faults) == ((), 1, ())


def test_a_case_closed_on_the_date_itself_is_closed() -> None:
    frame = framed_lists({6: [{ID: 1001, STATUS: "e) Closed episode", CLOSED: AS_AT}]})
    assert (len(frame.cases), frame.closed) == (0, 1)


def test_a_case_that_closes_the_day_after_is_open() -> None:
    assert only_case({6: [{ID: 1001, STATUS: "CIN", CLOSED: date(2024, 7, 1)}]}).status == "child_in_need"


def test_an_open_status_with_a_closure_date_is_closed_and_a_fault() -> None:
    frame = framed_lists({6: [{ID: 1001, STATUS: "c) Child in need plan", CLOSED: date(2024, 5, 1)}]})
    assert (frame.cases, frame.closed) == ((), 1)
    assert messages(frame) == ["'c) Child in need plan' is an open status, but the case closed on 1 May 2024."]


def test_1900_as_a_closure_date_means_none() -> None:
    assert only_case({6: [{ID: 1001, STATUS: "CIN", CLOSED: date(1900, 1, 1)}]}).status == "child_in_need"


def test_every_care_leaver_of_list_9_is_open() -> None:
    assert only_case({9: [{ID: 1001, "Eligibility Category": "Former relevant"}]}).status == "care_leaver"


def test_early_help_without_a_completion_date_is_open() -> None:
    frame = framed_lists({2: [{ID: 1, EARLY_HELP_ENDED: date(2024, 6, 1)}, {ID: 2}]})
    assert [(case.ref, case.status) for case in frame.cases] == [("2", "early_help")]


def test_a_looked_after_child_on_a_protection_plan_is_counted_once_and_carries_both_tags() -> None:
    case = only_case({6: [{ID: 1, STATUS: "a) Looked after child"}], 7: [{ID: 1}], 8: [{ID: 1, LEGAL: "C2"}]})
    assert (case.status, case.tags) == ("looked_after", ("child_protection", "looked_after"))


def test_a_status_that_names_both_carries_both_tags() -> None:
    assert only_case({6: [{ID: 1, STATUS: "CP/CLA"}]}).tags == ("child_protection", "looked_after")


def test_a_looked_after_care_leaver_is_counted_as_looked_after() -> None:
    case = only_case({6: [{ID: 1, STATUS: "LAC"}], 9: [{ID: 1}]})
    assert (case.status, case.tags) == ("looked_after", ("care_leaver", "looked_after"))


def test_a_child_on_a_plan_but_not_in_list_6_is_counted_and_a_fault() -> None:
    frame = framed_lists({6: [{ID: 1, STATUS: "CIN"}], 7: [{ID: 2}]})
    assert [(case.ref, case.status) for case in frame.cases] == [("1", "child_in_need"), ("2", "child_protection")]
    assert messages(frame) == [
        "Child 2 is on a protection plan here but not in List 6; counted as on a protection plan."
    ]


def test_a_child_whose_plan_has_ended_is_not_counted_from_list_7() -> None:
    assert framed_lists({6: [], 7: [{ID: 2, PLAN_ENDED: date(2024, 6, 1)}]}).cases == ()


def test_a_child_closed_in_list_6_but_open_in_list_8_is_closed_and_a_fault() -> None:
    frame = framed_lists({6: [{ID: 1, STATUS: "Closed"}], 8: [{ID: 1, LEGAL: "C2"}]})
    assert (frame.cases, frame.closed) == ((), 1)
    assert messages(frame) == ["Child 1 is closed here but still looked after in another list; counted as closed."]


def test_a_child_in_need_who_is_open_in_list_8_is_looked_after_and_a_fault() -> None:
    frame = framed_lists({6: [{ID: 1, STATUS: "CIN"}], 8: [{ID: 1, LEGAL: "C2"}]})
    assert [case.status for case in frame.cases] == ["looked_after"]
    assert messages(frame) == ["Child 1 is 'CIN' here but looked after in another list, which is counted."]


@pytest.mark.parametrize("legal", ["V3", "V4 - Accommodation under a series of short term breaks", "Respite (V3)"])
def test_short_breaks_are_tagged_and_not_looked_after(legal: str) -> None:
    case = only_case({6: [{ID: 1, STATUS: "a) Looked after child"}], 8: [{ID: 1, LEGAL: legal}]})
    assert (case.status, case.tags) == ("child_in_need", ("child_in_need", "short_breaks"))


@pytest.mark.parametrize("placement", ["U1", "U6 - not long term", "e) U5: Foster placement - FFA"])
def test_a_child_in_foster_care_brings_the_fostering_file(placement: str) -> None:
    case = only_case({6: [{ID: 1, STATUS: "CLA"}], 8: [{ID: 1, LEGAL: "C2", "Placement Type": placement}]})
    assert (case.linked, case.tags) == (("fostering_file",), ("fostering", "looked_after"))


def test_a_child_in_a_childrens_home_brings_no_fostering_file() -> None:
    case = only_case({6: [{ID: 1, STATUS: "CLA"}], 8: [{ID: 1, LEGAL: "C2", "Placement Type": "K2"}]})
    assert (case.linked, case.tags) == ((), ("looked_after",))


def test_facts_become_tags() -> None:
    uasc = "Unaccompanied Asylum Seeking Child (UASC) within the Last 12 Months (Y/N)"
    disabled = "Does the Child have a Disability"
    lists = {6: [{ID: 1, STATUS: "CLA", disabled: "b) No"}], 8: [{ID: 1, uasc: "Y", disabled: "a) Yes"}], 10: [{ID: 1}]}
    assert only_case(lists).tags == ("adoption", "disability", "looked_after", "uasc")


def test_a_child_twice_in_list_6_counts_by_her_latest_start_and_is_a_fault() -> None:
    rows = [
        {ID: 1, STATUS: "CIN", STARTED: date(2024, 1, 1)},
        {ID: 1, STATUS: "CP", STARTED: date(2024, 3, 1)},
    ]
    frame = framed_lists({6: rows})
    assert [case.status for case in frame.cases] == ["child_protection"]
    assert [(fault.row, fault.message) for fault in frame.faults] == [
        (3, "Child 1 is here twice; the latest start counts, which is row 4.")
    ]


def test_two_workers_for_one_child_are_a_fault_and_list_6_decides() -> None:
    frame = framed_lists({6: [{ID: 1, STATUS: "CP", WORKER: "Ash Vale"}], 7: [{ID: 1, WORKER: "Bea Dale"}]})
    assert [case.worker for case in frame.cases] == ["Ash Vale"]
    assert messages(frame) == ["Child 1 has another worker here than in row 3 of List_6."]


def test_a_team_missing_in_list_6_is_taken_from_the_list_that_has_it() -> None:
    assert only_case({6: [{ID: 1, STATUS: "CP", TEAM: "#N/A"}], 7: [{ID: 1, TEAM: "Duty 2"}]}).team == "Duty 2"


def test_an_adult_still_open_is_counted_and_a_fault() -> None:
    frame = framed_lists({6: [{ID: 1, STATUS: "CIN", AGE: 22}]})
    assert [case.age_band for case in frame.cases] == ["18 and over"]
    assert messages(frame) == ["Child 1 is 18 or over and still open here."]


def test_an_unborn_child_is_a_child() -> None:
    case = only_case({6: [{ID: 1, STATUS: "CP", AGE: -1, BORN: date(2024, 9, 1)}]})
    assert (case.status, case.age_band) == ("child_protection", "unborn")


def test_a_missing_age_is_worked_out_from_the_date_of_birth() -> None:
    rows = [{ID: 1, STATUS: "CIN", BORN: date(2019, 5, 1), STARTED: date(2024, 4, 30)}]
    assert only_case({6: rows}).age_band == "1 to 4"


def test_a_care_leaver_written_into_list_6_counts_only_from_list_9() -> None:
    frame = framed_lists({6: [{ID: 1, STATUS: "Care leaver"}, {ID: 2, STATUS: "Care leaver"}], 9: [{ID: 2}]})
    assert [(case.ref, case.status) for case in frame.cases] == [("2", "care_leaver")]
    assert len(frame.faults) == 2


def test_a_status_nobody_knows_is_reported_and_decides_nothing() -> None:
    frame = framed_lists({6: [{ID: 1, STATUS: "Tier 4"}, {ID: 2, STATUS: "Tier 4"}, {ID: 3, STATUS: "CIN"}]})
    assert [case.ref for case in frame.cases] == ["3"]
    assert (frame.undecided, [(u.field, u.value, u.count) for u in frame.unmapped]) == (2, [("status", "Tier 4", 2)])


def test_a_child_of_unknown_status_who_is_open_in_list_8_is_looked_after() -> None:
    frame = framed_lists({6: [{ID: 1, STATUS: "Tier 4"}], 8: [{ID: 1, LEGAL: "C2"}]})
    assert ([case.status for case in frame.cases], frame.undecided) == (["looked_after"], 0)


def test_a_blank_status_is_a_fault() -> None:
    frame = framed_lists({6: [{ID: 1, STATUS: "NULL"}, {ID: 2, STATUS: "CIN"}]})
    assert messages(frame) == ["Child 1 has no status and no closure date."]
    assert frame.undecided == 1


def test_the_counts_agree_with_the_cases() -> None:
    rows = [{ID: n, STATUS: "abcd"[n % 4] + ")", TEAM: f"Team {n % 3}" if n % 3 else ""} for n in range(1, 25)]
    frame = framed_lists({6: rows})
    assert frame.by_status == {**dict.fromkeys(STATUSES, 0), **dict.fromkeys(STATUSES[:4], 6)}
    assert frame.by_team == {"(no team)": 8, "Team 1": 8, "Team 2": 8}
    assert frame.by_tag == dict.fromkeys(sorted(STATUSES[:4]), 6)


@pytest.mark.parametrize("seed", range(12))
def test_the_frame_is_what_the_slow_reading_of_the_rules_gives(seed: int) -> None:
    lists = _invented(Random(seed))
    frame = framed_lists(lists)
    assert {case.ref: case.status for case in frame.cases} == _by_the_rules(lists)


def _invented(chance: Random) -> dict[int, list[dict[str, Any]]]:
    """Forty children strewn over the lists, contradictions included, each at most once in a list."""

    def some(share: float, make: Callable[[], dict[str, Any]]) -> list[dict[str, Any]]:
        return [{ID: f"C{n:03}", **make()} for n in range(40) if chance.random() < share]

    def ended(share: float) -> date | str:
        return chance.choice([date(2024, 6, 29), AS_AT, date(2024, 7, 1)]) if chance.random() < share else ""

    return {
        6: some(0.7, lambda: {STATUS: chance.choice("abcde") + ")", CLOSED: ended(0.3)}),
        7: some(0.3, lambda: {PLAN_ENDED: ended(0.4)}),
        8: some(0.3, lambda: {LOOKED_AFTER_ENDED: ended(0.4), LEGAL: chance.choice(["C2", "V2", "V4"])}),
        9: some(0.2, dict),
        2: some(0.2, lambda: {EARLY_HELP_ENDED: ended(0.5)}),
    }


def _by_the_rules(lists: dict[int, list[dict[str, Any]]]) -> dict[str, str]:
    """The rules said once more, child by child, as slowly as they read."""

    def row(number: int, ref: str) -> dict[str, Any] | None:
        return next((row for row in lists[number] if row[ID] == ref), None)

    def still(row: dict[str, Any], column: str) -> bool:
        return row.get(column, "") == "" or row[column] > AS_AT

    found: dict[str, str] = {}
    for ref in sorted({row[ID] for rows in lists.values() for row in rows}):
        six, seven, eight, nine, two = (row(number, ref) for number in (6, 7, 8, 9, 2))
        has: set[str] = set()
        if nine is not None:
            has.add("care_leaver")
        if two is not None and still(two, EARLY_HELP_ENDED):
            has.add("early_help")
        open_in_six = six is not None and six[STATUS] != "e)" and still(six, CLOSED)
        if six is None or open_in_six:
            breaks = eight is not None and still(eight, LOOKED_AFTER_ENDED) and eight[LEGAL] == "V4"
            if six is not None:
                has.add(
                    {"a)": "looked_after", "b)": "child_protection", "c)": "child_in_need"}.get(
                        six[STATUS], "open_assessment"
                    )
                )
            if seven is not None and still(seven, PLAN_ENDED):
                has.add("child_protection")
            if eight is not None and still(eight, LOOKED_AFTER_ENDED):
                has.add("child_in_need" if breaks else "looked_after")
            if breaks and "looked_after" in has:
                has = (has - {"looked_after"}) | {"child_in_need"}
        for status in STATUSES:
            if status in has:
                found[ref] = status
                break
    return found


def test_brothers_and_sisters_are_known_by_the_family_of_list_10() -> None:
    no_longer = {"Date of Decision that Child Should No Longer be Placed for Adoption": date(2024, 2, 1)}
    found = framed_lists(
        {
            6: [*children(3), {ID: 9, STATUS: "e) Closed episode"}],
            8: [{ID: 2001}],
            9: [{ID: 3001}],
            10: [
                {ID: 1001, "Family identifier": "F1"},
                {ID: 1002, "Family identifier": "F1", **no_longer},
                {ID: 2001, "Family identifier": 12.0},
                {ID: 3001, "Family identifier": "F3"},
                {ID: 9, "Family identifier": "F1"},
                {ID: 77, "Family identifier": "F1"},
            ],
        }
    )
    assert {case.ref: case.family for case in found.cases} == {
        "1001": "F1",
        "1002": "F1",
        "1003": "",
        "2001": "12",
        "3001": "F3",
    }
    assert {case.ref for case in found.cases if "adoption" in case.tags} == {"1001", "2001", "3001"}
