"""The demonstration's cast signs in with one click; in a real council there is no such thing."""

from __future__ import annotations

from typing import Any

import pytest
import time_machine
from django.test import Client

from goldenthread.people.models import Authority, Person
from tests import make
from tests.browsing import form_in, signed_in, statements, words

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def the_day():
    with time_machine.travel(make.NOW, tick=False):
        yield


@pytest.fixture
def demonstration(settings: Any) -> None:
    settings.DEMONSTRATION = True
    make.council()
    Authority.objects.update(demonstration=True)
    Person.objects.filter(name__in=["Maya Holt", "Ffion Carrow"]).update(about="Somebody to be.")


def as_somebody(name: str) -> str:
    return f"/sign-in/as/{Person.objects.get(name=name).code}/"


def test_the_cast_is_listed_by_team_and_post(demonstration: None) -> None:
    page = words(Client().get("/sign-in/"))

    assert "Duty 2 Ffion Carrow , Social Worker Somebody to be. Sign in as Ffion Carrow" in page
    assert "Rafiq Alderton" not in page


def test_one_click_and_one_is_her(demonstration: None) -> None:
    client = Client()

    response = client.post(as_somebody("Ffion Carrow"), follow=True)

    assert (response.redirect_chain, response.wsgi_request.user.name) == ([("/", 302)], "Ffion Carrow")


def test_being_somebody_else_begins_a_session_of_her_own(demonstration: None) -> None:
    client = Client()
    client.post(as_somebody("Ffion Carrow"))
    before = client.session.session_key
    client.post(as_somebody("Maya Holt"))

    assert client.session.session_key != before


def test_only_the_cast_can_be_chosen(demonstration: None) -> None:
    assert Client().post(as_somebody("Rafiq Alderton")).status_code == 404


def test_a_look_does_not_sign_in(demonstration: None) -> None:
    assert Client().get(as_somebody("Ffion Carrow")).status_code == 405


def test_outside_the_demonstration_there_is_no_such_page(demonstration: None, settings: Any) -> None:
    settings.DEMONSTRATION = False

    assert Client().post(as_somebody("Ffion Carrow")).status_code == 404
    assert "Ffion Carrow" not in words(Client().get("/sign-in/"))


def test_the_people_of_a_real_council_cannot_be_chosen_even_then(demonstration: None) -> None:
    Authority.objects.update(demonstration=False)

    assert Client().post(as_somebody("Ffion Carrow")).status_code == 404


@pytest.mark.parametrize("path", ["/accounts/signup/", "/sign-up/", "/sign-in/signup/", "/email/", "/password/reset/"])
def test_nobody_signs_herself_up(path: str) -> None:
    assert Client().get(path).status_code == 404


def test_with_a_password_she_comes_in_and_changes_it() -> None:
    rafiq = make.council().rafiq
    rafiq.set_password("lantern-otter-quarry")
    rafiq.save()
    client = Client()
    client.post("/sign-in/", {"login": "Rafiq.Alderton", "password": "lantern-otter-quarry"})

    new = "brass-heron-willow"
    changed = {"oldpassword": "lantern-otter-quarry", "password1": new, "password2": new}
    response = client.post("/change-password/", form_in(client.get("/change-password/")) | changed)

    rafiq.refresh_from_db()
    assert (response.status_code, rafiq.check_password(new)) == (302, True)


def test_without_a_password_there_is_none_to_change() -> None:
    response = signed_in(make.council().rafiq).get("/change-password/")

    assert (response.status_code, "there is none to change" in words(response)) == (403, True)


def test_signing_out_asks_first() -> None:
    client = signed_in(make.council().rafiq)

    assert "Do you want to sign out?" in words(client.get("/sign-out/"))
    client.post("/sign-out/")
    assert client.get("/").headers["Location"] == "/sign-in/?next=/"


def test_a_closed_account_is_out_at_once() -> None:
    rafiq = make.council().rafiq
    client = signed_in(rafiq)
    Person.objects.filter(pk=rafiq.pk).update(is_active=False)

    assert client.get("/").status_code == 302


def test_who_is_signed_in_costs_two_statements() -> None:
    assert statements(signed_in(make.council().rafiq), "/about/") == 2


def test_the_cast_takes_two_statements_however_many_they_are(demonstration: None, django_assert_num_queries) -> None:
    with django_assert_num_queries(2):
        Client().get("/sign-in/")
