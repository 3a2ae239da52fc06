"""Messages: what is stuck and why, what waits, what went out; only to the Quality Assurance Unit, and only its own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from goldenthread.notices.models import Notice
from goldenthread.notices.sending import send_due
from goldenthread.people.models import Person
from goldenthread.trail.models import Event
from tests import make
from tests.browsing import signed_in, statements, words
from tests.notices.post import NOW, Somebody, told

pytestmark = pytest.mark.django_db

PAGE = "/settings/messages/"


@pytest.fixture
def maya() -> Client:
    return signed_in(make.council().maya)


def somebody(email: str = "grace@ambermere.example", person: Person | None = None) -> Somebody:
    here = make.council()
    return Somebody((person or here.grace).pk, (person or here.grace).name, email, here.authority.pk)


def state(key: str) -> str:
    return Notice.objects.get(key=key).state


def test_at_first_it_says_what_it_will_show(maya: Client) -> None:
    said = words(maya.get(PAGE))

    assert "Nobody has been told anything by e-mail yet." in said
    assert "It has not run yet. It runs once a day, after 2:00." in said


def test_without_a_mail_server_it_says_that_everything_waits(maya: Client) -> None:
    told(to=somebody())

    said = words(maya.get(PAGE))
    assert "E-mail is not set up yet, so nothing is sent." in said
    assert "A session As soon as mail goes out" in said


def test_it_shows_what_is_stuck_and_why_what_waits_and_what_was_sent(maya: Client) -> None:
    told("stuck", to=somebody(email=""), subject="Session on 14 May")
    told("waits", to=somebody(), subject="Session on 21 May")
    told("sent", to=somebody(), subject="Session on 28 May")
    Notice.objects.filter(key="sent").update(state="sent", sent=NOW)

    said = words(maya.get(PAGE))
    assert "Stuck: 1" in said
    assert "Session on 14 May To Grace" in said
    assert "Why No e-mail address is on record." in said
    assert said.index("Waiting: 1") < said.index("Session on 21 May") < said.index("Sent lately")
    assert "Session on 28 May 6 Oct 2026 at 3:00pm" in said


def test_try_again_sends_it_to_the_address_now_on_record(maya: Client) -> None:
    notice = told(to=somebody(email=""))
    Person.objects.filter(name=notice.name).update(email="grace@ambermere.example")

    response = maya.post(f"{PAGE}{notice.pk}/again/", {"token": "t"}, follow=True)

    assert f"The message to {notice.name} is tried again now." in words(response)
    assert (state("a"), Notice.objects.get().address) == ("waiting", "grace@ambermere.example")
    assert Event.objects.latest("seq").verb == "tried again"


def test_without_an_address_it_says_so_and_stays_stuck(maya: Client) -> None:
    notice = told(to=somebody(email=""))

    response = maya.post(f"{PAGE}{notice.pk}/again/", {"token": "t"})

    assert (response.status_code, state("a")) == (409, "stuck")
    assert f"{notice.name}: No e-mail address is on record." in words(response)


def test_leave_it_takes_it_away_for_good(maya: Client) -> None:
    notice = told(to=somebody(email=""))

    maya.post(f"{PAGE}{notice.pk}/leave/", {"token": "t"})
    again = maya.post(f"{PAGE}{notice.pk}/leave/", {"token": "u"})

    assert (state("a"), again.status_code) == ("withdrawn", 409)
    assert Event.objects.latest("seq").verb == "left unsent"


def test_try_all_again_tries_those_that_have_an_address(maya: Client) -> None:
    told("none", to=somebody(email=""))
    for key in "ab":
        told(key, to=somebody(person=make.council().kwame))
        Notice.objects.filter(key=key).update(state="stuck", fault="The mail server refused it: 550 Full")
    Person.objects.filter(name__startswith="Kwame").update(email="kwame@ambermere.example")

    response = maya.post(f"{PAGE}again/", {"token": "t"}, follow=True)

    assert "2 messages are tried again now." in words(response)
    assert [state(key) for key in ("none", "a", "b")] == ["stuck", "waiting", "waiting"]


def test_where_none_has_an_address_try_all_again_says_so(maya: Client) -> None:
    told("none", to=somebody(email=""))

    assert "There is no stuck message to somebody who has an e-mail address on record." in words(
        maya.post(f"{PAGE}again/", {"token": "t"})
    )


def test_another_councils_messages_are_not_found(maya: Client) -> None:
    notice = told(to=Somebody(authority_id=make.council().authority.pk + 1, email=""), subject="Farwick's session")

    assert "Farwick" not in words(maya.get(PAGE))
    assert [maya.post(f"{PAGE}{notice.pk}/{act}/", {"token": act}).status_code for act in ("again", "leave")] == [
        404
    ] * 2
    assert state("a") == "stuck"


@pytest.mark.parametrize("name", ["grace", "rafiq", "helena"])
def test_nobody_else_may_see_or_do_any_of_it(name: str) -> None:
    notice = told(to=somebody(email=""))
    client = signed_in(getattr(make.council(), name))

    assert client.get(PAGE).status_code == 403
    acts = (f"{PAGE}again/", f"{PAGE}{notice.pk}/again/", f"{PAGE}{notice.pk}/leave/")
    assert [client.post(act, {"token": act[-9:]}).status_code for act in acts] == [409] * 3
    assert state("a") == "stuck"


@pytest.mark.parametrize("each", [1, 3])
def test_it_costs_the_same_however_many_there_are(maya: Client, each: int) -> None:
    for number in range(each):
        told(f"stuck {number}", to=somebody(email=""))
        told(f"waits {number}", to=somebody())
        told(f"sent {number}", to=somebody())
    Notice.objects.filter(key__startswith="sent").update(state="sent", sent=NOW)

    assert statements(maya, PAGE) == 8


# --- the demonstration's mail --------------------------------------------------------------------------------


@pytest.fixture
def mail(settings: Any, tmp_path: Path) -> str:
    """The name of one captured message, with a calendar file."""
    settings.DEMONSTRATION = settings.MAIL_SET_UP = True
    settings.EMAIL_BACKEND = "goldenthread.notices.capturing.CapturingBackend"
    settings.MAIL_CAPTURED = tmp_path
    told(subject="Session on 14 May", body="<b>Come</b>", calendar="BEGIN:VCALENDAR\r\n", calendar_method="REQUEST")
    send_due(lambda: NOW)
    return next(tmp_path.glob("*.eml")).stem


def test_in_the_demonstration_anybody_reads_what_would_have_been_sent(mail: str, client: Client) -> None:
    listed, opened = client.get("/mail/"), client.get(f"/mail/{mail}/")

    assert "Session on 14 May (with a calendar file)" in words(listed)
    assert "<b>Come</b> http://localhost:8000/" in words(opened)
    assert b"&lt;b&gt;Come" in opened.content
    assert "Captured mail" in client.get("/about/").content.decode()


def test_its_calendar_file_can_be_downloaded(mail: str, client: Client) -> None:
    response = client.get(f"/mail/{mail}/calendar/")

    assert (response["Content-Type"], response["Content-Disposition"]) == (
        "text/calendar; charset=utf-8",
        'attachment; filename="invitation.ics"',
    )
    assert response.content.split() == [b"BEGIN:VCALENDAR"]


def test_in_a_real_council_there_is_no_such_page(mail: str, client: Client, settings: Any) -> None:
    settings.DEMONSTRATION = False

    paths = ("/mail/", f"/mail/{mail}/", f"/mail/{mail}/calendar/")
    assert [client.get(path).status_code for path in paths] == [404] * 3
    assert "Captured mail" not in client.get("/about/").content.decode()


def test_a_message_that_is_not_there_is_not_found(mail: str, client: Client) -> None:
    assert [client.get(f"/mail/{name}/").status_code for name in ("0" * 24, "..", "secret")] == [404] * 3
