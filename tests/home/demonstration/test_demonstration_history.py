from __future__ import annotations

import re
from collections import Counter
from datetime import date, timedelta
from statistics import mean

import pytest

from goldenthread.home.demonstration.council import Council
from goldenthread.home.demonstration.history import TAUGHT, PastAudit, briefed_on, past_audits, taught_from
from goldenthread.home.demonstration.sessions import coming_sessions, past_sessions
from goldenthread.home.demonstration.words import words
from goldenthread.method.deadlines import due_date
from goldenthread.method.template import Template, missing, read_template

pytestmark = pytest.mark.slow

POINTS = {"outstanding": 4, "good": 3, "requires_improvement": 2, "inadequate": 1}
Audits = tuple[PastAudit, ...]


def points(audits: list[PastAudit]) -> float:
    return mean(POINTS[audit.overall_grade] for audit in audits)


def test_three_groups_met_every_six_weeks_for_two_years(council: Council) -> None:
    sessions = past_sessions(council, council.today)

    assert Counter(session.group_key for session in sessions) == {"duty": 17, "safeguarding": 17, "looked_after": 17}
    assert timedelta(days=670) < sessions[-1].held_on - sessions[0].held_on < timedelta(days=730)


def test_the_next_cycle_is_arranged(council: Council) -> None:
    coming = coming_sessions(council, council.today)

    assert [(session.group_key, session.held_on) for session in coming] == [
        ("duty", date(2026, 12, 15)),
        ("safeguarding", date(2026, 12, 16)),
        ("looked_after", date(2026, 12, 17)),
    ]


def test_everyone_who_sat_held_the_post_on_the_day(council: Council) -> None:
    for session in past_sessions(council, council.today):
        held = {(post.person, post.kind) for post in council.posts_on(session.held_on)}
        assert set(session.seats) <= held


def test_about_300_files_were_audited_none_twice(audits: Audits) -> None:
    assert 280 <= len(audits) <= 330
    assert len({audit.child_ref for audit in audits}) == len(audits)


def test_the_same_council_and_template_give_the_same_audits(
    council: Council, template: Template, audits: Audits
) -> None:
    assert past_audits(council, template, council.today) == audits


def test_nobody_audited_her_own_case_team_or_service(council: Council, audits: Audits) -> None:
    for audit in audits:
        posts = [post for post in council.posts_on(audit.session.held_on) if post.person == audit.auditor]
        near = {audit.team, council.team[audit.team].parent}
        assert audit.auditor != audit.worker
        assert {post.team for post in posts} & near == set()


def test_every_audit_came_from_a_file_of_its_groups_statuses(audits: Audits) -> None:
    assert {(audit.session.group_key, audit.status) for audit in audits} == {
        ("duty", "open_assessment"),
        ("duty", "early_help"),
        ("safeguarding", "child_protection"),
        ("safeguarding", "child_in_need"),
        ("looked_after", "looked_after"),
        ("looked_after", "care_leaver"),
    }


def test_every_audit_is_complete_by_the_template(template: Template, audits: Audits) -> None:
    for audit in audits:
        facts = {"status": audit.status, "tags": " ".join(audit.tags), "age_band": audit.age_band}
        assert missing(template, facts, audit.answers) == ()


def test_every_answer_is_one_the_question_allows(template: Template, audits: Audits) -> None:
    for audit in audits:
        for name, value in audit.answers.items():
            question = template.questions[name]
            if question.choices:
                assert value in {choice.name for choice in question.choices}
            elif question.kind == "scaling":
                assert 0 <= int(value) <= 10
            elif question.kind == "date" and value:
                assert date.fromisoformat(value) <= audit.session.held_on


def test_all_four_grades_were_given_good_and_requires_improvement_most(audits: Audits) -> None:
    shares = {grade: number / len(audits) for grade, number in Counter(a.overall_grade for a in audits).items()}

    assert set(shares) == set(POINTS)
    assert shares["good"] + shares["requires_improvement"] > 0.7
    assert 0.03 < shares["inadequate"] < 0.15


def test_drift_lowers_grades(audits: Audits) -> None:
    calm = [audit for audit in audits if audit.drift < 0.25]
    adrift = [audit for audit in audits if audit.drift > 0.45]

    assert points(calm) - points(adrift) > 0.7


def test_practice_is_better_after_the_briefing(council: Council, audits: Audits) -> None:
    day = briefed_on(council.today)
    before = [audit for audit in audits if audit.session.held_on <= day]
    after = [audit for audit in audits if audit.session.held_on > day]

    assert points(after) - points(before) > 0.15


def test_rationales_are_many_and_whole(audits: Audits) -> None:
    said = [text for audit in audits for name, text in audit.answers.items() if name.endswith("_rationale")]

    assert len(set(said)) > 600
    assert [text for text in said if "{" in text or not text[0].isupper() or text[-1] not in ".?!'"] == []


