"""The bar at the top shows the areas each has something to do in, at no statement's cost."""

from __future__ import annotations

import pytest
import time_machine

from goldenthread.home.areas import areas_of
from tests import make
from tests.browsing import signed_in

pytestmark = pytest.mark.django_db

EVERYBODY = {"Your work", "Plan", "Audit", "Act"}


def test_each_post_has_its_areas() -> None:
    with time_machine.travel(make.NOW, tick=False):
        here = make.council()
        areas = {name: set(areas_of(getattr(here, name))) for name in ("maya", "helena", "bridget", "rafiq", "ffion")}

    assert areas == {
        "maya": EVERYBODY | {"Select", "Learn", "Settings"},
        "helena": EVERYBODY | {"Learn"},
        "bridget": EVERYBODY | {"Learn"},
        "rafiq": EVERYBODY | {"Learn"},
        "ffion": EVERYBODY,
    }


def test_somebody_without_a_post_has_only_her_work() -> None:
    here = make.council()
    here.mei.posts.all().delete()

    assert set(areas_of(here.mei)) == {"Your work"}


def test_the_page_names_the_council() -> None:
    assert "Ambermere" in signed_in(make.council().ffion).get("/about/").content.decode()


def test_a_page_for_anyone_asks_nothing_of_the_database(client, django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        client.get("/look.css")
