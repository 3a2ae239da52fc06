"""Who may see and do what, as the table an information-governance lead signs; and who may not audit a file."""

from __future__ import annotations

from itertools import product

import pytest

from goldenthread.method.access import MAY, WORDS, Auditor, File, IndependenceRule, Is, may, why_not_audit

QA, DIRECTOR, AUDITOR, OWNER = "quality assurance", "director", "auditor", "owner"
PRACTITIONER, TEAM, SERVICE = "practitioner", "team manager", "service manager"

TABLE = {
    "see the sessions": {QA, DIRECTOR, AUDITOR},
    "arrange sessions": {QA},
    "see the year": {QA, DIRECTOR},
    "see the capacity": {QA, DIRECTOR},
    "see case lists and draws": {QA},
    "load case lists and draw": {QA},
    "read an audit": {QA, DIRECTOR, AUDITOR},
    "write in an audit": {AUDITOR},
    "allot audits": {QA},
    "see what everybody owes": {QA, DIRECTOR, SERVICE, TEAM},
    "see senior managers' inspections": {QA, DIRECTOR},
    "share out inspections": {QA},
    "sign the statement of inspections": {DIRECTOR},
    "read a returned audit": {QA, DIRECTOR, PRACTITIONER, TEAM, SERVICE, OWNER},
    "return audits": {QA},
    "write reports": {QA},
    "read published reports": {QA, DIRECTOR, SERVICE, TEAM},
    "see the settings": {QA},
}


def test_the_table_of_rights_is_this_one() -> None:
    assert {act: {standing.value for standing in standings} for act, standings in MAY.items()} == TABLE


def test_each_standing_alone_may_what_the_table_says_and_nothing_else() -> None:
    found = {(act, standing.value) for act, standing in product(MAY, Is) if may(act, {standing})}

    assert found == {(act, standing) for act, standings in TABLE.items() for standing in standings}


def test_nobody_in_particular_may_nothing() -> None:
    assert [act for act in MAY if may(act, set())] == []


def test_several_standings_may_what_any_of_them_may() -> None:
    assert may("write in an audit", {Is.DIRECTOR, Is.AUDITOR})


def test_every_standing_has_its_words() -> None:
    assert set(WORDS) == set(Is)


HERS, ANOTHERS = 7, 8  # people
DUTY, REVIEW = 2, 3  # teams
ASSESSMENT, PERMANENCE = 20, 30  # services
FILE = File(worker=HERS, team=DUTY, service=ASSESSMENT)


def auditor(person: int = ANOTHERS, teams: tuple[int, ...] = (), manages: tuple[int, ...] = ()) -> Auditor:
    return Auditor(person, frozenset(teams), frozenset(manages))


@pytest.mark.parametrize(
    ("who", "file", "sentence"),
    [
        (auditor(), FILE, None),
        (auditor(HERS), FILE, "holds this case"),
        (auditor(teams=(DUTY,)), FILE, "is in the team that holds this case"),
        (auditor(teams=(REVIEW,)), FILE, None),
        (auditor(teams=(REVIEW, DUTY)), FILE, "is in the team that holds this case"),
        (auditor(manages=(DUTY,)), FILE, "manages the team that holds this case"),
        (auditor(manages=(REVIEW,)), FILE, None),
        (auditor(manages=(ASSESSMENT,)), FILE, "manages the service that holds this case"),
        (auditor(manages=(PERMANENCE,)), FILE, None),
        (auditor(teams=(ASSESSMENT,)), FILE, None),
        (auditor(HERS, (DUTY,), (DUTY, ASSESSMENT)), FILE, "holds this case"),
        (auditor(teams=(DUTY,), manages=(DUTY,)), FILE, "manages the team that holds this case"),
        (auditor(HERS, (DUTY,), (DUTY,)), File(None, None, None), None),
        (auditor(HERS), File(None, DUTY, ASSESSMENT), None),
    ],
)
def test_who_may_not_audit_a_file_and_why(who: Auditor, file: File, sentence: str | None) -> None:
    assert why_not_audit(who, file, IndependenceRule()) == sentence


@pytest.mark.parametrize(
    ("rule", "who"),
    [
        (IndependenceRule(own_case=False), auditor(HERS)),
        (IndependenceRule(own_team=False), auditor(teams=(DUTY,))),
        (IndependenceRule(manages=False), auditor(manages=(DUTY, ASSESSMENT))),
    ],
)
def test_a_council_may_do_without_a_rule(rule: IndependenceRule, who: Auditor) -> None:
    assert (why_not_audit(who, FILE, IndependenceRule()) is not None, why_not_audit(who, FILE, rule)) == (True, None)
