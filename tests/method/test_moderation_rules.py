"""The rules of moderation, challenges and comparing: which are refused, and what is said of them in words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from goldenthread.method.framework import Framework, parse_framework
from goldenthread.method.framework_words import framework_sections
from goldenthread.method.refusal import Refused

SHIPPED = Path(__file__).parents[2] / "frameworks"
TEXT = (SHIPPED / "knowsley_2009.toml").read_text(encoding="utf-8")


def changed(old: str, new: str) -> str:
    assert TEXT.count(old) == 1, "the change must fall on one place"
    return TEXT.replace(old, new)


STAGE = """[[moderation]]
key = "moderation"
label = "Moderation"
by = ["service_manager", "independent_reviewing_officer"]
grades = ["outstanding", "inadequate"]
first_of_auditor = 3
random_percent = 10
"""
DECIDED_BY = 'decided_by = ["service_director", "childrens_services_manager"]'
CHALLENGED_BY = 'days = 5\nby = ["team_manager", "service_manager"]'


def stage(**given: str) -> str:
    """The framework with other words in its stage of moderation: what stands there → what is to stand there."""
    text = STAGE
    for old, new in given.items():
        line = next(each for each in STAGE.splitlines() if each.startswith(f"{old} ="))
        text = text.replace(line, new)
    return changed(STAGE, text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param(
            stage(grades="", first_of_auditor="", random_percent=""),
            "moderation.moderation.every: no audit goes to this stage; every, grades, first_of_auditor or "
            "random_percent is expected.",
            id="a stage that wants no audit",
        ),
        pytest.param(
            stage(key='key = "decided"'),
            "moderation.decided.key: “decided” is a word of the product; another key is expected.",
            id="a stage that would pass for a decision",
        ),
        pytest.param(
            stage(key='key = "challenge"'),
            "moderation.challenge.key: “challenge” is a word of the product; another key is expected.",
            id="a stage that would pass for a challenge",
        ),
        pytest.param(
            changed(DECIDED_BY, 'decided_by = ["service_manager"]'),
            "challenge.decided_by: “service_manager” is given, who challenges (by); another post is expected.",
            id="whoever challenges decides",
        ),
        pytest.param(
            changed(DECIDED_BY, "decided_by = []"),
            "challenge.decided_by: no post is given, at least one is expected where a grade can be challenged.",
            id="nobody decides",
        ),
        pytest.param(
            changed(CHALLENGED_BY, "days = 5\nby = []"),
            "challenge.by: no post is given, at least one is expected where a grade can be challenged.",
            id="nobody challenges",
        ),
    ],
)
def test_what_cannot_work_is_refused_with_the_place(text: str, said: str) -> None:
    with pytest.raises(Refused) as refusal:
        parse_framework(text, "ours.toml")

    [sentence] = refusal.value.sentences
    assert re.sub(r"^ours.toml, line \d+, ", "", sentence) == said


@pytest.mark.parametrize(
    "text",
    [
        stage(by='by = ["sailor"]'),
        stage(grades='grades = ["splendid"]'),
        stage(random_percent="random_percent = 101"),
        stage(first_of_auditor="first_of_auditor = -1"),
        changed(CHALLENGED_BY, 'days = 5\nby = ["sailor"]'),
        changed("person_minimum = 10", "person_minimum = 0"),
    ],
    ids=["no such post", "no such grade", "more than all", "fewer than none", "no such challenger", "nobody at all"],
)
def test_what_is_not_there_or_no_such_number_is_refused(text: str) -> None:
    with pytest.raises(Refused) as refusal:
        parse_framework(text, "ours.toml")
    assert len(refusal.value.sentences) == 1


def test_where_no_grade_can_be_challenged_nobody_need_decide() -> None:
    text = changed(CHALLENGED_BY, "days = 0\nby = []").replace(DECIDED_BY, "decided_by = []")

    assert graded_again(parse_framework(text))[2] == "The audited team cannot challenge a grade."


# --- in words ----------------------------------------------------------------------------------------------


def graded_again(framework: Framework) -> tuple[str, ...]:
    return dict(framework_sections(framework))["Graded again"]


def shipped(key: str) -> Framework:
    return parse_framework((SHIPPED / f"{key}.toml").read_text(encoding="utf-8"))


def test_the_first_framework_in_words() -> None:
    assert graded_again(shipped("knowsley_2009")) == (
        "Moderation: every Outstanding and Inadequate, the first 3 of each auditor and 10 % of the rest at random, "
        "graded again without seeing the auditor's grades by Service Managers or Independent Reviewing Officers, "
        "within 5 working days.",
        "The audit itself is graded: Thorough, Sound, Thin.",
        "Within 5 working days of the return the team's Team Manager or Service Manager may challenge a grade; the "
        "Service Director or Children's Services Manager decides within 10.",
        "Nothing is said of one person's agreement on fewer than 10 audits.",
    )


def test_the_second_framework_in_words() -> None:
    stages, rest = graded_again(shipped("wexmoor_2026"))[:4], graded_again(shipped("wexmoor_2026"))[4:]

    assert stages == (
        "Peer moderation: every audit, graded again without seeing the auditor's grades by Practice Supervisors or "
        "Team Leaders, within 5 working days.",
        "Service moderation: every 3, 2, 1 and 0 and 25 % of the rest at random, graded again without seeing the "
        "auditor's grades by Heads of Service, within 5 working days.",
        "Programme moderation: every 10, 1 and 0, graded again with the auditor's grades in sight by Principal Social "
        "Workers, within 10 working days.",
        "Director's moderation: every 0, graded again with the auditor's grades in sight by Assistant Directors, "
        "within 2 working days.",
    )
    assert rest == (
        "The audit itself is graded: I would sign this, I would not sign this.",
        "Within 15 working days of the return the team's Team Leader may challenge a grade; the Assistant Director "
        "decides within 5.",
        "Nothing is said of one person's agreement on fewer than 20 audits.",
    )
