"""People, posts and teams in the settings."""

from __future__ import annotations

import pytest
import time_machine
from django.test import Client

from goldenthread.people.models import Person, Team
from tests import make
from tests.browsing import faults, form_in, signed_in, statements, words

pytestmark = pytest.mark.django_db

PASSWORD = "lantern-otter-quarry"


@pytest.fixture(autouse=True)
def the_day():
    with time_machine.travel(make.NOW, tick=False):
        yield


def day(name: str, day: str = "6", month: str = "10", year: str = "2026") -> dict[str, str]:
    return {f"{name}-day": day, f"{name}-month": month, f"{name}-year": year}


def send(path: str, **fields: str):
    client = signed_in(make.council().maya)
    return client.post(path, form_in(client.get(path)) | fields, follow=True)


def test_everybody_in_post_is_listed_by_name_with_their_posts() -> None:
    page = words(signed_in(make.council().maya).get("/settings/people/"))

    assert "14 people in post" in page
    assert "Rafiq Alderton Team Manager, Duty 2 rafiq.alderton" in page


def test_the_list_is_narrowed_by_name_and_by_team() -> None:
    client, duty = signed_in(make.council().maya), make.team("Duty 2")

    assert "1 person in post" in words(client.get("/settings/people/?text=carrow"))
    assert "2 people in post" in words(client.get(f"/settings/people/?team={duty.pk}"))
    assert "Nobody fits these filters." in words(client.get("/settings/people/?text=nobody"))


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_takes_the_same_statements_however_many_there_are(number: int) -> None:
    for _ in range(number):
        make.person()

    assert statements(signed_in(make.council().maya), "/settings/people/") == 6


def test_somebody_is_added_put_in_post_and_can_sign_in() -> None:
    response = send("/settings/people/add/", name="Dana Poole", username="dana.poole", password=PASSWORD)
    dana = Person.objects.get(username="dana.poole")
    assert "Dana Poole is added. Now say which post they hold." in words(response)

    duty = str(make.team("Duty 2").pk)
    response = send(f"/settings/people/{dana.code}/post/", kind="social_worker", team=duty)
    assert "Dana Poole is Social Worker from 6 October 2026." in words(response)

    assert Client().post("/sign-in/", {"login": "dana.poole", "password": PASSWORD}).status_code == 302


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"name": ""}, "Name: nothing was given. Write it in the box."),
        ({"username": "rafiq.alderton"}, "The username “rafiq.alderton” is taken; choose another."),
        (
            {"username": "dana poole"},
            "Username: only letters, figures and . @ + - _ can be used, and no spaces. Choose another.",
        ),
        ({"password": "short"}, "This password is too short. It must contain at least 12 characters."),
        ({"email": "dana"}, "E-mail address: give one such as dana.poole@council.example."),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nobody_is_added(fields: dict[str, str], said: str) -> None:
    response = send("/settings/people/add/", **({"name": "Dana Poole", "username": "dana.poole"} | fields))

    assert (faults(response), Person.objects.filter(name="Dana Poole").exists()) == ([said], False)


def test_a_part_time_post_has_its_share_of_a_week() -> None:
    dana, duty = make.person(name="Dana Poole"), str(make.team("Duty 2").pk)

    send(f"/settings/people/{dana.code}/post/", kind="senior_practitioner", team=duty, share="60")

    assert float(dana.posts.get(kind="senior_practitioner").share) == 0.6
    assert "Senior Practitioner (60% of a week)" in words(
        signed_in(make.council().maya).get(f"/settings/people/{dana.code}/")
    )


def test_a_share_beyond_a_week_is_refused() -> None:
    dana, duty = make.person(), str(make.team("Duty 2").pk)

    response = send(f"/settings/people/{dana.code}/post/", kind="senior_practitioner", team=duty, share="120")

    assert (len(faults(response)), dana.posts.count()) == (1, 1)
    assert "Per cent of a full week" in faults(response)[0]


def test_an_address_is_changed() -> None:
    ffion = make.council().ffion

    response = send(f"/settings/people/{ffion.code}/address/", email="ffion.carrow@ambermere.example")

    ffion.refresh_from_db()
    assert ffion.email == "ffion.carrow@ambermere.example"
    assert "Messages for Ffion Carrow go to ffion.carrow@ambermere.example." in words(response)


def test_what_is_no_address_is_said_at_its_field() -> None:
    ffion = make.council().ffion

    response = send(f"/settings/people/{ffion.code}/address/", email="ffion")

    assert faults(response) == ["E-mail address: give one such as dana.poole@council.example."]


def test_a_managing_post_without_its_team_is_refused() -> None:
    dana = make.person()

    response = send(f"/settings/people/{dana.code}/post/", kind="team_manager", team="")

    assert faults(response) == ["A Team Manager manages a team: choose which."]


def test_a_post_is_ended_with_its_last_day() -> None:
    rafiq = make.council().rafiq

    response = send(f"/settings/people/{rafiq.code}/posts/{rafiq.posts.get().pk}/end/", **day("ended_on", "30"))

    assert "Rafiq Alderton is Team Manager until 30 October 2026." in words(response)


def test_another_persons_post_is_not_found_under_her() -> None:
    here = make.council()

    path = f"/settings/people/{here.ffion.code}/posts/{here.rafiq.posts.get().pk}/end/"
    assert signed_in(here.maya).get(path).status_code == 404


def test_a_forgotten_password_is_replaced() -> None:
    rafiq = make.council().rafiq

    assert "Rafiq Alderton has a new password." in words(
        send(f"/settings/people/{rafiq.code}/password/", password=PASSWORD)
    )
    assert Client().post("/sign-in/", {"login": "rafiq.alderton", "password": PASSWORD}).status_code == 302


def test_an_account_is_closed_and_opened() -> None:
    here = make.council()
    client, path = signed_in(here.maya), f"/settings/people/{here.rafiq.code}/"

    closed = client.post(f"{path}close/", follow=True)
    opened = client.post(f"{path}open/", follow=True)

    assert "Rafiq Alderton can no longer sign in" in words(closed)
    assert "Rafiq Alderton can sign in again." in words(opened)


def test_teams_are_listed_with_their_people() -> None:
    page = words(signed_in(make.council().maya).get("/settings/teams/"))

    assert "Duty 2 Assessment and Duty Service 2 Close Duty 2" in page


def test_a_team_is_added_to_a_service() -> None:
    make.council()
    service = make.team("Duty 2").parent

    response = send("/settings/teams/add/", name="Duty 3", parent=str(service.pk))

    assert "Duty 3 is open from 6 October 2026." in words(response)
    assert Team.objects.get(name="Duty 3").parent == service


def test_a_team_with_people_in_it_is_not_closed() -> None:
    make.council()

    response = send(f"/settings/teams/{make.team('Duty 2').pk}/close/")

    assert faults(response) == ["Duty 2 still has people in it: Ffion Carrow, Rafiq Alderton. End their posts first."]
