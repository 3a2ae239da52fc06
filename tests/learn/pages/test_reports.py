"""The list of reports: what waits, what is being written, what was published."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from goldenthread.learn.models import Edition
from goldenthread.learn.reports import session as session_report
from goldenthread.learn.services import draft_edition
from goldenthread.people.models import Person
from goldenthread.plan.models import Session
from tests import make
from tests.learn.published import edition, six_files

pytestmark = pytest.mark.django_db


def page(client: Client, person: Person, query: str = "") -> str:
    client.force_login(person)
    return client.get(reverse("reports") + query).content.decode()


def draft(session: Session) -> Edition:
    by, subject = make.council().maya, session_report.of(session)
    return draft_edition(by=by, report="session", subject=subject, now=make.NOW)


def address(session: Session) -> str:
    return reverse("write_report", args=["session", f"session:{session.code}"])


def audited(weeks: int) -> Session:
    """A session so many weeks after the first, with one file audited."""
    held = make.session(held_on=make.DAY + timedelta(weeks=weeks))
    return make.submitted_audit(make.audit(make.drawn_session(1, of=held, cases=[make.Line(f"W{weeks}")]))).session


def test_no_session_quarter_or_year_waits_before_an_audit_is_submitted(client: Client) -> None:
    make.answered_audit()

    shown = page(client, make.council().maya)

    titles = ("Session report", "Cycle report", "Quarterly report", "Composite annual report")
    assert [title for title in titles if f"{title}: to be written" in shown] == []


def test_a_manager_is_told_that_there_is_nothing_to_do(client: Client) -> None:
    assert "There is nothing you need to do." in page(client, make.council().rafiq)


def test_a_session_that_waits_leads_to_its_report(client: Client) -> None:
    session = make.submitted_audit().session

    shown = page(client, make.council().maya)

    assert address(session) in shown
    assert "1 of 1" in shown


def test_a_manager_sees_what_is_circulated_and_nothing_that_is_being_written(client: Client) -> None:
    session = six_files()
    inside, circulated = edition(session), edition(session, circulated=True)
    draft(session)

    shown = page(client, make.council().rafiq)

    assert reverse("read_edition", args=[circulated.code]) in shown
    assert reverse("read_edition", args=[inside.code]) not in shown
    assert address(session) not in shown


@pytest.mark.parametrize("who", ["ffion", "grace"])
def test_whoever_reads_no_reports_is_told_who_does(client: Client, who: str) -> None:
    client.force_login(getattr(make.council(), who))

    response = client.get(reverse("reports"))

    assert response.status_code == 403
    assert "Reports are read by the Quality Assurance Unit, directors and managers." in response.content.decode()


def test_the_list_is_narrowed_to_a_group(client: Client) -> None:
    kept, maya = edition(), make.council().maya

    assert kept.code in page(client, maya, "?group=safeguarding")
    assert "No published edition fits this filter." in page(client, maya, "?group=duty")


@pytest.mark.parametrize("rows", [1, 3])
def test_it_costs_the_same_however_many_there_are(
    client: Client, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for place in range(rows):
        audited(place)
        reported = audited(10 + place)
        edition(reported)
        draft(reported)
    client.force_login(make.council().maya)

    with django_assert_num_queries(23):
        shown = client.get(reverse("reports")).content.decode()

    assert (shown.count("/learn/editions/"), shown.count("/learn/reports/session/")) == (rows, 2 * rows)
