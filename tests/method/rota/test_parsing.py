"""PROBLEM.json: read, or refused with one sentence for each fault, at its place."""

from __future__ import annotations

import contextlib
import copy
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldenthread.method.refusal import Refused
from goldenthread.method.rota import Group, Person, Problem, Seating, Session, parse_problem

GOOD: dict[str, Any] = {
    "people": [
        {"id": "ann", "posts": ["team_manager"], "away": ["2026-06-25"], "groups": ["duty"], "weight": 0.5},
        {"id": "ben", "posts": ["team_manager"], "groups": None},
    ],
    "groups": [{"id": "duty", "seats": {"team_manager": 1}}],
    "sessions": [
        {"id": "1", "group": "duty", "date": "2026-05-14"},
        {"id": "2", "group": "duty", "date": "2026-06-25"},
    ],
    "already": [{"session": "1", "post": "team_manager", "person": "ann"}],
}


def refusals(document: object) -> tuple[str, ...]:
    with pytest.raises(Refused) as refused:
        parse_problem(document)
    return refused.value.sentences


def changed(change: Callable[[Any], object]) -> Any:
    document = copy.deepcopy(GOOD)
    change(document)
    return document


def test_a_problem_is_read() -> None:
    may, june = date(2026, 5, 14), date(2026, 6, 25)
    assert parse_problem(GOOD) == Problem(
        (
            Person("ann", ("team_manager",), frozenset({june}), frozenset({"duty"}), 0.5),
            Person("ben", ("team_manager",)),
        ),
        (Group("duty", {"team_manager": 1}),),
        (Session("1", "duty", may), Session("2", "duty", june)),
        (Seating("1", "team_manager", "ann"),),
    )


def test_names_and_other_days_may_be_given() -> None:
    more = {"post_names": {"team_manager": "Team Manager"}, "other_days": {"1": ["2026-05-15"]}}
    document = changed(
        lambda it: (it.update(more), it["people"][0].update(name="Ann Lee"), it["sessions"][0].update(name="First"))
    )
    problem = parse_problem(document)
    assert (problem.people[0].name, problem.sessions[0].name) == ("Ann Lee", "First")
    assert (problem.post_names, problem.other_days) == ({"team_manager": "Team Manager"}, {"1": (date(2026, 5, 15),)})


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (
            lambda it: it["people"][0].update(away=["2026-06-25", "2026-13-04"]),
            "people[0].away[1]: “2026-13-04” is given, a date as 2026-05-04 is expected.",
        ),
        (
            lambda it: it["people"][0].update(away=[20260504]),
            "people[0].away[0]: 20260504 is given, a date as 2026-05-04 is expected.",
        ),
        (lambda it: it["people"][1].update(posts="tm"), "people[1].posts: “tm” is given, a list is expected."),
        (lambda it: it["people"][1].update(posts=[None]), "people[1].posts[0]: null is given, some text is expected."),
        (lambda it: it["people"][1].update(id=7), "people[1].id: 7 is given, some text is expected."),
        (lambda it: it["people"][1].update(id=" "), "people[1].id: nothing is given, some text is expected."),
        (lambda it: it["people"][1].pop("id"), "people[1]: “id” is missing."),
        (
            lambda it: it["people"][0].update(weight=0),
            "people[0].weight: 0 is given, a number from 0.01 to 100 is expected.",
        ),
        (
            lambda it: it["people"][0].update(weight=True),
            "people[0].weight: true is given, a number from 0.01 to 100 is expected.",
        ),
        (
            lambda it: it["people"][0].update(weight=float("nan")),
            "people[0].weight: nan is given, a number from 0.01 to 100 is expected.",
        ),
        (
            lambda it: it["people"][0].update(holiday=[]),
            "people[0]: “holiday” is not known; there are “away”, “groups”, “id”, “name”, “posts” and “weight”.",
        ),
        (
            lambda it: it.update(rooms=[]),
            "the problem: “rooms” is not known; there are “already”, “groups”, “other_days”, “people”, “post_names” "
            "and “sessions”.",
        ),
        (
            lambda it: it["people"][0].update(groups=["cp"]),
            "people[0].groups: “cp” is given, the id of one of the groups is expected.",
        ),
        (
            lambda it: it["groups"][0].update(seats={"team_manager": -1}),
            "groups[0].seats.team_manager: -1 is given, a whole number from 0 to 1,000 is expected.",
        ),
        (
            lambda it: it["groups"][0].update(seats={"team_manager": 1.5}),
            "groups[0].seats.team_manager: 1.5 is given, a whole number from 0 to 1,000 is expected.",
        ),
        (lambda it: it["groups"][0].update(seats=[]), "groups[0].seats: a list is given, an object is expected."),
        (
            lambda it: it["sessions"][0].update(group="cp"),
            "sessions[0].group: “cp” is given, the id of one of the groups is expected.",
        ),
        (
            lambda it: it["sessions"][0].update(date="14/05/2026"),
            "sessions[0].date: “14/05/2026” is given, a date as 2026-05-04 is expected.",
        ),
        (
            lambda it: it["sessions"][1].update(date="2026-05-14"),
            "sessions: duty has 2 sessions on 14 May 2026; one a day is expected.",
        ),
        (lambda it: it["sessions"][1].update(id="1"), "sessions: the id “1” is given 2 times."),
        (lambda it: it["people"][1].update(id="ann"), "people: the id “ann” is given 2 times."),
        (
            lambda it: it["groups"].append({"id": "cp", "seats": {}, "name": "Child protection"}),
            "groups[1]: Child protection has no sessions; give it one, or leave it out.",
        ),
        (
            lambda it: it["groups"][0].update(seats={"team_manager": 1, "social_worker": 2}),
            "people: nobody may sit as social worker, for which duty has seats.",
        ),
        (
            lambda it: it["already"][0].update(person="zoe"),
            "already[0].person: “zoe” is given, the id of one of the people is expected.",
        ),
        (
            lambda it: it["already"][0].update(session="9"),
            "already[0].session: “9” is given, the id of one of the sessions is expected.",
        ),
        (lambda it: it["already"][0].pop("post"), "already[0]: “post” is missing."),
        (
            lambda it: it["already"].append({"session": "1", "post": "iro", "person": "ann"}),
            "already[1]: ann sits twice on 14 May 2026, here and in already[0].",
        ),
        (
            lambda it: it.update(other_days={"9": []}),
            "other_days: “9” is given, the id of one of the sessions is expected.",
        ),
        (
            lambda it: it.update(other_days={"1": ["never"]}),
            "other_days.1[0]: “never” is given, a date as 2026-05-04 is expected.",
        ),
        (lambda it: it.pop("sessions"), "the problem: “sessions” is missing."),
        (lambda it: it.update(people={}), "people: an object is given, a list is expected."),
        (lambda it: it.update(people=["ann"]), "people[0]: “ann” is given, an object is expected."),
    ],
)
def test_a_fault_is_one_sentence_at_its_place(change: Callable[[Any], object], sentence: str) -> None:
    assert refusals(changed(change)) == (sentence,)


