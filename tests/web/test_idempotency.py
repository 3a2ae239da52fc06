"""A form acts once, however often it is sent."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test import Client

from goldenthread.web.idempotency import forget_submissions
from goldenthread.web.models import Submission
from tests.web import catalogue

pytestmark = [pytest.mark.urls("tests.web.catalogue"), pytest.mark.django_db]


@pytest.fixture(autouse=True)
def acted() -> list[str]:
    catalogue.ACTED.clear()
    return catalogue.ACTED


def test_the_same_form_sent_twice_acts_once_and_answers_alike(acted: list[str]) -> None:
    answers = [Client().post("/acts/", {"token": "a", "what": "freeze"}).headers["Location"] for _ in range(2)]

    assert (acted, answers) == (["freeze"], ["/catalogue/?done=1"] * 2)


def test_two_forms_act_twice(acted: list[str]) -> None:
    for token in ("a", "b"):
        Client().post("/acts/", {"token": token, "what": token})

    assert acted == ["a", "b"]


def test_a_form_sent_back_with_errors_may_be_sent_again(acted: list[str]) -> None:
    Client().post("/acts/", {"token": "a", "wrong": "yes"})
    Client().post("/acts/", {"token": "a", "what": "mended"})

    assert acted == ["mended"]


def test_a_refused_form_may_be_sent_again(acted: list[str]) -> None:
    refused = Client().post("/acts/", {"token": "a", "refuse": "yes"})
    Client().post("/acts/", {"token": "a", "what": "later"})

    assert (refused.status_code, acted) == (409, ["later"])


def test_another_person_s_token_is_no_use(acted: list[str]) -> None:
    Submission.objects.create(token="a", person_id=7, path="/acts/", response_location="/x/", at=datetime.now(UTC))
    response = Client().post("/acts/", {"token": "a"})

    assert (response.status_code, acted) == (400, [])


def test_a_token_nobody_rendered_is_unreadable(acted: list[str]) -> None:
    assert (Client().post("/acts/", {"token": "a" * 65}).status_code, acted) == (400, [])


def test_old_tokens_are_forgotten() -> None:
    for token, month in (("old", 1), ("new", 3)):
        Submission.objects.create(
            token=token, path="/acts/", response_location="/", at=datetime(2026, month, 1, tzinfo=UTC)
        )

    assert forget_submissions(before=datetime(2026, 2, 1, tzinfo=UTC)) == 1
    assert list(Submission.objects.values_list("token", flat=True)) == ["new"]


def test_every_form_carries_a_token_of_its_own() -> None:
    tokens = Client().get("/catalogue/").content.decode().split('name="token" value="')[1:]

    assert len({each.split('"')[0] for each in tokens}) == 2


@pytest.mark.django_db(transaction=True)
def test_four_clicks_at_the_same_moment_act_once(acted: list[str]) -> None:
    def click() -> str:
        try:
            return Client().post("/acts/", {"token": "a", "what": "freeze"}).headers["Location"]
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as clicks:
        answers = [each.result() for each in [clicks.submit(click) for _ in range(4)]]

    assert (acted, set(answers)) == (["freeze"], {"/catalogue/?done=1"})
