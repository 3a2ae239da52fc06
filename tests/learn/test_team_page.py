"""A team's own page: only what came back to it, good first, no estimate on few files, nobody named, no other team."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from goldenthread.learn.queries.team_facts import TeamTasks
from goldenthread.learn.queries.team_figures import may_read_team, team_figures, teams_readable_by
from goldenthread.learn.rendering.model import Report, plain
from goldenthread.learn.rendering.pdf import as_pdf
from goldenthread.learn.rendering.word import as_word
from goldenthread.learn.reports import team as report
from goldenthread.method.refusal import Refused
from goldenthread.people.models import Person, Team
from tests import make
from tests.learn.opened_documents import headings_of_word, tags_of_pdf, words_of_pdf, words_of_word
from tests.learn.team_round import audited, duty_two

pytestmark = pytest.mark.django_db

LATER = make.DAY + timedelta(days=60)


def composed(team: Team, today: date = LATER) -> Report:
    return report.compose(report.figures(report.subject_of(team, make.DAY), today), {})


def text_of(made: Report) -> str:
    return json.dumps(plain(made), ensure_ascii=False)


@pytest.mark.parametrize("files", [1, 3])
def test_what_came_back_is_counted_in_a_fixed_number_of_statements(
    files: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    grades = ("good", "requires_improvement", "inadequate")[:files]
    team = audited((*grades, "good"))
    subject = report.subject_of(team, make.DAY)

    with django_assert_num_queries(13):
        found = report.figures(subject, LATER)

    in_words = ("Good", "Requires improvement to be good", "Inadequate")[:files]
    assert sorted(file.grade for file in found.files) == sorted(in_words)
    assert all(file.at_random and file.status == "Child in need" for file in found.files)
    assert found.awaiting == 1
    assert found.council == (1 + 1, files + 1)
    assert [(one.label, one.domain, one.sort, one.files) for one in found.themes] == [
        ("Planning and review", "practice", "good", 1), ("Recording and chronology", "process", "improve", files)
    ]  # fmt: skip
    assert found.tasks == TeamTasks(late=files - 1, done=1)
    assert (found.open_cases, found.listed_on) == (files + 1, make.LISTED)


def test_on_few_files_nothing_is_said_of_the_teams_other_cases() -> None:
    made = text_of(composed(audited()))

    assert "2 of 3 files drawn at random were Good or better." in made
    assert "On fewer than 10 files nothing is said of the team's other cases." in made
    assert "plausible" not in made
    assert "Across the whole council" not in made


def test_on_enough_files_there_is_an_estimate_with_its_interval() -> None:
    made = text_of(composed(audited(("good",) * 8 + ("inadequate",) * 2, kept_back=0)))

    assert "8 of 10 files drawn at random were Good or better (80%)." in made
    assert "plausible for all open cases of Duty 2." in made


def test_a_grade_that_is_not_returned_yet_is_not_shown() -> None:
    team = audited(("good", "inadequate"))

    made = text_of(composed(team))

    assert "1 more file is audited and not yet returned." in made
    assert [file.grade for file in report.figures(report.subject_of(team, make.DAY), LATER).files] == ["Good"]


def test_nobody_is_named_and_no_reference_and_no_other_team_is_on_it() -> None:
    made = text_of(composed(audited()))

    every = [person.name for person in Person.objects.all()] + ["D001", "Safeguarding 1", "Copy 1 was lost"]
    assert [name for name in every if name in made] == []


def test_what_was_good_comes_before_what_is_to_improve() -> None:
    made = composed(audited())

    assert [section.title for section in made.sections] == [
        "What was good", "What to improve", "Grades", "Tasks", "Audited again", "What is coming",
    ]  # fmt: skip


def test_a_team_without_a_file_has_a_page_that_says_so() -> None:
    made = text_of(composed(duty_two()))

    assert "No file of Duty 2 has been audited and returned in April 2026 to March 2027 yet." in made
    assert "There is no grade to show yet." in made


def test_a_team_that_was_closed_before_the_year_has_no_page() -> None:
    team = duty_two()
    Team.objects.filter(pk=team.pk).update(closed_on=date(2025, 12, 31))
    team.refresh_from_db()

    with pytest.raises(Refused, match=r"Duty 2 was closed before .* began, so there is no page of it\."):
        team_figures(team, report.subject_of(team, make.DAY).period, make.DAY)  # type: ignore[arg-type]


def test_a_team_that_closed_within_the_year_keeps_its_page_and_nothing_is_coming() -> None:
    team = audited()
    Team.objects.filter(pk=team.pk).update(closed_on=make.DAY + timedelta(days=20))

    made = text_of(composed(duty_two()))

    assert "Duty 2 is closed, so no session will take its files." in made
    assert "Duty 2 was closed on 26 October 2026." in made


def test_it_is_read_by_its_manager_the_service_manager_above_it_and_the_unit() -> None:
    here, team = make.council(), duty_two()
    subject = report.subject_of(team, make.DAY)

    assert [report.may(person, subject) for person in (here.rafiq, here.bridget, here.helena, here.maya)] == [True] * 4
    for person in (here.zofia, here.nadia, here.ffion, here.grace):
        assert not may_read_team(person, team)
        assert team not in teams_readable_by(person)
        assert not report.may(person, subject)
    for person in (here.rafiq, here.bridget, here.helena, here.maya):
        assert team in teams_readable_by(person)


def test_its_documents_open_again_with_headings_and_header_cells() -> None:
    made = report.compose(report.figures(report.subject_of(audited(), make.DAY), LATER), {"good": "Well done."})
    pdf, word = as_pdf(made), as_word(made)

    tags = tags_of_pdf(pdf)
    assert (tags["H1"], tags["H2"] >= 8) == (1, True)
    assert tags["TH"] >= 2 * tags["Table"] > 0
    assert headings_of_word(word)[:3] == ["Summary", "What was good", "What to improve"]
    for text in (words_of_pdf(pdf), words_of_word(word)):
        assert "Well done." in text
        assert "Recording and chronology" in text


@pytest.mark.parametrize("key", ["", "x:2026-04-01", "1:never", "999999:2026-04-01", "9" * 30 + ":2026-04-01"])
def test_a_key_that_means_nothing_is_no_subject(key: str) -> None:
    assert report.subject(make.council().authority, key) is None
