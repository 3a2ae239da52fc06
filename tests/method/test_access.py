"""Who may see and do what, as the table an information-governance lead signs."""

from __future__ import annotations

from itertools import product

from goldenthread.method.access import MAY, WORDS, Is, may

QA, DIRECTOR, AUDITOR, MODERATOR, OWNER = "quality assurance", "director", "auditor", "moderator", "owner"
PRACTITIONER, TEAM, SERVICE = "practitioner", "team manager", "service manager"

TABLE = {
    "see the sessions": {QA, DIRECTOR, AUDITOR},
    "arrange sessions": {QA},
    "see the year": {QA, DIRECTOR},
    "see the capacity": {QA, DIRECTOR},
    "see case lists and draws": {QA},
    "load case lists and draw": {QA},
    "read an audit": {QA, DIRECTOR, AUDITOR, MODERATOR},
    "write in an audit": {AUDITOR},
    "allot audits": {QA},
    "see what everybody owes": {QA, DIRECTOR, SERVICE, TEAM},
    "see the coverage": {QA, DIRECTOR},
    "keep conflicts of interest": {QA},
    "see the moderation": {QA, DIRECTOR},
    "arrange moderation": {QA},
    "moderate an audit": {MODERATOR},
    "challenge a grade": {"challenger"},
    "decide a challenge": {"decider"},
    "see agreement": {QA, DIRECTOR},
    "see senior managers' inspections": {QA, DIRECTOR},
    "share out inspections": {QA},
    "sign the statement of inspections": {DIRECTOR},
    "read a returned audit": {QA, DIRECTOR, PRACTITIONER, TEAM, SERVICE, OWNER},
    "return audits": {QA},
    "see the assurance": {QA, DIRECTOR, SERVICE},
    "sample signed-off tasks": {QA},
    "check a signed-off task": {QA, SERVICE},
    "see re-audits": {QA, DIRECTOR, SERVICE, TEAM},
    "arrange re-audits": {QA},
    "see the overview": {QA, DIRECTOR, SERVICE},
    "write reports": {QA},
    "read published reports": {QA, DIRECTOR, SERVICE, TEAM},
    "plan briefings": {QA},
    "see briefings": {QA, DIRECTOR, SERVICE, TEAM},
    "mark who was briefed": {QA, TEAM},
    "make evidence packs": {QA, DIRECTOR, SERVICE, TEAM},
    "make packs with names": {QA},
    "download data": {QA, DIRECTOR},
    "download protected data": {QA},
    "see the settings": {QA},
    "chase tasks": {QA, DIRECTOR, TEAM, SERVICE},
    "raise a concern": {QA, AUDITOR, MODERATOR, "co-auditor"},
    "read a concern": {QA, DIRECTOR, "raiser", "told"},
    "read reports within the service": {QA, DIRECTOR, SERVICE},
    "read a team's own page": {QA, DIRECTOR, SERVICE, TEAM},
    "see the themes": {QA, DIRECTOR, SERVICE, TEAM},
    "edit the themes": {QA},
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