def test_a_seat_that_only_people_tied_to_other_groups_could_take_is_a_fault() -> None:
    document = changed(
        lambda it: (
            it["groups"].append({"id": "cp", "seats": {"iro": 1, "team_manager": 1}}),
            it["sessions"].append({"id": "3", "group": "cp", "date": "2026-05-14"}),
            it["people"].append({"id": "cy", "posts": ["iro"], "groups": ["duty"]}),
        )
    )
    assert refusals(document) == ("people: nobody who may sit as iro may sit in cp, which has seats for that.",)


def test_every_fault_is_told_at_once() -> None:
    document = changed(lambda it: (it["people"][0].update(weight="half"), it["sessions"][0].update(date="")))
    assert refusals(document) == (
        "people[0].weight: “half” is given, a number from 0.01 to 100 is expected.",
        "sessions[0].date: nothing is given, a date as 2026-05-04 is expected.",
    )


@pytest.mark.parametrize("document", [None, [], "people", 3])
def test_what_is_no_object_is_refused(document: object) -> None:
    [sentence] = refusals(document)
    assert sentence.startswith("the problem: ")
    assert sentence.endswith(" is given, an object is expected.")


def test_whoever_sits_already_and_is_away_is_no_fault() -> None:
    document = changed(lambda it: it["people"][0].update(away=["2026-05-14"]))
    assert parse_problem(document).already == (Seating("1", "team_manager", "ann"),)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(["people", "groups", "sessions", "already", "post_names", "other_days"]), JSON, st.booleans())
def test_nothing_but_a_refusal_comes_of_any_document(key: str, value: object, wrap: bool) -> None:
    document = copy.deepcopy(GOOD) | {key: [value] if wrap else value}
    with contextlib.suppress(Refused):
        assert isinstance(parse_problem(document), Problem)
