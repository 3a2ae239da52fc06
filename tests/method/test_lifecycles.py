"""The whole truth table: every step, from every state, by every standing. What is not written here is refused."""

from __future__ import annotations

from itertools import product

import pytest

from goldenthread.method.access import Is
from goldenthread.method.lifecycles import (
    AUDIT,
    CONCERN,
    DRAW,
    PART,
    REAUDIT,
    RETURN,
    TASK,
    AuditFacts,
    ConcernFacts,
    PartFacts,
    ReauditFacts,
    ReturnFacts,
    TaskFacts,
)
from goldenthread.method.parts import WRITERS
from goldenthread.method.refusal import Refused
from goldenthread.method.workflow import Lifecycle

QA, AUDITOR, OWNER = Is.QUALITY_ASSURANCE, Is.AUDITOR, Is.OWNER
TEAM, SERVICE, DIRECTOR = Is.TEAM_MANAGER, Is.SERVICE_MANAGER, Is.DIRECTOR

FACTS = {
    "draw": None,
    "audit": AuditFacts(),
    "part": PartFacts(),
    "task": TaskFacts(evidence="Chronology written.", record="Case note.", reason="The dates are missing."),
    "return": ReturnFacts(reason="One task is not done.", confirmed=True),
    "reaudit": ReauditFacts(reason="The case has closed."),
    "concern": ConcernFacts(evidence="The child was seen today."),
}
OPEN = {
    "draw": {("draw", "frozen", QA): "drawn", ("abandon", "frozen", QA): "abandoned"},
    "audit": {
        ("write in", "allotted", AUDITOR): "in progress",
        ("write in", "in progress", AUDITOR): "in progress",
        ("submit", "in progress", AUDITOR): "submitted",
        ("withdraw", "allotted", QA): "withdrawn",
        ("withdraw", "in progress", QA): "withdrawn",
    },
    "part": {
        (name, "open", who): after for who in WRITERS for name, after in (("write in", "open"), ("submit", "submitted"))
    },
    "task": {
        ("agree", "to do", OWNER): "to do",
        ("challenge", "to do", OWNER): "challenged",
        **{("keep", "challenged", who): "to do" for who in (TEAM, SERVICE, DIRECTOR, QA)},
        **{("drop", "challenged", who): "dropped" for who in (TEAM, SERVICE, DIRECTOR, QA)},
        **{("extend", "to do", who): "to do" for who in (TEAM, SERVICE, DIRECTOR, QA)},
        ("complete", "to do", OWNER): "done",
        ("reopen", "done", TEAM): "to do",
        ("reopen", "done", SERVICE): "to do",
        ("sign off", "done", TEAM): "signed off",
        ("sign off", "done", SERVICE): "signed off",
        ("sign off", "done", DIRECTOR): "signed off",
    },
    "return": {
        ("sign off", "with the team", TEAM): "signed off",
        ("sign off", "with the team", SERVICE): "signed off",
        ("sign off", "with the team", DIRECTOR): "signed off",
        ("accept", "signed off", QA): "accepted",
        ("send back", "signed off", QA): "with the team",
    },
    "reaudit": {
        ("arrange", "owed", QA): "arranged",
        ("give back", "arranged", QA): "owed",
        ("finish", "arranged", QA): "done",
        ("finish", "arranged", AUDITOR): "done",
        ("excuse", "owed", QA): "excused",
    },
    "concern": {
        ("acknowledge", "raised", Is.TOLD): "acknowledged",
        ("close", "acknowledged", Is.TOLD): "closed",
    },
}
STATES = {
    "draw": ("frozen", "drawn", "abandoned"),
    "audit": ("allotted", "in progress", "submitted", "withdrawn"),
    "part": ("open", "submitted"),
    "task": ("to do", "challenged", "done", "signed off", "dropped"),
    "return": ("with the team", "signed off", "accepted"),
    "reaudit": ("owed", "arranged", "done", "excused"),
    "concern": ("raised", "acknowledged", "closed"),
}
LIFECYCLES = {lifecycle.thing: lifecycle for lifecycle in (DRAW, AUDIT, PART, TASK, RETURN, REAUDIT, CONCERN)}


def taken(lifecycle: Lifecycle, name: str, state: str, standing: Is) -> str | None:
    try:
        return lifecycle.take(name, state, {standing}, FACTS[lifecycle.thing]).after
    except Refused:
        return None


@pytest.mark.parametrize("thing", LIFECYCLES)
def test_every_step_from_every_state_by_every_standing(thing: str) -> None:
    lifecycle = LIFECYCLES[thing]
    names = {row.name for row in lifecycle.steps}

    every = {key: taken(lifecycle, *key) for key in product(names, lifecycle.states, Is)}

    assert {key: after for key, after in every.items() if after} == OPEN[thing]


@pytest.mark.parametrize("thing", LIFECYCLES)
def test_the_states_are_these(thing: str) -> None:
    assert set(LIFECYCLES[thing].states) == set(STATES[thing])


@pytest.mark.parametrize("thing", LIFECYCLES)
def test_the_buttons_agree_with_the_steps(thing: str) -> None:
    lifecycle = LIFECYCLES[thing]

    shown = {
        (row.name, state, standing): row.after
        for state, standing in product(lifecycle.states, Is)
        for row in lifecycle.open_to(state, {standing})
    }

    assert shown == OPEN[thing]


