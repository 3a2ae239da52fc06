"""The engine: which step may be taken from where, by whom, and in whose words it is refused."""

from __future__ import annotations

import pytest

from goldenthread.method.access import Is
from goldenthread.method.refusal import Refused
from goldenthread.method.workflow import Lifecycle, Step, in_words, step


def dry(facts: dict[str, bool]) -> str | None:
    return "It is still wet." if facts.get("wet") else None


def whole(facts: dict[str, bool]) -> str | None:
    return "It has a hole." if facts.get("hole") else None


KITE = Lifecycle(
    "kite",
    (
        step("fly", "grounded", "flying", {Is.OWNER, Is.AUDITOR}, dry, whole),
        step("land", "flying", "grounded", {Is.OWNER}),
        step("land", "stuck", "grounded", {Is.TEAM_MANAGER}),
    ),
)


def refusal(name: str, state: str, standings: set[Is], facts: dict[str, bool]) -> tuple[str, ...]:
    with pytest.raises(Refused) as refused:
        KITE.take(name, state, standings, facts)
    return refused.value.sentences


def test_a_step_is_taken_by_whoever_it_is_for() -> None:
    assert KITE.take("fly", "grounded", {Is.AUDITOR}, {}) == Step(
        "fly", "grounded", "flying", frozenset({Is.OWNER, Is.AUDITOR}), (dry, whole)
    )


def test_one_name_leads_from_each_state_its_own_way() -> None:
    assert KITE.take("land", "stuck", {Is.TEAM_MANAGER}, {}).by == frozenset({Is.TEAM_MANAGER})
    assert refusal("land", "flying", {Is.TEAM_MANAGER}, {}) == (
        "To land this kite is for the person whose task it is.",
    )


def test_a_step_that_does_not_lead_from_here_is_refused() -> None:
    assert refusal("fly", "flying", {Is.OWNER}, {}) == ("This kite is “flying”, so there is nothing to fly.",)


def test_a_step_for_others_is_refused_naming_them_all() -> None:
    assert refusal("fly", "grounded", {Is.DIRECTOR}, {}) == (
        "To fly this kite is for the auditor of this file or the person whose task it is.",
    )


def test_everything_that_stands_in_the_way_is_said_at_once() -> None:
    assert refusal("fly", "grounded", {Is.OWNER}, {"wet": True, "hole": True}) == ("It is still wet.", "It has a hole.")


def test_whom_it_is_for_is_said_before_what_is_wrong() -> None:
    assert len(refusal("fly", "grounded", set(), {"wet": True})) == 1


def test_the_states_come_in_the_order_of_the_table() -> None:
    assert KITE.states == ("grounded", "flying", "stuck")


@pytest.mark.parametrize(
    ("state", "standings", "steps"),
    [
        ("grounded", {Is.OWNER}, ["fly"]),
        ("grounded", {Is.DIRECTOR}, []),
        ("flying", {Is.OWNER}, ["land"]),
        ("flying", {Is.AUDITOR}, []),
        ("stuck", {Is.TEAM_MANAGER, Is.OWNER}, ["land"]),
        ("lost", {Is.OWNER}, []),
    ],
)
def test_the_buttons_are_the_steps_open_from_here(state: str, standings: set[Is], steps: list[str]) -> None:
    assert [row.name for row in KITE.open_to(state, standings)] == steps


@pytest.mark.parametrize(
    ("standings", "words"),
    [
        ({Is.OWNER}, "the person whose task it is"),
        ({Is.SERVICE_MANAGER, Is.TEAM_MANAGER}, "the team's manager or the service's manager"),
        (
            {Is.DIRECTOR, Is.AUDITOR, Is.QUALITY_ASSURANCE},
            "the Quality Assurance Unit, the directors or the auditor of this file",
        ),
    ],
)
def test_people_are_named_in_words(standings: set[Is], words: str) -> None:
    assert in_words(standings) == words
