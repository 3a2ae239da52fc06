"""The framework in plain words says what its numbers imply."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from goldenthread.method.framework import Framework, Joining, Rhythm, Seat, Target, parse_framework
from goldenthread.method.framework_words import Implied, framework_words, implications, implied

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
