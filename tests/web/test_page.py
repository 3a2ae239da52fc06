"""A page opens to those it is declared for, by the methods it is declared for."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory

from goldenthread.web import checks
from goldenthread.web.page import page
from tests.web import catalogue

pytestmark = pytest.mark.urls("tests.web.catalogue")


def opened(view, *, quality_assurance: bool = False, director: bool = False) -> HttpResponse:
    request = RequestFactory().get("/")
    request.user = SimpleNamespace(
        is_authenticated=True,
        is_quality_assurance=quality_assurance,
        is_director=director,
        name="Asha Lind",
        capacity="",
    )
    return view(request)


def test_a_method_that_was_not_declared_is_405() -> None:
    assert [Client().post("/about/").status_code, Client().delete("/catalogue/").status_code] == [405, 405]


def test_head_is_open_wherever_get_is() -> None:
    assert Client().head("/about/").status_code == 200


@pytest.mark.django_db
def test_nobody_signed_in_leads_to_the_sign_in_and_back() -> None:
    response = Client().get("/private/?from=mail")

    assert (response.status_code, response.headers["Location"]) == (
        302,
        "/accounts/login/?next=/private/%3Ffrom%3Dmail",
    )


def test_a_page_for_an_act_of_the_unit_opens_to_the_unit() -> None:
    assert opened(catalogue.for_quality_assurance, quality_assurance=True).content == b"arranged"


def test_it_is_refused_to_everyone_else_with_the_sentence() -> None:
    response = opened(catalogue.for_quality_assurance, director=True)

    assert response.status_code == 403
    assert "This page is open to the Quality Assurance Unit only." in response.content.decode()


def test_a_function_of_the_person_decides() -> None:
    @page(may=lambda person: person.is_director)
    def for_directors(request) -> HttpResponse:
        return HttpResponse("open")

    assert [opened(for_directors, director=True).status_code, opened(for_directors).status_code] == [200, 403]


def test_a_refusal_while_reading_is_403_and_while_acting_409() -> None:
    reading, acting = Client().get("/refuses/"), Client().post("/refuses/")

    assert [reading.status_code, acting.status_code] == [403, 409]
    for sentence in ("You cannot sign off your own work.", "Your service manager can."):
        assert sentence in acting.content.decode()


def test_an_act_that_is_in_no_table_cannot_be_declared() -> None:
    with pytest.raises(ValueError, match="neither “anyone”, “signed in” nor an act"):
        page(may="arange sessions")


def undeclared(request) -> HttpResponse:
    return HttpResponse()


def test_a_view_that_declares_nothing_stops_the_server(monkeypatch: pytest.MonkeyPatch) -> None:
    undeclared.__module__ = "goldenthread.act.views"
    monkeypatch.setattr(checks, "routes", lambda resolver: [("act/", undeclared), ("about/", catalogue.private)])

    assert [error.msg for error in checks.every_view_declares_its_page()] == [
        "The view goldenthread.act.views.undeclared at “act/” does not say who may open it."
    ]


@pytest.mark.parametrize(
    ("colour", "said"),
    [
        ("#7a5200", []),
        ("gold", ["GOLDENTHREAD_SERVICE_COLOUR is “gold”. It must be six hexadecimal figures after #, as in #7a5200."]),
        ("#ffcc00", ["GOLDENTHREAD_SERVICE_COLOUR #ffcc00 has a contrast of 1.5 to white. It must be 4.5 or more."]),
    ],
)
def test_a_service_colour_nobody_could_read_is_refused(settings, colour: str, said: list[str]) -> None:
    settings.SERVICE_COLOUR = colour

    assert [error.msg for error in checks.the_service_colour_can_be_read()] == said
