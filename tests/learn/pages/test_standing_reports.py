"""Reports as they stand today: whose they are, what a stranger gets, what is kept of who took them."""

from __future__ import annotations

import io

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from goldenthread.audit.models import Audit
from goldenthread.people.models import Person
from goldenthread.trail.queries import events_of
from tests import make
from tests.audit import inspecting, moderating
from tests.learn.opened_documents import pages_of_pdf, words_of_pdf
from tests.learn.team_round import audited, duty_two

pytestmark = pytest.mark.django_db

YEAR = "2026-04-01"


def signed_in(client: Client, person: Person) -> Client:
    client.force_login(person)
    return client


def page_of(team: int, form: str = "") -> str:
    of = f"{team}:{YEAR}"
    return reverse("take_report", args=["team", of, form]) if form else reverse("see_report", args=["team", of])


# --- a team's own page --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("files", [1, 3])
def test_a_teams_page_costs_the_same_however_many_files(
    client: Client, files: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    team = audited(("good",) * files, kept_back=0)
    signed_in(client, make.council().rafiq)

    with django_assert_num_queries(20):
        shown = client.get(page_of(team.pk)).content.decode()

    assert "What was good" in shown
    assert reverse("returns") in shown
    assert team.name in shown


def test_it_is_not_found_by_who_may_not_read_it_nor_where_there_is_none(client: Client) -> None:
    here, team = make.council(), duty_two()

    for person in (here.zofia, here.nadia, here.ffion, here.grace):
        assert signed_in(client, person).get(page_of(team.pk)).status_code == 404
        assert client.get(page_of(team.pk, "pdf")).status_code == 404
    for person in (here.rafiq, here.bridget, here.helena, here.maya):
        assert signed_in(client, person).get(page_of(team.pk)).status_code == 200
    assert client.get(page_of(999_999)).status_code == 404
    assert client.get(page_of(team.pk, "slides")).status_code == 404
    assert client.get(reverse("see_report", args=["none", "such"])).status_code == 404


def test_who_grades_a_file_of_the_team_blind_is_told_why_it_is_closed_to_her(client: Client) -> None:
    of = moderating.audit()
    moderator = moderating.allotted(of, moderating.who_reads_everything())
    signed_in(client, moderator)

    response = client.get(page_of(of.team_id or 0))

    assert response.status_code == 403
    assert "You are grading a file that this report rests on" in response.content.decode()


def test_her_only_team_is_opened_at_once_and_several_are_listed(client: Client) -> None:
    here = make.council()

    response = signed_in(client, here.rafiq).get(reverse("your_teams"))
    assert response.headers["Location"].startswith(reverse("see_report", args=["team", f"{duty_two().pk}:"])[:-1])

    shown = signed_in(client, here.maya).get(reverse("your_teams")).content.decode()
    assert "Duty 2" in shown
    assert "Looked After 1" in shown
    assert signed_in(client, here.ffion).get(reverse("your_teams")).status_code == 404


def test_it_is_taken_along_and_that_is_on_record(client: Client) -> None:
    team = audited()
    signed_in(client, make.council().rafiq)

    pdf = client.get(page_of(team.pk, "pdf"))
    book = client.get(page_of(team.pk, "xlsx"))

    assert "Recording and chronology" in words_of_pdf(pdf.content)
    sheets = openpyxl.load_workbook(io.BytesIO(book.content)).sheetnames
    assert len(sheets) > 4
    assert [(event.verb, event.now) for event in events_of(team)][-2:] == [
        ("downloaded", {"form": "pdf"}), ("downloaded", {"form": "xlsx"})
    ]  # fmt: skip
    assert "D001" not in pdf.headers["Content-Disposition"]


# --- senior managers' inspections ---------------------------------------------------------------------------------


def test_the_statement_of_inspections_is_for_directors_and_the_unit(client: Client) -> None:
    here = make.council()
    inspecting.shared_out()
    address = reverse("see_report", args=["inspections", "2026-10-01"])

    for person in (here.maya, here.helena):
        shown = signed_in(client, person).get(address).content.decode()
        assert "What each senior manager inspected" in shown
    for person in (here.rafiq, here.bridget, here.ffion):
        assert signed_in(client, person).get(address).status_code == 404


def test_a_quarter_that_has_not_begun_is_answered_in_a_sentence(client: Client) -> None:
    signed_in(client, make.council().maya)

    response = client.get(reverse("see_report", args=["inspections", "2090-04-01"]))

    assert response.status_code == 403
    assert "April to June 2090 has not begun, so there is nothing to state of it yet." in response.content.decode()


# --- one audit complete -------------------------------------------------------------------------------------------


def whole(of: Audit, form: str = "", names: str = "") -> str:
    address = reverse("take_whole_audit", args=[of.code, form]) if form else reverse("read_whole_audit", args=[of.code])
    return address + ("?names=without" if names else "")


@pytest.mark.parametrize("tasks", [1, 3])
def test_one_audit_complete_costs_the_same_however_much_is_in_it(
    client: Client, tasks: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    of = make.returned_audit(actions=[f"Set date {place}." for place in range(tasks)]).audit
    signed_in(client, make.council().maya)

    lock = connection.vendor == "postgresql"  # reading is an event, and there the trail is locked by a statement
    with django_assert_num_queries(24 + lock):
        shown = client.get(whole(of)).content.decode()

    assert "What anyone needs to check the draw" in shown
    assert "Set date 0." in shown


def test_an_audit_is_read_whole_by_who_may_read_it_and_that_is_on_its_trail(client: Client) -> None:
    here, of = make.council(), make.returned_audit().audit

    assert signed_in(client, here.rafiq).get(whole(of)).status_code == 404
    assert signed_in(client, here.ffion).get(whole(of, "pdf")).status_code == 404
    for person in (here.maya, here.helena, make.auditor_of(of)):
        assert signed_in(client, person).get(whole(of)).status_code == 200
    made = client.get(whole(of, "pdf", names="without"))

    assert [(event.verb, event.now) for event in events_of(of)][-2:] == [
        ("read", {"as": "the whole audit"}), ("downloaded", {"form": "pdf, without-names"})
    ]  # fmt: skip
    assert of.ref not in words_of_pdf(made.content)
    assert of.ref not in made.headers["Content-Disposition"]


def test_an_audit_not_submitted_yet_is_answered_in_a_sentence(client: Client) -> None:
    of = make.answered_audit()

    response = signed_in(client, make.council().maya).get(whole(of))

    assert response.status_code == 403
    assert "This audit has not been submitted yet" in response.content.decode()


# --- the briefing -------------------------------------------------------------------------------------------------


def test_the_briefing_is_written_beside_what_auditors_praised_and_taken_along_as_slides(client: Client) -> None:
    of = make.answered_audit()
    make.finding(of, "Sat with the child.", sort="good")
    make.auditing.submit(by=make.auditor_of(of), opened=make.opened(of), now=make.NOW)
    signed_in(client, make.council().maya)
    writing = reverse("write_report", args=["briefing", "2026-10-01"])

    shown = client.get(writing).content.decode()
    assert reverse("briefing_material", args=["2026-10-01"]) in shown
    assert "Sat with the child." not in shown
    assert "Sat with the child." in client.get(reverse("briefing_material", args=["2026-10-01"])).content.decode()
    slides = client.get(reverse("download_preview", args=["briefing", "2026-10-01", "slides"]))
    assert 4 <= pages_of_pdf(slides.content) <= 8
    assert slides.headers["Content-Disposition"].endswith('draft.slides.pdf"')


def test_a_half_year_with_no_audit_is_answered_in_a_sentence(client: Client) -> None:
    signed_in(client, make.council().maya)

    response = client.get(reverse("write_report", args=["briefing", "2026-04-01"]))

    assert "No audit was submitted in April to September 2026, so there is nothing to report." in (
        response.content.decode()
    )


def test_what_auditors_praised_is_for_the_unit_alone(client: Client) -> None:
    here = make.council()
    address = reverse("briefing_material", args=["2026-10-01"])

    assert signed_in(client, here.rafiq).get(address).status_code == 403
    shown = signed_in(client, here.maya).get(address).content.decode()
    assert "No auditor noted good practice in this half-year yet." in shown
    assert client.get(reverse("briefing_material", args=["2026-11-05"])).status_code == 404
