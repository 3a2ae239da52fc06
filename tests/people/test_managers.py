"""Who is above whom, by the posts that are held."""

from __future__ import annotations

import pytest

from goldenthread.people.models import Person, Post
from goldenthread.people.queries import managers_on
from tests import make
from tests.cast import Council

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Council:
    return make.council()


def above(here: Council, person: Person) -> list[str]:
    post = Post.objects.select_related("team").get(person=person)
    service = post.team.parent_id if post.team else None
    return [each.name for each in managers_on(here.authority.pk, make.DAY).above(person.pk, post.team_id, service)]


@pytest.mark.parametrize(
    ("who", "managers"),
    [
        ("ffion", ["Rafiq Alderton"]),
        ("rafiq", ["Bridget Oakhanger"]),
        ("bridget", ["Desmond Quayle", "Helena Summerlath"]),
        ("kwame", ["Nadia Rushworth"]),
        ("grace", ["Desmond Quayle", "Helena Summerlath"]),
        ("helena", []),
    ],
    ids=[
        "her team's",
        "the service's, above a manager",
        "the directors",
        "a team without one",
        "no one between",
        "nobody",
    ],
)
def test_her_manager_is_the_next_above(here: Council, who: str, managers: list[str]) -> None:
    assert above(here, getattr(here, who)) == managers


def test_two_who_share_a_post_are_both_above_her_and_neither_above_the_other(here: Council) -> None:
    other = make.person("team_manager", "Duty 2", name="Other Half")

    assert (above(here, here.ffion), above(here, other)) == (["Other Half", "Rafiq Alderton"], ["Bridget Oakhanger"])


def test_it_takes_one_statement(here: Council, django_assert_num_queries: object) -> None:
    with django_assert_num_queries(1):  # type: ignore[operator]
        managers_on(here.authority.pk, make.DAY)
