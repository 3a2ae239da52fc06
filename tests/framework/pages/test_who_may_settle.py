"""The settings are the Quality Assurance Unit's, all of them, and nobody else's."""

from __future__ import annotations

import pytest
import time_machine
from django.test import Client

from goldenthread.framework.models import TemplateVersion
from tests import make
from tests.browsing import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

MAY = {
    "maya": 200, "idris": 200, "helena": 403, "desmond": 403, "bridget": 403, "nadia": 403, "rafiq": 403, "zofia": 403,
    "sunita": 403, "grace": 403, "kwame": 403, "ffion": 403, "joel": 403, "mei": 403,
}  # fmt: skip


@pytest.fixture(autouse=True)
def the_day():
    with time_machine.travel(make.NOW, tick=False):
        yield


def pages() -> list[str]:
    here = make.council()
    mei, template = here.mei, TemplateVersion.objects.get()
    rules = ["", "frameworks/", "frameworks/adopt/", f"frameworks/{here.framework.pk}/", "templates/",
             "templates/adopt/", f"templates/{template.pk}/"]  # fmt: skip
    one = [f"people/{mei.code}/{rest}" for rest in ("", "post/", f"posts/{mei.posts.get().pk}/end/", "password/")]
    teams = ["teams/", "teams/add/", f"teams/{make.team('Duty 2').pk}/close/"]
    return [f"/settings/{path}" for path in [*rules, "people/", "people/add/", *one, *teams]]


ACTS = ("frameworks/adopt-shipped/", "templates/adopt-shipped/", "people/{code}/close/", "people/{code}/open/")


@pytest.mark.parametrize("name", MAY)
def test_each_page_opens_to_the_unit_only(name: str) -> None:
    client = signed_in(getattr(make.council(), name))

    assert {path: client.get(path).status_code for path in pages()} == dict.fromkeys(pages(), MAY[name])


@pytest.mark.parametrize("name", [name for name, status in MAY.items() if status == 403])
def test_each_act_is_refused_to_everybody_else(name: str) -> None:
    here = make.council()
    paths = [f"/settings/{act.format(code=here.mei.code)}" for act in ACTS]

    assert [signed_in(getattr(here, name)).post(path).status_code for path in paths] == [409] * 4


def test_nobody_comes_in_without_signing_in() -> None:
    assert {Client().get(path).headers["Location"].partition("?")[0] for path in pages()} == {"/sign-in/"}
