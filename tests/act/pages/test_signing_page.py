"""The signature's page: exactly what is signed, and that it is she: by password, or in the demonstration by choice."""

from __future__ import annotations

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client

from goldenthread.act.models import Return, SignOff
from goldenthread.people.models import Person
from tests import make
from tests.act import duty
from tests.browsing import form_in, signed_in, words

pytestmark = pytest.mark.django_db
PASSWORD = "a long one, kept"


@pytest.fixture(autouse=True)
def the_day():
    cache.clear()
    with time_machine.travel(make.NOW, tick=False):
        yield


@pytest.fixture
def returned() -> Return:
    found = duty.returned()
    duty.complete(found, evidence="Brought up to date to June.", record="Chronology, version 4.")
    return found


@pytest.fixture
def rafiq() -> Person:
    person = make.council().rafiq
    person.set_password(PASSWORD)
    person.save()
    return person


def sign(client: Client, returned: Return, **sent: str):
    address = f"/act/{returned.code}/"
    return client.post(f"{address}sign-off/", form_in(client.get(address)) | sent, follow=True)


def test_the_page_shows_exactly_what_is_signed_by_whom_and_what_it_means(rafiq: Person, returned: Return) -> None:
    page = words(signed_in(rafiq).get(f"/act/{returned.code}/"))

    assert (
        "What you sign Task 1, for Ffion Carrow What was asked Write the chronology. How urgent Standard For this "
        "child Due 20 October 2026 What was done Brought up to date to June. Where the record shows it Chronology, "
        "version 4. When it was done 6 Oct 2026 at 3:00pm By signing you, Rafiq Alderton, Team Manager, Duty 2, say:"
        in page
    )


def test_with_her_password_it_is_signed_and_when_she_gave_it_is_kept(rafiq: Person, returned: Return) -> None:
    answer = sign(signed_in(rafiq), returned, password=PASSWORD)

    assert "The section is signed off" in words(answer)
    assert (SignOff.objects.get().authenticated, SignOff.objects.get().signed_by) == (make.NOW, rafiq)
    assert "Exactly what was signed Task 1, for Ffion Carrow" in words(answer)


def test_a_wrong_password_signs_nothing_and_keeps_her_note(rafiq: Person, returned: Return) -> None:
    answer = sign(signed_in(rafiq), returned, password="something else", note="Seen by me.")

    assert (answer.status_code, SignOff.objects.count()) == (409, 0)
    assert "That is not your password, so nothing was signed. Try again." in words(answer)
    assert "Seen by me." in answer.content.decode()
    assert "something else" not in answer.content.decode()


def test_no_password_at_all_is_one_sentence(rafiq: Person, returned: Return) -> None:
    answer = sign(signed_in(rafiq), returned, password="")

    assert "Give your password: a signature is given by you alone." in words(answer)
    assert SignOff.objects.count() == 0


def test_another_persons_password_is_not_hers(rafiq: Person, returned: Return) -> None:
    helena = make.council().helena
    helena.set_password("the other one, too")
    helena.save()

    assert "That is not your password" in words(sign(signed_in(rafiq), returned, password="the other one, too"))


def test_after_five_wrong_ones_even_the_right_one_waits(rafiq: Person, returned: Return) -> None:
    client = signed_in(rafiq)
    for _ in range(5):
        sign(client, returned, password="something else")

    answer = sign(client, returned, password=PASSWORD)

    assert ("Too many wrong passwords." in words(answer), SignOff.objects.count()) == (True, 0)


def test_wrong_ones_here_count_at_the_sign_in_too(rafiq: Person, returned: Return) -> None:
    client = signed_in(rafiq)
    for _ in range(5):
        sign(client, returned, password="something else")

    Client().post("/sign-in/", {"login": rafiq.username, "password": PASSWORD})
    fresh = Client()
    answer = fresh.post("/sign-in/", {"login": rafiq.username, "password": PASSWORD})

    assert answer.status_code == 200  # the form again: she is not let in


def test_who_came_in_without_a_password_is_told_so(returned: Return) -> None:
    answer = sign(signed_in(make.council().rafiq), returned, password="anything")

    assert ("You came in without a password" in words(answer), SignOff.objects.count()) == (True, 0)


def test_in_the_demonstration_she_chooses_herself(settings, returned: Return) -> None:
    settings.DEMONSTRATION = True
    here = make.council()
    client = signed_in(here.rafiq)
    assert "Who are you?" in words(client.get(f"/act/{returned.code}/"))

    assert "Choose yourself: a signature is given by you alone." in words(sign(client, returned, chosen=""))
    assert "Choose yourself" in words(sign(client, returned, chosen=here.helena.code))
    assert "The section is signed off" in words(sign(client, returned, chosen=here.rafiq.code))


def test_a_signature_of_before_says_that_it_was_not_asked(rafiq: Person) -> None:
    """Signatures given before this was asked keep what they kept: less, and shown as such."""
    returned = make.signed_return(duty.returned())
    SignOff.objects.create(
        authority=returned.authority, returned=returned, signed_at=make.NOW, signed_by=rafiq, capacity="Team Manager",
        meaning="Done.", sha256="0" * 64,
        content=[{
            "task": "abc", "text": "Write it.", "owner": "Ffion Carrow", "state": "done", "evidence": "Note.",
            "done_at": "",
        }],
    )  # fmt: skip

    page = words(signed_in(rafiq).get(f"/act/{returned.code}/"))

    assert "Confirmed that it was she not asked for then" in page
    assert "What was asked Write it. What was done Note." in page