def refusals(lifecycle: Lifecycle, name: str, state: str, standing: Is, facts: object) -> tuple[str, ...]:
    try:
        lifecycle.take(name, state, {standing}, facts)
    except Refused as refused:
        return refused.sentences
    return ()


@pytest.mark.parametrize(
    ("name", "facts", "sentences"),
    [
        ("submit", AuditFacts(), ()),
        ("submit", AuditFacts(missing=1), ("One question still needs an answer.",)),
        ("submit", AuditFacts(missing=12), ("12 questions still need an answer.",)),
        (
            "submit",
            AuditFacts(clashes=1),
            ("Two people wrote different answers to the same question; choose which to keep first.",),
        ),
        (
            "submit",
            AuditFacts(missing=2, clashes=1, why_not="holds this case"),
            (
                "You may not audit this file: you are someone who holds this case.",
                "Two people wrote different answers to the same question; choose which to keep first.",
                "2 questions still need an answer.",
            ),
        ),
        ("write in", AuditFacts(missing=60, clashes=3), ()),
        (
            "write in",
            AuditFacts(why_not="is in the team that holds this case"),
            ("You may not audit this file: you are someone who is in the team that holds this case.",),
        ),
    ],
)
def test_what_an_audit_needs(name: str, facts: AuditFacts, sentences: tuple[str, ...]) -> None:
    assert refusals(AUDIT, name, "in progress", AUDITOR, facts) == sentences


@pytest.mark.parametrize("state", ["submitted", "withdrawn"])
@pytest.mark.parametrize("name", ["write in", "submit", "withdraw"])
def test_nothing_leads_out_of_an_audit_that_is_over(name: str, state: str) -> None:
    assert refusals(AUDIT, name, state, AUDITOR, AuditFacts()) == (
        f"This audit is “{state}”, so there is nothing to {name}.",
    )


SAY_WHAT = ("Say what was done.",)
SAY_WHERE = ("Say where the record shows it, so that whoever looks finds it.",)
SAY_WHY = ("Say why, so that the person whose task it is knows what is asked.",)


@pytest.mark.parametrize(
    ("name", "state", "standing", "facts", "sentences"),
    [
        ("complete", "to do", OWNER, TaskFacts(), SAY_WHAT + SAY_WHERE),
        ("complete", "to do", OWNER, TaskFacts(evidence=" \n ", record="Note."), SAY_WHAT),
        ("complete", "to do", OWNER, TaskFacts(evidence="Done."), SAY_WHERE),
        ("complete", "to do", OWNER, TaskFacts(evidence="Done.", record="Note."), ()),
        ("reopen", "done", TEAM, TaskFacts(evidence="Done."), SAY_WHY),
        ("reopen", "done", TEAM, TaskFacts(reason="  "), SAY_WHY),
        ("reopen", "done", TEAM, TaskFacts(reason="The date is missing."), ()),
        ("sign off", "done", TEAM, TaskFacts(), ()),
    ],
)
def test_what_a_task_needs(
    name: str, state: str, standing: Is, facts: TaskFacts, sentences: tuple[str, ...]
) -> None:  # fmt: skip
    assert refusals(TASK, name, state, standing, facts) == sentences


OWN_WORK = "You did one of these tasks yourself, so someone above you signs off this section."
NEARER = "Rafiq Alderton manages this team or its service, and signs off this section."
CHANGED = "The tasks have changed since this page was shown to you. Read them again, then sign off."


@pytest.mark.parametrize(
    ("facts", "sentences"),
    [
        (ReturnFacts(confirmed=True), ()),
        (ReturnFacts(), ("Confirm that it is you: a signature is given by you alone, at this moment.",)),
        (ReturnFacts(confirmed=True, shown="a", current="a"), ()),
        (ReturnFacts(confirmed=True, to_do=1), ("One task is still to do, so the section cannot be signed off.",)),
        (ReturnFacts(confirmed=True, to_do=3), ("3 tasks are still to do, so the section cannot be signed off.",)),
        (
            ReturnFacts(confirmed=True, challenged=1),
            ("One task is challenged and not decided yet, so the section cannot be signed off.",),
        ),
        (
            ReturnFacts(confirmed=True, challenged=2),
            ("2 tasks are challenged and not decided yet, so the section cannot be signed off.",),
        ),
        (ReturnFacts(confirmed=True, own_work=True), (OWN_WORK,)),
        (ReturnFacts(confirmed=True, nearer="Rafiq Alderton"), (NEARER,)),
        (ReturnFacts(confirmed=True, shown="a", current="b"), (CHANGED,)),
        (
            ReturnFacts(confirmed=True, to_do=1, own_work=True, shown="a", current="b"),
            ("One task is still to do, so the section cannot be signed off.", OWN_WORK, CHANGED),
        ),
    ],
)
def test_what_a_sign_off_needs(facts: ReturnFacts, sentences: tuple[str, ...]) -> None:
    assert refusals(RETURN, "sign off", "with the team", TEAM, facts) == sentences


def test_sending_back_needs_a_reason_and_accepting_does_not() -> None:
    assert refusals(RETURN, "send back", "signed off", QA, ReturnFacts()) == SAY_WHY
    assert refusals(RETURN, "accept", "signed off", QA, ReturnFacts()) == ()
