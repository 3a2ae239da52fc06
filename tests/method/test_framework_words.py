"""The framework in plain words says what its numbers imply."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from goldenthread.method.framework import (
    Allotting,
    Framework,
    Independence,
    Joining,
    Rhythm,
    Seat,
    Target,
    parse_framework,
)
from goldenthread.method.framework_words import (
    Implied,
    framework_sections,
    framework_words,
    implications,
    implied,
)

FILE = Path(__file__).parents[2] / "frameworks" / "knowsley_2009.toml"


@pytest.fixture(scope="module")
def knowsley() -> Framework:
    return parse_framework(FILE.read_text(encoding="utf-8"))


def test_the_numbers_of_2009_imply_these(knowsley: Framework) -> None:
    assert implied(knowsley) == Implied(
        target=120,
        files_by_the_targets_sum=160,
        seats=7,
        people_by_the_targets_sum=8,
        sessions_a_year=8.67,
        capacity=910,
        people_a_group=16,
        owed=120,
    )


def test_the_year_counted_out_session_by_session_gives_the_same(knowsley: Framework) -> None:
    """Over three years, 26 sessions of each group: every seat of each filled, five files in every seat."""
    files = sum(5 for _group in range(3) for _session in range(26) for _seat in range(7))
    monthly = sum(count for _month in range(12) for count in (4, 2, 2, 1, 1))
    sittings_of_sixteen, sittings_of_fifteen = 16 * 4 * 3, 15 * 4 * 3

    assert (files, monthly) == (3 * implied(knowsley).capacity, implied(knowsley).owed)
    assert sittings_of_fifteen < 26 * 7 <= sittings_of_sixteen


def test_the_page_says_where_the_numbers_disagree(knowsley: Framework) -> None:
    assert implications(knowsley) == (
        "8 people × 5 files × 4 sessions each are 160 files a year; the target is 120, 40 fewer.",
        "The core list has 7 seats; the target's sum counts 8 people, 1 more.",
        "A session every 6 weeks is 8.67 a year for each group (52 / 6), so quarters differ in how many sessions they "
        "hold.",
        "3 groups × 8.67 sessions × 7 seats × 5 files could reach 910 files a year if every seat were filled.",
        "For nobody to sit more than 4 times a year, each group needs 16 people to fill its 7 seats.",
        "With one person in each post the quotas come to 120 files a year; each further holder adds her own.",
    )


def test_numbers_that_agree_are_said_without_a_difference(knowsley: Framework) -> None:
    agreed = replace(
        knowsley,
        target=Target(files_per_year=140, files_a_day=5, people=7, sessions_a_year=4),
        rhythm=Rhythm(every_weeks=13, days=1),
    )

    assert implications(agreed)[:3] == (
        "7 people × 5 files × 4 sessions each are 140 files a year; the target is 140.",
        "The core list has 7 seats; the target's sum counts 7 people.",
        "A session every 13 weeks is 4 a year for each group (52 / 13).",
    )


def test_fewer_seats_imply_fewer_files(knowsley: Framework) -> None:
    smaller = replace(knowsley, seats=(Seat(("team_manager",), 3),))

    assert implied(smaller).capacity == 390


def test_the_page_opens_with_its_name_and_first_day(knowsley: Framework) -> None:
    assert framework_words(knowsley).splitlines()[:6] == [
        "File Audit Framework, version 1 (knowsley_2009)",
        "===============================================",
        "In force from 1 November 2009. Its year begins in April.",
        "",
        "People",
        "- May audit: Social Workers, Senior Practitioners, Team Managers, Service Managers, Independent",
    ]


def test_the_page_says_the_chain_from_return_to_assurance(knowsley: Framework) -> None:
    page = " ".join(framework_words(knowsley).split())

    assert (
        "- A completed audit returns to the practitioner, Team Manager and Service Manager. - The practitioner does "
        "the tasks within 10 working days; a concern for a child's safety now, within 1. - The Team Manager signs off "
        "within 5 more and returns it to the Quality Assurance Unit; the Service Manager makes sure that it was done."
    ) in page


def test_the_page_says_how_tasks_are_followed_through(knowsley: Framework) -> None:
    page = " ".join(framework_words(knowsley).split())

    for said in (
        "A task is one of: Urgent, due within 2 working days; Standard, due within 10 working days.",
        "An owner who says that a task is not hers, or not needed, is answered by the Team Manager or Service Manager, "
        "and never by herself.",
        "At most 10 working days more may be given, by the Team Manager or Service Manager, for a task that is not "
        "their own.",
        "Whoever has a task to do is reminded 2 working days before it is due and every 3 working days after.",
        "A task or a signature that is late is told to: after 1 working day the Team Manager, after 5 working days the "
        "Service Manager, after 10 working days the Children's Services Manager.",
    ):
        assert f"- {said}" in page


def test_one_severity_and_no_ladder_are_not_spoken_of(knowsley: Framework) -> None:
    page = framework_words(replace(knowsley, severities=knowsley.severities[1:], escalation=()))

    assert [said for said in page.splitlines() if "A task is one of" in said or "is told to" in said] == []


def test_a_status_that_no_group_takes_is_said(knowsley: Framework) -> None:
    page = framework_words(replace(knowsley, groups=knowsley.groups[1:]))

    assert [said for said in page.splitlines() if "No group takes" in said] == [
        "- No group takes looked after children.",
        "- No group takes care leavers.",
    ]


def test_who_joins_is_left_out_where_nobody_does(knowsley: Framework) -> None:
    page = framework_words(replace(knowsley, joining=Joining()))

    assert [said for said in page.splitlines() if " join " in said or "invited" in said] == []


def test_the_page_is_narrow_enough_to_read_and_print(knowsley: Framework) -> None:
    assert max(len(said) for said in framework_words(knowsley).splitlines()) <= 100


def test_the_page_says_who_may_not_audit_a_file_and_how_files_are_given_out(knowsley: Framework) -> None:
    rules = dict(framework_sections(knowsley))["Which files"]

    assert (
        "Nobody audits a file who holds the case, held the case in the last 12 months, is the child’s own reviewing "
        "officer or chair, manages that team, is in the team that holds it, manages its worker or is managed by them "
        "or is a relative or has declared a conflict of interest."
    ) in rules
    assert "Whoever audited a file last time may audit it again; at a re-audit, may not audit it again." in rules
    assert "Each file is audited by one person." in rules
    assert "Each auditor’s files are of as many statuses as can be." in rules


def test_pairs_and_no_ties_are_said_too(knowsley: Framework) -> None:
    nothing = Independence(False, False, False, 0, False, False, "may", "may", False, False)
    loose = replace(
        knowsley, independence=nothing, allotting=Allotting("apart", mixed_seniority=True, mixed_files=False)
    )
    rules = dict(framework_sections(loose))["Which files"]

    assert "Anybody may audit any file." in rules
    assert "Each file is audited by two people apart, who then agree, of different seniority." in rules


def test_each_part_beside_the_audit_is_said_with_its_days(knowsley: Framework) -> None:
    required = replace(knowsley, parts=(replace(knowsley.parts[0], required=True, days=1), *knowsley.parts[1:]))

    said = [
        sentence for _, sentences in framework_sections(required) for sentence in sentences if "asked for" in sentence
    ]
    assert said == [
        "Practitioner's own view: asked for within 1 working day of the file being allotted; the audit is not "
        "submitted before it is given.",
        "The family's voice: asked for within 10 working days of the file being allotted.",
        "The group's discussion: asked for within 5 working days of the file being allotted.",
        "Practitioner's reply: asked for within 10 working days of the return.",
    ]
