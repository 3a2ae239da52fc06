"""A prepared statement gives the rows of the query it was made from, each time for the values it is asked with."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet
from django.test.utils import CaptureQueriesContext

from goldenthread.people.models import Person, Post
from goldenthread.web.prepared import prepared
from tests import make

pytestmark = pytest.mark.django_db


@prepared
def people_of(*, name: Any) -> QuerySet[Person]:
    return Person.objects.filter(name=name).select_related("authority")


@prepared
def posts_of(kind: str, *, person: Any, day: Any) -> QuerySet[Any]:
    here = Person.objects.filter(pk=OuterRef("person"), pk__in=[person])
    return Post.objects.filter(Exists(here), Post.on(day), kind=kind).values_list("kind", "started_on")


def test_rows_are_the_query_s_own_with_what_it_reads_along() -> None:
    ffion = make.council().ffion
    (found,) = people_of(name="Ffion Carrow")

    with CaptureQueriesContext(connection) as sent:
        assert (found, found.authority.name) == (ffion, "Ambermere Council")
    assert len(sent) == 0


def test_each_call_has_its_own_values() -> None:
    make.council()

    assert [[each.name for each in people_of(name=name)] for name in ("Rafiq Alderton", "Nobody", "Ffion Carrow")] == [
        ["Rafiq Alderton"],
        [],
        ["Ffion Carrow"],
    ]


def test_what_shapes_the_statement_makes_another() -> None:
    ffion = make.council().ffion
    ask = {"person": ffion.pk, "day": make.DAY}

    assert [posts_of(kind, **ask) for kind in ("social_worker", "team_manager", "social_worker")] == [
        [("social_worker", date(2020, 1, 1))],
        [],
        [("social_worker", date(2020, 1, 1))],
    ]


def test_the_values_may_be_days() -> None:
    ffion = make.council().ffion

    assert posts_of("social_worker", person=ffion.pk, day=date(2019, 12, 31)) == []