def test_there_are_some_150_sentences_to_choose_from() -> None:
    grades = [sentences for section, bank in words("rationales").items() for sentences in bank.values()]

    assert sum(map(len, grades)) >= 150
    assert len({sentence for bank in grades for sentence in bank}) == sum(map(len, grades))


def test_nothing_written_names_anybody(council: Council, audits: Audits) -> None:
    names = {name for person in council.people for name in (person.given, person.family)}
    texts = [text for audit in audits for text in audit.answers.values()]
    texts += [said for audit in audits for finding in audit.findings for said in (finding.text, finding.action)]
    texts += [task.evidence for audit in audits for task in audit.tasks]
    said = {word for text in texts for word in re.findall(r"[A-Z][a-z]+", text)}

    assert said & names == set()


def test_every_audit_found_something_to_improve_with_an_owner(audits: Audits) -> None:
    for audit in audits:
        wanted = [finding for finding in audit.findings if finding.sort == "improve"]
        assert [task.finding for task in audit.tasks] == wanted
        assert wanted
        assert all(finding.action for finding in wanted)


def test_findings_are_of_both_sorts_and_both_domains(audits: Audits) -> None:
    assert {(finding.sort, finding.domain) for audit in audits for finding in audit.findings} == {
        ("good", "practice"),
        ("good", "process"),
        ("improve", "practice"),
        ("improve", "process"),
    }


def test_what_is_done_has_evidence_and_a_day_that_has_been(council: Council, audits: Audits) -> None:
    for audit in audits:
        for task in audit.tasks:
            assert bool(task.evidence) == (task.done_on is not None)
            assert task.done_on is None or audit.returned_on < task.done_on <= council.today


def test_most_tasks_were_done_in_time_and_some_late(audits: Audits) -> None:
    done = [(due_date(audit.returned_on, 10), task.done_on) for audit in audits for task in audit.tasks if task.done_on]
    late = sum(day > due for due, day in done) / len(done)

    assert 0.25 < late < 0.55


def test_a_section_is_signed_off_once_all_is_done_and_never_by_the_doer(audits: Audits) -> None:
    signed = [audit for audit in audits if audit.signed_off_on]

    assert 0.75 < len(signed) / len(audits) < 0.97
    for audit in signed:
        assert all(task.done_on and task.done_on <= audit.signed_off_on for task in audit.tasks)
        assert audit.signed_off_by not in {task.owner for task in audit.tasks}


@pytest.mark.parametrize(("staff_id", "done"), [("AM10006", True), ("AM10014", False)])
def test_two_of_the_cast_have_an_audit_back_this_cycle(
    council: Council, audits: Audits, staff_id: str, done: bool
) -> None:
    back = [a for a in audits if a.worker == staff_id and council.today - a.session.held_on < timedelta(days=42)]

    assert back
    assert {(task.done_on is not None, audit.signed_off_on) for audit in back for task in audit.tasks} == {(done, None)}


def test_another_template_is_answered_as_well(council: Council) -> None:
    rows = [
        {"type": "begin_group", "name": "carers", "label": "Carers"},
        {"type": "select_one yes_no", "name": "visited", "label": "Visited?", "required": "yes"},
        {"type": "text", "name": "why", "label": "Why not?", "relevant": "${visited} = 'no'"},
        {"type": "select_one grades", "name": "carers_grade", "label": "How good?", "role": "section_grade"},
        {"type": "text", "name": "carers_why", "label": "Why?", "role": "section_rationale"},
        {"type": "end_group", "name": "carers"},
        {"type": "begin_group", "name": "whole", "label": "Whole"},
        {"type": "select_one grades", "name": "whole_grade", "label": "How good?", "role": "overall_grade"},
        {"type": "text", "name": "whole_why", "label": "Why?", "role": "overall_rationale"},
        {"type": "end_group", "name": "whole"},
    ]
    lists = {"yes_no": ("yes", "no"), "grades": ("strong", "mixed", "weak")}
    choices = [{"list_name": key, "name": name, "label": name} for key, names in lists.items() for name in names]
    other = read_template(rows, choices, [{"form_title": "Carers", "form_id": "carers", "version": "1"}])

    audits = past_audits(council, other, council.today)

    assert {audit.overall_grade for audit in audits} == {"strong", "mixed", "weak"}
    assert {(audit.answers["visited"] == "no", "why" in audit.answers) for audit in audits} == {
        (True, True),
        (False, False),
    }


def test_what_the_teams_were_briefed_on_is_answered_better_since(council: Council, audits: Audits) -> None:
    def yes(question: str, *, since: bool) -> float:
        given = [
            audit.answers[question] == "yes"
            for audit in audits
            if (audit.session.held_on > taught_from(council.today)) is since and question in audit.answers
        ]
        return mean(given)

    for question in TAUGHT:
        assert yes(question, since=True) > yes(question, since=False) + 0.1
