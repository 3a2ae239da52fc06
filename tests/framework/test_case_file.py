"""The template we ship: a good practice auditor's questions about one child's file."""

from __future__ import annotations

from pathlib import Path

import pytest

from goldenthread.framework.template_files import SHIPPED, shipped_template
from goldenthread.method.framework import parse_framework
from goldenthread.method.template import STATUSES, applicable_sections, missing

TEMPLATE = shipped_template()
ASKED = [question for question in TEMPLATE.questions.values() if question.kind != "note"]
KNOWSLEY = Path(SHIPPED).parent / "knowsley_2009.toml"

SECTIONS = {
    "looked_after": [
        *("record", "referral", "assessment", "plan", "fostering"),
        *("voice", "multi_agency", "oversight", "outcomes", "overall"),
    ],
    "child_protection": [
        *("record", "referral", "assessment", "plan", "protection"),
        *("voice", "multi_agency", "oversight", "outcomes", "overall"),
    ],
    "child_in_need": [
        *("record", "referral", "assessment", "plan"),
        *("voice", "multi_agency", "oversight", "outcomes", "overall"),
    ],
    "open_assessment": [
        *("record", "referral", "duty", "assessment"),
        *("voice", "multi_agency", "oversight", "outcomes", "overall"),
    ],
    "care_leaver": [
        *("record", "referral", "assessment", "plan"),
        *("voice", "multi_agency", "oversight", "outcomes", "overall"),
    ],
    "early_help": [
        *("record", "referral", "assessment", "plan"),
        *("voice", "multi_agency", "oversight", "outcomes", "overall"),
    ],
}
REGIONAL_POINTS = {
    "background_checks",
    "feedback_forms",
    "chronology",
    "sources_of_information",
    "multi_agency_assessment",
    "impact_on_child",
    "case_debrief",
}


def asked_of(status, tags=""):
    sections = applicable_sections(TEMPLATE, {"status": status, "tags": tags or status}, {})
    return [question for section in sections for question in section.questions]


def test_the_template_has_between_45_and_60_questions():
    assert len(ASKED) == 60


@pytest.mark.parametrize("status", STATUSES)
def test_each_status_meets_its_own_sections(status):
    sections = applicable_sections(TEMPLATE, {"status": status, "tags": status}, {})
    assert [section.name for section in sections] == SECTIONS[status]


def test_a_looked_after_child_who_is_also_on_a_protection_plan_meets_both():
    sections = applicable_sections(
        TEMPLATE, {"status": "looked_after", "tags": "looked_after child_protection uasc"}, {}
    )
    names = [section.name for section in sections]
    assert ("fostering" in names, "protection" in names, "duty" in names) == (True, True, False)


@pytest.mark.parametrize("status", STATUSES)
def test_all_seven_regional_points_are_asked_of_every_status(status):
    assert {question.regional_point for question in asked_of(status)} - {""} == REGIONAL_POINTS


@pytest.mark.parametrize("status", STATUSES)
def test_early_help_is_asked_of_every_status_and_must_be_answered(status):
    asked = [question.name for question in missing(TEMPLATE, {"status": status, "tags": status}, {})]
    assert [question.name for question in asked_of(status) if question.early_help] == ["early_help_evidence"]
    assert "early_help_evidence" in asked


@pytest.mark.parametrize("status", STATUSES)
def test_each_outcome_is_asked_of_every_status(status):
    linked = {outcome for question in asked_of(status) for outcome in question.outcomes}
    assert linked == {
        "be_healthy",
        "stay_safe",
        "enjoy_and_achieve",
        "make_a_positive_contribution",
        "achieve_economic_wellbeing",
    }


def test_the_template_speaks_of_the_outcomes_and_regional_points_of_the_framework_it_serves():
    framework = parse_framework(KNOWSLEY.read_text(encoding="utf-8"))
    assert [choice.name for choice in TEMPLATE.outcomes] == [outcome.key for outcome in framework.outcomes]
    assert [choice.name for choice in TEMPLATE.regional_points] == [point.key for point in framework.regional_points]
    assert [choice.name for choice in TEMPLATE.choices["grades"]] == [grade.key for grade in framework.grades]


def test_every_section_but_the_last_ends_with_its_grade_and_its_reasons():
    ends = {section.name: [question.role for question in section.questions[-2:]] for section in TEMPLATE.sections}
    assert ends.pop("overall") == ["overall_grade", "overall_rationale"]
    assert set(map(tuple, ends.values())) == {("section_grade", "section_rationale")}


def test_compliance_is_told_from_judgement():
    compliance = [question.name for question in ASKED if not question.judged]
    assert compliance == [
        *("record_current", "threshold_decision", "duty_child_seen", "assessment_current", "review_date"),
        *("conference_and_core_group", "protection_visits", "care_reviews", "carer_file", "seen_alone"),
        *("feedback", "supervision_date"),
    ]


def test_guidance_stands_beside_every_question_short_enough_for_a_tired_reader():
    lengths = {question.name: len(question.guidance.split()) for question in ASKED}
    assert {name: words for name, words in lengths.items() if not 12 <= words <= 75} == {}


def test_only_dates_may_stay_empty():
    assert [question.name for question in ASKED if not question.required] == ["review_date", "supervision_date"]


def test_no_two_questions_are_called_alike():
    labels = [question.label for question in TEMPLATE.questions.values()]
    assert len(set(labels)) == len(labels)
