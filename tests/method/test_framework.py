"""The framework of 2009 is read whole, each rule with its sentence."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from goldenthread.method.framework import (
    EarlyHelp,
    Framework,
    Grade,
    Group,
    Joining,
    LinkedFile,
    MultiAgency,
    Outcome,
    Protection,
    Quota,
    Reaudit,
    Recommendation30,
    Report,
    Returns,
    Rhythm,
    Seat,
    Target,
    parse_framework,
)
from goldenthread.method.refusal import Refused

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "frameworks" / "knowsley_2009.toml").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def knowsley() -> Framework:
    return parse_framework(TEXT, "knowsley_2009.toml")


# --- what the seed says -----------------------------------------------------------------------------------


def test_it_names_itself_and_its_first_day(knowsley: Framework) -> None:
    named = (knowsley.key, knowsley.version, knowsley.in_force_from, knowsley.year_starts_month)

    assert named == ("knowsley_2009", 1, date(2009, 11, 1), 4)


def test_monthly_records_are_those_of_the_table(knowsley: Framework) -> None:
    assert knowsley.quotas == (
        Quota("team_manager", 4, "month"),
        Quota("service_manager", 2, "month"),
        Quota("independent_reviewing_officer", 2, "month"),
        Quota("childrens_services_manager", 1, "month"),
        Quota("service_director", 1, "month"),
    )


def test_the_core_list_has_seven_seats(knowsley: Framework) -> None:
    assert (knowsley.core_seats, knowsley.seats) == (
        7,
        (
            Seat(("service_manager",), 1),
            Seat(("independent_reviewing_officer",), 1),
            Seat(("team_manager",), 2),
            Seat(("family_centre_manager",), 1),
            Seat(("senior_practitioner", "social_worker"), 2),
        ),
    )


def test_three_groups_meet_for_a_day_every_six_weeks(knowsley: Framework) -> None:
    assert (knowsley.rhythm, knowsley.groups) == (
        Rhythm(every_weeks=6, days=1),
        (
            Group("looked_after", "Looked after children", ("looked_after", "care_leaver")),
            Group("duty", "Frontline duty", ("open_assessment", "early_help")),
            Group("safeguarding", "Safeguarding and child protection", ("child_protection", "child_in_need")),
        ),
    )


def test_directors_join_one_group_and_partners_may_be_invited(knowsley: Framework) -> None:
    assert knowsley.joining == Joining(("childrens_services_manager", "service_director"), 1, ("Health", "Education"))


def test_the_target_is_120_and_its_own_sum_is_160(knowsley: Framework) -> None:
    target = Target(files_per_year=120, files_a_day=5, people=8, sessions_a_year=4)

    assert (knowsley.target, knowsley.target.implied_files) == (target, 160)


def test_an_audit_returns_to_three_and_is_signed_off_by_the_team_manager(knowsley: Framework) -> None:
    assert knowsley.returns == Returns(
        to=("practitioner", "team_manager", "service_manager"),
        days=10,
        day_kind="working",
        does="practitioner",
        signs="team_manager",
        signs_extra_days=5,
        assures="service_manager",
        back_to="quality_assurance",
        immediate_days=1,
    )


def test_every_inadequate_and_a_tenth_are_audited_again(knowsley: Framework) -> None:
    assert knowsley.reaudit == Reaudit(("inadequate",), sample_percent=10, within_months=3, by_someone_else=True)


def test_grades_stand_best_first(knowsley: Framework) -> None:
    assert knowsley.grades == (
        Grade("outstanding", "Outstanding", 4, "#00703c"),
        Grade("good", "Good", 3, "#1d70b8"),
        Grade("requires_improvement", "Requires improvement to be good", 2, "#f47738"),
        Grade("inadequate", "Inadequate", 1, "#d4351c"),
    )


def test_outcomes_are_the_five_of_every_child_matters(knowsley: Framework) -> None:
    assert knowsley.outcomes == (
        Outcome("be_healthy", "Be healthy"),
        Outcome("stay_safe", "Stay safe"),
        Outcome("enjoy_and_achieve", "Enjoy and achieve"),
        Outcome("make_a_positive_contribution", "Make a positive contribution"),
        Outcome("achieve_economic_wellbeing", "Achieve economic wellbeing"),
    )


def test_early_help_is_asked_in_the_councils_words(knowsley: Framework) -> None:
    assert knowsley.early_help == EarlyHelp(
        "Evidence of CAF input",
        "What evidence is there of CAF input on this case: before it came to social care, now, and in the plan for "
        "when it closes?",
    )


def test_the_seven_regional_points_are_kept(knowsley: Framework) -> None:
    assert [point.key for point in knowsley.regional_points] == [
        "background_checks",
        "feedback_forms",
        "chronology",
        "sources_of_information",
        "multi_agency_assessment",
        "impact_on_child",
        "case_debrief",
    ]


def test_statuses_stand_in_order_of_precedence(knowsley: Framework) -> None:
    assert [status.key for status in knowsley.statuses] == [
        "looked_after",
        "child_protection",
        "child_in_need",
        "open_assessment",
        "care_leaver",
        "early_help",
    ]


def test_the_fostering_file_goes_with_a_looked_after_childs(knowsley: Framework) -> None:
    assert knowsley.linked_files == (LinkedFile("looked_after", "fostering_file", "Fostering file"),)


def test_reports_go_to_the_bodies_named(knowsley: Framework) -> None:
    assert knowsley.reports == (
        Report("session", "Session report", "session", ("quality_assurance", "managers")),
        Report("quarterly", "Quarterly report", "quarter", ("service_director", "dmt", "dmm", "board_working_group")),
        Report("annual", "Composite annual report", "year", ("joint_leadership_team",)),
    )


def test_small_numbers_are_protected_where_a_report_leaves_the_service(knowsley: Framework) -> None:
    outside = [body.key for body in knowsley.bodies if body.outside]

    assert (outside, knowsley.protection) == (["board_working_group", "joint_leadership_team"], Protection(6, 5, 10))


def test_senior_managers_inspect_files_and_supervision_notes_each_quarter(knowsley: Framework) -> None:
    assert knowsley.recommendation_30 == Recommendation30(
        "quarter",
        ("service_manager", "childrens_services_manager", "service_director"),
        ("case_file", "supervision_file"),
    )


def test_health_and_police_join_an_audit_each_january(knowsley: Framework) -> None:
    assert knowsley.multi_agency == MultiAgency("year", 1, ("Health", "Police"), "qa_service_manager")


def test_practitioners_are_briefed_every_six_months(knowsley: Framework) -> None:
    briefing = knowsley.briefing

    assert (briefing.every, briefing.audiences, briefing.ways) == (
        "half_year",
        ("frontline",),
        ("team meeting", "one-off session"),
    )


# --- the sentences beside the rules -------------------------------------------------------------------------


def test_a_rule_keeps_its_sentence(knowsley: Framework) -> None:
    assert knowsley.paragraphs["linked_files.1"] == (
        "Scrutiny of fostering file when undertaking audit of CLA would need to be completed."
    )


def test_an_entry_of_a_list_stands_under_the_sentence_of_the_one_above(knowsley: Framework) -> None:
    assert knowsley.paragraphs["posts.senior_practitioner"] == "Senior Practitioner/Social Worker x2"


def test_a_rule_the_seed_is_silent_about_keeps_its_reason(knowsley: Framework) -> None:
    kept = (knowsley.paragraphs["tags.short_breaks"], knowsley.reasons["tags.short_breaks"])

    assert kept == ("", "Legal statuses V3 and V4 are respite; such a child is not counted as looked after.")


def test_every_sentence_beside_a_rule_stands_in_the_page_that_traces_the_seed(knowsley: Framework) -> None:
    traced = (ROOT / "docs" / "framework.md").read_text(encoding="utf-8").replace("\\|", "|")
    sentences = {sentence for said in knowsley.paragraphs.values() for sentence in said.split(" … ")}

    assert {sentence for sentence in sentences if sentence not in traced} == set()


# --- asking it ------------------------------------------------------------------------------------------------


def test_entries_are_found_by_key(knowsley: Framework) -> None:
    found = (
        knowsley.post("team_manager").label,
        knowsley.group("duty").label,
        knowsley.status("child_in_need").short,
        knowsley.grade("good").points,
        knowsley.outcome("stay_safe").label,
        knowsley.body("dmm").outside,
        knowsley.report("annual").every,
        knowsley.word("board_short"),
    )

    assert found == ("Team Manager", "Frontline duty", "CIN", 3, "Stay safe", False, "year", "KSCB")


def test_an_unknown_key_is_refused_by_name(knowsley: Framework) -> None:
    with pytest.raises(Refused) as refusal:
        knowsley.grade("satisfactory")

    assert refusal.value.sentences == ("The framework “File Audit Framework” has no grade “satisfactory”.",)


def test_an_unknown_word_is_refused_by_name(knowsley: Framework) -> None:
    with pytest.raises(Refused) as refusal:
        knowsley.word("pioneer")

    assert refusal.value.sentences == ("The framework “File Audit Framework” has no word “pioneer”.",)


def test_words_cannot_be_changed_after_reading(knowsley: Framework) -> None:
    with pytest.raises(TypeError):
        knowsley.words["board"] = "partnership"  # type: ignore[index]


@pytest.mark.parametrize(
    ("group", "status", "team", "taken"),
    [
        (Group("duty", "Duty", ("open_assessment",)), "open_assessment", "North 1", True),
        (Group("duty", "Duty", ("open_assessment",)), "looked_after", "North 1", False),
        (Group("duty", "Duty", ("open_assessment",), ("duty",)), "open_assessment", "Duty Team 2", True),
        (Group("duty", "Duty", ("open_assessment",), ("duty",)), "open_assessment", "North 1", False),
    ],
)
def test_a_group_takes_cases_of_its_statuses_in_its_teams(group: Group, status: str, team: str, taken: bool) -> None:
    assert group.takes(status, team) is taken


def test_a_fourth_group_needs_no_programmer() -> None:
    fourth = '[[groups]]\nkey = "neglect"\nlabel = "Neglect"\nstatuses = ["child_protection"]\n\n[[seats]]'

    grown = parse_framework(TEXT.replace("[[seats]]", fourth, 1))

    assert [group.key for group in grown.groups] == ["looked_after", "duty", "safeguarding", "neglect"]
