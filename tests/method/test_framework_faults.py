"""Every fault in a framework is named by file, line and key, all of them at once."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldenthread.method.framework import parse_framework
from goldenthread.method.refusal import Refused

TEXT = (Path(__file__).parents[2] / "frameworks" / "knowsley_2009.toml").read_text(encoding="utf-8")


def sentences(text: str) -> tuple[str, ...]:
    with pytest.raises(Refused) as refusal:
        parse_framework(text, "ours.toml")
    return refusal.value.sentences


def changed(old: str, new: str) -> str:
    assert TEXT.count(old) == 1, "the change must fall on one place"
    return TEXT.replace(old, new)


def line(text: str, mark: str) -> int:
    """The line on which the mark first stands, counted the slow way."""
    return next(number for number, said in enumerate(text.splitlines(), start=1) if mark in said)


SEATS_FOR_FAMILY_CENTRES = 'posts = ["family_centre_manager"]'
DUTY_STATUSES = 'statuses = ["open_assessment", "early_help"]'
TO = 'to = ["practitioner", "team_manager", "service_manager"]'


@pytest.mark.parametrize(
    ("old", "new", "mark", "said"),
    [
        pytest.param(
            "records = 4",
            "records = -4",
            "records = -4",
            "quotas.team_manager.records: -4 is given, a whole number of 0 or more is expected.",
            id="negative quota",
        ),
        pytest.param(
            "records = 4",
            'records = "four"',
            'records = "four"',
            "quotas.team_manager.records: “four” is given, a whole number of 0 or more is expected.",
            id="words for a number",
        ),
        pytest.param(
            "records = 4",
            "records = true",
            "records = true",
            "quotas.team_manager.records: true is given, a whole number of 0 or more is expected.",
            id="true is not a number",
        ),
        pytest.param(
            "every_weeks = 6",
            "every_weeks = 6\ncolour = 3",
            "colour = 3",
            "rhythm.colour: no such key, one of every_weeks, days, seed, because is expected.",
            id="unknown key",
        ),
        pytest.param(
            "every_weeks = 6\n",
            "",
            "[rhythm]",
            "rhythm.every_weeks: this is missing, a whole number of 1 or more is expected.",
            id="missing key",
        ),
        pytest.param(
            "year_starts_month = 4",
            "year_starts_month = 13",
            "year_starts_month",
            "year_starts_month: 13 is given, a whole number from 1 to 12 is expected.",
            id="thirteenth month",
        ),
        pytest.param(
            "in_force_from = 2009-11-01",
            'in_force_from = "November"',
            "in_force_from",
            "in_force_from: “November” is given, a date such as 2009-11-01 is expected.",
            id="no date",
        ),
        pytest.param(
            "in_force_from = 2009-11-01",
            "in_force_from = 2009-11-01T09:00:00",
            "in_force_from",
            "in_force_from: 2009-11-01 09:00:00 is given, a date such as 2009-11-01 is expected.",
            id="a moment for a date",
        ),
        pytest.param(
            'title = "File Audit Framework"',
            'title = "  "',
            "title",
            "title: “  ” is given, at least one word in quotation marks is expected.",
            id="blank title",
        ),
        pytest.param(
            'key = "knowsley_2009"',
            'key = "Knowsley 2009"',
            "Knowsley 2009",
            "key: “Knowsley 2009” is given, a key of small letters, digits and underscores is expected.",
            id="key with spaces",
        ),
        pytest.param(
            'colour = "#00703c"',
            'colour = "green"',
            'colour = "green"',
            "grades.outstanding.colour: “green” is given, a colour such as #00703c is expected.",
            id="colour by name",
        ),
        pytest.param(
            'day_kind = "working"',
            'day_kind = "weekdays"',
            "day_kind",
            "returns.day_kind: “weekdays” is given, one of “working”, “calendar” is expected.",
            id="neither working nor calendar",
        ),
        pytest.param(
            'signs = "team_manager"',
            'signs = "captain"',
            "signs = ",
            "returns.signs: “captain” is given, one of “social_worker”, “senior_practitioner”, “team_manager”, "
            "“service_manager”, “independent_reviewing_officer”, “family_centre_manager”, "
            "“childrens_services_manager”, “service_director”, “qa_service_manager”, “qa_officer” is expected.",
            id="sign-off by an unknown post",
        ),
        pytest.param(
            'does = "practitioner"',
            'does = "team_manager"',
            'signs = "team_manager"',
            "returns.signs: “team_manager” is given, who does the tasks; another post is expected.",
            id="sign-off of one's own tasks",
        ),
        pytest.param(
            'assures = "service_manager"\nback_to',
            'assures = "practitioner"\nback_to',
            'assures = "practitioner"',
            "returns.assures: “practitioner” is given, one of “social_worker”",
            id="assured by whoever holds the case",
        ),
        pytest.param(
            TO,
            'to = ["practitioner", "service_manager"]',
            'to = ["practitioner"',
            "returns.to: “team_manager” is missing, to whom the audit has to return (signs).",
            id="never returned to who signs",
        ),
        pytest.param(
            TO,
            TO.replace("]", ', "practitioner"]'),
            "to = [",
            "returns.to: “practitioner” is given twice, once is expected.",
            id="told twice",
        ),
        pytest.param(
            'back_to = "quality_assurance"',
            'back_to = "the_cabinet"',
            "back_to",
            "returns.back_to: “the_cabinet” is given, one of “quality_assurance”, “frontline”",
            id="back to an unknown body",
        ),
        pytest.param(
            DUTY_STATUSES,
            'statuses = ["open_assessment", "on_the_duty_desk"]',
            "on_the_duty_desk",
            "groups.duty.statuses: “on_the_duty_desk” is given, one of “looked_after”, “child_protection”",
            id="group with an unknown status",
        ),
        pytest.param(
            DUTY_STATUSES,
            "statuses = []",
            "statuses = []",
            "groups.duty.statuses: nothing is given, a list, each one of “looked_after”",
            id="group of nobody",
        ),
        pytest.param(
            SEATS_FOR_FAMILY_CENTRES,
            'posts = ["mayor"]',
            "mayor",
            "seats.4.posts: “mayor” is given, one of “social_worker”",
            id="seat for an unknown post",
        ),
        pytest.param(
            SEATS_FOR_FAMILY_CENTRES,
            'posts = ["qa_officer"]',
            'posts = ["qa_officer"]',
            "seats.4.posts: “qa_officer” is given, a post with audits = true is expected.",
            id="seat for who may not audit",
        ),
        pytest.param(
            SEATS_FOR_FAMILY_CENTRES,
            'posts = "family_centre_manager"',
            'posts = "family_centre_manager"',
            "seats.4.posts: “family_centre_manager” is given, a list, each one of “social_worker”",
            id="one word for a list",
        ),
        pytest.param(
            'post = "service_director"\nrecords',
            'post = "qa_officer"\nrecords',
            'post = "qa_officer"',
            "quotas.qa_officer.post: “qa_officer” is given, a post with audits = true is expected.",
            id="quota for who may not audit",
        ),
        pytest.param(
            "sample_percent = 10\nwithin_months",
            "sample_percent = 110\nwithin_months",
            "sample_percent = 110",
            "reaudit.sample_percent: 110 is given, a whole number from 0 to 100 is expected.",
            id="more than all",
        ),
        pytest.param(
            'grades = ["inadequate"]\nsample',
            'grades = ["awful"]\nsample',
            "awful",
            "reaudit.grades: “awful” is given, one of “outstanding”, “good”, “requires_improvement”, “inadequate” "
            "is expected.",
            id="re-audit of an unknown grade",
        ),
        pytest.param(
            "points = 2",
            "points = 3",
            "#f47738",
            "grades.requires_improvement.points: 3 is given, fewer points than “good” (3) above it are expected.",
            id="grades that do not fall",
        ),
        pytest.param(
            'board_short = "KSCB"\n',
            "",
            "[words]",
            "words.board_short: this is missing, the council's word for it is expected.",
            id="missing word",
        ),
        pytest.param(
            'board_short = "KSCB"',
            'board_short = "KSCB"\nbored = "KSCB"',
            "bored",
            "words.bored: no such word, one of authority, service, team",
            id="unknown word",
        ),
        pytest.param(
            'board_short = "KSCB"',
            "board_short = 7",
            "board_short",
            "words.board_short: 7 is given, at least one word in quotation marks is expected.",
            id="number for a word",
        ),
        pytest.param(
            'case_file = "case_file"',
            'card_file = "case_file"',
            "[templates]",
            "templates.case_file: this is missing, the key of the template for a child's file is expected.",
            id="no template for a child's file",
        ),
        pytest.param(
            'seed = "The existing file audit template should continue to be used, although revisions to this may occur '
            'from time to time."\n',
            "",
            "[templates]",
            "templates.seed: this is missing, the sentence the rule comes from is expected",
            id="rule without a source",
        ),
        pytest.param(
            'because = "Ofsted\'s Annex A marks these children in its list of children in care."\n',
            "",
            'key = "uasc"',
            "tags.uasc.because: this is missing, the reason for a rule without a sentence is expected.",
            id="silence without a reason",
        ),
    ],
)
def test_a_fault_is_named_by_file_line_and_key(old: str, new: str, mark: str, said: str) -> None:
    text = changed(old, new)
    found = sentences(text)
    expected = f"ours.toml, line {line(text, mark) - (mark in ON_THE_LINE_ABOVE)}, {said}"

    assert [sentence[: len(expected)] for sentence in found] == [expected]


# Marks that stand one line below the fault, where the line of the fault is not unique itself.
ON_THE_LINE_ABOVE = {"#f47738", 'key = "uasc"'}


def test_a_key_given_twice_names_both_lines() -> None:
    text = changed('key = "good"', 'key = "outstanding"')
    entries = [number for number, said in enumerate(text.splitlines(), start=1) if said == "[[grades]]"]

    assert sentences(text)[0] == (
        f"ours.toml, line {entries[1]}, grades.outstanding: “outstanding” is given twice "
        f"(first on line {entries[0]}), once is expected."
    )


def test_a_misspelt_key_is_missing_and_unknown() -> None:
    text = changed("records = 4", "record = 4")
    at = line(text, "record = 4")

    assert sentences(text) == (
        f"ours.toml, line {at - 2}, quotas.team_manager.records: this is missing, a whole number of 0 or more is "
        "expected.",
        f"ours.toml, line {at}, quotas.team_manager.record: no such key, perhaps records is meant.",
    )


def test_a_missing_rule_is_named() -> None:
    start, end = TEXT.index("[protection]"), TEXT.index("# === Words")

    assert sentences(TEXT[:start] + TEXT[end:]) == (
        "ours.toml, line 1, protection: this is missing, a table is expected.",
    )


def test_a_table_where_a_list_belongs_is_named() -> None:
    text = changed("[[linked_files]]", "[linked_files]")
    at = line(text, "[linked_files]")

    assert sentences(text) == (f"ours.toml, line {at}, linked_files: a table is given, a list of tables is expected.",)


@pytest.mark.parametrize("duty", ["quality_assurance", "holds_cases"])
def test_nobody_to_run_it_or_to_hold_cases_is_a_fault(duty: str) -> None:
    text = TEXT.replace(f"{duty} = true", f"{duty} = false")
    at = line(text, 'key = "social_worker"') - 1

    assert sentences(text) == (f"ours.toml, line {at}, posts: no post has {duty} = true, at least one is expected.",)


def test_sign_off_by_a_post_that_oversees_nobody_is_a_fault() -> None:
    text = changed('signs = "team_manager"', 'signs = "social_worker"').replace(
        TO, 'to = ["practitioner", "social_worker"]'
    )

    assert sentences(text) == (
        f"ours.toml, line {line(text, 'signs = ')}, returns.signs: “social_worker” is given, a post that oversees a "
        "team or service is expected.",
    )


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "own_case = true",
            "own_case = false",
            "independence.own_case: false is given, true is expected: whoever held the case in the last 12 months may "
            "not audit it.",
        ),
        (
            'at_reaudit = "must_not"',
            'at_reaudit = "must"',
            "independence.at_reaudit: “must” is given, “must_not” is expected: a re-audit is by someone else "
            "(reaudit.by_someone_else).",
        ),
        (
            "mixed_seniority = false",
            "mixed_seniority = true",
            "allotting.mixed_seniority: true is given, pairs = “together” or “apart” is expected with it.",
        ),
    ],
)
def test_rules_of_who_audits_that_contradict_each_other_are_a_fault(old: str, new: str, said: str) -> None:
    text = changed(old, new)

    assert sentences(text) == (f"ours.toml, line {line(text, new)}, {said}",)


def test_posts_of_one_seniority_cannot_be_mixed() -> None:
    mixed = changed('pairs = "none"\nmixed_seniority = false', 'pairs = "apart"\nmixed_seniority = true')
    text = re.sub(r"seniority = \d", "seniority = 1", mixed)

    assert sentences(text) == (
        f"ours.toml, line {line(text, 'mixed_seniority')}, allotting.mixed_seniority: true is given, posts that audit "
        "of different seniority are expected with it.",
    )


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            'label = "Urgent"\ndays = 2',
            'label = "Urgent"\ndays = 12',
            "severities.standard.days: 10 working days, no more than the more urgent one above it has (12).",
        ),
        (
            'extended_by = ["team_manager", "service_manager"]',
            'extended_by = ["social_worker"]',
            "tasking.extended_by: “social_worker” is given, a post that oversees a team, a service or the council, or "
            "that runs the audits, is expected.",
        ),
        (
            'challenged_to = ["team_manager", "service_manager"]',
            'challenged_to = ["social_worker"]',
            "tasking.challenged_to: “social_worker” is given, a post that oversees a team, a service or the council, "
            "or that runs the audits, is expected.",
        ),
        (
            'after_days = 10\nto = "childrens_services_manager"',
            'after_days = 5\nto = "childrens_services_manager"',
            "escalation.3.after_days: 5 is given, more than the 5 of the rung before is expected.",
        ),
        (
            'after_days = 10\nto = "childrens_services_manager"',
            'after_days = 10\nto = "senior_practitioner"',
            "escalation.3.to: “senior_practitioner” is given, a post that oversees a team, a service or the council, "
            "or that runs the audits, is expected.",
        ),
    ],
)
def test_rules_of_following_tasks_through_that_contradict_each_other_are_a_fault(old: str, new: str, said: str) -> None:
    [sentence] = sentences(changed(old, new))

    assert sentence.partition(", ")[2].partition(", ")[2] == said


def test_all_faults_are_raised_together_in_the_order_of_their_lines() -> None:
    text = changed("sample_percent = 10\nwithin", "sample_percent = 110\nwithin").replace("records = 4", "records = -4")

    assert [sentence.split(":")[0].split(", ")[2] for sentence in sentences(text)] == [
        "quotas.team_manager.records",
        "reaudit.sample_percent",
    ]


def test_what_is_not_toml_is_refused_at_its_line_and_column() -> None:
    assert sentences('key = "a"\ntitle = ?\n') == ("ours.toml, line 2, column 9: this is not TOML: Invalid value.",)


@pytest.mark.parametrize("text", ["[" * 100_000, "a = " + "[" * 100_000, "a = " + "9" * 10_000])
def test_what_would_exhaust_the_parser_is_refused(text: str) -> None:
    assert [sentence.startswith("ours.toml") for sentence in sentences(text)] == [True]


LINES = TEXT.splitlines()


@settings(max_examples=30, deadline=None)
@given(
    st.integers(0, len(LINES) - 1),
    st.sampled_from(["", "[]", "x = 1", "[[posts]]", "key = []", "seed = 3", "posts = 1"]),
)
def test_any_line_may_be_anything_and_the_answer_is_a_framework_or_sentences(number: int, other: str) -> None:
    text = "\n".join([*LINES[:number], other, *LINES[number + 1 :]])
    try:
        said: tuple[str, ...] = (parse_framework(text, "ours.toml").key,)
    except Refused as refusal:
        said = refusal.sentences

    assert said == ("knowsley_2009",) or {sentence.startswith("ours.toml") for sentence in said} == {True}
