"""Who may open which page of a returned audit: the whole cast, in one table."""

from __future__ import annotations

from http import HTTPStatus

import pytest
import time_machine
from django.test import Client

from goldenthread.people.services import open_authority
from tests import make
from tests.act import duty
from tests.browsing import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

YES, NO, HIDDEN = HTTPStatus.OK, HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND

#           list  return   the     whole   its      a task  a done  send
#                 session  return  audit   history  to do   again   back
MAY = {
    "maya": (YES, YES, YES, YES, YES, HIDDEN, NO, NO),
    "idris": (YES, YES, YES, YES, YES, HIDDEN, NO, NO),
    "helena": (YES, NO, YES, YES, YES, HIDDEN, NO, NO),
    "desmond": (YES, NO, YES, YES, YES, HIDDEN, NO, NO),
    "ffion": (YES, NO, YES, YES, YES, YES, NO, NO),
    "rafiq": (YES, NO, YES, YES, YES, HIDDEN, YES, NO),
    "bridget": (YES, NO, YES, YES, YES, HIDDEN, YES, NO),
    "grace": (YES, NO, HIDDEN, HIDDEN, HIDDEN, HIDDEN, HIDDEN, NO),
    "sunita": (YES, NO, HIDDEN, HIDDEN, HIDDEN, HIDDEN, HIDDEN, NO),
    "kwame": (YES, NO, HIDDEN, HIDDEN, HIDDEN, HIDDEN, HIDDEN, NO),
    "zofia": (YES, NO, HIDDEN, HIDDEN, HIDDEN, HIDDEN, HIDDEN, NO),
    "joel": (YES, NO, HIDDEN, HIDDEN, HIDDEN, HIDDEN, HIDDEN, NO),
    "nadia": (YES, NO, HIDDEN, HIDDEN, HIDDEN, HIDDEN, HIDDEN, NO),
    "mei": (YES, NO, HIDDEN, HIDDEN, HIDDEN, HIDDEN, HIDDEN, NO),
}


@pytest.fixture(autouse=True)
def the_day():
    with time_machine.travel(make.NOW, tick=False):
        yield


def pages() -> list[str]:
    returned = duty.returned({"Write it.": "practitioner", "File it.": "practitioner"})
    to_do, done = returned.tasks.all()
    duty.complete(returned, done)
    one, session = f"/act/{returned.code}/", f"/act/sessions/{returned.audit.session.code}/return/"
    rest = ["", "audit/", "history/", f"tasks/{to_do.code}/done/", f"tasks/{done.code}/again/", "send-back/"]
    return ["/act/", session, *(one + path for path in rest)]


def test_each_page_opens_to_those_it_is_for() -> None:
    paths, here = pages(), make.council()

    opened = {name: tuple(signed_in(getattr(here, name)).get(path).status_code for path in paths) for name in MAY}

    assert opened == MAY


def test_nobody_comes_in_without_signing_in() -> None:
    assert {Client().get(path).headers.get("Location", "").partition("?")[0] for path in pages()} == {"/sign-in/"}


def test_another_councils_unit_finds_nothing() -> None:
    paths = pages()
    stranger = open_authority(
        name="Farwick Council", short_name="Farwick", username="una.stone", person_name="Una Stone", password=None,
        post={"kind": "qa_officer", "title": "Quality Assurance Officer", "quality_assurance": True}, now=make.NOW,
        on=make.BEGAN,
    )  # fmt: skip

    assert [signed_in(stranger).get(path).status_code for path in paths] == [YES, *[HIDDEN] * 7]


def test_what_is_signed_may_be_sent_back_by_the_unit_only() -> None:
    returned, here = make.signed_return(duty.returned()), make.council()

    opened = {name: signed_in(getattr(here, name)).get(f"/act/{returned.code}/send-back/").status_code for name in MAY}

    assert {name for name, status in opened.items() if status == YES} == {"maya", "idris"}
